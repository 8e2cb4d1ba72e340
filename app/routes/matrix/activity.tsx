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
    since: momentIn(query.get("since")),
  };
  return json({ matrixId, filter, ...(await listActivity(actor, matrixId, filter)) });
});

/** A moment in an address; null where there is none that can be read. */
function momentIn(text: string | null): string | null {
  const at = new Date(text ?? "");
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

export default function ActivityRoute() {
  return <ActivityPage {...useLoaderData<typeof loader>()} />;
}
