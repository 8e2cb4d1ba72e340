import { json } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { forActor, param } from "~/http/respond.server";
import { listRecord } from "~/services/access/record.server";
import { RecordPage } from "~/ui/record/record-page";

export { ViewError as ErrorBoundary } from "~/ui/shell/view-error";

export const loader = forActor(async ({ actor, params, request }) => {
  const matrixId = param(params, "matrixId");
  const before = new Date(new URL(request.url).searchParams.get("before") ?? "");
  return json({ matrixId, ...(await listRecord(actor, matrixId, Number.isNaN(before.getTime()) ? null : before)) });
});

export default function RecordRoute() {
  return <RecordPage {...useLoaderData<typeof loader>()} />;
}
