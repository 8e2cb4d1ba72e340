/** So many objects of the structure are packed into one. */
const TOGETHER = 500;
/** How many bytes a line of the table has for what kind it is, where it is, and its place there. */
const WIDTHS = [1, 4, 2] as const;

/** PDFKit's own parts that its types leave out. */
type Reference = { id: number; end: (content?: Uint8Array) => void; finalize: () => void };
type Refer = (data: object) => Reference;
/** Where an object is that stands in another one. */
type Places = Map<number, { within: number; index: number }>;

/**
 * Has what tells a document's structure packed together (ISO 32000-1, 7.5.7 and 7.5.8). Each cell has an element there: one
 * by one they would make most of the file, and that of the largest matrix too large to be checked. PDFKit knows neither
 * packed objects nor the table that names them, so it is told how such an element ends and how the file does. Returns what
 * is to be called once the structure is complete.
 */
export function packStructure(doc: PDFKit.PDFDocument): () => void {
  const refer: Refer = Reflect.get(doc, "ref").bind(doc);
  const places: Places = new Map();
  let pack: { id: number; text: string }[] = [];

  const close = () => {
    if (pack.length === 0) return;
    let at = 0;
    const heads = pack.map(({ id, text }) => {
      const head = `${id} ${at}`;
      at += text.length + 1;
      return head;
    });
    const head = `${heads.join(" ")}\n`;
    const holder = refer({ Type: "ObjStm", N: pack.length, First: head.length });
    pack.forEach(({ id }, index) => places.set(id, { within: holder.id, index }));
    holder.end(Buffer.from(`${head}${pack.map(({ text }) => text).join("\n")}\n`, "latin1"));
    pack = [];
  };
  const packed = (element: Reference): Reference => {
    const finalize = element.finalize.bind(element);
    element.finalize = () => {
      pack.push({ id: element.id, text: writtenBy(doc, finalize) });
      if (pack.length === TOGETHER) close();
    };
    return element;
  };
  Object.assign(doc, {
    ref: (data: object = {}) => ("S" in data ? packed(refer(data)) : refer(data)),
    _finalize: () => finish(doc, refer, places),
  });
  return () => {
    close();
    Object.assign(doc, { ref: refer });
  };
}

/** What an object is written as, between the words that begin and end it, in place of being written into the file. */
function writtenBy(doc: PDFKit.PDFDocument, finalize: () => void): string {
  const written: string[] = [];
  const write: unknown = Reflect.get(doc, "_write");
  Object.assign(doc, { _write: (text: string) => written.push(text) });
  finalize();
  Object.assign(doc, { _write: write });
  return written.slice(1, -1).join("\n");
}

/** Ends the file with a table of where each object is, itself among them, which also says where to begin. */
function finish(doc: PDFKit.PDFDocument, refer: Refer, places: Places): void {
  const own = (name: string) => Reflect.get(doc, name);
  const at: number = own("_offset");
  // PDFKit would end the file once more when the table ends.
  Reflect.set(doc, "_ended", false);
  const offsets: number[] = own("_offsets");
  const table = refer({
    Type: "XRef",
    Size: offsets.length + 2,
    W: [...WIDTHS],
    Root: own("_root"),
    Info: own("_info"),
    ID: [own("_id"), own("_id")],
  });
  const size = WIDTHS.reduce((sum: number, width) => sum + width, 0);
  const lines = Buffer.alloc((offsets.length + 1) * size);
  lines.writeUInt16BE(65_535, size - WIDTHS[2]);
  offsets.forEach((offset, i) => {
    const packed = places.get(i + 1);
    const [kind, where, index] = packed ? [2, packed.within, packed.index] : [1, i + 1 === table.id ? at : offset, 0];
    const line = (i + 1) * size;
    lines.writeUInt8(kind, line);
    lines.writeUInt32BE(where, line + WIDTHS[0]);
    lines.writeUInt16BE(index, line + WIDTHS[0] + WIDTHS[1]);
  });
  table.end(lines);
  for (const word of ["startxref", String(at), "%%EOF"]) own("_write").call(doc, word);
  own("push").call(doc, null);
}
