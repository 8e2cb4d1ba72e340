import { json } from "@remix-run/node";
import { forScript, param } from "~/http/respond.server";
import { whatReopened } from "~/services/matrix/activity.server";

/** The changes that reopened the marks of a duty, for its drawer. */
export const loader = forScript(async ({ actor, params, request }) => {
  const dutyId = new URL(request.url).searchParams.get("duty") ?? "";
  return json(await whatReopened(actor, param(params, "matrixId"), dutyId), {
    headers: { "Cache-Control": "no-store" },
  });
});
