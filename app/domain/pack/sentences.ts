import { whileWords, whoDoesIt } from "../agreement/who-words";
import { agreedChanges } from "../changes/agreed-changes";
import type { MatrixDiff } from "../changes/diff-schema";
import { RULE_LABELS } from "../findings/finding";
import { sameJson } from "../equal";
import type { Matrix } from "../matrix/matrix";
import { ownerOf, partiesHolding } from "../matrix/owner";
import { nameList } from "../name-list";
import { partsOfPath } from "../parts/field";
import { FRAME } from "../parts/frame";
import { partyName } from "../parts/parties";
import type { AnyThing, Part } from "../parts/part";
import { PART_LIST, PARTS } from "../parts/registry";
import type { Acceptance, Duty, Party } from "../matrix/shapes";
import { dayWords } from "../day-words";
import { agreedWords, changedWords, type FieldTextChange } from "../changes/field-words";
import { CURRENT_WRITER, type WriterNumber } from "../version/writer";

type BothMatrices = { before: Matrix; after: Matrix };

/** An agreed thing that was added, removed or changed, with its fields or its changed fields. */
export type ThingChange = {
  part: string;
  id: string;
  title: string;
  how: "added" | "removed" | "changed";
  changes: FieldTextChange[];
};

/** The changes of the things of one kind, in the order of the later matrix; removed things come last. */
function thingChanges(part: Part<AnyThing>, { before, after }: BothMatrices, diff: MatrixDiff): ThingChange[] {
  const collection = diff[part.name];
  if (!collection) return [];
  const things: readonly AnyThing[] = after[part.name];
  const earlier: readonly AnyThing[] = before[part.name];
  const earlierById = new Map(earlier.map((thing) => [thing.id, thing]));
  const added = new Set(collection.added.map(({ id }) => id));
  const changed = new Map(collection.changed.map(({ id, fields }) => [id, fields]));
  const removed = new Set(collection.removed.map(({ id }) => id));
  const change = (
    thing: AnyThing,
    matrix: Matrix,
    how: ThingChange["how"],
    changes: FieldTextChange[],
  ): ThingChange => ({
    part: part.name,
    id: thing.id,
    title: part.title(thing, matrix),
    how,
    changes,
  });
  return [
    ...things.flatMap((thing) => {
      if (added.has(thing.id)) return [change(thing, after, "added", allFields(part, thing, after, "after"))];
      const old = earlierById.get(thing.id);
      const fields = changed.get(thing.id);
      return old && fields
        ? [change(thing, after, "changed", changedWords({ old, thing }, fields, part.fields, { before, after }))]
        : [];
    }),
    ...earlier
      .filter(({ id }) => removed.has(id))
      .map((thing) => change(thing, before, "removed", allFields(part, thing, before, "before"))),
  ];
}

function allFields(part: Part<AnyThing>, thing: AnyThing, matrix: Matrix, side: "before" | "after"): FieldTextChange[] {
  return agreedWords(thing, part.fields, matrix)
    .filter(({ field }) => !part.titled.some((name) => name === field))
    .map(({ field, label, text }) => ({ field, label, before: "", after: "", [side]: text }));
}

/** What two matrices agree differently, as sentences: one for each change. */
export function agreedSentences(before: Matrix, after: Matrix, writer: WriterNumber = CURRENT_WRITER): string[] {
  return changeSentences(before, after, agreedChanges(before, after), writer);
}

/**
 * How much two matrices agree differently: so many duties and other things come, go or read otherwise, so many kinds
 * stand in another order, so many facts of the whole differ. It is the number of the sentences, wherever it is told.
 */
export function countAgreedChanges(before: Matrix, after: Matrix): number {
  return agreedSentences(before, after).length;
}

/** The changes of a diff as sentences for readers of the contract: duties first, then everything else. */
export function changeSentences(
  before: Matrix,
  after: Matrix,
  diff: MatrixDiff,
  writer: WriterNumber = CURRENT_WRITER,
): string[] {
  return [
    ...sentencesOf(dutyChanges({ before, after }, diff, writer)),
    ...sentencesBesideDuties(before, after, diff, writer),
  ];
}

/**
 * The changes of duties, in the order of the later matrix. A duty changes also where a role moved to another party, so
 * that another party does it, and where its standing or its cover changes who does it for a while. The first two writers
 * told neither.
 */
export function dutyChanges(both: BothMatrices, diff: MatrixDiff, writer: WriterNumber): ThingChange[] {
  const { before, after } = both;
  const changes = thingChanges(PARTS.duties, both, diff);
  if (writer < 3) return changes;
  const changesById = new Map(changes.map((change) => [change.id, change]));
  const dutiesBefore = new Map(before.duties.map((duty) => [duty.id, duty]));
  const present = after.duties.flatMap((duty): ThingChange[] => {
    const old = dutiesBefore.get(duty.id);
    const change = changesById.get(duty.id);
    if (!old) return change ? [change] : [];
    const whose = whoseChanges(both, old, duty);
    if (!change && whose.length === 0) return [];
    const title = PARTS.duties.title(duty, after);
    const known = change ?? { part: "duties", id: duty.id, title, how: "changed" as const, changes: [] };
    return [{ ...known, changes: [...known.changes.map(withItsEnd), ...whose] }];
  });
  return [...present, ...changes.filter(({ how }) => how === "removed")];
}

const ENDED: Readonly<Record<string, string>> = {
  standing: "Ended: it applies again",
  coverPeriod: "Ended: it went back",
};

function withItsEnd(change: FieldTextChange): FieldTextChange {
  return change.after === "" ? { ...change, after: ENDED[change.field] ?? "" } : change;
}

function whoMeanwhile(matrix: Matrix, duty: Duty): string {
  return [whoDoesIt(matrix, duty), ...whileWords(matrix, { ...duty, standing: null })].join(". ");
}

/** Who does a duty and answers for it, where that changes although none of its letters does. */
function whoseChanges({ before, after }: BothMatrices, old: Duty, duty: Duty): FieldTextChange[] {
  if (!sameJson(old.standing, duty.standing) || !sameJson(old.coverPeriod, duty.coverPeriod)) {
    const [was, is] = [whoMeanwhile(before, old), whoMeanwhile(after, duty)];
    return was === is ? [] : [{ field: "who", label: "Who does it", before: was, after: is }];
  }
  if (!sameJson(old.letters, duty.letters)) return [];
  const names = (parties: readonly Party[]) => nameList(parties.map(({ name }) => name)) || "nobody";
  const does = [partiesHolding(before, old, "R"), partiesHolding(after, duty, "R")] as const;
  const answers = [ownerOf(before, old), ownerOf(after, duty)] as const;
  const ids = (parties: readonly Party[]) => parties.map(({ id }) => id);
  return [
    ...(sameJson(ids(does[0]), ids(does[1]))
      ? []
      : [{ field: "who", label: "Who does it", before: names(does[0]), after: names(does[1]) }]),
    ...(answers[0]?.id === answers[1]?.id
      ? []
      : [
          {
            field: "owner",
            label: "Who answers",
            before: answers[0]?.name ?? "nobody",
            after: answers[1]?.name ?? "nobody",
          },
        ]),
  ];
}

/**
 * The sentences about everything except duties: parties, roles, domains and other things, then terms, settings and
 * accepted warnings.
 */
export function sentencesBesideDuties(
  before: Matrix,
  after: Matrix,
  diff: MatrixDiff,
  writer: WriterNumber = CURRENT_WRITER,
): string[] {
  const others = PART_LIST.filter(({ name }) => name !== "duties");
  return [
    ...others.flatMap((part) => sentencesOf(thingChanges(part, { before, after }, diff))),
    ...moveSentences(PART_LIST, { before, after }, diff, writer),
    ...frameSentences({ before, after }, diff),
  ];
}

function sentencesOf(changes: readonly ThingChange[]): string[] {
  return changes.map(({ title, how, changes }) => {
    if (how === "changed") return `${title}: ${changes.map(changeWords).join(" ")}`;
    const facts = changes.map(({ label, before, after }) => `${label}: ${before || after}`).join("; ");
    return `${title} was ${how}.${facts === "" ? "" : ` ${withFullStop(facts)}`}`;
  });
}

function changeWords({ label, before, after }: FieldTextChange): string {
  if (before === after) return `${label} changed.`;
  return `${label} is now ${quotedOr(after)}; it was ${quotedOr(before)}.`;
}

function quotedOr(text: string): string {
  if (text === "") return "not set";
  return /^\d+$/.test(text) ? text : `“${text}”`;
}

function withFullStop(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** So many moved things of a kind are said one by one; of more, the new order is said in one line. */
const MOVED_ONE_BY_ONE = 2;
/** So many things of a kind are named in their new order; of more, it is said how many were moved. */
const NAMED_IN_ORDER = 20;

/** Sentences about moved things, since their order is agreed too. */
function moveSentences(
  parts: readonly Part<AnyThing>[],
  { after }: BothMatrices,
  diff: MatrixDiff,
  writer: WriterNumber,
): string[] {
  return parts.flatMap((part) => {
    const collection = diff[part.name];
    if (!collection) return [];
    const added = new Set(collection.added.map(({ id }) => id));
    const inOrder: readonly AnyThing[] = after[part.name];
    const things = new Map(inOrder.map((thing) => [thing.id, thing]));
    const moved = collection.placedAfter.filter(({ id }) => things.has(id) && !added.has(id));
    if (moved.length > MOVED_ONE_BY_ONE) return [orderSentence(part, inOrder, moved.length, after)];
    const sentences = moved.flatMap(({ id, after: before }) => {
      const thing = things.get(id);
      if (!thing) return [];
      const follows = before === null ? undefined : things.get(before);
      return [
        `${part.title(thing, after)} stands ${follows ? `after ${withinSentence(part.title(follows, after))}` : "first"} now.`,
      ];
    });
    // A kind's order is one change, however many of its things were moved.
    return writer < 3 || sentences.length === 0 ? sentences : [sentences.join(" ")];
  });
}

/** A title within a sentence: “The role” is written small, and a duty begins with its code. */
function withinSentence(title: string): string {
  return title.replace(/^The /, "the ");
}

function orderSentence(part: Part<AnyThing>, inOrder: readonly AnyThing[], moved: number, matrix: Matrix): string {
  const { many, titled, fields } = part;
  if (inOrder.length > NAMED_IN_ORDER)
    return `The order of the ${many} changed: ${moved} of ${inOrder.length} stand elsewhere now.`;
  const [by = ""] = titled;
  const names = inOrder.map((thing) => fields[by]?.words(thing[by], matrix) ?? "");
  return `The ${many} stand in this order now: ${names.join(", ")}.`;
}

/**
 * Fields of the frame without a sentence of this kind: accepted warnings have sentences of their own; issued numbers
 * and deleted duties aren't signed.
 */
const BOOKKEEPING = ["accepted", "issued", "deleted"];

function frameSentences({ before, after }: BothMatrices, diff: MatrixDiff): string[] {
  const accepted = Object.keys(diff.fields)
    .flatMap((path) => (path.startsWith("accepted/") ? [path.slice("accepted/".length)] : []))
    .sort();
  return [
    ...changedWords(
      { old: before, thing: after },
      Object.fromEntries(Object.entries(diff.fields).filter(([path]) => !BOOKKEEPING.includes(partsOfPath(path).name))),
      FRAME,
      { before, after },
    ).map(changeWords),
    ...accepted.map((key) => acceptanceSentence(key, { before, after })),
  ];
}

function acceptanceSentence(key: string, { before, after }: BothMatrices): string {
  const acceptanceAfter = Object.hasOwn(after.accepted, key) ? after.accepted[key] : undefined;
  const acceptanceBefore = Object.hasOwn(before.accepted, key) ? before.accepted[key] : undefined;
  if (!acceptanceAfter)
    return `No longer accepted: ${aboutWords(before, key)}${acceptanceBefore ? `, which was accepted ${acceptanceWords(before, acceptanceBefore)}` : ""}.`;
  return `Accepted as it is: ${aboutWords(after, key)}, ${acceptanceWords(after, acceptanceAfter)}.${acceptanceBefore ? ` It was accepted ${acceptanceWords(before, acceptanceBefore)} before.` : ""}`;
}

const LABELS = new Map<string, string>(Object.entries(RULE_LABELS));

/** The subject of an accepted warning in words: its rule, and the duty or role in its key. */
function aboutWords(matrix: Matrix, key: string): string {
  const at = key.indexOf(".");
  const [rule, subject] = at < 0 ? [key, ""] : [key.slice(0, at), key.slice(at + 1)];
  const duty = matrix.duties.find(({ id }) => id === subject);
  const role = matrix.roles.find(({ id }) => id === subject);
  const about = duty ? ` on ${duty.code} “${duty.text}”` : role ? ` on the role ${role.name}` : "";
  return `“${LABELS.get(rule) ?? rule}”${about}`;
}

function acceptanceWords(matrix: Matrix, { reason, by, on, partyId }: Acceptance): string {
  return `by ${by}${partyId ? ` for ${partyName(matrix, partyId)}` : ""} on ${dayWords(on)}, because “${reason}”`;
}
