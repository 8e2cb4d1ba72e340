import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { isDay, isTimeZone, utcDay } from "~/domain/days";
import { forActor, param } from "~/http/respond.server";
import { listVersions, versionInForce } from "~/services/version/versions.server";
import { VersionsPage } from "~/ui/versions/list/versions-page";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

/** The page lists this many versions, the newest first, until all are asked for. */
const MOST_LISTED = 20;

export const loader = forActor(async ({ actor, params, request, now }) => {
  const matrixId = param(params, "matrixId");
  const today = utcDay(now);
  const query = new URL(request.url).searchParams;
  const asked = query.get("on") ?? "";
  const zone = query.get("zone") ?? "";
  const askedDay = isDay(asked) ? { day: asked, zone: isTimeZone(zone) ? zone : "UTC" } : null;
  const versions = await listVersions(actor, matrixId);
  return json({
    matrixId,
    count: versions.length,
    versions: query.has("all") ? versions : versions.slice(0, MOST_LISTED),
    asked: askedDay,
    today,
    inForce: await versionInForce(actor, matrixId, askedDay, now),
  });
});

export default function VersionsRoute() {
  return <VersionsPage {...useLoaderData<typeof loader>()} />;
}
