import { json } from "@remix-run/node";
import { forScript, param } from "~/http/respond.server";
import { draftSince } from "~/services/drafts.server";

/** The draft for a window that shows revision `since`: whole when it is another by now. */
export const loader = forScript(async ({ actor, params, request }) => {
  const since = Number(new URL(request.url).searchParams.get("since") ?? "-1");
  return json(await draftSince(actor, param(params, "matrixId"), since), { headers: { "Cache-Control": "no-store" } });
});
