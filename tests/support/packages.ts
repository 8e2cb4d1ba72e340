import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

/** A ZIP package with one part changed as text; throws where the change changes nothing. */
export function withPart(bytes: Uint8Array, name: string, change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(bytes);
  const before = strFromU8(parts[name] ?? new Uint8Array());
  const after = change(before);
  if (after === before) throw new Error(`Nothing changed in ${name}.`);
  return zipSync({ ...parts, [name]: strToU8(after) }, { level: 1 });
}

/** A ZIP package with further parts. */
export function withParts(bytes: Uint8Array, more: Record<string, string>): Uint8Array {
  return zipSync(
    { ...unzipSync(bytes), ...Object.fromEntries(Object.entries(more).map(([name, text]) => [name, strToU8(text)])) },
    { level: 1 },
  );
}

/** A ZIP package without the parts whose name matches. */
export function withoutParts(bytes: Uint8Array, pattern: RegExp): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(unzipSync(bytes)).filter(([name]) => !pattern.test(name))), {
    level: 1,
  });
}

/** The name of a sheet's part in a workbook, by its number from 1. */
export const sheetPart = (place: number) => `xl/worksheets/sheet${place}.xml`;

/** The XML of a workbook's cell. */
export function cellXml(xml: string, place: string): string {
  const [cell] = new RegExp(`<c r="${place}"[^>]*?(?:/>|>.*?</c>)`).exec(xml) ?? [];
  if (!cell) throw new Error(`There is no cell ${place}.`);
  return cell;
}

/** A workbook whose cell holds another text. */
export function withCell(bytes: Uint8Array, sheet: number, place: string, text: string): Uint8Array {
  return withPart(bytes, sheetPart(sheet), (xml) => {
    const cell = cellXml(xml, place);
    const style = / s="\d+"/.exec(cell)?.[0] ?? "";
    return xml.replace(
      cell,
      () => `<c r="${place}"${style} t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`,
    );
  });
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
