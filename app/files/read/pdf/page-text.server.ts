import { Lexer, malformed, type Dictionary, type Piece } from "./lexer.server";
import type { Objects } from "./objects.server";
import { textString } from "./text-string.server";

/** The texts of a page: lines by the marked-content id that connects them with the structure tree, and artifacts. */
export type PageText = {
  marked: ReadonlyMap<number, readonly string[]>;
  /** Heads and feet of pages, and repeated heads of tables. */
  artifacts: readonly string[];
  /** The sizes of pictures by their marked-content id. */
  pictures: ReadonlyMap<number, { width: number; height: number }>;
};

/**
 * Something marked that is not closed yet. Inside a text, `glyphs` collects what stands in the reverse order of reading
 * (ISO 32000-1, 14.8.2.3.3), and `actual` is what stands there to be read in place of what follows `before` (14.9.4).
 */
type Mark = { id: number | null; glyphs?: string[]; actual?: string | null; before?: string };
const REVERSED = "ReversedChars";

type Decode = (codes: string) => string;
const undecoded: Decode = (codes) => codes;

/** Reads the words that a page draws. Everything between the operators that begin and end a text becomes one line. */
export function pageText(
  content: string,
  resources: Dictionary | undefined,
  objects: Objects,
  fonts: Map<Dictionary, Decode>,
): PageText {
  const marked = new Map<number, string[]>();
  const artifacts: string[] = [];
  const pictures = new Map<number, { width: number; height: number }>();
  const marks: Mark[] = [];
  const lexer = new Lexer(content);
  let decode = undecoded;
  let line = "";
  let inText = false;
  let operands: Piece[] = [];
  const fontNamed = (name: string): Decode => {
    const font = resource(objects, resources, "Font", name);
    if (font?.kind !== "dictionary") return undecoded;
    const decoder = fonts.get(font.entries) ?? decoderOf(font.entries, objects);
    fonts.set(font.entries, decoder);
    return decoder;
  };
  const appendText = (piece: Piece | undefined) => {
    const reversed = marks.findLast(({ glyphs }) => glyphs)?.glyphs;
    if (piece?.kind === "string" && reversed) reversed.push(...glyphsOf(piece.text).map(decode));
    else if (piece?.kind === "string") line += decode(piece.text);
    else if (piece?.kind === "list") piece.items.forEach(appendText);
  };
  const openMark = () => marks.findLast(({ id }) => id !== null)?.id ?? null;
  const endLine = () => {
    const mark = openMark();
    if (line !== "" && mark === null) artifacts.push(line);
    else if (line !== "" && mark !== null) {
      const lines = marked.get(mark) ?? [];
      lines.push(line);
      marked.set(mark, lines);
    }
    line = "";
  };
  const endMark = () => {
    const { glyphs, actual, before } = marks.pop() ?? { id: null };
    if (glyphs) line += glyphs.reverse().join("");
    if (actual !== undefined && actual !== null) line = before + actual;
  };
  const draw = (name: string) => {
    const picture = resource(objects, resources, "XObject", name);
    const mark = openMark();
    if (picture?.kind !== "stream" || mark === null) return;
    const [width, height] = [objects.get(picture.entries, "Width"), objects.get(picture.entries, "Height")];
    if (width?.kind === "number" && height?.kind === "number")
      pictures.set(mark, { width: width.value, height: height.value });
  };
  for (let piece = lexer.next(); piece; piece = lexer.next()) {
    if (piece.kind !== "word") {
      operands.push(piece);
      continue;
    }
    const last = operands.at(-1);
    switch (piece.word) {
      case "BDC":
        marks.push({
          id: last?.kind === "dictionary" ? markIn(last.entries) : null,
          ...(inText && last?.kind === "dictionary" ? { actual: actualText(last.entries), before: line } : {}),
        });
        break;
      case "BMC":
        marks.push({ id: null, ...(inText && last?.kind === "name" && last.name === REVERSED ? { glyphs: [] } : {}) });
        break;
      case "EMC":
        if (!inText) endLine();
        endMark();
        break;
      case "BT":
        inText = true;
        break;
      case "Tf":
        decode = operands[0]?.kind === "name" ? fontNamed(operands[0].name) : undecoded;
        break;
      case "Tj":
      case "TJ":
      case "'":
      case '"':
        appendText(last);
        break;
      case "ET":
        endLine();
        inText = false;
        break;
      case "Do":
        if (last?.kind === "name") draw(last.name);
        break;
      case "BI":
        // An inline picture's bytes can't be told from operators. Demarc writes no inline pictures.
        throw malformed();
    }
    operands = [];
  }
  return { marked, artifacts, pictures };
}

function resource({ get }: Objects, resources: Dictionary | undefined, kind: string, name: string): Piece | undefined {
  const named = get(resources, kind);
  return named?.kind === "dictionary" ? get(named.entries, name) : undefined;
}

/** The codes of a text, each of two bytes. */
function glyphsOf(codes: string): string[] {
  return Array.from({ length: Math.floor(codes.length / 2) }, (_, i) => codes.slice(2 * i, 2 * i + 2));
}

/** What marked glyphs read as, where that doesn't follow from them. */
function actualText(entries: Dictionary): string | null {
  const actual = entries.get("ActualText");
  return actual?.kind === "string" ? textString(actual.text) : null;
}

function markIn(entries: Dictionary): number | null {
  const mark = entries.get("MCID");
  return mark?.kind === "number" ? mark.value : null;
}

/** The most characters that all ranges of a typeface may map. A typeface has no more codes. */
const MAX_CHARACTERS = 65_536;

/** Decodes the codes of a typeface by its ToUnicode map, as readers do when somebody copies text. */
function decoderOf(font: Dictionary, { get, unpack }: Objects): Decode {
  const map = get(font, "ToUnicode");
  if (map?.kind !== "stream") return undecoded;
  const characters = new Map<number, string>();
  const text = unpack(map).toString("latin1");
  const character = (hex: string) => Buffer.from(hex.replace(/\s/g, ""), "hex").swap16().toString("utf16le");
  for (const block of between(text, "beginbfchar", "endbfchar")) {
    for (const [, code = "", to = ""] of block.matchAll(/<([0-9a-fA-F]+)>\s*<((?:[0-9a-fA-F]{4}\s*)+)>/g))
      characters.set(Number.parseInt(code, 16), character(to));
  }
  let remaining = MAX_CHARACTERS;
  for (const block of between(text, "beginbfrange", "endbfrange")) {
    for (const [, from = "", to = "", list, first] of block.matchAll(
      /<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*(?:\[([^\]]*)\]|<([0-9a-fA-F]{4})>)/g,
    )) {
      const start = Number.parseInt(from, 16);
      if (list !== undefined)
        [...list.matchAll(/<((?:[0-9a-fA-F]{4}\s*)*)>/g)].forEach(([, hex = ""], i) =>
          characters.set(start + i, character(hex)),
        );
      else {
        const end = Number.parseInt(to, 16);
        remaining -= Math.max(0, end - start);
        if (remaining < 0) throw malformed();
        for (let code = start; code <= end; code++)
          characters.set(code, String.fromCharCode(Number.parseInt(first ?? "", 16) + code - start));
      }
    }
  }
  return (codes) => {
    let decodedText = "";
    for (let i = 0; i + 1 < codes.length; i += 2)
      decodedText += characters.get(codes.charCodeAt(i) * 256 + codes.charCodeAt(i + 1)) ?? "\uFFFD";
    return decodedText;
  };
}

/**
 * The texts between each pair of words. A regular expression would search for a missing end from every beginning again.
 */
function* between(text: string, begin: string, end: string): Generator<string> {
  for (let from = text.indexOf(begin); from >= 0;) {
    const to = text.indexOf(end, from + begin.length);
    if (to < 0) return;
    yield text.slice(from + begin.length, to);
    from = text.indexOf(begin, to);
  }
}
