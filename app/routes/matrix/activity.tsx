import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { forActor, param } from "~/http/respond.server";
import { ACTIVITY_KINDS, listActivity } from "~/services/matrix/activity.server";
import { ActivityPage } from "~/ui/activity/activity-page";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const loader = forActor(async ({ actor, params, request }) => {
  const matrixId = param(params, "matrixId");
  const query = new URL(request.url).searchParams;
  const kind = ACTIVITY_KINDS.find((value) => value === query.get("kind")) ?? null;
  const filter = {
    person: query.get("person") ?? "",
    kind,
    dutyId: query.get("duty") ?? "",
    after: query.get("after"),
  };
  return json({ matrixId, filter, ...(await listActivity(actor, matrixId, filter)) });
});

export default function ActivityRoute() {
  return <ActivityPage {...useLoaderData<typeof loader>()} />;
}
