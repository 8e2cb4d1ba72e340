import { json } from "@remix-run/node";
import { AppError } from "~/domain/errors";
import { readScenarioQuery } from "~/domain/scenario/scenario";
import { forScript, param } from "~/http/respond.server";
import { scenarioAnswer } from "~/services/people/scenario-answers.server";

/** What a scenario comes to when it begins at a moment. */
export const loader = forScript(async ({ actor, params, request }) => {
  const asked = readScenarioQuery(new URL(request.url).searchParams);
  if (!asked.ok) throw new AppError("invalid", asked.rejection.message);
  const answer = await scenarioAnswer(actor, param(params, "matrixId"), asked.value);
  return json(answer, { headers: { "Cache-Control": "no-store" } });
});
