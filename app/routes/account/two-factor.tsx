import { json, redirectDocument, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import type { FormTrouble } from "~/domain/errors";
import { formFields } from "~/http/parse.server";
import { forActor, formAnswer, withCookies } from "~/http/respond.server";
import { paths } from "~/paths";
import { ownAccount } from "~/services/account/own-account.server";
import {
  beginSecondFactor,
  confirmSecondFactor,
  endSecondFactor,
  renewRecoveryCodes,
  setUpAgain,
  type FactorSetUp,
} from "~/services/account/second-factor.server";
import { TwoFactorPage } from "~/ui/account/two-factor-page";

export const meta: MetaFunction = () => [{ title: "Second factor · Demarc" }];

export const loader = forActor(async ({ actor, caller, now }) => {
  const { email, twoFactor, hasPassword } = await ownAccount(actor, caller, now);
  return json({ email, twoFactor, hasPassword });
});

/** The result of an action: a set-up to continue, recovery codes to keep, or errors. */
type Outcome = FormTrouble & { setUp?: FactorSetUp | null; codes?: string[] };

const SECRET = { "Cache-Control": "no-store" };

export const action = forActor(async ({ actor, request, caller, now }) => {
  const { intent = "", current = "", code = "", secret = "" } = await formFields(request);
  const answerWith = (outcome: Partial<Outcome>) =>
    json<Outcome>({ values: { intent }, errors: {}, ...outcome }, { headers: SECRET });
  const answer = await formAnswer({ intent }, async () => {
    if (intent === "begin") return answerWith({ setUp: await beginSecondFactor(actor, current, caller) });
    if (intent === "codes")
      return answerWith({ codes: await renewRecoveryCodes(actor, { current, code }, caller, now) });
    if (intent === "off")
      return withCookies(
        redirectDocument(paths.account({ done: "second-factor-off" })),
        await endSecondFactor(actor, { current, code }, caller, now),
      );
    const { codes, cookies } = await confirmSecondFactor(actor, code, caller, now);
    return withCookies(answerWith({ codes }), cookies);
  });
  if (answer.ok || answer.status < 400 || intent !== "confirm") return answer;
  const trouble: FormTrouble = await answer.json();
  return json<Outcome>({ ...trouble, setUp: setUpAgain(actor, secret) }, { status: answer.status, headers: SECRET });
});

export default function TwoFactor() {
  const answer: Partial<Outcome> | undefined = useActionData<typeof action>();
  return (
    <TwoFactorPage
      {...useLoaderData<typeof loader>()}
      setUp={answer?.setUp ?? null}
      codes={answer?.codes ?? null}
      intent={answer?.values?.intent ?? ""}
      errors={answer?.errors ?? {}}
    />
  );
}
