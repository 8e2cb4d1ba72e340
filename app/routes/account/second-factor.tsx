import { json, redirect, redirectDocument, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { FormTrouble } from "~/domain/errors";
import { formFields } from "~/http/parse.server";
import { formAnswer, forVisitor, safeNext, withCookies } from "~/http/respond.server";
import { paths } from "~/paths";
import { owesSecondFactor, proveSecondFactor } from "~/services/account/second-factor.server";
import { SecondFactorForm } from "~/ui/account/sign-in/second-factor-form";

export const meta: MetaFunction = () => [{ title: "Second factor · Demarc" }];

export const loader = forVisitor(async ({ actor, request, caller }) => {
  const { searchParams } = new URL(request.url);
  const next = safeNext(searchParams.get("next"));
  if (actor) return redirect(next);
  return owesSecondFactor(caller)
    ? json({ next, recovery: searchParams.get("with") === "recovery-code" })
    : redirect(paths.signIn(next));
});

export const action = forVisitor(async ({ actor, request, caller, now }) => {
  const { code = "", way = "", next = "" } = await formFields(request);
  // A request with a session would check the codes of the signed-in person instead of those of whoever gave the
  // password.
  if (actor) return redirect(safeNext(next));
  return formAnswer({}, async () => {
    const proved = await proveSecondFactor({ code, recovery: way === "recovery-code" }, caller, now);
    const answer = proved.ok
      ? redirectDocument(safeNext(next))
      : json<FormTrouble>({ values: { over: "yes" }, errors: { form: proved.message } }, { status: 422 });
    return withCookies(answer, proved.cookies);
  });
});

export default function SecondFactor() {
  const answer = useActionData<typeof action>();
  return (
    <SecondFactorForm
      {...useLoaderData<typeof loader>()}
      over={answer?.values.over === "yes"}
      errors={answer?.errors ?? {}}
    />
  );
}
