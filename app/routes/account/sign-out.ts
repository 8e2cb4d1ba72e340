import { redirect, redirectDocument } from "@remix-run/node";
import { formFields } from "~/http/parse.server";
import { forVisitor, safeNext, withCookies } from "~/http/respond.server";
import { paths } from "~/paths";
import { signOut } from "~/services/who/accounts.server";

/**
 * Ends the session. It is a POST, so that a link on another site can't sign anybody out; a GET redirects to the home
 * page.
 */
export const action = forVisitor(async ({ actor, request, caller, now }) => {
  const { next = "" } = await formFields(request);
  return withCookies(
    redirectDocument(next === "" ? paths.signIn() : safeNext(next)),
    await signOut(actor, caller, now),
  );
});

export const loader = () => redirect(paths.home());
