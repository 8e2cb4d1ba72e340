import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { forActor, param } from "~/http/respond.server";
import { listVersions } from "~/services/versions.server";
import { VersionsPage } from "~/ui/versions/versions-page";

export const loader = forActor(async ({ actor, params }) => {
  const matrixId = param(params, "matrixId");
  return json({ matrixId, versions: await listVersions(actor, matrixId) });
});

export default function VersionsRoute() {
  return <VersionsPage {...useLoaderData<typeof loader>()} />;
}
