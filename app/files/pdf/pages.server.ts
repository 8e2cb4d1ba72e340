import type { Report } from "~/domain/pack/report";
import type { Paper } from "~/domain/pack/report-parts";
import { shortFingerprint } from "~/domain/version/snapshot";
import { ALERT, QUIET, type Doc, type Pen, type Style } from "./pen.server";
import { shown } from "./typefaces.server";

const SIZES: Record<Paper, [width: number, height: number]> = { A4: [595.28, 841.89], Letter: [612, 792] };
const SIDE = 48;
const TOP = 58;
const BOTTOM = 50;
const SMALL: Style = { face: "regular", size: 8, color: QUIET };
const MARK: Style = { face: "bold", size: 10.5, color: ALERT };

/** Where the next thing goes, and the room around it. */
export type Pages = {
  y: number;
  readonly left: number;
  readonly width: number;
  readonly bottom: number;
  /** The height of an empty page. */
  readonly room: number;
  /** Begins a page that lies the given way. */
  turn: (landscape: boolean) => void;
  /** Begins a page like this one. */
  next: () => void;
  /** Begins a page unless so much still fits on this one. */
  need: (height: number) => void;
  /** Writes head and foot of every page, now that it is known how many there are. */
  finish: () => void;
};

export function createPages(doc: Doc, pen: Pen, report: Report): Pages {
  let across = false;
  const size = () => (across ? [SIZES[report.paper][1], SIZES[report.paper][0]] : SIZES[report.paper]);
  const pages: Pages = {
    y: TOP,
    left: SIDE,
    get width() {
      return (size()[0] ?? 0) - 2 * SIDE;
    },
    get bottom() {
      return (size()[1] ?? 0) - BOTTOM;
    },
    get room() {
      return pages.bottom - TOP;
    },
    turn: (landscape) => {
      across = landscape;
      pages.next();
    },
    next: () => {
      if (doc.bufferedPageRange().count > 0) settle(doc.page);
      doc.addPage({ size: [size()[0] ?? 0, size()[1] ?? 0], margin: 0 });
      pages.y = TOP;
    },
    need: (height) => void (pages.y + height > pages.bottom && pages.next()),
    finish: () => furnish(doc, pen, report),
  };
  return pages;
}

/**
 * What a page draws as one piece. PDFKit keeps it as thousands of small ones until the document ends, since only then is
 * it known what stands at the foot; each takes more than the few bytes in it.
 */
function settle(page: PDFKit.PDFPage): void {
  const { content } = page;
  if ("buffer" in content && Array.isArray(content.buffer)) content.buffer = [Buffer.concat(content.buffer)];
}

function furnish(doc: Doc, pen: Pen, report: Report): void {
  const { start, count } = doc.bufferedPageRange();
  const names = `${report.client} and ${report.provider}`;
  for (let i = 0; i < count; i++) {
    doc.switchToPage(start + i);
    const { width, height } = doc.page;
    const right = (text: string, y: number) => pen.line(text, width - SIDE - pen.width(text, SMALL), y, SMALL);
    doc.markContent("Artifact", { type: "Pagination" });
    const edition = cut(pen, report.editionName, width * 0.3);
    right(edition, 28);
    pen.line(cut(pen, names, width * 0.38), SIDE, 28, SMALL);
    if (report.mark) pen.line(report.mark, (width - pen.width(report.mark, MARK)) / 2, 26, MARK);
    pen.line(`Fingerprint ${shortFingerprint(report.edition.fingerprint)}`, SIDE, height - 34, SMALL);
    right(`Page ${i + 1} of ${count}`, height - 34);
    doc.endMarkedContent();
  }
}

function cut(pen: Pen, text: string, room: number): string {
  const characters = [...shown(text).replace(/\s+/g, " ")];
  if (pen.width(characters.join(""), SMALL) <= room) return characters.join("");
  while (characters.length > 1 && pen.width(`${characters.join("")}…`, SMALL) > room) characters.pop();
  return `${characters.join("")}…`;
}
