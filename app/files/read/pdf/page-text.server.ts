import { Lexer, malformed, type Dictionary, type Piece } from "./lexer.server";
import type { Objects } from "./objects.server";

/** What stands on a page: lines by the mark they belong to in the structure, and those that are furniture. */
export type PageText = {
  marked: ReadonlyMap<number, readonly string[]>;
  /** Heads, feet and repeated heads of tables. */
  furniture: readonly string[];
  /** The pictures under a mark, by their size. */
  pictures: ReadonlyMap<number, { width: number; height: number }>;
};

type Decode = (codes: string) => string;
const plain: Decode = (codes) => codes;

/** Reads the words that a page draws, each run from the beginning of a text to its end as one line. */
export function pageText(
  content: string,
  resources: Dictionary | undefined,
  objects: Objects,
  fonts: Map<Dictionary, Decode>,
): PageText {
  const marked = new Map<number, string[]>();
  const furniture: string[] = [];
  const pictures = new Map<number, { width: number; height: number }>();
  const marks: (number | null)[] = [];
  const lexer = new Lexer(content);
  let decode = plain;
  let line = "";
  let operands: Piece[] = [];
  const fontNamed = (name: string): Decode => {
    const font = resource(objects, resources, "Font", name);
    if (font?.kind !== "dictionary") return plain;
    const known = fonts.get(font.entries) ?? decoderOf(font.entries, objects);
    fonts.set(font.entries, known);
    return known;
  };
  const say = (piece: Piece | undefined) => {
    if (piece?.kind === "string") line += decode(piece.text);
    else if (piece?.kind === "list") piece.items.forEach(say);
  };
  const finish = () => {
    const mark = marks.findLast((one) => one !== null) ?? null;
    if (line !== "" && mark === null) furniture.push(line);
    else if (line !== "" && mark !== null) {
      const lines = marked.get(mark) ?? [];
      lines.push(line);
      marked.set(mark, lines);
    }
    line = "";
  };
  const draw = (name: string) => {
    const picture = resource(objects, resources, "XObject", name);
    const mark = marks.findLast((one) => one !== null);
    if (picture?.kind !== "stream" || mark === undefined || mark === null) return;
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
        marks.push(last?.kind === "dictionary" ? markIn(last.entries) : null);
        break;
      case "BMC":
        marks.push(null);
        break;
      case "EMC":
        finish();
        marks.pop();
        break;
      case "Tf":
        decode = operands[0]?.kind === "name" ? fontNamed(operands[0].name) : plain;
        break;
      case "Tj":
      case "TJ":
      case "'":
      case '"':
        say(last);
        break;
      case "ET":
        finish();
        break;
      case "Do":
        if (last?.kind === "name") draw(last.name);
        break;
      case "BI":
        // Bytes of a picture within what is drawn, which Demarc never writes, can't be told from words.
        throw malformed();
    }
    operands = [];
  }
  return { marked, furniture, pictures };
}

function resource({ get }: Objects, resources: Dictionary | undefined, kind: string, name: string): Piece | undefined {
  const named = get(resources, kind);
  return named?.kind === "dictionary" ? get(named.entries, name) : undefined;
}

function markIn(entries: Dictionary): number | null {
  const mark = entries.get("MCID");
  return mark?.kind === "number" ? mark.value : null;
}

/** As many characters as all ranges of a typeface may name: it has no more codes. */
const RANGES = 65_536;

/** How a typeface's codes become characters, as it tells those who copy from the page. */
function decoderOf(font: Dictionary, { get, unpack }: Objects): Decode {
  const map = get(font, "ToUnicode");
  if (map?.kind !== "stream") return plain;
  const characters = new Map<number, string>();
  const text = unpack(map).toString("latin1");
  const character = (hex: string) => Buffer.from(hex.replace(/\s/g, ""), "hex").swap16().toString("utf16le");
  for (const block of between(text, "beginbfchar", "endbfchar")) {
    for (const [, code = "", to = ""] of block.matchAll(/<([0-9a-fA-F]+)>\s*<((?:[0-9a-fA-F]{4}\s*)+)>/g))
      characters.set(Number.parseInt(code, 16), character(to));
  }
  let left = RANGES;
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
        left -= Math.max(0, end - start);
        if (left < 0) throw malformed();
        for (let code = start; code <= end; code++)
          characters.set(code, String.fromCharCode(Number.parseInt(first ?? "", 16) + code - start));
      }
    }
  }
  return (codes) => {
    let said = "";
    for (let i = 0; i + 1 < codes.length; i += 2)
      said += characters.get(codes.charCodeAt(i) * 256 + codes.charCodeAt(i + 1)) ?? "\uFFFD";
    return said;
  };
}

/** What stands between each pair of words. A pattern would look for an end that isn't there from every beginning anew. */
function* between(text: string, begin: string, end: string): Generator<string> {
  for (let from = text.indexOf(begin); from >= 0;) {
    const to = text.indexOf(end, from + begin.length);
    if (to < 0) return;
    yield text.slice(from + begin.length, to);
    from = text.indexOf(begin, to);
  }
}
