import type { TextDocument } from "~/domain/blocks";
import { readable, zip } from "../package.server";
import { textBlockPieces, together } from "./blocks.server";
import { styledParagraph } from "./markup.server";
import { newLists } from "./numbering.server";
import { documentParts } from "./package.server";
import { textWidth } from "./page.server";
import { chapterStyle } from "./styles.server";

/** Writes a document of text as a DOCX file. */
export function writeDocxText(input: TextDocument): Uint8Array {
  const { title, subtitle, subject, names, foot, paper, at, chapters } = input;
  const look = { width: textWidth(paper, false), numbered: true, isSchedule: true };
  const lists = newLists();
  const pieces = [
    styledParagraph(title, "Title"),
    styledParagraph(subtitle, "ScheduleSubtitle"),
    ...chapters.flatMap((chapter) => [
      styledParagraph(chapter.title, chapterStyle("clause")),
      ...together(chapter.blocks.flatMap((block) => textBlockPieces(block, look, lists))),
    ]),
  ];
  return zip(
    documentParts({
      sections: [{ landscape: false, pieces }],
      running: { paper, names, edition: subject, mark: "", foot },
      properties: {
        title: readable(title),
        subject: readable(subject),
        creator: "Demarc",
        description: "",
        keywords: "",
        company: "",
        at,
      },
      lists,
      pictures: [],
    }),
  );
}
