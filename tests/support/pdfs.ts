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
