import type { Matrix } from "~/domain/matrix/matrix";
import { appliedPathId } from "~/domain/parts/path-of";
import { reject, ok, type Result } from "~/domain/result";
import { LIMITS } from "~/domain/limits";
import {
  OWN_SCENARIO,
  readScenarioQuery,
  scenarioQuery,
  usualDay,
  usualZone,
  type AskedScenario,
  type OwnScenario,
  type ScenarioQuery,
} from "~/domain/scenario/scenario";
import { ownZone } from "../../primitives/time";
import { nameInAddress } from "../escalation-view";
import type { OfferedScenario } from "~/services/people/scenario-answers.server";

/** What the fields of the panel hold: a scenario of the library by its id, the path that is shown, or one of the reader's own. */
export type ScenarioDraft = {
  choice: string;
  day: string;
  time: string;
  zone: string;
  awayId: string;
  title: string;
  pathId: string;
  /** Codes of duties as they are typed. */
  codes: string;
};

/** The choice of the path that the page shows. */
export const THIS_PATH = "this-path";

type Structure = Pick<Matrix, "duties" | "domains" | "hours" | "parties">;
type Known = { matrix: Structure; offered: readonly OfferedScenario[]; today: string };

/** The fields before anything was asked: the first scenario that is offered, when it hurts most. */
export function firstDraft({ matrix, offered, today }: Known): ScenarioDraft {
  const [first] = offered;
  const draft = {
    choice: first?.id ?? THIS_PATH,
    day: today,
    time: "02:10",
    zone: matrix.hours.length > 0 ? usualZone(matrix) : ownZone(),
  };
  return withUsualMoment({ ...draft, awayId: "", title: "", pathId: "", codes: "" }, first, today);
}

function withUsualMoment(draft: ScenarioDraft, scenario: OfferedScenario | undefined, today: string): ScenarioDraft {
  return scenario ? { ...draft, day: usualDay(scenario, today), time: scenario.when.time } : draft;
}

/** The fields with another scenario. A moment that was usual for the one before becomes that of the new one; one's own stays. */
export function withChoice(
  draft: ScenarioDraft,
  choice: string,
  { offered, today }: Omit<Known, "matrix">,
): ScenarioDraft {
  const scenarioOf = (id: string) => offered.find((scenario) => scenario.id === id);
  const before = withUsualMoment(draft, scenarioOf(draft.choice), today);
  const next = { ...draft, choice };
  return before.day === draft.day && before.time === draft.time
    ? withUsualMoment(next, scenarioOf(choice), today)
    : next;
}

/** The fields as they ask for what a link carries. */
export function draftOf({ scenario, day, time, timeZone, awayId }: AskedScenario, matrix: Structure): ScenarioDraft {
  const moment = { day, time, zone: timeZone, awayId: awayId ?? "" };
  if ("id" in scenario) return { ...moment, choice: scenario.id, title: "", pathId: "", codes: "" };
  const codeOf = new Map(matrix.duties.map(({ id, code }) => [id, code]));
  const codes = scenario.dutyIds.flatMap((id) => codeOf.get(id) ?? []).join(", ");
  return { ...moment, choice: OWN_SCENARIO, title: scenario.title, pathId: scenario.pathId ?? "", codes };
}

type ShownPath = { id: string; name: string; trigger: string };

/** What the fields ask, or a sentence about the one that needs another look. */
export function askedOf(
  { choice, day, time, zone, awayId, title, pathId, codes }: ScenarioDraft,
  matrix: Structure,
  path: ShownPath,
): Result<AskedScenario> {
  const moment = { day, time: time.slice(0, 5), timeZone: zone.trim(), awayId: awayId || null };
  const own = choice === OWN_SCENARIO ? ownScenario({ title, pathId, codes }, matrix) : null;
  if (own && !own.ok) return own;
  const scenario = own ? own.value : choice === THIS_PATH ? pathAlone(path, matrix) : { id: choice };
  // What a link would say is read back, so that the fields and a link are checked by the same rules.
  const query = scenarioQuery({ scenario, ...moment });
  return readScenarioQuery({ get: (name) => query[name] ?? null });
}

function ownScenario(
  { title, pathId, codes }: Pick<ScenarioDraft, "title" | "pathId" | "codes">,
  { duties }: Structure,
): Result<OwnScenario> {
  const typed = codes
    .split(/[,;\s]+/)
    .filter((code) => code !== "")
    .map((code) => code.toUpperCase());
  const dutyIds: string[] = [];
  for (const code of typed) {
    const duty = duties.find((one) => one.code.toUpperCase() === code);
    if (!duty) return reject("duties", `There is no duty ${code.slice(0, 20)}. Write codes as in IAM-03.`);
    dutyIds.push(duty.id);
  }
  return ok({ title, pathId: pathId || null, dutyIds });
}

/** A path by itself, with the first of the duties that it applies to. */
function pathAlone({ id, name, trigger }: ShownPath, matrix: Structure): OwnScenario {
  const dutyIds = matrix.duties.filter((duty) => appliedPathId(matrix, duty) === id).map((duty) => duty.id);
  const title = (trigger || name).slice(0, LIMITS.name);
  return { title, pathId: id, dutyIds: dutyIds.slice(0, LIMITS.scenarioDuties) };
}

/** The query of a scenario as the page's address has it. */
export function addressOf(asked: AskedScenario): ScenarioQuery {
  return Object.fromEntries(Object.entries(scenarioQuery(asked)).map(([name, value]) => [nameInAddress(name), value]));
}

/** What an address asks, or a sentence about what is wrong with it; null where it asks for no scenario. */
export function askedInAddress(address: ScenarioQuery): Result<AskedScenario> | null {
  return address.scenario === undefined
    ? null
    : readScenarioQuery({ get: (name) => address[nameInAddress(name)] ?? null });
}
