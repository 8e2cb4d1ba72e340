import { contrastOf, LEAST_CONTRAST, tinted } from "~/domain/verify/harmless/colour";
import { isTypeface } from "~/domain/verify/harmless/rules";
import { readXml } from "../xml.server";
import type { Archive } from "../zip.server";
import { relatedPart } from "./relations.server";
import { readTheme, type Theme } from "./theme.server";

/**
 * Whether the style of a cell has a number format that may alter the text, whether it unlocks the cell, whether it makes
 * words run from right to left, and why words in
 * it can hardly be read, where they can't: with the look of the style, or with one of their own.
 */
export type CellStyle = {
  formatted: boolean;
  open: boolean;
  turned: boolean;
  faint: string | null;
  faintWith: (look: WordLook) => string | null;
};

/**
 * Number formats that show a text unchanged: “General” and “@”, by their built-in ids. Programs also define them under
 * ids of their own.
 */
const PLAIN_FORMATS = new Set(["", "0", "49"]);

/** The first colours that are called by their number; 64 and 65 are the colours of the system. */
const INDEXED = ["000000", "FFFFFF", "FF0000", "00FF00", "0000FF", "FFFF00", "FF00FF", "00FFFF"];
const [SYSTEM_INK, SYSTEM_GROUND] = [64, 65];

/** How words look, as far as it decides whether they can be read. */
export type WordLook = {
  colour: Record<string, string> | null;
  size: number;
  typeface: string;
  struck: boolean;
};
type Fill = { pattern: string; colour: Record<string, string> | null };
type Format = { number: string; font: number; fill: number; open: boolean; turned: boolean };

/** The cell styles of a workbook, which cells refer to by index. */
export async function cellStyles(archive: Archive, main: string): Promise<CellStyle[]> {
  const path = await relatedPart(archive, main, "styles");
  const bytes = path === null ? null : await archive.read(path);
  if (!bytes) return [];
  const plain = new Set(PLAIN_FORMATS);
  const [fonts, fills, formats]: [WordLook[], Fill[], Format[]] = [[], [], []];
  const palette: string[] = [];
  let area = "";
  await readXml(bytes, {
    open(name, attributes) {
      const [font, fill, format] = [fonts.at(-1), fills.at(-1), formats.at(-1)];
      if (AREAS.includes(name)) area = name;
      else if (name === "numFmt")
        plain[/^(general|@)$/i.test(attributes.formatCode ?? "") ? "add" : "delete"](attributes.numFmtId ?? "");
      else if (area === "fonts" && name === "font") fonts.push(plainLook());
      else if (area === "fonts" && font) readLook(font, name, attributes);
      else if (area === "fills" && name === "fill") fills.push({ pattern: "none", colour: null });
      else if (area === "fills" && fill) {
        if (name === "patternFill") fill.pattern = attributes.patternType ?? "none";
        else if (name === "fgColor") fill.colour = attributes;
        else if (name === "gradientFill") fill.pattern = "gradient";
      } else if (area === "cellXfs" && name === "xf")
        formats.push({
          number: attributes.numFmtId ?? "",
          font: Number(attributes.fontId ?? 0),
          fill: Number(attributes.fillId ?? 0),
          open: false,
          turned: false,
        });
      else if (area === "cellXfs" && format && name === "alignment") format.turned = attributes.readingOrder === "2";
      else if (area === "cellXfs" && format && name === "protection")
        format.open = attributes.locked === "0" || attributes.locked === "false";
      else if (area === "indexedColors" && name === "rgbColor") palette.push((attributes.rgb ?? "").slice(-6));
    },
    close(name) {
      if (name === area) area = "";
    },
  });
  const theme = await readTheme(archive, main);
  const colourOf = (colour: Record<string, string>) => resolved(colour, theme, palette);
  return formats.map(({ number, font, fill, open, turned }) => ({
    formatted: !plain.has(number),
    open,
    turned,
    faint: faintness(fonts[font], fills[fill], colourOf),
    faintWith: (look) => faintness(look, fills[fill], colourOf),
  }));
}

/** The lists of a workbook's styles that are read. */
const AREAS = ["fonts", "fills", "cellXfs", "indexedColors"];

/** The look of words of which nothing is said. */
export function plainLook(): WordLook {
  return { colour: null, size: 11, typeface: "Calibri", struck: false };
}

/** Takes what an element says of a look into it. */
export function readLook(look: WordLook, name: string, attributes: Record<string, string>): void {
  if (name === "color") look.colour = attributes;
  else if (name === "sz") look.size = Number(attributes.val);
  else if (name === "name" || name === "rFont") look.typeface = attributes.val ?? "";
  else if (name === "strike") look.struck = !/^(?:0|false)$/.test(attributes.val ?? "");
}

/** Why words can hardly be read; null where they can. */
function faintness(
  font: WordLook | undefined,
  fill: Fill | undefined,
  colourOf: (colour: Record<string, string>) => string | null,
): string | null {
  if (!font) return null;
  if (font.struck) return "its words are struck through";
  if (!(font.size >= 6)) return "its words are too small to be read";
  if (!isTypeface(font.typeface)) return `its typeface, ${font.typeface}, may show other signs than the words`;
  const pattern = fill?.pattern ?? "none";
  if (pattern !== "none" && pattern !== "solid") return "a pattern lies behind its words";
  const ink = font.colour ? colourOf(font.colour) : "000000";
  const ground = pattern === "solid" && fill?.colour ? colourOf(fill.colour) : "FFFFFF";
  return ink === null || ground === null || contrastOf(ink, ground) < LEAST_CONTRAST
    ? "its words can hardly be told from what they stand on"
    : null;
}

/** A colour as six hexadecimal digits; null where it can't be told. */
function resolved(
  { rgb, theme: number, tint, indexed, auto }: Record<string, string>,
  theme: Theme,
  palette: readonly string[],
): string | null {
  const index = Number(indexed);
  const colour =
    rgb !== undefined
      ? rgb.slice(-6)
      : number !== undefined
        ? theme.byNumber(Number(number))
        : indexed !== undefined
          ? index === SYSTEM_INK
            ? "000000"
            : index === SYSTEM_GROUND
              ? "FFFFFF"
              : (palette[index] ?? INDEXED[index % 8] ?? null)
          : auto !== undefined
            ? "000000"
            : null;
  if (colour === null || !/^[0-9A-Fa-f]{6}$/.test(colour)) return null;
  return tint === undefined ? colour.toUpperCase() : tinted(colour, Number(tint) || 0);
}
