import { deflateSync, inflateSync } from "node:zlib";

type Piece = { number: number; dictionary: string; stream: Buffer | null };

/** Changes one object of a PDF as Demarc writes it, the first that fits: its dictionary, and what its stream unpacks to. */
export function withPiece(
  bytes: Uint8Array,
  fits: RegExp,
  dictionary: (text: string) => string,
  stream?: (text: string) => string,
): Uint8Array {
  const { pieces, trailer } = taken(bytes);
  const piece = pieces.find((one) => fits.test(one.dictionary));
  if (!piece) throw new Error(`No object has ${fits}.`);
  return put(
    pieces.map((one) => (one === piece ? changed(one, dictionary, stream) : one)),
    trailer,
  );
}

/** Changes what the pages of a PDF draw; pages count from nought. */
export function withContent(bytes: Uint8Array, change: (content: string, page: number) => string): Uint8Array {
  const { pieces, trailer } = taken(bytes);
  const numbers = contentNumbers(pieces);
  return put(
    pieces.map((one) =>
      numbers.includes(one.number)
        ? changed(
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

/** What each page of a PDF draws. */
export function contentsOf(bytes: Uint8Array): string[] {
  const { pieces } = taken(bytes);
  return contentNumbers(pieces).map((number) =>
    inflateSync(pieces.find((one) => one.number === number)?.stream ?? Buffer.alloc(0)).toString("latin1"),
  );
}

/** The texts that a page draws for its readers, in order: where each stands in what it draws. */
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

function changed(
  piece: Piece,
  dictionary: (text: string) => string,
  stream: ((text: string) => string) | undefined,
  as: "utf8" | "latin1" = "utf8",
): Piece {
  const packed = /\/Filter \/FlateDecode/.test(piece.dictionary);
  const content =
    piece.stream && stream
      ? Buffer.from(stream((packed ? inflateSync(piece.stream) : piece.stream).toString(as)), as)
      : null;
  return {
    ...piece,
    dictionary: dictionary(piece.dictionary),
    stream: content ? (packed ? deflateSync(content) : content) : piece.stream,
  };
}

function taken(bytes: Uint8Array): { pieces: Piece[]; trailer: string } {
  const text = Buffer.from(bytes).toString("latin1");
  const table = text.lastIndexOf("\nxref\n") + 1;
  const places = [...text.slice(table).matchAll(/(\d{10}) \d{5} n/g)].map(([, at]) => Number(at)).sort((a, b) => a - b);
  const pieces = places.map((at, i): Piece => {
    const body = text.slice(at, places[i + 1] ?? table);
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

function put(pieces: readonly Piece[], trailer: string): Uint8Array {
  const parts: Buffer[] = [Buffer.from("%PDF-1.7\n%\u00ff\u00ff\u00ff\u00ff\n", "latin1")];
  const places = new Map<number, number>();
  const length = () => parts.reduce((sum, part) => sum + part.length, 0);
  let at = length();
  const add = (part: Buffer) => {
    parts.push(part);
    at += part.length;
  };
  for (const { number, dictionary, stream } of pieces) {
    places.set(number, at);
    add(
      Buffer.from(
        `${number} 0 obj\n${stream ? dictionary.replace(/\/Length \d+/, `/Length ${stream.length}`) : dictionary}\n`,
        "latin1",
      ),
    );
    if (stream) add(Buffer.concat([Buffer.from("stream\n"), stream, Buffer.from("\nendstream\n")]));
    add(Buffer.from("endobj\n"));
  }
  const last = Math.max(...places.keys());
  const entries = Array.from({ length: last }, (_, i) =>
    places.has(i + 1) ? `${String(places.get(i + 1)).padStart(10, "0")} 00000 n \n` : "0000000000 65535 f \n",
  );
  add(
    Buffer.from(
      `xref\n0 ${last + 1}\n0000000000 65535 f \n${entries.join("")}trailer\n${trailer}\nstartxref\n${at}\n%%EOF\n`,
      "latin1",
    ),
  );
  return new Uint8Array(Buffer.concat(parts));
}
