import { brotliDecompressSync } from "node:zlib";
import { sfntOf, shorts, type Tables } from "./sfnt.server";

/** The tables that WOFF2 names by a number (W3C, WOFF File Format 2.0, section 4.1). */
const KNOWN_TAGS = (
  "cmap head hhea hmtx maxp name OS/2 post cvt  fpgm glyf loca prep CFF  VORG EBDT EBLC gasp hdmx kern LTSH PCLT VDMX " +
  "vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG  sbix acnt avar bdat bloc bsln cvar fdsc feat " +
  "fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill"
).match(/.{4} ?/g);

const HEADER_LENGTH = 48;
const ANY_TAG = 63;
/** `glyf` and `loca` are transformed unless they say this version, other tables where they say another than 0. */
const UNTRANSFORMED = 3;

/**
 * A WOFF2 font as the TrueType font that it was made from. fontkit reads WOFF2, too, but can't choose a weight of a
 * variable one. This can go once it can.
 */
export function trueTypeOf(woff2: Buffer): Buffer {
  const tables = new Map<string, Buffer>();
  const transformed = new Set<string>();
  const directory = new Reader(woff2, HEADER_LENGTH);
  const found: { tag: string; length: number }[] = [];
  for (let i = woff2.readUInt16BE(12); i > 0; i--) {
    const flags = directory.byte();
    const known = KNOWN_TAGS?.[flags & 0x3f]?.slice(0, 4);
    const tag = (flags & 0x3f) === ANY_TAG ? directory.take(4).toString("latin1") : (known ?? "");
    const outlines = tag === "glyf" || tag === "loca";
    const whole = directory.base128();
    const isTransformed = outlines ? flags >> 6 !== UNTRANSFORMED : flags >> 6 !== 0;
    if (isTransformed) transformed.add(tag);
    found.push({ tag, length: isTransformed ? directory.base128() : whole });
  }
  const data = new Reader(brotliDecompressSync(woff2.subarray(directory.at, directory.at + woff2.readUInt32BE(20))), 0);
  for (const { tag, length } of found) tables.set(tag, data.take(length));
  const outlines = transformed.has("glyf") ? restoreOutlines(tables) : null;
  if (transformed.has("hmtx")) restoreMetrics(tables, outlines ?? []);
  return sfntOf(woff2.readUInt32BE(4), tables);
}

class Reader {
  constructor(
    private readonly data: Buffer,
    public at: number,
  ) {}
  byte(): number {
    return this.data.readUInt8(this.at++);
  }
  short(): number {
    this.at += 2;
    return this.data.readInt16BE(this.at - 2);
  }
  take(length: number): Buffer {
    this.at += length;
    return this.data.subarray(this.at - length, this.at);
  }
  base128(): number {
    let value = 0;
    for (let i = 0; i < 5; i++) {
      const byte = this.byte();
      value = value * 128 + (byte & 0x7f);
      if (byte < 0x80) break;
    }
    return value;
  }
  number255(): number {
    const code = this.byte();
    if (code === 253) return this.byte() * 256 + this.byte();
    if (code === 254) return 506 + this.byte();
    return code === 255 ? 253 + this.byte() : code;
  }
}

/** Writes the outlines of all glyphs as TrueType has them, and returns the leftmost point of each (section 5.1). */
function restoreOutlines(tables: Tables): number[] {
  const glyf = tables.get("glyf") ?? Buffer.alloc(0);
  const count = glyf.readUInt16BE(4);
  let from = 36;
  const streamOf = (i: number) => {
    from += glyf.readUInt32BE(8 + 4 * i);
    return new Reader(glyf, from - glyf.readUInt32BE(8 + 4 * i));
  };
  const [contours, points, flags, glyphs, composites, boxes, instructions] = [
    streamOf(0),
    streamOf(1),
    streamOf(2),
    streamOf(3),
    streamOf(4),
    streamOf(5),
    streamOf(6),
  ];
  const boxed = boxes.take(4 * Math.ceil(count / 32));
  const places = Buffer.alloc(4 * (count + 1));
  const written: Buffer[] = [];
  const lefts: number[] = [];
  let length = 0;
  for (let glyph = 0; glyph < count; glyph++) {
    places.writeUInt32BE(length, 4 * glyph);
    const contourCount = contours.short();
    const box = (boxed[glyph >> 3] ?? 0) & (0x80 >> (glyph & 7)) ? boxes.take(8) : null;
    const parts =
      contourCount === 0
        ? []
        : contourCount < 0
          ? compositeGlyph({ composites, glyphs, instructions }, box)
          : simpleGlyph({ contourCount, points, flags, glyphs, instructions }, box);
    const bytes = Buffer.concat(parts);
    lefts.push(bytes.length >= 4 ? bytes.readInt16BE(2) : 0);
    const padding = Buffer.alloc(-bytes.length & 3);
    written.push(bytes, padding);
    length += bytes.length + padding.length;
  }
  places.writeUInt32BE(length, 4 * count);
  tables.set("glyf", Buffer.concat(written));
  tables.set("loca", places);
  const head = Buffer.from(tables.get("head") ?? Buffer.alloc(54));
  head.writeInt16BE(1, 50);
  tables.set("head", head);
  return lefts;
}

type Streams<Name extends string> = Record<Name, Reader>;

function compositeGlyph(
  { composites, glyphs, instructions }: Streams<"composites" | "glyphs" | "instructions">,
  box: Buffer | null,
): Buffer[] {
  const parts: Buffer[] = [shorts([-1]), box ?? shorts([0, 0, 0, 0])];
  let [more, instructed] = [true, false];
  while (more) {
    const head = composites.take(4);
    const flags = head.readUInt16BE(0);
    const scale = flags & 0x08 ? 2 : flags & 0x40 ? 4 : flags & 0x80 ? 8 : 0;
    parts.push(head, composites.take((flags & 0x01 ? 4 : 2) + scale));
    more = (flags & 0x20) !== 0;
    instructed ||= (flags & 0x100) !== 0;
  }
  if (instructed) {
    const size = glyphs.number255();
    parts.push(shorts([size]), instructions.take(size));
  }
  return parts;
}

function simpleGlyph(
  {
    contourCount,
    points,
    flags,
    glyphs,
    instructions,
  }: { contourCount: number } & Streams<"points" | "flags" | "glyphs" | "instructions">,
  box: Buffer | null,
): Buffer[] {
  const ends: number[] = [];
  let count = 0;
  for (let i = 0; i < contourCount; i++) {
    count += points.number255();
    ends.push(count - 1);
  }
  const onCurve = Buffer.alloc(count);
  const [steps, places]: { x: number[]; y: number[] }[] = [
    { x: [], y: [] },
    { x: [], y: [] },
  ];
  let [x, y] = [0, 0];
  for (let i = 0; i < count; i++) {
    const flag = flags.byte();
    onCurve[i] = flag < 0x80 ? 1 : 0;
    const [dx, dy] = stepOf(flag & 0x7f, glyphs);
    x += dx;
    y += dy;
    steps?.x.push(dx);
    steps?.y.push(dy);
    places?.x.push(x);
    places?.y.push(y);
  }
  const size = glyphs.number255();
  const bounds =
    box ??
    shorts([
      Math.min(...(places?.x ?? [])),
      Math.min(...(places?.y ?? [])),
      Math.max(...(places?.x ?? [])),
      Math.max(...(places?.y ?? [])),
    ]);
  return [
    shorts([contourCount]),
    bounds,
    shorts(ends),
    shorts([size]),
    instructions.take(size),
    onCurve,
    shorts(steps?.x ?? []),
    shorts(steps?.y ?? []),
  ];
}

/** The step from one point to the next. A number tells its form (section 5.2, the table of triplets). */
function stepOf(form: number, glyphs: Reader): [dx: number, dy: number] {
  const first = glyphs.byte();
  if (form < 10) return [0, signed(((form & 14) << 7) + first, form)];
  if (form < 20) return [signed((((form - 10) & 14) << 7) + first, form), 0];
  if (form < 84) {
    const place = form - 20;
    return [
      signed(1 + (place & 0x30) + (first >> 4), form),
      signed(1 + ((place & 0x0c) << 2) + (first & 0x0f), form >> 1),
    ];
  }
  const second = glyphs.byte();
  if (form < 120) {
    const place = form - 84;
    return [
      signed(1 + (Math.floor(place / 12) << 8) + first, form),
      signed(1 + (((place % 12) >> 2) << 8) + second, form >> 1),
    ];
  }
  const third = glyphs.byte();
  if (form < 124)
    return [signed((first << 4) + (second >> 4), form), signed(((second & 0x0f) << 8) + third, form >> 1)];
  return [signed((first << 8) + second, form), signed((third << 8) + glyphs.byte(), form >> 1)];
}

function signed(value: number, sign: number): number {
  return sign & 1 ? value : -value;
}

/** Writes the metrics whose left edges follow from the outlines (section 5.4). */
function restoreMetrics(tables: Tables, lefts: readonly number[]): void {
  const data = new Reader(tables.get("hmtx") ?? Buffer.alloc(1), 0);
  const wide = (tables.get("hhea") ?? Buffer.alloc(36)).readUInt16BE(34);
  const flags = data.byte();
  const advances = Array.from({ length: wide }, () => data.short());
  const given = (from: number, to: number, left: boolean) =>
    Array.from({ length: Math.max(0, to - from) }, (_, i) => (left ? data.short() : (lefts[from + i] ?? 0)));
  const first = given(0, wide, (flags & 1) === 0);
  const rest = given(wide, lefts.length, (flags & 2) === 0);
  tables.set("hmtx", shorts([...advances.flatMap((advance, i) => [advance, first[i] ?? 0]), ...rest]));
}
