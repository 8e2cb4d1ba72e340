import { parseJson } from "~/http/parse.server";
import { forScript, param, sentence } from "~/http/respond.server";
import { keepVisit, visitSchema } from "~/services/live/visits.server";

/** Takes down that somebody has a matrix on screen, and what of others' changes they are told or have seen. */
export const action = forScript(async ({ actor, params, request, now }) => {
  await keepVisit(actor, param(params, "matrixId"), await parseJson(request, visitSchema, () => "The page"), now);
  return new Response(null, { status: 204 });
});

export const loader = () => sentence(405, "A visit is sent with POST.");
