import { normalised } from "~/domain/text";
import type { Doc, Pen, Style } from "../pen.server";
import type { Face } from "../typefaces.server";
import { piecesOf } from "./breaks.server";
import { clustersOf, hanFamilyOf, isPlain, orderedText, seenText } from "./characters.server";
import { mirrored, orderWith, type Direction } from "./direction.server";
import { drawnRun, embeddedFont, LEFT_TO_RIGHT, RIGHT_TO_LEFT } from "./embedded.server";
import type { HanFamily, OpenedFont } from "./families.server";
import { drawRuns, type PlacedRun } from "./text-object.server";
import { isJoinedBackwards, runsOf, visualOrder, type Run } from "./runs.server";

/** A run with its width at a size of one. `said` is what it reads as where its glyphs don't tell. */
type SetRun = Run & { width: number; backwards: boolean; said: string | null };
const AS_IT_IS = { backwards: false, said: null };

/**
 * A pen that also writes the scripts that the document's own typeface lacks. Texts which that has whole are written by
 * the plain pen, so that a document without other scripts takes no longer and is drawn the same. `han` is the family
 * for the Chinese characters of texts that don't tell their language, `names` are those that its sentences have.
 */
export function createScriptPen(
  doc: Doc,
  plain: Pen,
  { han, names }: { han: HanFamily | null; names: readonly string[] },
): Pen {
  const order = orderWith(names);
  const { directionOf } = order;
  /** A line without the mark that says its direction, and that direction. */
  const unmarked = (line: string): { text: string; direction: Direction } => {
    if (line.startsWith(RIGHT_TO_LEFT)) return { text: line.slice(1), direction: "rtl" };
    if (line.startsWith(LEFT_TO_RIGHT)) return { text: line.slice(1), direction: "ltr" };
    return { text: line, direction: directionOf(line) };
  };
  /** A line with such a mark where its own letters say another direction than that of its paragraph. */
  const marked = (line: string, direction: Direction): string =>
    directionOf(line) === direction ? line : (direction === "rtl" ? RIGHT_TO_LEFT : LEFT_TO_RIGHT) + line;
  const registered = new Set<string>();
  const setBefore = new Map<string, SetRun[]>();
  // A line may not tell the language that its text does.
  const familiesOfLines = new Map<string, HanFamily>();
  const fontName = (opened: OpenedFont) => {
    if (!registered.has(opened.name)) doc.registerFont(opened.name, embeddedFont(opened));
    registered.add(opened.name);
    return opened.name;
  };
  const runsFor = (text: string, direction: Direction, face: Face): SetRun[] => {
    const family = familiesOfLines.get(text.trimEnd()) ?? hanFamilyOf(text, han);
    const key = `${face} ${direction} ${family} ${text}`;
    const runs =
      setBefore.get(key) ??
      runsOf(text, { direction, order, face, han: family }).flatMap((run) => setRuns(run, plain, face));
    setBefore.set(key, runs);
    return runs;
  };
  const width = (line: string, { face, size }: Style): number => {
    const { text, direction } = unmarked(line);
    return isPlain(text)
      ? plain.width(text, { face, size, color: "" })
      : size * sum(runsFor(orderedText(text), direction, face));
  };
  const lines = (text: string, style: Style, room: number): string[] => {
    if (isPlain(text)) return plain.lines(text, style, room);
    const family = hanFamilyOf(text, han);
    const paragraphs = orderedText(text).split("\n");
    return paragraphs.flatMap((paragraph, i) => {
      const direction = directionOf(paragraph);
      const broken = isPlain(paragraph)
        ? plain.lines(paragraph, style, room)
        : brokenLines(paragraph, room, (part) => width(marked(part, direction), style));
      const whole = broken.length === 0 ? [""] : broken;
      for (const line of whole) familiesOfLines.set(line.trimEnd(), family);
      return whole.map((line, j) =>
        marked(j === whole.length - 1 && i < paragraphs.length - 1 ? `${line}  ` : line, direction),
      );
    });
  };
  const line = (drawn: string, x: number, y: number, style: Style, room?: number) => {
    const { text, direction } = unmarked(drawn);
    if (text === "") return;
    if (isPlain(text) && direction === "ltr") return plain.line(text, x, y, style);
    const ordered = orderedText(text);
    const shown = ordered.trimEnd();
    const runs = runsFor(shown, direction, style.face);
    const start = direction === "rtl" && room !== undefined ? x + Math.max(0, room - style.size * sum(runs)) : x;
    const places = new Map<SetRun, number>();
    let end = start;
    for (const run of visualOrder(runs)) {
      places.set(run, end);
      end += run.width * style.size;
    }
    // Runs are written in the order of reading.
    const placed: PlacedRun[] = runs.map((run) => ({ ...run, x: places.get(run) ?? start }));
    const spaces = ordered.slice(shown.length);
    if (spaces !== "")
      placed.push({ ...AS_IT_IS, text: spaces, font: null, level: 0, width: 0, x: direction === "rtl" ? start : end });
    drawRuns(doc, placed, style, y, (font) => (font ? fontName(font) : style.face));
  };
  return { width, lines, line, drawable: orderedText };
}

function sum(runs: readonly SetRun[]): number {
  return runs.reduce((total, { width }) => total + width, 0);
}

/** A run as it is drawn: as one, or its characters one by one where only their order runs from right to left. */
function setRuns(run: Run, plain: Pen, face: Face): SetRun[] {
  const widthOf = (text: string, font: OpenedFont | null) =>
    font ? drawnRun(font, text).width / font.font.unitsPerEm : plain.width(text, { face, size: 1, color: "" });
  if (isJoinedBackwards(run)) {
    const text = RIGHT_TO_LEFT + run.text;
    return [{ ...run, width: widthOf(text, run.font), backwards: true, said: saidBy(run, text, true) }];
  }
  if (run.level % 2 === 0)
    return [{ ...run, width: widthOf(run.text, run.font), backwards: false, said: saidBy(run, run.text, false) }];
  return clustersOf(run.text).map((cluster) => {
    const text = mirrored(cluster);
    const part = { ...run, text };
    return {
      ...part,
      width: widthOf(text, run.font),
      backwards: false,
      said: text === cluster ? saidBy(part, text, false) : cluster,
    };
  });
}

/**
 * What a run reads as, where its glyphs in their order read as something else, or are moved: programs that take text
 * from a page put a mark that is moved over its letter behind the next one.
 */
function saidBy({ text, font }: Run, drawn: string, backwards: boolean): string | null {
  if (!font) return null;
  const run = drawnRun(font, drawn);
  const glyphs = run.glyphs.map(({ codePoints }) => String.fromCodePoint(...codePoints));
  if (backwards) glyphs.reverse();
  else if (run.positions.some(({ xOffset, yOffset }) => xOffset !== 0 || yOffset !== 0)) return text;
  // Marks on one letter are laid out in another order, which makes no other text.
  return normalised(seenText(glyphs.join("")), "NFC") === seenText(text) ? null : text;
}

/** The lines of a paragraph, and parts of words that are longer than a line. */
function brokenLines(paragraph: string, room: number, width: (part: string) => number): string[] {
  const space = width(" ");
  const finished: string[] = [];
  let line: string | null = null;
  let used = 0;
  for (const { text, spaced } of piecesOf(paragraph)) {
    const wide = width(text);
    const before = spaced ? space : 0;
    if (line !== null && used + before + wide <= room) {
      line += spaced ? ` ${text}` : text;
      used += before + wide;
      continue;
    }
    if (line !== null) finished.push(spaced ? `${line} ` : line);
    const parts = wide > room ? splitPiece(text, room, width) : [text];
    finished.push(...parts.slice(0, -1));
    line = parts.at(-1) ?? "";
    used = width(line);
  }
  return [...finished, line ?? ""];
}

function splitPiece(piece: string, room: number, width: (part: string) => number): string[] {
  const parts: string[] = [];
  let part = "";
  for (const cluster of clustersOf(piece)) {
    if (part !== "" && width(part + cluster) > room) {
      parts.push(part);
      part = "";
    }
    part += cluster;
  }
  return part === "" ? parts : [...parts, part];
}
