import { json, redirect, redirectDocument, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { formFields } from "~/http/parse.server";
import { formAnswer, forVisitor, safeNext, withCookies } from "~/http/respond.server";
import { paths } from "~/paths";
import { isSetUp, signIn } from "~/services/who/accounts.server";
import { directoryChoices } from "~/services/account/directories.server";
import { SignInForm } from "~/ui/account/sign-in/sign-in-form";

export const meta: MetaFunction = () => [{ title: "Sign in · Demarc" }];

export const loader = forVisitor(async ({ actor, request }) => {
  const { searchParams } = new URL(request.url);
  const next = safeNext(searchParams.get("next"));
  if (actor) return redirect(next);
  return (await isSetUp())
    ? json({ next, directories: directoryChoices(), done: searchParams.get("done") })
    : redirect(paths.setUp());
});

export const action = forVisitor(async ({ request, caller, now }) => {
  const { email = "", password = "", next = "" } = await formFields(request);
  return formAnswer({ email }, async () => {
    const signedIn = await signIn({ email, password }, caller, now);
    const to = safeNext(next);
    return withCookies(
      redirectDocument(signedIn.next === "second-factor" ? paths.secondFactor(to) : to),
      signedIn.cookies,
    );
  });
});

export default function SignIn() {
  const answer = useActionData<typeof action>();
  return <SignInForm {...useLoaderData<typeof loader>()} values={answer?.values ?? {}} errors={answer?.errors ?? {}} />;
}
