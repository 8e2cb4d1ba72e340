import { LOOKS, type Flow } from "./flow.server";
import { leading, LINE, QUIET, type Style } from "./pen.server";
import type { PdfContext, StructureElement } from "./rows.server";
import { pdfText } from "./tags.server";

/** The heading over the contents. */
export const CONTENTS = "Contents";

/** Where a chapter begins. */
export type Place = { page: number; y: number };
/** The contents of a document: where they stand, and how they are filled in once it is known where chapters begin. */
export type Contents = { flow: Flow; fill: (places: readonly Place[]) => void };

type Entry = { title: string; lines: string[]; page: number; y: number; element: StructureElement };

const LOOK: Style = LOOKS.plain;
const NUMBER: Style = { ...LOOK, color: QUIET };
/** From line to line, with the room between two titles. */
const GAP = 5;
/** The room for the numbers of pages, and between a title and its line of dots. */
const [NUMBER_WIDTH, BESIDE] = [40, 6];

/** The contents: a line for each title with the page that it begins on, which leads there. */
export function contentsOf(context: PdfContext, titles: readonly string[]): Contents {
  const { doc, pen, pages } = context;
  const entries: Entry[] = [];
  const step = leading(LOOK.size);
  let contents: StructureElement | null = null;
  const linesOf = (title: string) => pen.lines(title, LOOK, pages.width - NUMBER_WIDTH);
  return {
    flow: {
      leads: false,
      lead: () => 3 * (step + GAP),
      draw: (parent) => {
        contents = doc.struct("TOC");
        parent.add(contents);
        titles.forEach((title, i) => {
          const lines = linesOf(title);
          // The last line stands on no page alone.
          pages.need(lines.length * step + (i === titles.length - 2 ? step + GAP : 0));
          const element = doc.struct("TOCI");
          contents?.add(element);
          entries.push({ title, lines, page: pages.index, y: pages.y, element });
          pages.y += lines.length * step + GAP;
        });
        pages.y += 5;
      },
    },
    fill: (places) => {
      entries.forEach((entry, i) => {
        const place = places[i];
        if (place) fillEntry(context, entry, place);
      });
      contents?.end();
    },
  };
}

function fillEntry({ doc, pen, pages }: PdfContext, { title, lines, page, y, element }: Entry, to: Place): void {
  const kids: { data: { MediaBox: number[] } }[] = Reflect.get(doc, "_root").data.Pages.data.Kids;
  doc.switchToPage(page);
  const { left } = pages;
  const right = doc.page.width - left;
  const step = leading(LOOK.size);
  const last = y + (lines.length - 1) * step;
  const number = String(to.page + 1);
  const from = left + pen.width(lines.at(-1) ?? "", LOOK) + BESIDE;
  const end = right - pen.width(number, NUMBER);
  doc.markContent("Artifact", { type: "Layout" });
  doc
    .moveTo(from, last + step * 0.72)
    .lineTo(Math.max(from, end - BESIDE), last + step * 0.72)
    .lineWidth(0.5)
    .dash(0.5, { space: 2.5 })
    .strokeColor(LINE)
    .stroke()
    .undash();
  doc.endMarkedContent();
  const reference = doc.struct("Reference");
  element.add(reference);
  const link = doc.struct("Link");
  reference.add(link);
  link.add(() => {
    lines.forEach((line, i) =>
      pen.line(i < lines.length - 1 ? line : `${line} `, left, y + i * step, LOOK, pages.width - NUMBER_WIDTH),
    );
    pen.line(number, end, last, NUMBER);
  });
  // PDFKit converts places by the page that was added last.
  Reflect.set(doc, "_ctm", [1, 0, 0, -1, 0, doc.page.height]);
  const target = kids[to.page];
  const entries: object = {
    Subtype: "Link",
    Contents: pdfText(`${title}, page ${number}`),
    Dest: [target, "XYZ", 0, (target?.data.MediaBox[3] ?? 0) - to.y + 8, 0],
  };
  doc.annotate(
    left,
    y,
    right - left,
    lines.length * step,
    Object.assign({ Border: [0, 0, 0], structParent: link }, entries),
  );
  link.end();
  reference.end();
  element.end();
}
