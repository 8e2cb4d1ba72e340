import { redirect } from "@remix-run/node";
import { forVisitor, safeNext, withCookies } from "~/http/respond.server";
import { beginWithDirectory } from "~/services/account/directories.server";

/**
 * Redirects to a directory's sign-in page. It is reached by a link, because our Content-Security-Policy forbids forms
 * that lead to another site.
 */
export const loader = forVisitor(async ({ request, caller, now }) => {
  const { searchParams } = new URL(request.url);
  const { to, cookies } = await beginWithDirectory(
    searchParams.get("with") ?? "",
    safeNext(searchParams.get("next")),
    caller,
    now,
  );
  return withCookies(redirect(to, { headers: { "Cache-Control": "no-store" } }), cookies);
});
