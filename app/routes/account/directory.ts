import { redirect } from "@remix-run/node";
import { forVisitor, safeNext, withCookies } from "~/http/respond.server";
import { beginWithDirectory } from "~/services/directories.server";

/** On to a directory's own page. A link and no form: the policy of our pages lets no form lead elsewhere. */
export const loader = forVisitor(async ({ request, caller, now }) => {
  const { searchParams } = new URL(request.url);
  const { to, cookies } = await beginWithDirectory(searchParams.get("with") ?? "", safeNext(searchParams.get("next")), caller, now);
  return withCookies(redirect(to, { headers: { "Cache-Control": "no-store" } }), cookies);
});
