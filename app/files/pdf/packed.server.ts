/** How many structure elements share an object stream. */
const ELEMENTS_PER_STREAM = 500;
/**
 * The widths of the three fields of an entry in the cross-reference stream, in bytes: type, offset or stream number,
 * index.
 */
const FIELD_WIDTHS = [1, 4, 2] as const;

/** Members of PDFKit that its types leave out. */
type Reference = { id: number; end: (content?: Uint8Array) => void; finalize: () => void };
type CreateReference = (data: object) => Reference;
/** The object stream that holds an object, and its index in there. */
type PackedLocations = Map<number, { streamId: number; index: number }>;

/**
 * Writes the structure elements of a document into object streams (ISO 32000-1, 7.5.7) and ends the file with a
 * cross-reference stream (7.5.8). Each cell has a structure element; unpacked they would be most of the file, and the
 * file of the largest matrix would exceed the limit of the check. PDFKit supports neither kind of stream, so this
 * function replaces how it ends an element and the file. It returns a function to call once the structure is complete.
 */
export function packStructure(doc: PDFKit.PDFDocument): () => void {
  const createReference: CreateReference = Reflect.get(doc, "ref").bind(doc);
  const locations: PackedLocations = new Map();
  let waiting: { id: number; text: string }[] = [];

  const writeStream = () => {
    if (waiting.length === 0) return;
    let at = 0;
    const heads = waiting.map(({ id, text }) => {
      const head = `${id} ${at}`;
      at += text.length + 1;
      return head;
    });
    const head = `${heads.join(" ")}\n`;
    const stream = createReference({ Type: "ObjStm", N: waiting.length, First: head.length });
    waiting.forEach(({ id }, index) => locations.set(id, { streamId: stream.id, index }));
    stream.end(Buffer.from(`${head}${waiting.map(({ text }) => text).join("\n")}\n`, "latin1"));
    waiting = [];
  };
  const packedOnEnd = (element: Reference): Reference => {
    const finalize = element.finalize.bind(element);
    element.finalize = () => {
      waiting.push({ id: element.id, text: writtenBy(doc, finalize) });
      if (waiting.length === ELEMENTS_PER_STREAM) writeStream();
    };
    return element;
  };
  Object.assign(doc, {
    ref: (data: object = {}) => ("S" in data ? packedOnEnd(createReference(data)) : createReference(data)),
    _finalize: () => finish(doc, createReference, locations),
  });
  return () => {
    writeStream();
    Object.assign(doc, { ref: createReference });
  };
}

/** The text of an object between `obj` and `endobj`, which is returned here and not written into the file. */
function writtenBy(doc: PDFKit.PDFDocument, finalize: () => void): string {
  const written: string[] = [];
  const write: unknown = Reflect.get(doc, "_write");
  Object.assign(doc, { _write: (text: string) => written.push(text) });
  finalize();
  Object.assign(doc, { _write: write });
  return written.slice(1, -1).join("\n");
}

/**
 * Ends the file with a cross-reference stream, which lists the location of every object including itself and replaces
 * the trailer.
 */
function finish(doc: PDFKit.PDFDocument, createReference: CreateReference, locations: PackedLocations): void {
  const member = (name: string) => Reflect.get(doc, name);
  const at: number = member("_offset");
  // With `_ended` set PDFKit would end the file a second time when the stream ends.
  Reflect.set(doc, "_ended", false);
  const offsets: number[] = member("_offsets");
  const table = createReference({
    Type: "XRef",
    Size: offsets.length + 2,
    W: [...FIELD_WIDTHS],
    Root: member("_root"),
    Info: member("_info"),
    ID: [member("_id"), member("_id")],
  });
  const size = FIELD_WIDTHS.reduce((sum: number, width) => sum + width, 0);
  const lines = Buffer.alloc((offsets.length + 1) * size);
  lines.writeUInt16BE(65_535, size - FIELD_WIDTHS[2]);
  offsets.forEach((offset, i) => {
    const location = locations.get(i + 1);
    const [kind, where, index] = location
      ? [2, location.streamId, location.index]
      : [1, i + 1 === table.id ? at : offset, 0];
    const line = (i + 1) * size;
    lines.writeUInt8(kind, line);
    lines.writeUInt32BE(where, line + FIELD_WIDTHS[0]);
    lines.writeUInt16BE(index, line + FIELD_WIDTHS[0] + FIELD_WIDTHS[1]);
  });
  table.end(lines);
  for (const word of ["startxref", String(at), "%%EOF"]) member("_write").call(doc, word);
  member("push").call(doc, null);
}
