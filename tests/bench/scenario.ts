import { applyCommand } from "~/domain/editing/apply-command";
import type { Behind } from "~/domain/escalation/staffing-of";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { blankPath } from "~/domain/parts/paths";
import { answerScenario } from "~/domain/scenario/answer.server";
import { samplePeople } from "~/library/sample-people";
import { sampleMatrix } from "~/library/sample";
import { SCENARIOS } from "~/library/scenarios";
import { librarySearchWords } from "~/library/search-words";
import { benchMatrix } from "./matrices";
import { measure, ratio } from "./measure";

const [DUTIES, ROLES, PATHS] = [1_000, 24, 10];
const WHEN = { day: "2027-01-09", time: "02:10", timeZone: "Europe/London" };
const TODAY = "2026-11-27";

function path(i: number): EscalationPath {
  return {
    ...blankPath(`path-${i}`),
    kind: i < 6 ? "incident" : ((["security", "decision", "risk", "disagreement"] as const)[i - 6] ?? "incident"),
    name: `Path ${i + 1}`,
    levels: Object.fromEntries(
      [0, 15, 30, 60, 120].map((minutes, at) => [
        `level-${at}`,
        {
          minutes,
          calls: [0, 1, 2].map((k) => ({ roleId: `role-${(i + at * 3 + k) % ROLES}`, direction: "up" as const })),
          channels: ["phone", "sms"],
          decides: at > 2,
          may: "",
        },
      ]),
    ),
    repeats: 1,
    decisionTarget: 60,
  };
}

/** A matrix of which the library knows nothing, so that every duty of a scenario is looked up, with what the sample agrees about authority. */
function matrixOfStrangers(): Matrix {
  const matrix = benchMatrix(DUTIES, ROLES);
  const sample = sampleMatrix(TODAY);
  const role = (i: number) => `role-${i % ROLES}`;
  return {
    ...matrix,
    paths: Array.from({ length: PATHS }, (_, i) => path(i)),
    domains: matrix.domains.map((domain, i) => ({ ...domain, pathId: `path-${i % PATHS}` })),
    authorities: sample.authorities.map((one, i) => ({ ...one, roleId: role(i), deputyId: role(i + 1) })),
    containments: sample.containments.map((one, i) => ({ ...one, roleId: role(i), callsId: role(i + 1) })),
    hours: sample.hours,
  };
}

/** Two holders of each role, who take turns as the sample's engineers do. */
function peopleOf(matrix: Matrix): Behind {
  const { people, rotas } = samplePeople(TODAY);
  const [some] = people;
  const [rota] = rotas;
  if (!some || !rota) throw new Error("The sample has nobody.");
  const ids = (roleId: string) => [`${roleId}-a`, `${roleId}-b`];
  const holdings = matrix.roles.flatMap(({ id: roleId, partyId }) =>
    ids(roleId).map((personId) => ({ roleId, personId, side: partyId === "client" ? "client" : "provider" }) as const),
  );
  return {
    people: holdings.map(({ personId, side }) => ({ ...some, id: personId, side, name: personId, deputyId: null })),
    holdings: holdings.map(({ roleId, personId }) => ({
      id: personId,
      roleId,
      personId,
      since: TODAY,
      until: null,
      carriedFrom: null,
    })),
    rotas: matrix.roles.map(({ id: roleId }) => ({
      roleId,
      rota: { ...rota.rota, turns: ids(roleId).map((id) => [id]) },
    })),
    absences: [],
  };
}

/** One scenario on 1,000 duties, 24 roles and ten paths: asked again, after one duty changed, and of a matrix that wasn't seen before; beside writing its duties as JSON. */
export async function benchScenario() {
  let matrix = matrixOfStrangers();
  const behind = peopleOf(matrix);
  const floor = await measure(40, () => JSON.stringify(matrix.duties).length);
  const answer = (i: number, of: Matrix) => {
    const scenario = SCENARIOS[i % SCENARIOS.length];
    return (
      scenario && answerScenario(scenario, WHEN, { matrix: of, behind, awayId: null, wordsOf: librarySearchWords })
    );
  };
  const again = await measure(120, (i) => answer(i, matrix));
  const afterOne = await measure(60, (i) => {
    const text = `Keep the servers of site ${i} patched, and prove it`;
    const result = applyCommand(matrix, { type: "duty.edit", dutyId: `duty-${i}`, set: { text } });
    if (result.ok) matrix = result.value;
    return answer(i, matrix);
  });
  const afresh = await measure(12, (i) => answer(i, structuredClone(matrix)));
  const sample = sampleMatrix(TODAY);
  const people = samplePeople(TODAY);
  const onSample = await measure(120, (i) => {
    const scenario = SCENARIOS[i % SCENARIOS.length];
    return (
      scenario &&
      answerScenario(scenario, WHEN, { matrix: sample, behind: people, awayId: null, wordsOf: librarySearchWords })
    );
  });
  return {
    duties: DUTIES,
    roles: ROLES,
    paths: PATHS,
    floor,
    again,
    ratio: ratio(again, floor),
    afterOne,
    afresh,
    onSample,
  };
}
