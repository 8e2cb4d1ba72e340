import { json, redirectDocument, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { formFields } from "~/http/parse.server";
import { formAnswer, forVisitor, withCookies } from "~/http/respond.server";
import { paths } from "~/paths";
import { openSignInLink } from "~/services/account/sign-in-links.server";
import { OneStepPage } from "~/ui/account/sign-in/one-step-page";

export const meta: MetaFunction = () => [{ title: "Sign in · Demarc" }, { name: "robots", content: "noindex" }];

/** A GET of the address does nothing, because mail scanners open links too. */
export const loader = forVisitor(async ({ request }) =>
  json({ token: new URL(request.url).searchParams.get("token") ?? "" }),
);

export const action = forVisitor(async ({ request, caller, now }) => {
  const { token = "" } = await formFields(request);
  return formAnswer({}, async () => {
    const { cookies, confirmed } = await openSignInLink(token, caller, now);
    return withCookies(
      redirectDocument(confirmed ? paths.account({ done: "email-confirmed" }) : paths.home()),
      cookies,
    );
  });
});

export default function OpenLink() {
  const { token } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <OneStepPage
      title="Sign in to Demarc"
      lead="One press, and you are in."
      step="Sign in"
      token={token}
      errors={answer?.errors ?? {}}
      other={{ to: paths.signInByMail(), label: "Ask for a new link" }}
    />
  );
}
