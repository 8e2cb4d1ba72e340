import { json, redirect, redirectDocument, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { formFields } from "~/http/parse.server";
import { formAnswer, forVisitor, withCookies } from "~/http/respond.server";
import { paths } from "~/paths";
import { hasEarlierWork, isSetUp, setUpInstallation } from "~/services/who/accounts.server";
import { SetUpForm } from "~/ui/account/sign-in/set-up-form";

export const meta: MetaFunction = () => [{ title: "Set up · Demarc" }];

export const loader = forVisitor(async () =>
  (await isSetUp()) ? redirect(paths.home()) : json({ earlierWork: await hasEarlierWork() }),
);

export const action = forVisitor(async ({ request, caller, now }) => {
  const { name = "", email = "", password = "", side = "" } = await formFields(request);
  return formAnswer({ name, email, side }, async () =>
    withCookies(redirectDocument(paths.home()), await setUpInstallation({ name, email, password, side }, caller, now)),
  );
});

export default function SetUp() {
  const { earlierWork } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <SetUpForm earlierWork={earlierWork} values={answer?.values ?? {}} errors={answer?.errors ?? {}} />;
}
