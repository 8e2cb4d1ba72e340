import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { forActor, param } from "~/http/respond.server";
import { viewWorkshop } from "~/services/workshop/viewing.server";
import { listChoices } from "~/services/workshop/workshops.server";
import { useWorkshop } from "~/ui/workshop/use-workshop";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

/** A workshop for whoever leads it, with what it may be about and the reasons for each duty. */
export const loader = forActor(async ({ actor, params, now }) =>
  json({
    page: await viewWorkshop({ actor, passes: [] }, param(params, "workshopId"), "projector", now),
    choices: await listChoices(actor, param(params, "matrixId"), now),
  }),
);

export default function WorkshopPlanRoute() {
  const { page } = useLoaderData<typeof loader>();
  const { shown } = useWorkshop(page, "projector");
  return <p>{shown.title}</p>;
}
