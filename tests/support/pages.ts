import { execFileSync } from "node:child_process";

/** A piece of a line of a page: words that stand close to each other. Places are in points from the top left corner. */
type Piece = { text: string; x: number; y: number; bottom: number };
/** A page as another program reads it, without what stands at the head and foot of each page. */
export type Page = { number: number; width: number; height: number; pieces: Piece[]; running: Piece[] };

/** Words that are further apart, in points, belong to different cells. */
const GAP = 6;
/** What stands so near to an edge, as a share of the page, is its head or foot. */
const [HEAD, FOOT] = [0.065, 0.05];

/** The pages of a PDF by poppler. Any program may have written the PDF, so that DOCX and XLSX are checked as they print. */
export function pagesOf(file: string): Page[] {
  const html = execFileSync("pdftotext", ["-bbox", file, "-"], { encoding: "utf8", maxBuffer: 400_000_000 });
  return html
    .split("<page ")
    .slice(1)
    .map((page, i) => {
      const [, width = "0", height = "0"] = /width="([\d.]+)" height="([\d.]+)"/.exec(page) ?? [];
      const words = [
        ...page.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)</g),
      ].map(([, x, y, right, bottom, text = ""]) => ({
        x: Number(x),
        y: Number(y),
        right: Number(right),
        bottom: Number(bottom),
        text: unescaped(text),
      }));
      const pieces = piecesOf(words);
      const [top, foot] = [Number(height) * HEAD, Number(height) * (1 - FOOT)];
      const isRunning = ({ y, bottom }: Piece) => bottom < top || y > foot - 10;
      return {
        number: i + 1,
        width: Number(width),
        height: Number(height),
        pieces: pieces.filter((piece) => !isRunning(piece)),
        running: pieces.filter(isRunning),
      };
    });
}

type Word = Piece & { right: number };

function piecesOf(words: readonly Word[]): Piece[] {
  const pieces: Word[] = [];
  for (const word of words) {
    const last = pieces.at(-1);
    if (last && Math.abs(last.y - word.y) < 2 && word.x >= last.right - 1 && word.x - last.right < GAP) {
      last.text += ` ${word.text}`;
      last.right = word.right;
    } else pieces.push({ ...word });
  }
  return pieces.map(({ text, x, y, bottom }) => ({ text, x, y, bottom }));
}

function unescaped(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll(/&(?:#39|apos);/g, "'")
    .replaceAll("&amp;", "&");
}

const squeezed = (text: string) => text.replace(/\s+/g, "");

/** What a document should hold, to find what its pages part or lose. */
export type Expected = {
  /** Everything that mustn't stand at the foot of a page: titles, headings, headings of groups, heads of tables. */
  headings: readonly string[];
  /** The first cells of a table's rows, in order, for each table; rows that start with nothing are left out. */
  tables: readonly (readonly string[])[];
  /** The titles of tables' columns, which are repeated on every page. */
  heads: readonly (readonly string[])[];
  /** The texts that must be printed, each as often as it is listed. */
  texts: readonly string[];
};

/** What is wrong with the pages of a document; nothing where all is well. */
export function paginationFaults(pages: readonly Page[], { headings, tables, heads, texts }: Expected): string[] {
  return [
    ...headingsAtFoot(pages, [...headings, ...heads.map((titles) => titles.join(""))]),
    ...tables.flatMap((codes) => lonelyEnds(pages, codes)),
    ...partedSignatures(pages),
    ...lostTexts(pages, texts, heads.flat()),
  ];
}

/** Pages that end with a heading, or with the head of a table. */
export function headingsAtFoot(pages: readonly Page[], headings: readonly string[]): string[] {
  const known = new Set(headings.flatMap((heading) => [squeezed(heading), squeezed(`${heading} (continued)`)]));
  return pages.flatMap(({ number, pieces }) => {
    const lowest = Math.max(...pieces.map(({ y }) => y));
    const last = pieces.filter(({ y }) => Math.abs(y - lowest) < 2);
    const text = squeezed(last.map((piece) => piece.text).join(""));
    // A heading of several lines ends with its last.
    const before = squeezed(
      pieces
        .filter(({ y }) => y < lowest - 2 && y > lowest - 22)
        .map((piece) => piece.text)
        .join(""),
    );
    return pieces.length > 0 && (known.has(text) || known.has(before + text))
      ? [`Page ${number} ends with “${last.map((piece) => piece.text).join(" ")}”.`]
      : [];
  });
}

/** Tables whose last row stands alone on a page, although rows are small. */
export function lonelyEnds(pages: readonly Page[], codes: readonly string[]): string[] {
  const lastCode = codes.at(-1);
  if (lastCode === undefined || codes.length < 3) return [];
  return runsOf(pages, codes).flatMap((run) => {
    const [last, before] = [run.at(-1), run.at(-2)];
    if (!last || !before || last.found.length > 1) return [];
    const row = last.found[0];
    const rest = last.page.pieces.filter(({ y }) => row && y >= row.y - 2);
    const high = Math.max(...rest.map(({ bottom }) => bottom)) - Math.min(...rest.map(({ y }) => y));
    return high < last.page.height / 5
      ? [`Page ${last.page.number} has the last row of a table alone, ${row?.text}.`]
      : [];
  });
}

/** The pages on which a table stands, with the first cells found there; a table may be printed more than once. */
function runsOf(pages: readonly Page[], codes: readonly string[]): { page: Page; found: Piece[] }[][] {
  const known = new Set(codes);
  const runs: { page: Page; found: Piece[] }[][] = [];
  let next = 0;
  let run: { page: Page; found: Piece[] }[] = [];
  for (const page of pages)
    for (const piece of page.pieces) {
      if (!known.has(piece.text) || piece.text !== codes[next]) continue;
      const here = run.at(-1);
      if (here?.page === page) here.found.push(piece);
      else run.push({ page, found: [piece] });
      next += 1;
      if (next === codes.length) {
        runs.push(run);
        [run, next] = [[], 0];
      }
    }
  return runs;
}

/** Signature blocks of which a part stands on another page. */
export function partedSignatures(pages: readonly Page[]): string[] {
  return pages.flatMap(({ number, pieces }) => {
    const count = (label: string) => pieces.filter(({ text }) => text === label).length;
    const blocks = count("Organisation");
    // A certificate says what each signature was, and has no places to sign.
    if (count("How it was proved") > 0) return [];
    if (count("Signature") === 0 && !pieces.some(({ text }) => /^For \S/.test(text))) return [];
    const labels = ["Name", "Title", "Date", "Signature"].map(count);
    return labels.every((one) => one >= blocks) && count("Signature") <= blocks
      ? []
      : [`Page ${number} parts a signature block: ${blocks} organisations, ${labels.join(", ")}.`];
  });
}

/** Texts that are printed more or less often than they are listed. */
export function lostTexts(pages: readonly Page[], texts: readonly string[], heads: readonly string[] = []): string[] {
  const printed = columnsText(
    pages.map((page) => ({ ...page, pieces: page.pieces.filter(({ text }) => !heads.includes(text)) })),
  );
  const wanted = new Map<string, number>();
  for (const text of texts) wanted.set(squeezed(text), (wanted.get(squeezed(text)) ?? 0) + 1);
  return [...wanted].flatMap(([text, times]) => {
    const found = printed.split(text).length - 1;
    // A text that begins another one is found there, too.
    const within = [...wanted].filter(([other]) => other !== text && other.includes(text)).length;
    return found >= times && (found === times || within > 0) ? [] : [`“${text}” is printed ${found} times.`];
  });
}

/** All that stands below each other at the same left edge, page after page, without spaces. */
function columnsText(pages: readonly Page[]): string {
  const columns = new Map<number, string[]>();
  for (const { pieces } of pages) {
    const edges = [...new Set(pieces.map(({ x }) => Math.round(x)))];
    for (const edge of edges) {
      const column = columns.get(edge) ?? [];
      column.push(
        ...pieces
          .filter(({ x }) => Math.round(x) === edge)
          .sort((one, other) => one.y - other.y)
          .map(({ text }) => text),
      );
      columns.set(edge, column);
    }
  }
  return [...columns.values()].map((texts) => squeezed(texts.join(""))).join("\n");
}

/** The contents' titles whose number isn't that of the page on which the title stands. */
export function wrongContents(pages: readonly Page[], titles: readonly string[]): string[] {
  return titles.flatMap((title) => {
    const wanted = squeezed(title);
    const at = pages.flatMap((page) => lineTexts(page).map((text) => ({ page, text: squeezed(text) })));
    const line = at.find(({ text }) => text.startsWith(wanted) && /^[.·…_]*\d+$/.test(text.slice(wanted.length)));
    const number = Number(/\d+$/.exec(line?.text.slice(wanted.length) ?? "")?.[0]);
    const there = pages[number - 1];
    if (!line || !there) return [`The contents don't list “${title}”.`];
    const begins = lineTexts(there).map(squeezed);
    return begins.some((text, i) => text === wanted || text + (begins[i + 1] ?? "") === wanted)
      ? []
      : [`“${title}” isn't on page ${number}, which the contents name.`];
  });
}

function lineTexts({ pieces }: Page): string[] {
  const lines: Piece[] = [];
  for (const piece of [...pieces].sort((one, other) => one.y - other.y || one.x - other.x)) {
    const last = lines.at(-1);
    if (last && Math.abs(last.y - piece.y) < 2) last.text += ` ${piece.text}`;
    else lines.push({ ...piece });
  }
  return lines.map(({ text }) => text);
}
