import {
  AlignmentType,
  BorderStyle,
  LevelFormat,
  ShadingType,
  type INumberingOptions,
  type IParagraphStyleOptions,
  type IStylesOptions,
} from "docx";
import type { Letter, PartyKind } from "~/domain/matrix/shapes";

const INK = "1B1D21";
const QUIET = "62676F";
const LINE = "CFCFC9";
const ALERT = "B0234A";
const PARTY: Record<PartyKind, { ink: string; tint: string; name: string }> = {
  client: { ink: "2A5C9E", tint: "E8F0F9", name: "Client" },
  provider: { ink: "8F550C", tint: "F9F0E0", name: "Provider" },
  "third-party": { ink: "4E5F66", tint: "EBF0F1", name: "Third party" },
};
const FONT = "Calibri";
export const TABLE_STYLE = "DemarcTable";
export const FACT_STYLE = "DemarcFacts";
export const CLAUSES = "clauses";
export const POINTS = "points";

type Look = {
  size: number;
  bold?: boolean;
  color?: string;
  fill?: string;
  before?: number;
  after?: number;
  centred?: boolean;
  keepNext?: boolean;
  mono?: boolean;
};

/**
 * A named paragraph style. All formatting of the document is by named styles, so that whoever attaches it to an
 * agreement changes a look in one place.
 */
function style(
  name: string,
  { size, bold, color = INK, fill, before = 0, after = 0, centred, keepNext, mono }: Look,
): IParagraphStyleOptions {
  const shading = fill ? { type: ShadingType.CLEAR, color: "auto", fill } : undefined;
  return {
    id: styleId(name),
    name,
    basedOn: "Normal",
    quickFormat: true,
    run: { font: mono ? "Courier New" : FONT, size: size * 2, bold, color },
    paragraph: {
      spacing: { before: before * 20, after: after * 20 },
      alignment: centred ? AlignmentType.CENTER : undefined,
      keepNext,
      shading,
    },
  };
}

/** The id of a style from its visible name. */
export function styleId(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, "");
}

const parties = Object.values(PARTY);

const PARAGRAPHS: IParagraphStyleOptions[] = [
  style("Schedule Subtitle", { size: 14, after: 10 }),
  style("Schedule Mark", { size: 12, bold: true, color: ALERT, after: 8 }),
  style("Schedule Text", { size: 10.5, after: 6 }),
  style("Schedule Note", { size: 9.5, color: QUIET, after: 6 }),
  style("Schedule Point", { size: 10.5, after: 3 }),
  style("Schedule Gap", { size: 5 }),
  style("Cell Head", { size: 9, bold: true, keepNext: true }),
  style("Cell Text", { size: 9 }),
  style("Cell Code", { size: 8.5, color: QUIET }),
  style("Cell Fingerprint", { size: 8, mono: true }),
  style("Cell Domain", { size: 9.5, bold: true, keepNext: true, before: 3, after: 1 }),
  style("Letter Asked", { size: 9, centred: true }),
  style("Letter Told", { size: 9, centred: true, color: QUIET }),
  ...parties.flatMap(({ name, ink, tint }) => [
    style(`Party ${name}`, { size: 9.5, bold: true, centred: true, color: ink }),
    style(`Role ${name}`, { size: 8, bold: true, color: ink }),
    style(`Letter Answers ${name}`, { size: 9, bold: true, centred: true, color: "FFFFFF", fill: ink }),
    style(`Letter Does ${name}`, { size: 9, bold: true, centred: true, color: ink, fill: tint }),
  ]),
  style("Signature Party", { size: 11, bold: true, before: 10, after: 4, keepNext: true }),
  style("Signature Line", { size: 10, before: 6, after: 2, keepNext: true }),
  style("Page Head", { size: 8.5, color: QUIET }),
  style("Page Mark", { size: 11, bold: true, color: ALERT, centred: true }),
];

const BORDER = `w:val="single" w:sz="4" w:space="0" w:color="${LINE}"`;
const GRID = `<w:tblPr><w:tblBorders><w:top ${BORDER}/><w:left ${BORDER}/><w:bottom ${BORDER}/><w:right ${BORDER}/><w:insideH ${BORDER}/><w:insideV ${BORDER}/></w:tblBorders><w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="70" w:type="dxa"/><w:bottom w:w="40" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>`;
const tableStyle = (id: string, name: string, more: string) =>
  `<w:style w:type="table" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/><w:qFormat/>${GRID}${more}</w:style>`;

/** The XML of the two table styles, which the library can't write: tables with a head, and tables of facts. */
export const TABLE_STYLES =
  tableStyle(
    TABLE_STYLE,
    "Demarc Table",
    '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EEEEEA"/></w:tcPr></w:tblStylePr>',
  ) + tableStyle(FACT_STYLE, "Demarc Facts", "");

const heading = (size: number, before: number, after: number) => ({
  run: { font: FONT, size: size * 2, bold: true, color: INK },
  paragraph: { spacing: { before: before * 20, after: after * 20 }, keepNext: true },
});

/** All styles of a document. Each document needs its own object, since the library holds on to it. */
export function documentStyles(): IStylesOptions {
  return {
    default: {
      document: { run: { font: FONT, size: 21, color: INK } },
      title: { run: { font: FONT, size: 44, bold: true, color: INK }, paragraph: { spacing: { after: 80 } } },
      heading1: heading(15, 18, 8),
      heading2: heading(11.5, 12, 5),
    },
    paragraphStyles: PARAGRAPHS,
  };
}

const level = (depth: number, text: string, indent: number) => ({
  level: depth,
  format: LevelFormat.DECIMAL,
  text,
  alignment: AlignmentType.START,
  style: { paragraph: { indent: { left: indent, hanging: indent } } },
});

/** Headings count as 1 and 1.1; points of a list count anew in each list. */
export const NUMBERING: INumberingOptions = {
  config: [
    { reference: CLAUSES, levels: [level(0, "%1.", 480), level(1, "%1.%2", 640)] },
    { reference: POINTS, levels: [level(0, "%1.", 420)] },
  ],
};

/** The style of a cell of letters: A stands in reverse, R on a tint, C plain, I quiet. */
export function letterStyleId(letters: readonly Letter[], kind: PartyKind): string {
  if (letters.includes("A")) return styleId(`Letter Answers ${PARTY[kind].name}`);
  if (letters.includes("R")) return styleId(`Letter Does ${PARTY[kind].name}`);
  return letters.includes("C") ? "LetterAsked" : "LetterTold";
}

export function partyStyleId(kind: PartyKind): string {
  return styleId(`Party ${PARTY[kind].name}`);
}

export function roleStyleId(kind: PartyKind): string {
  return styleId(`Role ${PARTY[kind].name}`);
}

/** The line somebody signs on. */
export const SIGNING_LINE = { style: BorderStyle.SINGLE, size: 8, color: INK } as const;
