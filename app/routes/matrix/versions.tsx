import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { forActor, param } from "~/http/respond.server";
import { listVersions, versionInForce } from "~/services/versions.server";
import { VersionsPage } from "~/ui/versions/versions-page";

export const loader = forActor(async ({ actor, params, request, now }) => {
  const matrixId = param(params, "matrixId");
  const today = now.toISOString().slice(0, 10);
  const asked = new URL(request.url).searchParams.get("on") ?? "";
  const day = /^\d{4}-\d{2}-\d{2}$/.test(asked) && !Number.isNaN(Date.parse(asked)) ? asked : today;
  return json({ matrixId, versions: await listVersions(actor, matrixId), day, today, inForce: await versionInForce(actor, matrixId, day) });
});

export default function VersionsRoute() {
  return <VersionsPage {...useLoaderData<typeof loader>()} />;
}
