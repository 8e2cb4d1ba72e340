import { agreementOf } from "~/domain/agreement/agreement";
import { isOfKind } from "~/domain/matrix/kinds";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { searchAmong } from "~/domain/search";
import type { ChoiceReason, WorkshopChoices } from "~/domain/workshop/reasons";
import { keyOf } from "~/domain/workshop/planning";
import type { Subject } from "~/domain/workshop/shapes";

/** A duty or a path that may be chosen. */
export type Choice = {
  key: string;
  subject: Subject;
  /** What it is called in a sentence. */
  name: string;
  /** The duty's code; empty for a path. */
  code: string;
  text: string;
  reasons: readonly ChoiceReason[];
  /** Whether both sides agree on it as it stands. */
  agreed: boolean;
};

export type ChoiceGroup = { key: string; name: string; choices: readonly Choice[] };

/** What the filter of domains says for escalation paths. No domain has such an id. */
export const PATHS = "-paths";

type Asked = { query: string; domain: string; kind: string; reason: ChoiceReason | "" };

const dutySearch = searchAmong(({ code, text, workshopQuestion, searchWords }: Duty) =>
  [code, text, workshopQuestion, searchWords].join("\n"),
);
const pathSearch = searchAmong(({ name, trigger }: Matrix["paths"][number]) => `${name}\n${trigger}`);

/** Everything that may be chosen and fits what is asked for, in the order of the board; paths last. */
export function groupsOf(
  matrix: Matrix,
  { duties }: WorkshopChoices,
  { query, domain, kind, reason }: Asked,
): ChoiceGroup[] {
  const reasons = new Map(duties.map((duty) => [duty.dutyId, duty.reasons]));
  const fits = dutySearch(query);
  const byDomain = new Map<string, Choice[]>(matrix.domains.map(({ id }) => [id, []]));
  for (const duty of matrix.duties) {
    const why = reasons.get(duty.id) ?? [];
    if (domain !== "" && duty.domainId !== domain) continue;
    if (kind !== "" && !isOfKind(duty, kind)) continue;
    if ((reason !== "" && !why.includes(reason)) || !fits(duty)) continue;
    byDomain.get(duty.domainId)?.push(choiceOf(duty, why, agreementOf(matrix, duty) === "agreed"));
  }
  const pathFits = pathSearch(query);
  const chosenPaths = matrix.paths.filter(
    (path) => (domain === "" || domain === PATHS) && kind === "" && reason === "" && pathFits(path),
  );
  return [
    ...matrix.domains.map(({ id, name }) => ({ key: id, name, choices: byDomain.get(id) ?? [] })),
    {
      key: "paths",
      name: "Escalation paths",
      choices: chosenPaths.map(({ id, name }): Choice => {
        const subject: Subject = { kind: "path", id };
        return { key: keyOf(subject), subject, name, code: "", text: name, reasons: [], agreed: false };
      }),
    },
  ].filter(({ choices }) => choices.length > 0);
}

function choiceOf({ id, code, text }: Duty, reasons: readonly ChoiceReason[], agreed: boolean): Choice {
  const subject: Subject = { kind: "duty", id };
  return { key: keyOf(subject), subject, name: code, code, text, reasons, agreed };
}

/** A whole set: the duties for which there is a reason, or all paths. */
export function subjectsFor(
  matrix: Pick<Matrix, "duties" | "paths">,
  { duties }: WorkshopChoices,
  set: ChoiceReason | "paths",
): Subject[] {
  if (set === "paths") return matrix.paths.map(({ id }) => ({ kind: "path", id }));
  const present = new Set(matrix.duties.map(({ id }) => id));
  return duties.flatMap(({ dutyId, reasons }) =>
    reasons.includes(set) && present.has(dutyId) ? [{ kind: "duty" as const, id: dutyId }] : [],
  );
}
