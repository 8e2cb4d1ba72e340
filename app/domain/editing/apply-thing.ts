import type { MatrixCommand } from "./commands";
import { withFields } from "../changes/diff";
import { sameJson } from "../equal";
import type { Matrix } from "../matrix/matrix";
import { place } from "../matrix/ordering";
import type { Field } from "../parts/field";
import type { AnyThing, Part } from "../parts/part";
import { PART_LIST } from "../parts/registry";
import { ok, reject, type Result } from "../result";
import { checkText, type TextRule } from "../text";

type Of<T extends MatrixCommand["type"]> = Extract<MatrixCommand, { type: T }>;
type Name = Of<"thing.add">["part"];

/** A kind that these commands edit: one with commands of its own has rules that they don't know. */
function partNamed(name: Name): Part<AnyThing> | undefined {
  return PART_LIST.find((part) => part.name === name && part.editing === "common");
}

const unknownPart = () =>
  reject("part-unknown", "This Demarc doesn't know that kind of thing. Reload the page, then try again.");

/** `thing.add`: a thing of a kind that has no commands of its own. An id already present changes nothing. */
export function addThing(matrix: Matrix, { part: name, thingId, fields, beforeId }: Of<"thing.add">): Result<Matrix> {
  const part = partNamed(name);
  if (!part) return unknownPart();
  const things: readonly AnyThing[] = matrix[name];
  if (things.some(({ id }) => id === thingId)) return ok(matrix);
  if (things.length >= part.limit)
    return reject(`${name}-full`, `A matrix holds at most ${part.limit} ${part.many}. Delete one first.`);
  const checked = checkTexts(part, { ...part.blank({ id: thingId }), ...fields, id: thingId });
  return checked.ok ? ok({ ...matrix, [name]: place(things, checked.value, beforeId) }) : checked;
}

/** `thing.edit`: sets the fields and entries named; a text that can't be stored refuses the whole command. */
export function editThing(matrix: Matrix, { part: name, thingId, set }: Of<"thing.edit">): Result<Matrix> {
  const part = partNamed(name);
  if (!part) return unknownPart();
  const things: readonly AnyThing[] = matrix[name];
  const thing = things.find(({ id }) => id === thingId);
  if (!thing) return gone(part);
  const changes = Object.fromEntries(Object.entries(set).map(([path, after]) => [path, { before: null, after }]));
  const checked = checkTexts(part, { ...thing, ...withFields(thing, changes, part.fields), id: thingId });
  if (!checked.ok) return checked;
  return ok(
    sameJson(checked.value, thing)
      ? matrix
      : { ...matrix, [name]: things.map((other) => (other === thing ? checked.value : other)) },
  );
}

/** `thing.place`: puts a thing before another one of its kind, or last. */
export function placeThing(matrix: Matrix, { part: name, thingId, beforeId }: Of<"thing.place">): Result<Matrix> {
  const part = partNamed(name);
  if (!part) return unknownPart();
  const things: readonly AnyThing[] = matrix[name];
  const thing = things.find(({ id }) => id === thingId);
  if (!thing) return gone(part);
  if (beforeId === thingId) return ok(matrix);
  const placed = place(things, thing, beforeId);
  return ok(placed.every((other, i) => other === things[i]) ? matrix : { ...matrix, [name]: placed });
}

/** `thing.delete`: takes a thing out; what refers to it says whether that may be. */
export function deleteThing(matrix: Matrix, { part: name, thingId }: Of<"thing.delete">): Result<Matrix> {
  if (!partNamed(name)) return unknownPart();
  const things: readonly AnyThing[] = matrix[name];
  const left = things.filter(({ id }) => id !== thingId);
  return ok(left.length === things.length ? matrix : { ...matrix, [name]: left });
}

function gone({ one }: Part<AnyThing>) {
  return reject("thing-gone", `That ${one} was deleted. Undo the deletion or add it again.`);
}

/** The thing with its texts as they are stored, those inside its records too. */
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
