import type { CommandOf } from "./commands";
import { withFields } from "../changes/diff";
import { sameJson } from "../equal";
import type { Matrix } from "../matrix/matrix";
import { withItemBefore } from "../matrix/ordering";
import { partsOfPath, type Field } from "../parts/field";
import type { AnyThing, Part } from "../parts/part";
import { PART_LIST } from "../parts/registry";
import { ok, reject, type Result } from "../result";
import { checkText, type TextRule } from "../text";
import { CHANGED_SINCE } from "./one-text";

type Name = CommandOf<"thing.add">["part"];

/**
 * The description of a kind that the generic commands edit. Kinds with commands of their own have rules that these
 * commands don't check.
 */
function partNamed(name: Name): Part<AnyThing> | undefined {
  return PART_LIST.find((part) => part.name === name && part.editing === "common");
}

const unknownPart = () =>
  reject("part-unknown", "This Demarc doesn't know that kind of thing. Reload the page, then try again.");

/** `thing.add`: adds a thing of a kind without commands of its own. If the id exists already, nothing changes. */
export function addThing(
  matrix: Matrix,
  { part: name, thingId, fields, beforeId }: CommandOf<"thing.add">,
): Result<Matrix> {
  const part = partNamed(name);
  if (!part) return unknownPart();
  const things: readonly AnyThing[] = matrix[name];
  if (things.some(({ id }) => id === thingId)) return ok(matrix);
  if (things.length >= part.limit)
    return reject(`${name}-full`, `A matrix holds at most ${part.limit} ${part.many}. Delete one first.`);
  const checked = checkTexts(part, { ...part.blank({ id: thingId }), ...fields, id: thingId });
  return checked.ok ? ok({ ...matrix, [name]: withItemBefore(things, checked.value, beforeId) }) : checked;
}

/**
 * `thing.edit`: sets the given fields, entries and fields of entries. If one text is invalid, or an entry whose field is set
 * was taken out, the whole command is refused.
 */
export function editThing(matrix: Matrix, command: CommandOf<"thing.edit">): Result<Matrix> {
  const { part: name, thingId } = command;
  const part = partNamed(name);
  if (!part) return unknownPart();
  const things: readonly AnyThing[] = matrix[name];
  const thing = things.find(({ id }) => id === thingId);
  if (!thing) return thingGone(part);
  const set = withWholeEntries(thing, command);
  if (!set) return entryGone(part.title(thing, matrix), command.was !== undefined);
  const changes = Object.fromEntries(Object.entries(set).map(([path, after]) => [path, { before: null, after }]));
  const checked = checkTexts(part, { ...thing, ...withFields(thing, changes, part.fields), id: thingId });
  if (!checked.ok) return checked;
  return ok(
    sameJson(checked.value, thing)
      ? matrix
      : { ...matrix, [name]: things.map((other) => (other === thing ? checked.value : other)) },
  );
}

type Values = CommandOf<"thing.edit">["set"];

/**
 * What a command sets, by field and whole entry: the fields of an entry that it doesn't set are as they stand. Null where
 * it sets something inside an entry that isn't there, which would bring a part of it back.
 */
function withWholeEntries(thing: AnyThing, { set, was }: CommandOf<"thing.edit">): Values | null {
  const whole: Values = {};
  for (const [path, value] of Object.entries(set)) {
    const { name, key, field } = partsOfPath(path);
    const entry = `${name}/${key}`;
    const standing = key === null ? undefined : recordOf(thing[name])[key];
    if (field !== null) {
      if (standing === undefined) return null;
      whole[entry] = { ...recordOf(standing), ...recordOf(whole[entry]), [field]: value };
    } else {
      // Whoever sets a text inside an entry saw the entry; whoever adds an entry that is a text saw nothing.
      const addsText = was === "" && typeof value === "string";
      if (key !== null && was !== undefined && standing === undefined && !addsText) return null;
      whole[path] = value;
    }
  }
  return whole;
}

function recordOf(value: unknown): Values {
  return typeof value === "object" && value !== null ? { ...value } : {};
}

function entryGone(title: string, isText: boolean) {
  return isText
    ? reject(CHANGED_SINCE, "What this text belongs to was taken out meanwhile. Copy the text where you need it.")
    : reject(
        "entry-gone",
        `That was taken out of ${title.charAt(0).toLowerCase()}${title.slice(1)} meanwhile. Undo that, or add it again.`,
      );
}

/** `thing.place`: moves a thing before another one of its kind, or to the end. */
export function placeThing(
  matrix: Matrix,
  { part: name, thingId, beforeId }: CommandOf<"thing.place">,
): Result<Matrix> {
  const part = partNamed(name);
  if (!part) return unknownPart();
  const things: readonly AnyThing[] = matrix[name];
  const thing = things.find(({ id }) => id === thingId);
  if (!thing) return thingGone(part);
  if (beforeId === thingId) return ok(matrix);
  const placed = withItemBefore(things, thing, beforeId);
  return ok(placed.every((other, i) => other === things[i]) ? matrix : { ...matrix, [name]: placed });
}

/** `thing.delete`: removes a thing. The descriptions of references to it decide whether that is allowed. */
export function deleteThing(matrix: Matrix, { part: name, thingId }: CommandOf<"thing.delete">): Result<Matrix> {
  if (!partNamed(name)) return unknownPart();
  const things: readonly AnyThing[] = matrix[name];
  const remaining = things.filter(({ id }) => id !== thingId);
  return ok(remaining.length === things.length ? matrix : { ...matrix, [name]: remaining });
}

function thingGone({ one }: Part<AnyThing>) {
  return reject("thing-gone", `That ${one} was deleted. Undo the deletion or add it again.`);
}

/** The thing with its texts, also those inside its records, in stored form, or the rejection of the first invalid text. */
function checkTexts(part: Part<AnyThing>, thing: AnyThing): Result<AnyThing> {
  const stored: Record<string, unknown> = {};
  let refused: Result<never> | null = null;
  function store(text: string, rule: TextRule): string {
    const checked = checkText(text, rule);
    if (!checked.ok) refused ??= checked;
    return checked.ok ? checked.value : text;
  }
  const fields: Readonly<Record<string, Pick<Field<unknown>, "rewritten"> | undefined>> = part.fields;
  for (const [name, field] of Object.entries(fields))
    if (field?.rewritten) stored[name] = field.rewritten(thing[name], store);
  return refused ?? ok({ ...thing, ...stored, id: thing.id });
}
