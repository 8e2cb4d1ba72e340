import { json } from "@remix-run/node";
import { forScript, param } from "~/http/respond.server";
import { draftSince } from "~/services/matrix/drafts.server";

/**
 * The draft for a window that shows revision `since`: the whole matrix if the revision has changed, otherwise only the
 * number of changes.
 */
export const loader = forScript(async ({ actor, params, request }) => {
  const since = Number(new URL(request.url).searchParams.get("since") ?? "-1");
  return json(await draftSince(actor, param(params, "matrixId"), since), { headers: { "Cache-Control": "no-store" } });
});
