import type { Paper } from "~/domain/pack/report-parts";
import type { Doc } from "./pen.server";

/** The sizes of the papers in points. */
export const SIZES: Record<Paper, [width: number, height: number]> = { A4: [595.28, 841.89], Letter: [612, 792] };

/** The margins of a page, within which its text stands. */
export type Margins = { side: number; top: number; bottom: number };

/** The current page: where the next text starts, and how much room there is. */
export type Pages = {
  y: number;
  /** The number of this page, counting from 0. */
  readonly index: number;
  readonly left: number;
  readonly width: number;
  readonly bottom: number;
  /** Whether nothing stands on this page yet. */
  readonly fresh: boolean;
  /** The height of an empty page. */
  readonly room: number;
  /** Begins a page in landscape or portrait format. */
  turn: (landscape: boolean) => void;
  /** Begins a page of the same format. */
  next: () => void;
  /** Begins a page unless the height still fits on this one. */
  need: (height: number) => void;
};

/** The pages of a document, which has none at first. */
export function createPages(doc: Doc, paper: Paper, { side, top, bottom }: Margins): Pages {
  let lyingAcross = false;
  const size = () => (lyingAcross ? [SIZES[paper][1], SIZES[paper][0]] : SIZES[paper]);
  const pages: Pages = {
    y: top,
    left: side,
    get index() {
      return doc.bufferedPageRange().count - 1;
    },
    get width() {
      return (size()[0] ?? 0) - 2 * side;
    },
    get bottom() {
      return (size()[1] ?? 0) - bottom;
    },
    get fresh() {
      return pages.y === top;
    },
    get room() {
      return pages.bottom - top;
    },
    turn: (landscape) => {
      lyingAcross = landscape;
      pages.next();
    },
    next: () => {
      if (doc.bufferedPageRange().count > 0) mergeContent(doc.page);
      doc.addPage({ size: [size()[0] ?? 0, size()[1] ?? 0], margin: 0 });
      pages.y = top;
    },
    need: (height) => void (pages.y + height > pages.bottom && pages.next()),
  };
  return pages;
}

/**
 * Joins the content of a page into one buffer. PDFKit holds thousands of small buffers for each page until the document
 * ends, and each takes more memory than the few bytes in it.
 */
function mergeContent(page: PDFKit.PDFPage): void {
  const { content } = page;
  if ("buffer" in content && Array.isArray(content.buffer)) content.buffer = [Buffer.concat(content.buffer)];
}
