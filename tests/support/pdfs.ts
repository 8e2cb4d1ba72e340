import { deflateSync, inflateSync } from "node:zlib";

type Piece = { number: number; dictionary: string; stream: Buffer | null };

/** Changes the first matching object of a PDF that Demarc wrote: its dictionary, and its unpacked stream. */
export function withPiece(
  bytes: Uint8Array,
  fits: RegExp,
  dictionary: (text: string) => string,
  stream?: (text: string) => string,
): Uint8Array {
  const { pieces, trailer } = parsePdf(bytes);
  const piece = pieces.find((one) => fits.test(one.dictionary));
  if (!piece) throw new Error(`No object has ${fits}.`);
  return writePdf(
    pieces.map((one) => (one === piece ? changedPiece(one, dictionary, stream) : one)),
    trailer,
  );
}

/** Changes the content streams of a PDF's pages; pages count from 0. */
export function withContent(bytes: Uint8Array, change: (content: string, page: number) => string): Uint8Array {
  const { pieces, trailer } = parsePdf(bytes);
  const numbers = contentNumbers(pieces);
  return writePdf(
    pieces.map((one) =>
      numbers.includes(one.number)
        ? changedPiece(
            one,
            (text) => text,
            (content) => change(content, numbers.indexOf(one.number)),
            "latin1",
          )
        : one,
    ),
    trailer,
  );
}

/** The content stream of each page. */
export function contentsOf(bytes: Uint8Array): string[] {
  const { pieces } = parsePdf(bytes);
  return contentNumbers(pieces).map((number) =>
    inflateSync(pieces.find((one) => one.number === number)?.stream ?? Buffer.alloc(0)).toString("latin1"),
  );
}

/** The positions of the texts that a page draws as tagged content, in order. */
export function marksIn(content: string): { from: number; to: number }[] {
  return [...content.matchAll(/\/MCID \d+\s*>> BDC([^]*?)EMC/g)].flatMap(({ index, 0: whole, 1: inside = "" }) => {
    const start = index + whole.length - inside.length - 3;
    return [...inside.matchAll(/\[[^\]]*\] TJ/g)].map((text) => ({
      from: start + text.index,
      to: start + text.index + text[0].length,
    }));
  });
}

function contentNumbers(pieces: readonly Piece[]): number[] {
  return pieces
    .filter(({ dictionary }) => /\/Type \/Page\n/.test(dictionary))
    .map(({ dictionary }) => Number(/\/Contents (\d+) 0 R/.exec(dictionary)?.[1]));
}

function changedPiece(
  piece: Piece,
  dictionary: (text: string) => string,
  stream: ((text: string) => string) | undefined,
  as: "utf8" | "latin1" = "utf8",
): Piece {
  const compressed = /\/Filter \/FlateDecode/.test(piece.dictionary);
  const content =
    piece.stream && stream
      ? Buffer.from(stream((compressed ? inflateSync(piece.stream) : piece.stream).toString(as)), as)
      : null;
  return {
    ...piece,
    dictionary: dictionary(piece.dictionary),
    stream: content ? (compressed ? deflateSync(content) : content) : piece.stream,
  };
}

function parsePdf(bytes: Uint8Array): { pieces: Piece[]; trailer: string } {
  const text = Buffer.from(bytes).toString("latin1");
  const table = text.lastIndexOf("\nxref\n") + 1;
  const offsets = [...text.slice(table).matchAll(/(\d{10}) \d{5} n/g)]
    .map(([, at]) => Number(at))
    .sort((a, b) => a - b);
  const pieces = offsets.map((at, i): Piece => {
    const body = text.slice(at, offsets[i + 1] ?? table);
    const [head = "", number = ""] = /^(\d+) 0 obj\n/.exec(body) ?? [];
    const start = body.search(/\nstream\r?\n/);
    const end = start < 0 ? body.lastIndexOf("\nendobj") : start;
    const from = start + (/\nstream\r?\n/.exec(body)?.[0].length ?? 0);
    return {
      number: Number(number),
      dictionary: body.slice(head.length, end),
      stream: start < 0 ? null : Buffer.from(body.slice(from, body.lastIndexOf("\nendstream")), "latin1"),
    };
  });
  return { pieces, trailer: /trailer\n([^]*?)\nstartxref/.exec(text.slice(table))?.[1] ?? "" };
}

function writePdf(pieces: readonly Piece[], trailer: string): Uint8Array {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n%\u00ff\u00ff\u00ff\u00ff\n", "latin1")];
  const offsets = new Map<number, number>();
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  let at = length();
  const add = (part: Buffer) => {
    parts.push(part);
    at += part.length;
  };
  for (const { number, dictionary, stream } of pieces) {
    offsets.set(number, at);
    add(
      Buffer.from(
        `${number} 0 obj\n${stream ? dictionary.replace(/\/Length \d+/, `/Length ${stream.length}`) : dictionary}\n`,
        "latin1",
      ),
    );
    if (stream) add(Buffer.concat([Buffer.from("stream\n"), stream, Buffer.from("\nendstream\n")]));
    add(Buffer.from("endobj\n"));
  }
  const last = Math.max(...offsets.keys());
  const entries = Array.from({ length: last }, (_, i) =>
    offsets.has(i + 1) ? `${String(offsets.get(i + 1)).padStart(10, "0")} 00000 n \n` : "0000000000 65535 f \n",
  );
  add(
    Buffer.from(
      `xref\n0 ${last + 1}\n0000000000 65535 f \n${entries.join("")}trailer\n${trailer}\nstartxref\n${at}\n%%EOF\n`,
      "latin1",
    ),
  );
  return new Uint8Array(Buffer.concat(parts));
}

/**
 * A PDF in which a page draws another text, so that it reads as if it had been written so; `which` counts from 0 among the
 * places that draw the text as a whole. The letters of the new text must be drawn somewhere with the same font.
 */
export function withDrawnText(bytes: Uint8Array, from: string, to: string, which = 0): Uint8Array {
  const alphabets = alphabetsOf(bytes);
  let found = -1;
  const changed = withContent(bytes, (content) =>
    content.replace(/\[([^\]]*)\] TJ/g, (drawn, inside: string) => {
      const glyphs = [...inside.matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, hex = ""]) => hex.match(/.{4}/g) ?? []);
      const alphabet = alphabets.find((one) => glyphs.map((glyph) => one.get(glyph)).join("") === from);
      if (!alphabet) return drawn;
      found += 1;
      if (found !== which) return drawn;
      const glyphOf = new Map([...alphabet].map(([glyph, character]) => [character, glyph]));
      const written = [...to].map((character) => {
        const glyph = glyphOf.get(character);
        if (glyph === undefined) throw new Error(`The font of “${from}” has no “${character}”.`);
        return glyph;
      });
      return `[<${written.join("")}> 0] TJ`;
    }),
  );
  if (found < which) throw new Error(`No page draws “${from}”.`);
  return changed;
}

/** What the glyphs of each font stand for, as the font itself says it. */
function alphabetsOf(bytes: Uint8Array): Map<string, string>[] {
  return parsePdf(bytes).pieces.flatMap(({ dictionary, stream }) => {
    if (!stream) return [];
    const text = /\/Filter \/FlateDecode/.test(dictionary) ? unpacked(stream) : stream.toString("latin1");
    const range = /beginbfrange\s*<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi;
    const alphabet = new Map(
      [...text.matchAll(range)].flatMap(([, first = "0", characters = ""]) =>
        [...characters.matchAll(/<([0-9a-f]+)>/gi)].map(([, hex = ""], i): [string, string] => [
          (parseInt(first, 16) + i).toString(16).padStart(4, "0"),
          Buffer.from(hex, "hex").swap16().toString("utf16le"),
        ]),
      ),
    );
    return alphabet.size > 0 ? [alphabet] : [];
  });
}

function unpacked(stream: Buffer): string {
  try {
    return inflateSync(stream).toString("latin1");
  } catch {
    return "";
  }
}
