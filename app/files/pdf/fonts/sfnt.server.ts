/** The tables of a TrueType font by their names. */
export type Tables = Map<string, Buffer>;

const HEADER_LENGTH = 12;
const ENTRY_LENGTH = 16;

/** The tables of a font in one file. Neither fontkit nor readers of PDF look at the checksums, so there are none. */
export function sfntOf(flavour: number, tables: Tables): Buffer {
  const head = Buffer.alloc(HEADER_LENGTH + ENTRY_LENGTH * tables.size);
  head.writeUInt32BE(flavour, 0);
  head.writeUInt16BE(tables.size, 4);
  const parts: Buffer[] = [head];
  let offset = head.length;
  [...tables].forEach(([tag, table], i) => {
    const at = HEADER_LENGTH + ENTRY_LENGTH * i;
    head.write(tag, at, "latin1");
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(table.length, at + 12);
    const padding = Buffer.alloc(-table.length & 3);
    parts.push(table, padding);
    offset += table.length + padding.length;
  });
  return Buffer.concat(parts);
}

/** One table of a font file. */
export function tableOf(file: Buffer, tag: string): Buffer {
  for (let i = 0; i < file.readUInt16BE(4); i++) {
    const at = HEADER_LENGTH + ENTRY_LENGTH * i;
    if (file.toString("latin1", at, at + 4) !== tag) continue;
    const from = file.readUInt32BE(at + 8);
    return file.subarray(from, from + file.readUInt32BE(at + 12));
  }
  throw new Error(`The font has no table ${tag}.`);
}

/** Numbers of 16 bits each, signed or not. */
export function shorts(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(2 * values.length);
  values.forEach((value, i) => bytes.writeUInt16BE(value & 0xffff, 2 * i));
  return bytes;
}
