import { json, redirect } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { formFields, parseFields } from "~/http/parse.server";
import { forActor, formAnswer, param } from "~/http/respond.server";
import { paths } from "~/paths";
import { createWorkshop, listWorkshops, newWorkshopSchema } from "~/services/workshop/workshops.server";
import { useEditor } from "~/ui/editor/editor-context";
import { WorkshopsPage } from "~/ui/workshop/list/workshops-page";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

/** The workshops on a matrix. */
export const loader = forActor(async ({ actor, params }) =>
  json(await listWorkshops(actor, param(params, "matrixId"))),
);

/** Prepares a workshop, and goes on to its plan. */
export const action = forActor(async ({ actor, params, request, now }) => {
  const matrixId = param(params, "matrixId");
  const values = await formFields(request);
  return formAnswer(values, async () => {
    const { workshopId } = await createWorkshop(actor, matrixId, parseFields(values, newWorkshopSchema), now);
    return redirect(paths.workshopPlan(matrixId, workshopId));
  });
});

export default function WorkshopsRoute() {
  const view = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  return <WorkshopsPage {...view} editor={useEditor()} answer={answer ?? null} />;
}
