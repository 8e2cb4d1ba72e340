import { redirect } from "@remix-run/node";
import { forVisitor, param, withCookies } from "~/http/respond.server";
import { finishWithDirectory } from "~/services/account/directories.server";

/** The address to which a directory redirects after sign-in, handled by better-auth. */
export const loader = forVisitor(async ({ params, request, caller, now }) => {
  const { to, cookies } = await finishWithDirectory(
    param(params, "directory"),
    new URL(request.url).search,
    caller,
    now,
  );
  return withCookies(redirect(to, { headers: { "Cache-Control": "no-store" } }), cookies);
});
