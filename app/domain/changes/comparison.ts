import type { FieldChanges } from "./diff-schema";
import { sameJson } from "../equal";
import { cellText, inOrder, lettersOf } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import { ownerOf, partiesHolding } from "../matrix/owner";
import { DUTY_FIELDS } from "../parts/duties";
import type { Duty, Letter, Role } from "../matrix/shapes";
import { partsOfPath } from "../parts/field";
import { agreedChanges } from "./agreed-changes";
import { changedWords } from "./field-words";

/** The kinds of change of a duty, the most important first. */
export const CHANGE_KINDS = [
  "added",
  "removed",
  "does",
  "answers",
  "letters",
  "boundary",
  "tools",
  "decisions",
  "standing",
  "wording",
] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** The letters of one role before and after. */
export type LetterChange = { roleId: string; role: string; partyId: string; before: Letter[]; after: Letter[] };
/** A field's text before and after; `field` is the label. A text is empty when the field has none. */
export type TextChange = { field: string; before: string; after: string };

/** A changed duty. Code, text and domain are those of the later matrix, or of the earlier one for a removed duty. */
export type DutyChange = {
  dutyId: string;
  code: string;
  text: string;
  domainId: string;
  kinds: ChangeKind[];
  /** The ids of the parties whose roles do it, before and after. */
  does: { before: string[]; after: string[] };
  /** The id of the party that answers for it; null when none does. */
  answers: { before: string | null; after: string | null };
  letters: LetterChange[];
  texts: TextChange[];
  /** The ids of the parties concerned: those whose letters change, or all parties when an agreed text changes. */
  concerns: string[];
};

/**
 * The agreed differences between the duties of two matrices. Marks, suggestions and notes about today aren't compared.
 */
export type Comparison = {
  /** The domains with changed duties, in the order of the later matrix; removed domains come last. */
  groups: { domainId: string; name: string; duties: DutyChange[] }[];
  /** The number of changed duties by kind of change. A duty can count under several kinds. */
  counts: Record<ChangeKind, number>;
  changed: number;
  unchanged: number;
};

/** The kind of change by field. Changes of all other agreed fields are "wording". */
const KINDS: Readonly<Record<string, ChangeKind>> = {
  boundary: "boundary",
  tools: "tools",
  decisions: "decisions",
  authorityId: "decisions",
  coverPeriod: "standing",
  standing: "standing",
};

/** The agreed differences between the duties of two matrices. */
export function compareDuties(before: Matrix, after: Matrix): Comparison {
  const fields = new Map(
    (agreedChanges(before, after).duties?.changed ?? []).map((change) => [change.id, change.fields]),
  );
  const beforeById = new Map(before.duties.map((duty) => [duty.id, duty]));
  const afterIds = new Set(after.duties.map(({ id }) => id));
  const roles = thingsOfBoth(before.roles, after.roles);
  const changes = new Map<string, DutyChange[]>();
  const counts: Record<ChangeKind, number> = {
    added: 0,
    removed: 0,
    does: 0,
    answers: 0,
    letters: 0,
    boundary: 0,
    tools: 0,
    decisions: 0,
    standing: 0,
    wording: 0,
  };
  let changed = 0;
  const addChange = (change: DutyChange | null) => {
    if (!change) return;
    changed += 1;
    for (const kind of change.kinds) counts[kind] += 1;
    changes.set(change.domainId, [...(changes.get(change.domainId) ?? []), change]);
  };
  // Where every role still belongs to the same party, a duty with the same fields is done and answered for by the same parties.
  const mayDiffer = sameJson(partiesOfRoles(before), partiesOfRoles(after))
    ? ({ id }: Duty) => fields.has(id) || !beforeById.has(id)
    : () => true;
  for (const duty of after.duties)
    if (mayDiffer(duty))
      addChange(compareDuty({ before, after, roles, fields }, beforeById.get(duty.id) ?? null, duty));
  for (const duty of before.duties)
    if (!afterIds.has(duty.id)) addChange(compareDuty({ before, after, roles, fields }, duty, null));
  const groups = thingsOfBoth(before.domains, after.domains).flatMap(({ id, name }) => {
    const duties = changes.get(id);
    return duties ? [{ domainId: id, name, duties }] : [];
  });
  return { groups, counts, changed, unchanged: after.duties.length - changed + counts.removed };
}

/** Besides a duty's letters, what decides which party does it or answers for it. */
function partiesOfRoles({ parties, roles }: Matrix): unknown {
  return [parties.map(({ id, kind }) => [id, kind]), roles.map(({ id, partyId }) => [id, partyId])];
}

type ComparedMatrices = {
  before: Matrix;
  after: Matrix;
  roles: readonly Role[];
  fields: ReadonlyMap<string, FieldChanges>;
};

function compareDuty(both: ComparedMatrices, old: Duty | null, duty: Duty | null): DutyChange | null {
  const { before, after } = both;
  const namedDuty = duty ?? old;
  if (!namedDuty) return null;
  const letters = letterChanges(both, old, duty);
  const texts = old && duty ? textChanges(both, old, duty) : [];
  const does = { before: doers(before, old), after: doers(after, duty) };
  const answers = { before: answerer(before, old), after: answerer(after, duty) };
  const kinds = new Set<ChangeKind>(texts.map(({ kind }) => kind));
  if (!old || !duty) kinds.add(old ? "removed" : "added");
  else {
    if (!sameJson(does.before, does.after)) kinds.add("does");
    if (answers.before !== answers.after) kinds.add("answers");
    if (letters.length > 0 && !kinds.has("does") && !kinds.has("answers")) kinds.add("letters");
  }
  if (kinds.size === 0) return null;
  const { id: dutyId, code, text, domainId } = namedDuty;
  return {
    dutyId,
    code,
    text,
    domainId,
    kinds: CHANGE_KINDS.filter((kind) => kinds.has(kind)),
    does,
    answers,
    letters,
    texts: texts.map(({ field, before: textBefore, after: textAfter }) => ({
      field,
      before: textBefore,
      after: textAfter,
    })),
    concerns:
      texts.length > 0 ? after.parties.map(({ id }) => id) : [...new Set(letters.map(({ partyId }) => partyId))],
  };
}

function letterChanges({ roles }: ComparedMatrices, old: Duty | null, duty: Duty | null): LetterChange[] {
  return roles.flatMap(({ id, name, partyId }): LetterChange[] => {
    const lettersBefore = old ? inOrder(lettersOf(old, id)) : [];
    const lettersAfter = duty ? inOrder(lettersOf(duty, id)) : [];
    return cellText(lettersBefore) === cellText(lettersAfter)
      ? []
      : [{ roleId: id, role: name, partyId, before: lettersBefore, after: lettersAfter }];
  });
}

function textChanges(
  { before, after, fields }: ComparedMatrices,
  old: Duty,
  duty: Duty,
): (TextChange & { kind: ChangeKind })[] {
  const changes = Object.entries(fields.get(duty.id) ?? {}).filter(([path]) => !path.startsWith("letters/"));
  return changedWords({ old, thing: duty }, Object.fromEntries(changes), DUTY_FIELDS, { before, after }).map(
    ({ field, label, before: textBefore, after: textAfter }) => ({
      kind: KINDS[partsOfPath(field).name] ?? "wording",
      field: label,
      before: textBefore,
      after: textAfter,
    }),
  );
}

function doers(matrix: Matrix, duty: Duty | null): string[] {
  return duty ? partiesHolding(matrix, duty, "R").map(({ id }) => id) : [];
}

function answerer(matrix: Matrix, duty: Duty | null): string | null {
  return (duty && ownerOf(matrix, duty)?.id) ?? null;
}

/** The items of the later list, followed by those that only the earlier list contains. */
function thingsOfBoth<T extends { id: string }>(before: readonly T[], after: readonly T[]): T[] {
  const afterIds = new Set(after.map(({ id }) => id));
  return [...after, ...before.filter(({ id }) => !afterIds.has(id))];
}
