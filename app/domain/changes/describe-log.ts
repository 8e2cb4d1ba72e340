import type { CollectionDiff, FieldChanges, MatrixDiff } from "./diff-schema";
import type { Matrix } from "../matrix/matrix";
import type { Letter, PartyKind } from "../matrix/shapes";
import { indexOf } from "../matrix/owner";
import { dayWords } from "../day-words";
import { isTerm } from "./reopened";
import { DUTY_FIELDS } from "../parts/duties";
import { changedWords } from "./field-words";
import { partsOfPath, type Field } from "../parts/field";
import type { AnyThing, Part } from "../parts/part";
import { PART_LIST } from "../parts/registry";
import { quoted } from "../text";

/** A cell that changed, as chips show it. */
export type LetterChange = { roleId: string; roleName: string; kind: PartyKind; before: Letter[]; after: Letter[] };
/** What one step did to one duty. */
export type DutyChange = {
  dutyId: string;
  code: string;
  text: string;
  letters: LetterChange[];
  words: string[];
  /** Whether what the parties agreed to changed. */ terms: boolean;
};

/** The fields of a duty, whatever they hold: a logged value may be of any earlier form. */
const FIELDS = new Map<string, Pick<Field<unknown>, "label" | "rule" | "words">>(Object.entries(DUTY_FIELDS));

/** What a field is called where a sentence begins with it. */
function calledOf(name: string): string {
  const field = FIELDS.get(name);
  return field ? (field.rule?.called ?? `“${field.label}”`) : "Something else";
}

/** What one logged step did to each duty it touched. Names come from the matrix as it is now; what is gone since is named from the step itself. */
export function describeStep(matrix: Matrix, diff: MatrixDiff): DutyChange[] {
  const part = diff.duties;
  if (!part) return [];
  const now = new Map(matrix.duties.map((duty) => [duty.id, duty]));
  const gone = new Map([...part.removed, ...part.added].map((duty) => [duty.id, duty]));
  const named = (id: string) => {
    const duty =
      now.get(id) ?? gone.get(id) ?? (Object.hasOwn(matrix.deleted, id) ? matrix.deleted[id]?.duty : undefined);
    return { dutyId: id, code: duty?.code ?? "A duty", text: duty?.text ?? "deleted since" };
  };
  return [
    ...part.added.map(({ id }) => ({ ...named(id), letters: [], words: ["Added."], terms: false })),
    ...part.removed.map(({ id }) => ({ ...named(id), letters: [], words: ["Deleted."], terms: false })),
    ...part.changed.map(({ id, fields }) => ({
      ...named(id),
      letters: letterChanges(matrix, fields),
      words: wordsOf(matrix, fields),
      terms: Object.keys(fields).some(isTerm),
    })),
  ];
}

/** One term that changed: a cell as chips show it, or words. */
export function describeTerm(matrix: Matrix, path: string, before: unknown, after: unknown): LetterChange | string {
  const [name = "", key = ""] = path.split("/", 2);
  if (name !== "letters") return calledOf(name);
  const role = indexOf(matrix).role.get(key);
  return {
    roleId: key,
    roleName: role?.name ?? "A role deleted since",
    kind: indexOf(matrix).party.get(role?.partyId ?? "")?.kind ?? "client",
    before: lettersIn(before),
    after: lettersIn(after),
  };
}

function letterChanges(matrix: Matrix, fields: FieldChanges): LetterChange[] {
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
  const said = new Set<string>();
  for (const [path, change] of Object.entries(fields)) {
    const [name = "", key = ""] = path.split("/", 2);
    if (name !== "letters") said.add(sentenceOf(matrix, name, key, change.after));
  }
  return [...said];
}

function sentenceOf(matrix: Matrix, name: string, key: string, after: unknown): string {
  const record = typeof after === "object" && after !== null ? new Map<string, unknown>(Object.entries(after)) : null;
  const at = (field: string) => String(record?.get(field) ?? "");
  switch (name) {
    case "marks": {
      const party = indexOf(matrix).party.get(key)?.name ?? "A party";
      if (!record) return `${party} took back its mark.`;
      return at("state") === "agreed" ? `${party} agreed.` : `${party} disputes it: ${quoted(at("position"))}`;
    }
    case "ruling":
      return record
        ? `${at("by")} ruled: ${quoted(at("what"))}${confirmedWords(matrix, record.get("confirmed"))}`
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
      return name === "text" ? `Now reads ${quoted(String(after))}` : `${calledOf(name)} changed.`;
  }
}

function confirmedWords(matrix: Matrix, confirmed: unknown): string {
  const names = Array.isArray(confirmed)
    ? matrix.parties.filter(({ id }) => confirmed.includes(id)).map(({ name }) => name)
    : [];
  return names.length > 0 ? ` Confirmed by ${names.join(" and ")}.` : "";
}

/** The parties that closed the dispute of a deleted duty with a step, in sentences. */
function closings(matrix: Matrix, { fields }: MatrixDiff): string[] {
  return Object.entries(fields).flatMap(([path, { before, after }]) => {
    if (!path.startsWith("deleted/")) return [];
    const [was, is] = [before, after].map(closedIn);
    const code = is?.code ?? was?.code ?? "a duty";
    const names = (one: typeof was, other: typeof was) =>
      matrix.parties
        .filter(({ id }) => one?.closed.includes(id) && other && !other.closed.includes(id))
        .map(({ name }) => name);
    return [
      ...names(is, was).map((name) => `${name} closed the dispute over ${code}, which was deleted.`),
      ...names(was, is).map((name) => `${name} opened the dispute over ${code}, which was deleted, again.`),
    ];
  });
}

function closedIn(value: unknown): { code: string; closed: unknown[] } | null {
  if (typeof value !== "object" || value === null || !("closed" in value) || !Array.isArray(value.closed)) return null;
  const duty = "duty" in value && typeof value.duty === "object" && value.duty !== null ? value.duty : {};
  return { code: "code" in duty ? String(duty.code) : "a duty", closed: value.closed };
}

/** What became of the things of one kind: added, removed, renamed, changed field by field, or moved. */
function partSteps(
  part: Part<AnyThing>,
  matrix: Matrix,
  things: readonly AnyThing[],
  diff: CollectionDiff<AnyThing> | undefined,
): string[] {
  if (!diff) return [];
  const now = new Map(things.map((thing) => [thing.id, thing]));
  const title = (thing: AnyThing) => part.title(thing, matrix);
  const nameOf = (id: string) => {
    const thing = now.get(id);
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

/** Above this many characters a sentence says that a field changed, and not what it says. */
const TOLD = 160;

/** What a step did to the fields of a thing, in the words of their descriptions. What isn't agreed is not repeated. */
function fieldSentences({ fields }: Part<AnyThing>, title: string, changes: FieldChanges, matrix: Matrix): string[] {
  if (Object.keys(changes).length === 0) return [];
  const sides = { old: sideOf(changes, "before"), thing: sideOf(changes, "after") };
  const told = changedWords(sides, changes, fields, { before: matrix, after: matrix });
  return told.length === 0
    ? [`${title} was changed.`]
    : told.map(({ field, label, before, after }) =>
        fields[partsOfPath(field).name]?.signed
          ? `${title}: ${changeSentence(`“${label}”`, before, after)}`
          : `${title}: “${label}” changed.`,
      );
}

/** The fields that changed as they were or as they are, entries inside their records. */
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

/** What became of one field: of a text in several clauses those that differ. */
function changeSentence(field: string, before: string, after: string): string {
  if (after === "") return `${field} was taken out.`;
  if (before === "") return after.length > TOLD ? `${field} was added.` : `${field} was added: ${quoted(after)}`;
  const [was, is] = [clausesOf(before), clausesOf(after)];
  const [gone, come] = [was.filter((one) => !is.includes(one)), is.filter((one) => !was.includes(one))].map((clauses) =>
    clauses.map((clause) => `“${clause}”`).join(", "),
  );
  if (gone === undefined || come === undefined || gone.length + come.length > 2 * TOLD) return `${field} changed.`;
  if (!was.some((one) => is.includes(one))) return `${field} is now ${quoted(after)}`;
  if (gone === "") return come === "" ? `${field} changed.` : `${field} has ${come} in addition.`;
  return come === "" ? `${field} has ${gone} no longer.` : `${field} has ${come} instead of ${gone}.`;
}

function clausesOf(text: string): string[] {
  return text.split(/[.;:] /);
}

/** What one logged step did beside duties: parties, roles, domains, terms and settings. */
export function describeStructure(matrix: Matrix, diff: MatrixDiff): string[] {
  const sentences: string[] = [];
  for (const part of PART_LIST) {
    if (part.name !== "duties") sentences.push(...partSteps(part, matrix, matrix[part.name], diff[part.name]));
  }
  const paths = Object.keys(diff.fields);
  if (paths.includes("title")) sentences.push(`The title is now “${String(diff.fields.title?.after)}”.`);
  if (paths.some((path) => path.startsWith("terms/"))) sentences.push("The facts on the cover changed.");
  if (paths.some((path) => path.startsWith("settings/"))) sentences.push("The settings changed.");
  for (const [path, { after }] of Object.entries(diff.fields))
    if (path.startsWith("accepted/"))
      sentences.push(after === null ? "An accepted warning is open again." : "A warning was accepted.");
  sentences.push(...closings(matrix, diff));
  const touched = new Set([...(diff.duties?.added ?? []), ...(diff.duties?.changed ?? [])].map(({ id }) => id));
  const moved = (diff.duties?.placedAfter ?? []).filter(({ id }) => !touched.has(id)).length;
  if (moved > 0) sentences.push(`${moved} ${moved === 1 ? "duty was" : "duties were"} moved in the list.`);
  return sentences;
}

type LogFacts = Record<string, string | number | boolean>;

/** What happened to a version on its way to be signed, in a sentence; null for an event of another kind. */
export function describeSigning(
  event: string,
  { number, name, names, reason, to, party, due, file, proposed, handed }: LogFacts,
): string | null {
  const version = `version ${number}`;
  switch (event) {
    case "version.sent":
      return `Sent ${version} for signing to ${names}${due ? `, due by ${dayWords(String(due))}` : ""}.${proposed ? ` Proposed to ${party}, who confirm them first: ${proposed}.` : ""}`;
    case "version.signed":
      return `Signed ${version} for ${party}.`;
    case "version.declined":
      return `Declined to sign ${version} for ${party}: ${quoted(String(reason))}`;
    case "version.withdrawn":
      return `Withdrew ${version}: ${quoted(String(reason))}`;
    case "version.agreed":
      return `With that everybody had signed: ${version} is agreed.`;
    case "version.superseded":
      return `With that version ${to} took the place of ${version}.`;
    case "version.reminded":
      return handed
        ? `Made a new link for ${name} to sign ${version}, to hand over.`
        : `Reminded ${name} to sign ${version}.`;
    case "version.code-shown":
      return `Was shown the code for ${name} of ${party} to sign ${version}, to pass it on.`;
    case "version.signatory-named":
      return `Named ${name} to sign ${version} for ${party}.`;
    case "version.signatory-confirmed":
      return `Confirmed that ${name} signs ${version} for ${party}.`;
    case "version.signatory-replaced":
      return `Asked ${to} instead of ${name} to sign ${version} for ${party}.`;
    case "version.signatory-removed":
      return `No longer asks ${name} to sign ${version} for ${party}.`;
    case "version.paper-stated":
      return `Stated that ${names} signed ${version} on paper, and uploaded ${file}.`;
    case "version.paper-confirmed":
      return `Confirmed that ${name} signed ${version} on paper.`;
    case "version.paper-refused":
      return `Did not confirm that ${name} signed ${version} on paper.`;
    default:
      return null;
  }
}
