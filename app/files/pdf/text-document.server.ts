import type { TextDocument } from "~/domain/blocks";
import { CURRENT_WRITER } from "~/domain/version/writer";
import { drawText, drawTextBlock, LOOKS } from "./flow.server";
import { newPdf } from "./new-document.server";
import { createPages } from "./pages.server";
import { createPen } from "./pen.server";
import type { PdfContext } from "./table.server";
import { losesCharacters } from "./typefaces.server";

const BOXES = "Some characters are not in the typeface of this file and stand as □. The DOCX has them.";

/** Writes a document of text as a tagged PDF. */
export async function writePdfText(input: TextDocument): Promise<Uint8Array> {
  const { title, subtitle, subject, names, foot, paper, at, chapters } = input;
  const { doc, bytes } = newPdf({ title, subject, author: "Demarc", keywords: subject, at: new Date(at) });
  const pen = createPen(doc);
  const pages = createPages(doc, pen, { paper, names, edition: subject, mark: "", foot });
  const context: PdfContext = { doc, pen, pages };
  const root = doc.struct("Document");
  doc.addStructure(root);
  pages.turn(false);
  chapters.forEach((chapter, index) => {
    const part = doc.struct("Sect");
    root.add(part);
    if (index === 0) {
      drawText(context, part, "P", title, LOOKS.title, { after: 2 });
      drawText(context, part, "P", subtitle, LOOKS.subtitle, { after: 8 });
      if (losesCharacters(JSON.stringify(input))) drawText(context, part, "P", BOXES, LOOKS.quiet);
    }
    const heading = `${index + 1}. ${chapter.title}`;
    drawText(context, part, "H1", heading, LOOKS.h1, { before: 12, after: 7, with: 90 });
    const entry = doc.outline.addItem(heading, { expanded: false });
    let headings = 0;
    for (const block of chapter.blocks) {
      if (block.kind === "heading") {
        headings += 1;
        const numbered = `${index + 1}.${headings} ${block.text}`;
        drawText(context, part, "H2", numbered, LOOKS.h2, { before: 8, after: 5, with: 60 });
        entry.addItem(block.text);
      } else drawTextBlock(context, part, block, CURRENT_WRITER);
    }
    part.end();
  });
  root.end();
  pages.finish();
  doc.end();
  return bytes;
}
