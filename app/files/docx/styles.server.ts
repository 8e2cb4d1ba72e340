import type { Letter, PartyKind } from "~/domain/matrix/shapes";
import type { Series } from "~/domain/blocks";
import { NAMESPACES, XML_HEAD } from "./markup.server";
import { ANNEXES, CLAUSES } from "./numbering.server";

const INK = "1B1D21";
const QUIET = "62676F";
const LINE = "CFCFC9";
const ALERT = "B0234A";
const PARTY: Record<PartyKind, { ink: string; tint: string; name: string }> = {
  client: { ink: "2A5C9E", tint: "E8F0F9", name: "Client" },
  provider: { ink: "8F550C", tint: "F9F0E0", name: "Provider" },
  "third-party": { ink: "4E5F66", tint: "EBF0F1", name: "Third party" },
};

/**
 * The typefaces by script. Word has all of them on Windows and macOS, and takes a like one for what they lack; elsewhere
 * Carlito has the widths of Calibri. The table of typefaces names such a like one.
 */
const FONT = "Calibri";
const MONO = "Courier New";
const fonts = (name: string) =>
  `<w:rFonts w:ascii="${name}" w:hAnsi="${name}" w:eastAsia="Microsoft YaHei" w:cs="Arial"/>`;

/** The language of what Demarc writes, and of words in scripts that have a language of their own in Word. */
export const LANGUAGES = 'w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"';

export const TABLE_STYLE = "DemarcTable";
export const MATRIX_STYLE = "DemarcMatrix";
export const FACT_STYLE = "DemarcFacts";
export const SIGNATURE_STYLE = "DemarcSignatures";

type Look = {
  size: number;
  bold?: boolean;
  italic?: boolean;
  color?: string;
  fill?: string;
  before?: number;
  after?: number;
  centred?: boolean;
  keepNext?: boolean;
  mono?: boolean;
  /** A line under the paragraph to write on. */ ruled?: boolean;
  pageBreak?: boolean;
  /** A tab at the right end of lines of this width. */ rightTab?: number;
  /** The rank of a heading from 0. */ rank?: number;
  /** The list that a heading counts in, and its level. */ list?: [id: number, level: number];
  based?: string;
};

/**
 * A named paragraph style. All formatting of the document is by named styles, so that whoever attaches it to an
 * agreement changes a look in one place. Sizes and weights hold for all scripts.
 */
function style(name: string, look: Look, id = styleId(name)): string {
  const { based = "Normal" } = look;
  const next = look.rank === undefined ? "" : '<w:next w:val="ScheduleText"/>';
  const own = /^(?:Title|heading \d|toc \d)$/.test(name) ? "" : ' w:customStyle="1"';
  return `<w:style w:type="paragraph"${own} w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="${based}"/>${next}<w:qFormat/><w:pPr>${paragraphLook(look)}</w:pPr><w:rPr>${runLook(look)}</w:rPr></w:style>`;
}

function paragraphLook(look: Look): string {
  const { before = 0, after = 0 } = look;
  return [
    look.keepNext ? "<w:keepNext/><w:keepLines/>" : "",
    look.pageBreak ? "<w:pageBreakBefore/>" : "",
    look.list ? `<w:numPr><w:ilvl w:val="${look.list[1]}"/><w:numId w:val="${look.list[0]}"/></w:numPr>` : "",
    look.ruled ? `<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="1" w:color="${INK}"/></w:pBdr>` : "",
    look.fill ? `<w:shd w:val="clear" w:color="auto" w:fill="${look.fill}"/>` : "",
    look.rightTab === undefined ? "" : `<w:tabs><w:tab w:val="right" w:pos="${look.rightTab}"/></w:tabs>`,
    `<w:spacing w:before="${before * 20}" w:after="${after * 20}"/>`,
    look.centred ? '<w:jc w:val="center"/>' : "",
    look.rank === undefined ? "" : `<w:outlineLvl w:val="${look.rank}"/>`,
  ].join("");
}

function runLook({ size, bold, italic, color = INK, mono }: Look): string {
  return [
    mono ? fonts(MONO) : "",
    bold ? "<w:b/><w:bCs/>" : "",
    italic ? "<w:i/><w:iCs/>" : "",
    `<w:color w:val="${color}"/><w:sz w:val="${size * 2}"/><w:szCs w:val="${size * 2}"/>`,
  ].join("");
}

/** The id of a style from its visible name. */
export function styleId(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, "");
}

const heading = (size: number, before: number, after: number, rank: number): Look => ({
  size,
  bold: true,
  before,
  after,
  keepNext: true,
  rank,
});
const CHAPTER = heading(15, 18, 8, 0);
const CLAUSE = heading(12.5, 12, 4, 0);
const SECTION = heading(11, 10, 4, 1);
/** How wide the lines of upright pages and of pages across are, in twentieths of a point. */
type LineWidths = { upright: number; across: number };
const ROLE = { size: 8, bold: true } as const;

const PARAGRAPHS = ({ upright, across }: LineWidths): string[] => [
  style("Title", { size: 22, bold: true, after: 4, keepNext: true }),
  style("heading 1", { ...CLAUSE, list: [CLAUSES, 0] }, "Heading1"),
  style("heading 2", { ...SECTION, list: [CLAUSES, 1] }, "Heading2"),
  style("Schedule Annex", { ...CHAPTER, before: 0, pageBreak: true, list: [ANNEXES, 0] }),
  style("Schedule Chapter", CHAPTER),
  style("Schedule Heading", SECTION),
  style("Schedule Subheading", heading(10.5, 8, 3, 2)),
  style("Schedule Contents", { size: 11.5, bold: true, before: 12, after: 4, keepNext: true }),
  style("toc 1", { size: 10, after: 2, rightTab: upright }, "TOC1"),
  style("Schedule Subtitle", { size: 14, after: 10 }),
  style("Schedule Mark", { size: 12, bold: true, color: ALERT, after: 8 }),
  style("Schedule Text", { size: 10, before: 3, after: 4 }),
  style("Schedule Note", { size: 9, color: QUIET, before: 3, after: 4 }),
  style("Schedule Point", { size: 10, after: 3 }),
  style("Schedule Gap", { size: 5 }),
  style("Cell Head", { size: 8.5, bold: true, keepNext: true }),
  style("Cell Label", { size: 8.5, bold: true }),
  style("Cell Text", { size: 8.5 }),
  style("Cell Code", { size: 8, color: QUIET }),
  style("Cell Fingerprint", { size: 8, mono: true }),
  style("Cell Domain", { size: 9, bold: true, keepNext: true, before: 2, after: 1 }),
  style("Letter Asked", { size: 9, centred: true }),
  style("Letter Told", { size: 9, centred: true, color: QUIET }),
  ...Object.values(PARTY).flatMap(({ name, ink, tint }) => [
    style(`Party ${name}`, { size: 9.5, bold: true, centred: true, color: ink, keepNext: true }),
    style(`Party ${name} Small`, { size: 7.5, bold: true, centred: true, color: ink, keepNext: true }),
    style(`Role ${name}`, { ...ROLE, color: ink, keepNext: true }),
    style(`Role ${name} Small`, { ...ROLE, size: 6.5, color: ink, keepNext: true }),
    style(`Letter Answers ${name}`, { size: 9, bold: true, centred: true, color: "FFFFFF", fill: ink }),
    style(`Letter Does ${name}`, { size: 9, bold: true, centred: true, color: ink, fill: tint }),
  ]),
  style("Signature Party", { size: 11, bold: true, before: 10, after: 4, keepNext: true }),
  style("Signature Label", { size: 10, before: 6, after: 2, keepNext: true }),
  style("Signature Line", { size: 10, before: 6, after: 2, keepNext: true, ruled: true }),
  style("Signature Space", { size: 10, before: 30, after: 2, ruled: true }),
  style("Signature Typed", { size: 16, italic: true, before: 20, after: 2, ruled: true }),
  style("Page Head", { size: 8.5, color: QUIET, rightTab: upright }),
  style("Page Head Across", { size: 8.5, color: QUIET, rightTab: across }),
  style("Page Mark", { size: 11, bold: true, color: ALERT, centred: true }),
];

const sides = (names: readonly string[], look: string) => names.map((name) => `<w:${name} ${look}/>`).join("");
const SIDES = ["top", "left", "bottom", "right", "insideH", "insideV"];
const GRID = sides(SIDES, `w:val="single" w:sz="4" w:space="0" w:color="${LINE}"`);
const NO_GRID = sides(SIDES, 'w:val="nil"');
const margins = (height: number, side: number) =>
  `<w:tblCellMar><w:top w:w="${height}" w:type="dxa"/><w:left w:w="${side}" w:type="dxa"/><w:bottom w:w="${height}" w:type="dxa"/><w:right w:w="${side}" w:type="dxa"/></w:tblCellMar>`;
const HEADED =
  '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EEEEEA"/></w:tcPr></w:tblStylePr>';
const tableStyle = (id: string, name: string, borders: string, cells: string, head = "") =>
  `<w:style w:type="table" w:customStyle="1" w:styleId="${id}"><w:name w:val="${name}"/><w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders>${borders}</w:tblBorders>${cells}</w:tblPr>${head}</w:style>`;
const TABLES = [
  `<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>${margins(0, 108)}</w:tblPr></w:style>`,
  tableStyle(TABLE_STYLE, "Demarc Table", GRID, margins(30, 70), HEADED),
  tableStyle(MATRIX_STYLE, "Demarc Matrix", GRID, margins(20, 40), HEADED),
  tableStyle(FACT_STYLE, "Demarc Facts", GRID, margins(30, 70)),
  tableStyle(SIGNATURE_STYLE, "Demarc Signatures", NO_GRID, margins(40, 70)),
];

const DEFAULTS = `<w:docDefaults><w:rPrDefault><w:rPr>${fonts(FONT)}<w:color w:val="${INK}"/><w:sz w:val="21"/><w:szCs w:val="21"/><w:lang ${LANGUAGES}/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:widowControl/></w:pPr></w:pPrDefault></w:docDefaults>`;
const ROOTS =
  '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style><w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/></w:style>';

/** The XML of all styles of a document whose lines have these widths. */
export function stylesXml(widths: LineWidths): string {
  return `${XML_HEAD}<w:styles ${NAMESPACES}>${DEFAULTS}${ROOTS}${PARAGRAPHS(widths).join("")}${TABLES.join("")}</w:styles>`;
}

/** The XML of the table of typefaces, with a like one for where a typeface is missing. */
export const FONT_TABLE = `${XML_HEAD}<w:fonts ${NAMESPACES}>${[
  [FONT, "Carlito", "swiss"],
  [MONO, "Liberation Mono", "modern"],
  ["Microsoft YaHei", "Noto Sans CJK SC", "swiss"],
  ["Arial", "Liberation Sans", "swiss"],
]
  .map(
    ([name, other, family]) =>
      `<w:font w:name="${name}"><w:altName w:val="${other}"/><w:family w:val="${family}"/></w:font>`,
  )
  .join("")}</w:fonts>`;

/** The style of a chapter's title. */
export function chapterStyle(series: Series): string {
  return series === "clause" ? "Heading1" : series === "annex" ? "ScheduleAnnex" : "ScheduleChapter";
}

/** The style of a heading inside a chapter. Headings count within clauses. */
export function headingStyle(numbered: boolean): string {
  return numbered ? "Heading2" : "ScheduleHeading";
}

/** The style of a cell of letters: A stands in reverse, R on a tint, C plain, I quiet. */
export function letterStyleId(letters: readonly Letter[], kind: PartyKind): string {
  if (letters.includes("A")) return styleId(`Letter Answers ${PARTY[kind].name}`);
  if (letters.includes("R")) return styleId(`Letter Does ${PARTY[kind].name}`);
  return letters.includes("C") ? "LetterAsked" : "LetterTold";
}

export function partyStyleId(kind: PartyKind, small: boolean): string {
  return styleId(`Party ${PARTY[kind].name}${small ? " Small" : ""}`);
}

export function roleStyleId(kind: PartyKind, small: boolean): string {
  return styleId(`Role ${PARTY[kind].name}${small ? " Small" : ""}`);
}
