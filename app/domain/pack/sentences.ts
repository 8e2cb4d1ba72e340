import type { MatrixDiff } from "../changes/diff-schema";
import { RULE_LABELS } from "../findings/finding";
import type { Matrix } from "../matrix/matrix";
import { partsOfPath } from "../parts/field";
import { FRAME } from "../parts/frame";
import { partyName } from "../parts/parties";
import type { AnyThing, Part } from "../parts/part";
import { PART_LIST } from "../parts/registry";
import type { Acceptance } from "../matrix/shapes";
import { dayWords } from "../day-words";
import { agreedWords, changedWords, type FieldTextChange } from "../changes/field-words";

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
export function thingChanges(part: Part<AnyThing>, { before, after }: BothMatrices, diff: MatrixDiff): ThingChange[] {
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

/** The changes of a diff as sentences for readers of the contract: duties first, then everything else. */
export function changeSentences(before: Matrix, after: Matrix, diff: MatrixDiff): string[] {
  const duties = PART_LIST.filter(({ name }) => name === "duties");
  return [
    ...duties.flatMap((part) => partSentences(part, { before, after }, diff)),
    ...sentencesBesideDuties(before, after, diff),
  ];
}

/**
 * The sentences about everything except duties: parties, roles, domains and other things, then terms, settings and
 * accepted warnings.
 */
export function sentencesBesideDuties(before: Matrix, after: Matrix, diff: MatrixDiff): string[] {
  const others = PART_LIST.filter(({ name }) => name !== "duties");
  return [
    ...others.flatMap((part) => partSentences(part, { before, after }, diff)),
    ...moveSentences(PART_LIST, { before, after }, diff),
    ...frameSentences({ before, after }, diff),
  ];
}

function partSentences(part: Part<AnyThing>, both: BothMatrices, diff: MatrixDiff): string[] {
  return thingChanges(part, both, diff).map(({ title, how, changes }) => {
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
function moveSentences(parts: readonly Part<AnyThing>[], { after }: BothMatrices, diff: MatrixDiff): string[] {
  return parts.flatMap((part) => {
    const collection = diff[part.name];
    if (!collection) return [];
    const added = new Set(collection.added.map(({ id }) => id));
    const inOrder: readonly AnyThing[] = after[part.name];
    const things = new Map(inOrder.map((thing) => [thing.id, thing]));
    const moved = collection.placedAfter.filter(({ id }) => things.has(id) && !added.has(id));
    if (moved.length > MOVED_ONE_BY_ONE) return [orderSentence(part, inOrder, moved.length, after)];
    return moved.flatMap(({ id, after: before }) => {
      const thing = things.get(id);
      if (!thing) return [];
      const follows = before === null ? undefined : things.get(before);
      return [
        `${part.title(thing, after)} stands ${follows ? `after ${withinSentence(part.title(follows, after))}` : "first"} now.`,
      ];
    });
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
