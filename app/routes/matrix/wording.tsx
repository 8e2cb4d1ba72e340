import { json } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { parseForm } from "~/http/parse.server";
import { forActor, formAnswer, param } from "~/http/respond.server";
import { keepWording, keepWordingForm, offeredWording } from "~/services/organisation/wording.server";
import { useEditor } from "~/ui/editor/editor-context";
import { WordingPage } from "~/ui/wording/wording-page";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const loader = forActor(async ({ actor, params }) =>
  json(await offeredWording(actor, param(params, "matrixId"))),
);

export const action = forActor(async ({ actor, params, request, now }) => {
  await parseForm(request, keepWordingForm);
  return formAnswer({}, async () => json({ said: await keepWording(actor, param(params, "matrixId"), now) }));
});

export default function WordingRoute() {
  const answer = useActionData<typeof action>();
  return (
    <WordingPage
      editor={useEditor()}
      {...useLoaderData<typeof loader>()}
      error={answer && "errors" in answer ? (answer.errors.form ?? null) : null}
      said={answer && "said" in answer ? answer.said : null}
    />
  );
}
