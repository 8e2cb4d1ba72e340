import type { TextBlock } from "~/domain/blocks";
import { styledParagraph, type Piece } from "./markup.server";
import type { Lists } from "./numbering.server";
import { headingStyle } from "./styles.server";
import { factTable, textTable } from "./table.server";

/** How blocks are written: in which series of chapters they stand, and whether tables of facts have heads and tables titles. */
type BlockLook = { width: number; numbered: boolean; isSchedule: boolean };

/** Writes a block of text as paragraphs and tables. Each list counts anew. */
export function textBlockPieces(block: TextBlock, { width, numbered, isSchedule }: BlockLook, lists: Lists): Piece[] {
  switch (block.kind) {
    case "heading":
      return [styledParagraph(block.text, block.rank === 2 ? "ScheduleSubheading" : headingStyle(numbered))];
    case "paragraph":
      return [
        styledParagraph(
          block.text,
          { plain: "ScheduleText", quiet: "ScheduleNote", alert: "ScheduleMark" }[block.look],
        ),
      ];
    case "list": {
      const id = lists.points();
      return block.items.map((item) => styledParagraph(item, "SchedulePoint", { list: { id, level: 0 } }));
    }
    case "facts":
      return [factTable(block.facts, width, { label: block.label, headed: isSchedule })];
    case "table":
      return [textTable(block, width, isSchedule)];
  }
}

/**
 * Pieces as they stand together: a text stays with the table that it leads to, and a small gap is between tables that
 * follow each other, since Word joins two tables between which nothing stands.
 */
export function together(pieces: readonly Piece[]): Piece[] {
  return pieces.flatMap((piece, i): Piece[] => {
    if (piece.kind === "table")
      return pieces[i - 1]?.kind === "table" ? [styledParagraph("", "ScheduleGap"), piece] : [piece];
    const leads = pieces[i + 1]?.kind === "table" && LEADING.includes(piece.style) && piece.runs.includes("<w:t ");
    return leads ? [{ ...piece, look: { ...piece.look, keepNext: true } }] : [piece];
  });
}

const LEADING = ["ScheduleText", "ScheduleNote"];
