import { agreedWords } from "../changes/field-words";
import type { Matrix } from "../matrix/matrix";
import type { AnyThing, CollectionName, Part } from "../parts/part";
import { PART_LIST } from "../parts/registry";
import { CURRENT_WRITER, type WriterNumber } from "../version/writer";
import type { TextBlock } from "../blocks";
import { THING_CHAPTERS, type ThingChapter } from "./thing-chapters";

/** A chapter about one kind of agreed thing, within the signed part of a report. */
export type PartChapter = { title: string; blocks: TextBlock[] };

/** The kinds that a schedule prints as its clauses. */
const CLAUSES: readonly CollectionName[] = ["clauses", "definitions"];

/** The chapters of all kinds without a fixed chapter in a report. Kinds without things are left out. */
export function partChapters(matrix: Matrix, writer: WriterNumber = CURRENT_WRITER): PartChapter[] {
  return PART_LIST.flatMap((part) => {
    if (part.editing === "own" || matrix[part.name].length === 0) return [];
    if (writer > 2 && CLAUSES.includes(part.name)) return [];
    // Both are of one kind, which a loop over all kinds can't say.
    const chapter: ThingChapter<AnyThing> | undefined = THING_CHAPTERS[part.name];
    return [
      chapter
        ? { title: chapter.title, blocks: chapter.blocks(matrix, (thing) => agreedWords(thing, part.fields, matrix)) }
        : { title: capital(part.many), blocks: [table(part, matrix)] },
    ];
  });
}

/** A table of the agreed fields of each thing. */
function table(part: Part<AnyThing>, matrix: Matrix): TextBlock {
  const things: readonly AnyThing[] = matrix[part.name];
  const columns = [
    { title: capital(part.one), share: 32 },
    { title: "What", share: 22 },
    { title: "Agreed", share: 46 },
  ];
  const rows = things.flatMap((thing) => {
    const facts = agreedWords(thing, part.fields, matrix).filter(({ field }) => !part.titled.includes(field));
    const title = part.title(thing, matrix);
    return facts.length === 0
      ? [[title, "", ""]]
      : facts.map(({ label, text }, i) => [i === 0 ? title : "", label, text]);
  });
  return { kind: "table", label: capital(part.many), columns, rows };
}

function capital(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
