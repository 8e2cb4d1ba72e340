import { read } from "~/db/client.server";
import { loadAbsences, loadRotas, peopleOf } from "~/db/people-store.server";
import { AppError } from "~/domain/errors";
import { checkBeginning } from "~/domain/escalation/calls-words.server";
import { answerScenario } from "~/domain/scenario/answer.server";
import { scenarioOf, type AskedScenario } from "~/domain/scenario/scenario";
import type { ScenarioAnswer } from "~/domain/scenario/scenario-answer";
import { scenarioNamed } from "~/library/scenarios";
import { librarySearchWords } from "~/library/search-words";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";

/** Who is called, who may decide what and where it breaks on the draft, where a scenario begins at a moment, with the holders of that day. */
export async function scenarioAnswer(
  actor: Actor,
  matrixId: string,
  { scenario: asked, awayId, ...beginning }: AskedScenario,
): Promise<ScenarioAnswer> {
  const { matrix, engagementId } = await matrixFor(read, actor, matrixId, "read");
  const [wrong] = checkBeginning(beginning);
  if (wrong) throw new AppError("invalid", wrong.message);
  const scenario = "id" in asked ? scenarioNamed(asked.id) : scenarioOf(asked);
  if (!scenario) throw new AppError("invalid", "There is no such scenario. Choose one of those offered, or your own.");
  const { people, holdings } = await peopleOf(read, { engagementId, matrixId });
  const [rotas, absences] = [await loadRotas(read, matrixId), await loadAbsences(read, engagementId)];
  return answerScenario(scenario, beginning, {
    matrix,
    behind: { people, holdings, rotas, absences },
    awayId,
    wordsOf: librarySearchWords,
  });
}
