import { json, redirectDocument, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { formFields } from "~/http/parse.server";
import { forActor, formAnswer, withCookies } from "~/http/respond.server";
import { paths } from "~/paths";
import { changeAccount } from "~/services/account/change-account.server";
import { ownAccount } from "~/services/account/own-account.server";
import { AccountPage } from "~/ui/account/account-page";

export const meta: MetaFunction = () => [{ title: "Your account · Demarc" }];

export const loader = forActor(async ({ actor, request, caller, now }) =>
  json({ account: await ownAccount(actor, caller, now), done: new URL(request.url).searchParams.get("done") }),
);

export const action = forActor(async ({ actor, request, caller, now }) => {
  const form = await formFields(request);
  const { intent = "", name = "", email = "", heir = "" } = form;
  return formAnswer({ intent, name, email, heir }, async () => {
    const { done, left, cookies } = await changeAccount(actor, form, caller, now);
    return withCookies(redirectDocument(left ? paths.signIn(undefined, done) : paths.account({ done })), cookies);
  });
});

export default function Account() {
  const answer = useActionData<typeof action>();
  return (
    <AccountPage {...useLoaderData<typeof loader>()} values={answer?.values ?? {}} errors={answer?.errors ?? {}} />
  );
}
