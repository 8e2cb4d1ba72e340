import { parseJson } from "~/http/parse.server";
import { forScript, param, sentence } from "~/http/respond.server";
import { bePresent, presenceSchema } from "~/services/live/presence.server";
import { prolongVisit } from "~/services/live/visits.server";

/** Takes down that somebody has a matrix open, and on which of its things they are. */
export const action = forScript(async ({ actor, params, request, now }) => {
  const matrixId = param(params, "matrixId");
  const presence = await parseJson(request, presenceSchema, () => "The page");
  await bePresent(actor, matrixId, presence, now);
  await prolongVisit(matrixId, actor.userId, { ends: presence.left, now });
  return new Response(null, { status: 204 });
});

export const loader = () => sentence(405, "Presence is sent with POST.");
