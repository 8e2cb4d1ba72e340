import { json, redirectDocument, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { formFields } from "~/http/parse.server";
import { formAnswer, forVisitor, param, withCookies } from "~/http/respond.server";
import { paths } from "~/paths";
import { directoryChoices } from "~/services/account/directories.server";
import { acceptInvitation, acceptWithNewAccount, findInvitation } from "~/services/access/invitations.server";
import { InvitationPage } from "~/ui/account/sign-in/invitation-page";

export const meta: MetaFunction = () => [{ title: "Invitation · Demarc" }, { name: "robots", content: "noindex" }];

export const loader = forVisitor(async ({ actor, params, caller, now }) => {
  const token = param(params, "token");
  return json({
    invitation: await findInvitation(token, caller, now),
    directories: directoryChoices(),
    here: paths.invitation(token),
    me: actor && { email: actor.email },
  });
});

export const action = forVisitor(async ({ actor, params, request, caller, now }) => {
  const token = param(params, "token");
  const { name = "", password = "" } = await formFields(request);
  return formAnswer({ name }, async () => {
    if (actor) return redirectDocument(await acceptInvitation(actor, token, caller, now));
    const { to, cookies } = await acceptWithNewAccount(token, { name, password }, caller, now);
    return withCookies(redirectDocument(to), cookies);
  });
});

export default function Invitation() {
  const answer = useActionData<typeof action>();
  return (
    <InvitationPage {...useLoaderData<typeof loader>()} values={answer?.values ?? {}} errors={answer?.errors ?? {}} />
  );
}
