import {
  Footer,
  Header,
  PageNumber,
  PageOrientation,
  Paragraph,
  SectionType,
  Tab,
  TabStopType,
  TextRun,
  type ISectionOptions,
  type ISectionPropertiesOptions,
} from "docx";
import type { Paper } from "~/domain/pack/report-parts";
import { readable } from "../package.server";

/** Twentieths of a point, upright. */
const SIZES: Record<Paper, { width: number; height: number }> = {
  A4: { width: 11_906, height: 16_838 },
  Letter: { width: 12_240, height: 15_840 },
};
const SIDE = 1_020;
const TOP = 1_250;
const NAME_LIMIT = 70;

/** How wide the text of a page is. */
export function textWidth(paper: Paper, landscape: boolean): number {
  const { width, height } = SIZES[paper];
  return (landscape ? height : width) - 2 * SIDE;
}

/** The paper of a document, and what stands at the head and foot of each of its pages. */
export type Running = { paper: Paper; names: string; edition: string; mark: string; foot: string };

/** A section's paper, head and foot. */
export function section(
  { paper, names, edition, mark, foot: atFoot }: Running,
  landscape: boolean,
): Omit<ISectionOptions, "children"> {
  const size = SIZES[paper];
  const properties: ISectionPropertiesOptions = {
    type: SectionType.NEXT_PAGE,
    page: {
      size: { ...size, orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT },
      margin: { top: TOP, bottom: 1_100, left: SIDE, right: SIDE, header: 500, footer: 450 },
    },
  };
  const stops = [{ type: TabStopType.RIGHT, position: textWidth(paper, landscape) }];
  const head = [
    new Paragraph({
      style: "PageHead",
      tabStops: stops,
      children: [new TextRun(shortened(names)), new TextRun({ children: [new Tab(), shortened(edition)] })],
    }),
  ];
  if (mark) head.push(new Paragraph({ style: "PageMark", text: mark }));
  const foot = new Paragraph({
    style: "PageHead",
    tabStops: stops,
    children: [
      new TextRun(shortened(atFoot)),
      new TextRun({ children: [new Tab(), "Page ", PageNumber.CURRENT, " of ", PageNumber.TOTAL_PAGES] }),
    ],
  });
  return {
    properties,
    headers: { default: new Header({ children: head }) },
    footers: { default: new Footer({ children: [foot] }) },
  };
}

function shortened(text: string): string {
  const characters = [...readable(text).replace(/\s+/g, " ")];
  return characters.length > NAME_LIMIT ? `${characters.slice(0, NAME_LIMIT - 1).join("")}…` : characters.join("");
}
