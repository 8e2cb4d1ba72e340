import type { CollectionDiff, FieldChanges, MatrixDiff } from "./diff-schema";
import type { Matrix } from "../matrix/matrix";
import type { Letter, PartyKind } from "../matrix/shapes";
import { indexOf } from "../matrix/owner";
import { dayWords } from "../day-words";
import { isTermPath } from "./reopened";
import { DUTY_FIELDS } from "../parts/duties";
import { changedWords } from "./field-words";
import { partsOfPath, type Field } from "../parts/field";
import type { AnyThing, Part } from "../parts/part";
import { PART_LIST } from "../parts/registry";
import { quoted } from "../text";

/** A changed cell, to be displayed as chips of letters. */
export type LoggedCellChange = { roleId: string; roleName: string; kind: PartyKind; before: Letter[]; after: Letter[] };
/** The changes that one step of the log made to one duty. */
export type LoggedDutyChange = {
  dutyId: string;
  code: string;
  text: string;
  letters: LoggedCellChange[];
  words: string[];
  /** Whether the step changed the duty's terms. */
  terms: boolean;
};

/**
 * The descriptions of a duty's fields. The values are typed as unknown because a logged value may have the form of an
 * earlier release.
 */
const FIELDS = new Map<string, Pick<Field<unknown>, "label" | "rule" | "words">>(Object.entries(DUTY_FIELDS));

/** The name of a field at the beginning of a sentence. */
function fieldName(name: string): string {
  const field = FIELDS.get(name);
  return field ? (field.rule?.called ?? `“${field.label}”`) : "Something else";
}

/**
 * The changes of one logged step, duty by duty. Names come from the present matrix; for duties deleted since, from the
 * step itself.
 */
export function describeStep(matrix: Matrix, diff: MatrixDiff): LoggedDutyChange[] {
  const part = diff.duties;
  if (!part) return [];
  const dutiesById = new Map(matrix.duties.map((duty) => [duty.id, duty]));
  const loggedDuties = new Map([...part.removed, ...part.added].map((duty) => [duty.id, duty]));
  const dutyNames = (id: string) => {
    const duty =
      dutiesById.get(id) ??
      loggedDuties.get(id) ??
      (Object.hasOwn(matrix.deleted, id) ? matrix.deleted[id]?.duty : undefined);
    return { dutyId: id, code: duty?.code ?? "A duty", text: duty?.text ?? "deleted since" };
  };
  return [
    ...part.added.map(({ id }) => ({ ...dutyNames(id), letters: [], words: ["Added."], terms: false })),
    ...part.removed.map(({ id }) => ({ ...dutyNames(id), letters: [], words: ["Deleted."], terms: false })),
    ...part.changed.map(({ id, fields }) => ({
      ...dutyNames(id),
      letters: letterChanges(matrix, fields),
      words: wordsOf(matrix, fields),
      terms: Object.keys(fields).some(isTermPath),
    })),
  ];
}

/** One changed term: a changed cell, or what a field is now and was before, in words without a full stop. */
export function describeTerm(matrix: Matrix, path: string, before: unknown, after: unknown): LoggedCellChange | string {
  const [name = "", key = ""] = path.split("/", 2);
  if (name !== "letters") return fromTo(matrix, path, before, after);
  const role = indexOf(matrix).role.get(key);
  return {
    roleId: key,
    roleName: role?.name ?? "A role deleted since",
    kind: indexOf(matrix).party.get(role?.partyId ?? "")?.kind ?? "client",
    before: lettersIn(before),
    after: lettersIn(after),
  };
}

function letterChanges(matrix: Matrix, fields: FieldChanges): LoggedCellChange[] {
  return Object.entries(fields).flatMap(([path, { before, after }]) => {
    const term = path.startsWith("letters/") ? describeTerm(matrix, path, before, after) : "";
    return typeof term === "string" ? [] : [term];
  });
}

function lettersIn(value: unknown): Letter[] {
  return Array.isArray(value)
    ? value.filter((letter): letter is Letter => typeof letter === "string" && "ARSCI".includes(letter))
    : [];
}

function wordsOf(matrix: Matrix, fields: FieldChanges): string[] {
  const sentences = new Set<string>();
  for (const [path, change] of Object.entries(fields)) {
    const [name] = path.split("/", 1);
    if (name !== "letters") sentences.add(sentenceOf(matrix, path, change));
  }
  return [...sentences];
}

function sentenceOf(matrix: Matrix, path: string, { before, after }: FieldChanges[string]): string {
  const [name = "", key = ""] = path.split("/", 2);
  const record = typeof after === "object" && after !== null ? new Map<string, unknown>(Object.entries(after)) : null;
  const textAt = (field: string) => String(record?.get(field) ?? "");
  switch (name) {
    case "marks": {
      const party = indexOf(matrix).party.get(key)?.name ?? "A party";
      if (!record) return `${party} took back its mark.`;
      if (textAt("confirms") === "declining") return `${party} confirmed that it is declined, at its risk.`;
      return textAt("state") === "agreed" ? `${party} agreed.` : `${party} disputes it: ${quoted(textAt("position"))}`;
    }
    case "ruling":
      return record
        ? `${textAt("by")} ruled: ${quoted(textAt("what"))}${confirmedWords(matrix, record.get("confirmed"))}`
        : "The ruling was taken back.";
    case "standing":
      return record ? `${FIELDS.get(name)?.words(after, matrix) ?? "Standing changed"}.` : "Applies again.";
    case "coverPeriod":
      return record
        ? `Covered by ${FIELDS.get(name)?.words(after, matrix) ?? "another party"}.`
        : "No longer covered by another party.";
    case "earlyWin":
      return typeof after === "string" ? `An early win, by ${dayWords(after)}.` : "No longer an early win.";
    case "domainId":
      return `Moved to ${matrix.domains.find(({ id }) => id === after)?.name ?? "another domain"}.`;
    case "reserved":
      return after === true ? "Reserved to the client." : "No longer reserved.";
    default:
      if (name === "text") return `Now reads ${quoted(String(after))} It read ${quoted(String(before))}`;
      return isTermPath(path) ? withFullStop(fromTo(matrix, path, before, after)) : `${fieldName(name)} changed.`;
  }
}

/** What an agreed field is now and was before. Long texts are cut short: the page of the duty and the comparison have them whole. */
function fromTo(matrix: Matrix, path: string, before: unknown, after: unknown): string {
  const { name, key } = partsOfPath(path);
  const side = (value: unknown) => ({ [name]: key === null ? value : { [key]: value } });
  const [change] = changedWords(
    { old: side(before), thing: side(after) },
    { [path]: { before: null, after: null } },
    DUTY_FIELDS,
    { before: matrix, after: matrix },
  );
  if (!change || change.before === change.after) return `${fieldName(name)} changed`;
  const said = (text: string) =>
    text === ""
      ? "not set"
      : `“${text.length > LONGEST_QUOTED ? `${text.slice(0, LONGEST_QUOTED).trimEnd()}…` : text}”`;
  return `${key === null ? fieldName(name) : `“${change.label}”`} is now ${said(change.after)}; it was ${said(change.before)}`;
}

function withFullStop(words: string): string {
  return /[.!?…]”$/.test(words) ? words : `${words}.`;
}

function confirmedWords(matrix: Matrix, confirmed: unknown): string {
  const names = Array.isArray(confirmed)
    ? matrix.parties.filter(({ id }) => confirmed.includes(id)).map(({ name }) => name)
    : [];
  return names.length > 0 ? ` Confirmed by ${names.join(" and ")}.` : "";
}

/** Sentences about parties that closed or reopened the dispute over a deleted duty. */
function closingSentences(matrix: Matrix, { fields }: MatrixDiff): string[] {
  return Object.entries(fields).flatMap(([path, { before, after }]) => {
    if (!path.startsWith("deleted/")) return [];
    const [closedBefore, closedAfter] = [before, after].map(readClosed);
    const code = closedAfter?.code ?? closedBefore?.code ?? "a duty";
    const names = (one: typeof closedBefore, other: typeof closedBefore) =>
      matrix.parties
        .filter(({ id }) => one?.closed.includes(id) && other && !other.closed.includes(id))
        .map(({ name }) => name);
    return [
      ...names(closedAfter, closedBefore).map((name) => `${name} closed the dispute over ${code}, which was deleted.`),
      ...names(closedBefore, closedAfter).map(
        (name) => `${name} opened the dispute over ${code}, which was deleted, again.`,
      ),
    ];
  });
}

function readClosed(value: unknown): { code: string; closed: unknown[] } | null {
  if (typeof value !== "object" || value === null || !("closed" in value) || !Array.isArray(value.closed)) return null;
  const duty = "duty" in value && typeof value.duty === "object" && value.duty !== null ? value.duty : {};
  return { code: "code" in duty ? String(duty.code) : "a duty", closed: value.closed };
}

/** Sentences about the things of one kind: added, removed, renamed, changed field by field, or moved. */
function partSentences(
  part: Part<AnyThing>,
  matrix: Matrix,
  things: readonly AnyThing[],
  diff: CollectionDiff<AnyThing> | undefined,
): string[] {
  if (!diff) return [];
  const thingsById = new Map(things.map((thing) => [thing.id, thing]));
  const title = (thing: AnyThing) => part.title(thing, matrix);
  const nameOf = (id: string) => {
    const thing = thingsById.get(id);
    return thing ? title(thing) : `The ${part.one} deleted since`;
  };
  const moved = new Set(diff.placedAfter.map(({ id }) => id));
  for (const { id } of [...diff.added, ...diff.changed]) moved.delete(id);
  return [
    ...diff.added.map((thing) => `${title(thing)} was added.`),
    ...diff.removed.map((thing) => `${title(thing)} was removed.`),
    ...diff.changed.flatMap(({ id, fields: { name, ...fields } }) => [
      ...(name ? [`The ${part.one} ${String(name.before)} was renamed to ${String(name.after)}.`] : []),
      ...fieldSentences(part, nameOf(id), fields, matrix),
    ]),
    ...[...moved].map((id) => `${nameOf(id)} was moved.`),
  ];
}

/** In characters: the sentence about a longer text says only that it changed. */
const LONGEST_QUOTED = 160;

/** Sentences about the changed fields of a thing, in the words of their descriptions. Values that aren't agreed are not repeated. */
function fieldSentences({ fields }: Part<AnyThing>, title: string, changes: FieldChanges, matrix: Matrix): string[] {
  if (Object.keys(changes).length === 0) return [];
  const sides = { old: sideOf(changes, "before"), thing: sideOf(changes, "after") };
  const fieldTexts = changedWords(sides, changes, fields, { before: matrix, after: matrix });
  return fieldTexts.length === 0
    ? [`${title} was changed.`]
    : fieldTexts.map(({ field, label, before, after }) =>
        fields[partsOfPath(field).name]?.signed
          ? `${title}: ${changeSentence(`“${label}”`, before, after)}`
          : `${title}: “${label}” changed.`,
      );
}

/** The changed fields as they were before or after, with entries inside their records. */
function sideOf(changes: FieldChanges, which: "before" | "after"): object {
  const values: Record<string, unknown> = {};
  const records = new Map<string, Record<string, unknown>>();
  for (const [path, { [which]: value }] of Object.entries(changes)) {
    const { name, key } = partsOfPath(path);
    if (key === null) values[name] = value;
    else records.set(name, { ...records.get(name), ...(value === null ? {} : { [key]: value }) });
  }
  return { ...values, ...Object.fromEntries(records) };
}

/** The sentence about one changed field. Of a text in several clauses it names those that differ. */
function changeSentence(field: string, before: string, after: string): string {
  if (after === "") return `${field} was taken out.`;
  if (before === "")
    return after.length > LONGEST_QUOTED ? `${field} was added.` : `${field} was added: ${quoted(after)}`;
  const [clausesBefore, clausesAfter] = [clausesOf(before), clausesOf(after)];
  const [removed, added] = [
    clausesBefore.filter((one) => !clausesAfter.includes(one)),
    clausesAfter.filter((one) => !clausesBefore.includes(one)),
  ].map((clauses) => clauses.map((clause) => `“${clause}”`).join(", "));
  if (removed === undefined || added === undefined || removed.length + added.length > 2 * LONGEST_QUOTED)
    return `${field} changed.`;
  if (!clausesBefore.some((one) => clausesAfter.includes(one))) return `${field} is now ${quoted(after)}`;
  if (removed === "") return added === "" ? `${field} changed.` : `${field} has ${added} in addition.`;
  return added === "" ? `${field} has ${removed} no longer.` : `${field} has ${added} instead of ${removed}.`;
}

function clausesOf(text: string): string[] {
  return text.split(/[.;:] /);
}

/** Sentences about the changes of one logged step outside of duties: parties, roles, domains, terms and settings. */
export function describeStructure(matrix: Matrix, diff: MatrixDiff): string[] {
  const sentences: string[] = [];
  for (const part of PART_LIST) {
    if (part.name !== "duties") sentences.push(...partSentences(part, matrix, matrix[part.name], diff[part.name]));
  }
  const paths = Object.keys(diff.fields);
  if (paths.includes("title")) sentences.push(`The title is now “${String(diff.fields.title?.after)}”.`);
  if (paths.some((path) => path.startsWith("terms/"))) sentences.push("The facts on the cover changed.");
  if (paths.some((path) => path.startsWith("settings/"))) sentences.push("The settings changed.");
  for (const [path, { after }] of Object.entries(diff.fields))
    if (path.startsWith("accepted/"))
      sentences.push(after === null ? "An accepted warning is open again." : "A warning was accepted.");
  sentences.push(...closingSentences(matrix, diff));
  const touched = new Set([...(diff.duties?.added ?? []), ...(diff.duties?.changed ?? [])].map(({ id }) => id));
  const moved = (diff.duties?.placedAfter ?? []).filter(({ id }) => !touched.has(id)).length;
  if (moved > 0) sentences.push(`${moved} ${moved === 1 ? "duty was" : "duties were"} moved in the list.`);
  return sentences;
}
