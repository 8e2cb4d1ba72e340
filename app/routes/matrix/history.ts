import { json } from "@remix-run/node";
import { forScript, param } from "~/http/respond.server";
import { dutyHistory } from "~/services/matrix/activity.server";

/** A page of a duty's history for its drawer, from before a revision. */
export const loader = forScript(async ({ actor, params, request }) => {
  const query = new URL(request.url).searchParams;
  const before = Number(query.get("before") ?? "");
  const history = await dutyHistory(
    actor,
    param(params, "matrixId"),
    query.get("duty") ?? "",
    Number.isSafeInteger(before) && before > 0 ? before : null,
  );
  return json(history, { headers: { "Cache-Control": "no-store" } });
});
