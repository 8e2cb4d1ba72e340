import type { TextDocument } from "~/domain/blocks";
import { CURRENT_WRITER } from "~/domain/version/writer";
import { drawChapter, type ChapterItem } from "./chapter.server";
import { drawsBoxes } from "./fonts/missing.server";
import { drawFlows, LOOKS, textBlockFlow, textFlow } from "./flow.server";
import { DENSITY, MARGINS, writeHeadsAndFeet } from "./heads.server";
import { newPdf } from "./new-document.server";
import { createPages } from "./pages.server";
import { createPen } from "./pens.server";
import type { PdfContext } from "./rows.server";
import { nameElements } from "./tags.server";

const BOXES = "Some characters are not in the typeface of this file and stand as □. The DOCX has them.";

/** Writes a document of text as a tagged PDF. */
export async function writePdfText(input: TextDocument): Promise<Uint8Array> {
  const { title, subtitle, subject, names, foot, paper, at, chapters } = input;
  const described = { title, subject, author: "Demarc", keywords: subject, at: new Date(at) };
  const { doc, bytes } = newPdf({ ...described, accessible: true });
  const pen = createPen(doc, CURRENT_WRITER, { text: JSON.stringify(chapters), names: [] });
  const pages = createPages(doc, paper, MARGINS);
  const context: PdfContext = { doc, pen, pages, density: DENSITY, heads: new Map() };
  const root = doc.struct("Document");
  doc.addStructure(root);
  pages.turn(false);
  chapters.forEach((chapter, index) => {
    const part = doc.struct("Sect");
    root.add(part);
    if (index === 0)
      drawFlows(part, [
        textFlow(context, "Title", title, LOOKS.title, { after: 2 }),
        textFlow(context, "P", subtitle, LOOKS.subtitle, { after: 8 }),
        ...(drawsBoxes(JSON.stringify(input), CURRENT_WRITER) ? [textFlow(context, "P", BOXES, LOOKS.quiet)] : []),
      ]);
    drawChapter(
      context,
      part,
      { title: `${index + 1}. ${chapter.title}`, series: "clause", number: index + 1 },
      chapter.blocks.map((block, at): ChapterItem =>
        block.kind === "heading"
          ? { heading: block.text, rank: block.rank ?? 1 }
          : textBlockFlow(context, block, chapter.blocks[at + 1]),
      ),
    );
    part.end();
  });
  writeHeadsAndFeet(doc, pen, { names, edition: subject, mark: "", foot });
  nameElements(context);
  root.end();
  doc.end();
  return bytes;
}
