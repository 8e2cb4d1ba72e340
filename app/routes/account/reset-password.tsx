import { json, redirectDocument, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { formFields } from "~/http/parse.server";
import { formAnswer, forVisitor } from "~/http/respond.server";
import { paths } from "~/paths";
import { resetPassword } from "~/services/account/passwords.server";
import { ResetPasswordForm } from "~/ui/account/sign-in/reset-password-form";

export const meta: MetaFunction = () => [{ title: "New password · Demarc" }, { name: "robots", content: "noindex" }];

export const loader = forVisitor(async ({ request }) =>
  json({ token: new URL(request.url).searchParams.get("token") ?? "" }),
);

export const action = forVisitor(async ({ request, caller, now }) => {
  const { token = "", password = "" } = await formFields(request);
  return formAnswer({}, async () => {
    await resetPassword(token, password, caller, now);
    return redirectDocument(paths.signIn(undefined, "password"));
  });
});

export default function ResetPassword() {
  const { token } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <ResetPasswordForm token={token} errors={answer?.errors ?? {}} />;
}
