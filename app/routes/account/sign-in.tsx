import { json, redirect, redirectDocument, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { formFields } from "~/http/parse.server";
import { formAnswer, forVisitor, safeNext, withCookies } from "~/http/respond.server";
import { paths } from "~/paths";
import { isSetUp, signIn } from "~/services/accounts.server";
import { SignInForm } from "~/ui/account/sign-in-form";

export const meta: MetaFunction = () => [{ title: "Sign in · Demarc" }];

export const loader = forVisitor(async ({ actor, request }) => {
  const next = safeNext(new URL(request.url).searchParams.get("next"));
  if (actor) return redirect(next);
  return (await isSetUp()) ? json({ next }) : redirect(paths.setUp());
});

export const action = forVisitor(async ({ request, caller, now }) => {
  const { email = "", password = "", next = "" } = await formFields(request);
  return formAnswer({ email }, async () => {
    const { cookies } = await signIn({ email, password }, caller, now);
    return withCookies(redirectDocument(safeNext(next)), cookies);
  });
});

export default function SignIn() {
  const { next } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <SignInForm next={next} values={answer?.values ?? {}} errors={answer?.errors ?? {}} />;
}
