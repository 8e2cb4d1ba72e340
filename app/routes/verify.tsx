import { json, type HeadersFunction, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { fileToCheck } from "~/http/parse.server";
import { formAnswer, forVisitor, later } from "~/http/respond.server";
import { countVerification, verifyUpload } from "~/services/pack/verification.server";
import { VerifyPage } from "~/ui/verify/verify-page";

export const meta: MetaFunction = () => [{ title: "Check a file · Demarc" }];

export const headers: HeadersFunction = ({ actionHeaders }) => later(actionHeaders);

export const loader = forVisitor(async ({ actor }) => json({ signedIn: actor !== null }));

export const action = forVisitor(async ({ request, caller, now, closed }) =>
  formAnswer({}, async () => {
    await countVerification(caller);
    const file = await fileToCheck(request, "file");
    return json({ name: file.name, answer: await verifyUpload(file, now, closed) });
  }),
);

export default function Verify() {
  const { signedIn } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <VerifyPage
      signedIn={signedIn}
      checked={answer && "answer" in answer ? answer : null}
      error={answer && "errors" in answer ? (answer.errors.form ?? null) : null}
    />
  );
}
