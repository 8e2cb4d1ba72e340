import { json, type MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { formFields, parseFields } from "~/http/parse.server";
import { formAnswer, forActor, param } from "~/http/respond.server";
import { paths } from "~/paths";
import { signForm, signVersion } from "~/services/signing/signatures.server";
import { loadSigningPage } from "~/services/signing/signing-page.server";
import { SignPage } from "~/ui/signing/sign-page/sign-page";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: data ? `Sign version ${data.page.number} · Demarc` : "Not found · Demarc" },
];

export const loader = forActor(async ({ actor, params, now }) =>
  json({ page: await loadSigningPage(actor, param(params, "matrixId"), Number(param(params, "number")) || 0, now) }),
);

export const action = forActor(async ({ actor, params, request, caller, now }) => {
  const written = await formFields(request);
  return formAnswer(written, async () =>
    json(
      await signVersion(
        actor,
        param(params, "matrixId"),
        Number(param(params, "number")) || 0,
        parseFields(written, signForm),
        caller,
        now,
      ),
    ),
  );
});

export default function SignRoute() {
  const { page } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return (
    <SignPage
      page={page}
      way="account"
      file={paths.exportVersion(page.matrixId, page.number, "pdf")}
      said={answer && "said" in answer ? answer.said : null}
      trouble={answer && "errors" in answer ? answer : null}
    />
  );
}
