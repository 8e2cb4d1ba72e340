import { json, redirectDocument, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { formFields } from "~/http/parse.server";
import { formAnswer, forVisitor } from "~/http/respond.server";
import { paths } from "~/paths";
import { confirmEmailChange } from "~/services/account/own-account.server";
import { OneStepPage } from "~/ui/account/sign-in/one-step-page";

export const meta: MetaFunction = () => [
  { title: "Confirm your address · Demarc" },
  { name: "robots", content: "noindex" },
];

export const loader = forVisitor(async ({ request }) =>
  json({ token: new URL(request.url).searchParams.get("token") ?? "" }),
);

export const action = forVisitor(async ({ actor, request, caller, now }) => {
  const { token = "" } = await formFields(request);
  return formAnswer({}, async () => {
    await confirmEmailChange(token, caller, now);
    return redirectDocument(actor ? paths.account({ done: "email" }) : paths.signIn(undefined, "email"));
  });
});

export default function ConfirmEmail() {
  const { token } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <OneStepPage
      title="Confirm your new address"
      lead="From then on this address signs in, and the one before no longer does."
      step="Confirm"
      token={token}
      errors={answer?.errors ?? {}}
      other={{ to: paths.account(), label: "Your account" }}
    />
  );
}
