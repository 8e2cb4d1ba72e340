import { json, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { formFields } from "~/http/parse.server";
import { formAnswer, forVisitor } from "~/http/respond.server";
import { paths } from "~/paths";
import { mailIsSent } from "~/services/mail/mailer.server";
import { requestReset } from "~/services/account/passwords.server";
import { MailRequestPage } from "~/ui/account/sign-in/mail-request-page";

export const meta: MetaFunction = () => [{ title: "Forgot your password · Demarc" }];

export const loader = forVisitor(async () => json({ next: paths.home(), mailIsSent: mailIsSent() }));

export const action = forVisitor(async ({ request, caller }) => {
  const { email = "" } = await formFields(request);
  return formAnswer({ email }, async () => {
    await requestReset(email, caller);
    return json({ values: { email, sent: "yes" }, errors: {} });
  });
});

export default function ForgotPassword() {
  const answer = useActionData<typeof action>();
  return (
    <MailRequestPage
      kind="reset"
      {...useLoaderData<typeof loader>()}
      values={answer?.values ?? {}}
      errors={answer?.errors ?? {}}
    />
  );
}
