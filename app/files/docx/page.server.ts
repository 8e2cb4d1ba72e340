import type { Paper } from "~/domain/pack/report-parts";
import type { RunningWords } from "~/domain/pack/running-words";
import { readable } from "../package.server";
import { field, NAMESPACES, paragraphXml, runsOf, TAB, XML_HEAD } from "./markup.server";

/** Twentieths of a point, upright. */
const SIZES: Record<Paper, { width: number; height: number }> = {
  A4: { width: 11_906, height: 16_838 },
  Letter: { width: 12_240, height: 15_840 },
};
const SIDE = 1_020;
/** So many characters of a name, and of what stands at the foot beside the page's number. */
const LIMITS = { name: 70, foot: 130 };

/** How wide the text of a page is. */
export function textWidth(paper: Paper, landscape: boolean): number {
  const { width, height } = SIZES[paper];
  return (landscape ? height : width) - 2 * SIDE;
}

/** How high a page is. */
export function pageHeight(paper: Paper, landscape: boolean): number {
  const { width, height } = SIZES[paper];
  return landscape ? width : height;
}

/** The XML of a section's paper, head and foot. */
export function sectionXml(paper: Paper, landscape: boolean): string {
  const { width, height } = SIZES[paper];
  const page = landscape
    ? `<w:pgSz w:w="${height}" w:h="${width}" w:orient="landscape"/>`
    : `<w:pgSz w:w="${width}" w:h="${height}" w:orient="portrait"/>`;
  const turned = landscape ? "Landscape" : "";
  return `<w:sectPr><w:headerReference w:type="default" r:id="rIdHeader${turned}"/><w:footerReference w:type="default" r:id="rIdFooter${turned}"/><w:type w:val="nextPage"/>${page}<w:pgMar w:top="1080" w:right="${SIDE}" w:bottom="960" w:left="${SIDE}" w:header="500" w:footer="450" w:gutter="0"/></w:sectPr>`;
}

/** The XML of the head of upright or turned pages. */
export function headerXml({ names, edition, mark }: RunningWords, landscape: boolean): string {
  const line = runningLine(landscape, runsOf(shortened(names, LIMITS.name)), runsOf(shortened(edition, LIMITS.name)));
  const marked = mark ? paragraphXml({ kind: "paragraph", style: "PageMark", runs: runsOf(mark) }) : "";
  return `${XML_HEAD}<w:hdr ${NAMESPACES}>${line}${marked}</w:hdr>`;
}

/** The XML of the foot of upright or turned pages, with the number of the page, which a program counts. */
export function footerXml({ foot }: RunningWords, landscape: boolean): string {
  const number = `${runsOf("Page ")}${field("PAGE")}${runsOf(" of ")}${field("NUMPAGES")}`;
  return `${XML_HEAD}<w:ftr ${NAMESPACES}>${runningLine(landscape, runsOf(shortened(foot, LIMITS.foot)), number)}</w:ftr>`;
}

/** A line with words at both ends. */
function runningLine(landscape: boolean, left: string, right: string): string {
  return paragraphXml({
    kind: "paragraph",
    style: landscape ? "PageHeadAcross" : "PageHead",
    runs: `${left}${TAB}${right}`,
  });
}

function shortened(text: string, limit: number): string {
  const characters = [...readable(text).replace(/\s+/g, " ")];
  return characters.length > limit ? `${characters.slice(0, limit - 1).join("")}…` : characters.join("");
}
