import type { CommandOf } from "~/domain/editing/commands";
import type { Matrix } from "~/domain/matrix/matrix";
import { LIMITS } from "~/domain/limits";
import type { Part, Thing } from "~/domain/parts/part";
import type { Result } from "~/domain/result";
import type { MatrixEditor } from "../editor/editor-types";

type Values = CommandOf<"thing.add">["fields"];
/** An agreed thing of a kind that the generic commands edit. */
export type ListedThing = Thing & Values;

/** What can be done with the things of one kind. Each edit is one step of undo and says what it did. */
export type ThingEdits<T extends ListedThing> = {
  things: readonly T[];
  readOnly: boolean;
  titleOf(thing: T): string;
  add(thing: T): Result<Matrix>;
  addAll(things: readonly T[], said: string): Result<Matrix>;
  /** Sets fields or entries; `was` is the text that the writer saw, where one text is set. */
  set(thing: T, values: Values, label: string, was?: string): Result<Matrix>;
  /** Adds the same again below it, under a name of its own. */
  copy(thing: T): void;
  move(thing: T, by: "up" | "down"): void;
  remove(thing: T): void;
};

export function thingEdits<T extends ListedThing>(
  editor: MatrixEditor,
  part: Part<T>,
  things: readonly T[],
): ThingEdits<T> {
  const named = { part: part.name };
  const titleOf = (thing: T) => startingSmall(part.title(thing, editor.matrix));

  const addCommand = (thing: ListedThing, beforeId: string | null) => ({
    type: "thing.add" as const,
    ...named,
    thingId: thing.id,
    fields: Object.fromEntries(Object.entries(thing).filter(([field]) => field !== "id")),
    beforeId,
  });
  const after = (thing: T, steps: number) => things[things.indexOf(thing) + steps]?.id ?? null;

  function copy(thing: T) {
    const [titled] = part.titled;
    const name = titled === undefined ? undefined : thing[titled];
    const copied: ListedThing = {
      ...thing,
      id: crypto.randomUUID(),
      ...(titled !== undefined && typeof name === "string" ? { [titled]: nameOfCopy(name) } : {}),
    };
    editor.run([addCommand(copied, after(thing, 1))], `Copied ${titleOf(thing)}`);
  }

  function move(thing: T, by: "up" | "down") {
    const at = things.indexOf(thing);
    if (by === "up" && at === 0) return editor.tell("It is the first already.");
    if (by === "down" && at === things.length - 1) return editor.tell("It is the last already.");
    const beforeId = by === "up" ? after(thing, -1) : after(thing, 2);
    editor.run([{ type: "thing.place", ...named, thingId: thing.id, beforeId }], `Moved ${titleOf(thing)} ${by}`);
  }

  return {
    things,
    readOnly: editor.readOnly,
    titleOf,
    add: (thing) => editor.run([addCommand(thing, null)], `Added ${titleOf(thing)}`),
    addAll: (added, said) =>
      editor.run(
        added.map((thing) => addCommand(thing, null)),
        said,
      ),
    set: (thing, set, label, was) =>
      editor.run(
        [{ type: "thing.edit", ...named, thingId: thing.id, set, ...(was === undefined ? {} : { was }) }],
        `${label}: changed in ${titleOf(thing)}`,
      ),
    copy,
    move,
    remove: (thing) =>
      void editor.run([{ type: "thing.delete", ...named, thingId: thing.id }], `Deleted ${titleOf(thing)}`),
  };
}

function nameOfCopy(name: string): string {
  const ending = ", copy";
  return `${name.slice(0, LIMITS.name - ending.length)}${ending}`;
}

function startingSmall(title: string): string {
  return `${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}
