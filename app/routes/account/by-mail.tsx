import { json, redirect, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { formFields } from "~/http/parse.server";
import { formAnswer, forVisitor, safeNext } from "~/http/respond.server";
import { mailIsSent } from "~/services/mail/mailer.server";
import { requestLink } from "~/services/account/sign-in-links.server";
import { MailRequestPage } from "~/ui/account/sign-in/mail-request-page";

export const meta: MetaFunction = () => [{ title: "A link by e-mail · Demarc" }];

export const loader = forVisitor(async ({ actor, request }) => {
  const next = safeNext(new URL(request.url).searchParams.get("next"));
  return actor ? redirect(next) : json({ next, mailIsSent: mailIsSent() });
});

export const action = forVisitor(async ({ request, caller }) => {
  const { email = "" } = await formFields(request);
  return formAnswer({ email }, async () => {
    await requestLink(email, caller);
    return json({ values: { email, sent: "yes" }, errors: {} });
  });
});

export default function ByMail() {
  const answer = useActionData<typeof action>();
  return (
    <MailRequestPage
      kind="link"
      {...useLoaderData<typeof loader>()}
      values={answer?.values ?? {}}
      errors={answer?.errors ?? {}}
    />
  );
}
