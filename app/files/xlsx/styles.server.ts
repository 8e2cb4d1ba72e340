import type { Border, Borders, Fill, Style } from "exceljs";
import type { Letter, PartyKind } from "~/domain/matrix/shapes";

/**
 * The colours of the design tokens as ARGB. Weight and outline carry the same meaning, so that a print without colour
 * is readable.
 */
const PARTY: Record<PartyKind, { ink: string; tint: string }> = {
  client: { ink: "FF2A5C9E", tint: "FFE8F0F9" },
  provider: { ink: "FF8F550C", tint: "FFF9F0E0" },
  "third-party": { ink: "FF4E5F66", tint: "FFEBF0F1" },
};
const INK = "FF1B1D21";
const QUIET = "FF62676F";
const LINE = "FFCFCFC9";

const FONT = "Calibri";
const fill = (argb: string): Fill => ({ type: "pattern", pattern: "solid", fgColor: { argb } });
const edge = (style: Border["style"], argb: string): Border => ({ style, color: { argb } });
const grid: Partial<Borders> = {
  top: edge("thin", LINE),
  bottom: edge("thin", LINE),
  left: edge("thin", LINE),
  right: edge("thin", LINE),
};
const outlined = (argb: string): Partial<Borders> => ({
  top: edge("medium", argb),
  bottom: edge("medium", argb),
  left: edge("medium", argb),
  right: edge("medium", argb),
});
const wrapped = { wrapText: true, vertical: "top" } as const;
const centred = { horizontal: "center", vertical: "middle", wrapText: true } as const;

export const STYLES = {
  title: { font: { name: FONT, size: 20, bold: true, color: { argb: INK } }, alignment: { vertical: "middle" } },
  wrappedTitle: {
    font: { name: FONT, size: 20, bold: true, color: { argb: INK } },
    alignment: { ...wrapped, vertical: "middle" },
  },
  subtitle: { font: { name: FONT, size: 13, color: { argb: INK } }, alignment: wrapped },
  alert: { font: { name: FONT, size: 12, bold: true, color: { argb: "FFB0234A" } }, alignment: wrapped },
  heading: { font: { name: FONT, size: 13, bold: true, color: { argb: INK } }, alignment: { vertical: "middle" } },
  wrappedHeading: {
    font: { name: FONT, size: 13, bold: true, color: { argb: INK } },
    alignment: { ...wrapped, vertical: "middle" },
  },
  label: { font: { name: FONT, size: 10, color: { argb: QUIET } }, alignment: wrapped },
  value: { font: { name: FONT, size: 10, color: { argb: INK } }, alignment: wrapped },
  mono: { font: { name: "Courier New", size: 9, color: { argb: INK } }, alignment: wrapped },
  cell: { font: { name: FONT, size: 10, color: { argb: INK } }, alignment: wrapped, border: grid },
  quiet: { font: { name: FONT, size: 9, color: { argb: QUIET } }, alignment: wrapped, border: grid },
  columnHead: {
    font: { name: FONT, size: 10, bold: true, color: { argb: INK } },
    alignment: { ...wrapped, vertical: "middle" },
    border: grid,
    fill: fill("FFEEEEEA"),
  },
  section: {
    font: { name: FONT, size: 11, bold: true, color: { argb: INK } },
    alignment: { vertical: "middle" },
    fill: fill("FFEEEEEA"),
    border: { top: edge("medium", INK) },
  },
  open: {
    font: { name: FONT, size: 11, color: { argb: INK } },
    alignment: { ...wrapped, vertical: "middle" },
    border: { bottom: edge("medium", INK) },
    protection: { locked: false },
  },
  filled: {
    font: { name: FONT, size: 11, color: { argb: INK } },
    alignment: { ...wrapped, vertical: "middle" },
    border: { bottom: edge("medium", INK) },
  },
  hidden: { font: { name: FONT, size: 10 } },
} as const satisfies Record<string, Partial<Style>>;

const forEachParty = <T>(styleOf: (colours: { ink: string; tint: string }) => T): Record<PartyKind, T> => ({
  client: styleOf(PARTY.client),
  provider: styleOf(PARTY.provider),
  "third-party": styleOf(PARTY["third-party"]),
});

export const PARTY_HEAD: Record<PartyKind, Partial<Style>> = forEachParty(({ ink }) => ({
  font: { name: FONT, size: 11, bold: true, color: { argb: "FFFFFFFF" } },
  fill: fill(ink),
  alignment: centred,
  border: grid,
}));
export const ROLE_HEAD: Record<PartyKind, Partial<Style>> = forEachParty(({ ink, tint }) => ({
  font: { name: FONT, size: 9, bold: true, color: { argb: ink } },
  fill: fill(tint),
  alignment: { ...centred, textRotation: 90 },
  border: grid,
}));

const ANSWERS = forEachParty(({ ink }): Partial<Style> => ({
  font: { name: FONT, size: 11, bold: true, color: { argb: "FFFFFFFF" } },
  fill: fill(ink),
  alignment: centred,
  border: outlined(ink),
}));
const DOES = forEachParty(({ ink, tint }): Partial<Style> => ({
  font: { name: FONT, size: 11, bold: true, color: { argb: ink } },
  fill: fill(tint),
  alignment: centred,
  border: outlined(ink),
}));
const CONSULTED: Partial<Style> = {
  font: { name: FONT, size: 10, color: { argb: INK } },
  alignment: centred,
  border: grid,
};
const INFORMED: Partial<Style> = {
  font: { name: FONT, size: 10, color: { argb: QUIET } },
  alignment: centred,
  border: grid,
};

/**
 * The style of a cell of letters: A is solid, R is outlined on a tint, C is plain, I is quiet. A slanted I would look
 * like a stroke.
 */
export function letterStyle(letters: readonly Letter[], kind: PartyKind): Partial<Style> {
  if (letters.includes("A")) return ANSWERS[kind];
  if (letters.includes("R")) return DOES[kind];
  return letters.includes("C") ? CONSULTED : INFORMED;
}
