import type { RunningWords } from "~/domain/pack/running-words";
import { textPart, xmlText, type Parts } from "../package.server";
import { NAMESPACES, paragraphXml, XML_HEAD, type Piece } from "./markup.server";
import type { Lists } from "./numbering.server";
import { footerXml, headerXml, sectionXml, textWidth } from "./page.server";
import type { Pictures } from "./signatures.server";
import { FONT_TABLE, LANGUAGES, stylesXml } from "./styles.server";

/** The pieces of one section of a document, whose pages lie across or stand upright. */
export type Section = { landscape: boolean; pieces: readonly Piece[] };

/** What a document says about itself; `at` is the moment of its writing in ISO 8601. */
export type Properties = {
  title: string;
  subject: string;
  creator: string;
  description: string;
  keywords: string;
  company: string;
  at: string;
};

/** All of a document. */
type WholeDocument = {
  sections: readonly Section[];
  running: RunningWords;
  properties: Properties;
  lists: Lists;
  pictures: Pictures;
};

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/** The parts of a document's package. The same document gives the same bytes. */
export function documentParts({ sections, running, properties, lists, pictures }: WholeDocument): Parts {
  const pages = sections.some(({ landscape }) => landscape) ? [false, true] : [false];
  const named = (kind: string, landscape: boolean) => `${kind}${landscape ? 2 : 1}.xml`;
  const parts: Parts = {};
  const relations: [id: string, type: string, target: string][] = [];
  const types: [part: string, type: string][] = [];
  const add = (id: string, type: string, target: string, xml: string) => {
    parts[`word/${target}`] = textPart(xml);
    relations.push([id, type, target]);
    types.push([`/word/${target}`, `${WORD}.${type}+xml`]);
  };
  parts["word/document.xml"] = textPart(documentXml(sections, running));
  const widths = { upright: textWidth(running.paper, false), across: textWidth(running.paper, true) };
  add("rIdStyles", "styles", "styles.xml", stylesXml(widths));
  add("rIdNumbering", "numbering", "numbering.xml", lists.xml());
  add("rIdSettings", "settings", "settings.xml", SETTINGS);
  add("rIdFonts", "fontTable", "fontTable.xml", FONT_TABLE);
  for (const landscape of pages) {
    const id = landscape ? "Landscape" : "";
    add(`rIdHeader${id}`, "header", named("header", landscape), headerXml(running, landscape));
    add(`rIdFooter${id}`, "footer", named("footer", landscape), footerXml(running, landscape));
  }
  pictures.forEach(({ png, id }, i) => {
    parts[`word/media/signature${i + 1}.png`] = png;
    relations.push([id, "image", `media/signature${i + 1}.png`]);
  });
  parts["word/_rels/document.xml.rels"] = relationsPart(
    relations.map(([id, type, target]) => [id, `${OFFICE}/${type}`, target]),
  );
  parts["docProps/core.xml"] = textPart(coreXml(properties));
  parts["docProps/app.xml"] = textPart(appXml(properties));
  parts["_rels/.rels"] = relationsPart([
    ["rId1", `${OFFICE}/officeDocument`, "word/document.xml"],
    ["rId2", `${PACKAGE}/relationships/metadata/core-properties`, "docProps/core.xml"],
    ["rId3", `${OFFICE}/extended-properties`, "docProps/app.xml"],
  ]);
  parts["[Content_Types].xml"] = textPart(contentTypesXml(types));
  return parts;
}

function documentXml(sections: readonly Section[], { paper }: RunningWords): string {
  const body = sections.map(({ landscape, pieces }, i) => {
    const end = sectionXml(paper, landscape);
    return i === sections.length - 1 ? `${piecesXml(pieces, "")}${end}` : piecesXml(pieces, end);
  });
  return `${XML_HEAD}<w:document ${NAMESPACES}><w:body>${body.join("")}</w:body></w:document>`;
}

/** The XML of pieces, with the end of a section in the last paragraph. A body must not end with a table. */
function piecesXml(pieces: readonly Piece[], end: string): string {
  const whole: readonly Piece[] =
    pieces.at(-1)?.kind === "paragraph" ? pieces : [...pieces, { kind: "paragraph", style: "ScheduleGap", runs: "" }];
  return whole
    .map((piece, i) => (piece.kind === "table" ? piece.xml : paragraphXml(piece, i === whole.length - 1 ? end : "")))
    .join("");
}

const SETTINGS = `${XML_HEAD}<w:settings ${NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/><w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang ${LANGUAGES}/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>`;

function coreXml({ title, subject, creator, description, keywords, at }: Properties): string {
  const texts = [
    ["dc:title", title],
    ["dc:subject", subject],
    ["dc:creator", creator],
    ["cp:keywords", keywords],
    ["dc:description", description],
    ["cp:lastModifiedBy", "Demarc"],
  ].map(([name, text = ""]) => (text === "" ? "" : `<${name}>${xmlText(text)}</${name}>`));
  const moment = (name: string) => `<dcterms:${name} xsi:type="dcterms:W3CDTF">${at.slice(0, 19)}Z</dcterms:${name}>`;
  return `${XML_HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">${texts.join("")}${moment("created")}${moment("modified")}<dc:language>en-GB</dc:language></cp:coreProperties>`;
}

function appXml({ company }: Properties): string {
  const words = company === "" ? "" : `<Company>${xmlText(company)}</Company>`;
  return `${XML_HEAD}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>Demarc</Application>${words}</Properties>`;
}

function relationsPart(relations: readonly (readonly [id: string, type: string, target: string])[]): Uint8Array {
  const lines = relations.map(([id, type, target]) => `<Relationship Id="${id}" Type="${type}" Target="${target}"/>`);
  return textPart(`${XML_HEAD}<Relationships xmlns="${PACKAGE}/relationships">${lines.join("")}</Relationships>`);
}

function contentTypesXml(types: readonly (readonly [part: string, type: string])[]): string {
  const whole = [
    ["/word/document.xml", `${WORD}.document.main+xml`],
    ...types,
    ["/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"],
    ["/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"],
  ].map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`);
  return `${XML_HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>${whole.join("")}</Types>`;
}
