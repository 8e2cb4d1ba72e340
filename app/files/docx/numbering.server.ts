import { NAMESPACES, XML_HEAD } from "./markup.server";

/** The lists that styles count in: clauses with their headings, and annexes. */
export const CLAUSES = 1;
export const ANNEXES = 2;
const ABSTRACT = { clauses: 0, annexes: 1, points: 2 } as const;
type Counted = { id: number; of: keyof typeof ABSTRACT; start: number | null };

/** The lists of a document. Each list of points counts anew, and an annex may have a number of its own. */
export type Lists = {
  /** A new list of points. */
  points(): number;
  /** A list of annexes that goes on from a number. */
  annexesFrom(number: number): number;
  /** The XML of the part that says how lists are numbered. */
  xml(): string;
};

/** The lists of a new document. */
export function newLists(): Lists {
  const lists: Counted[] = [
    { id: CLAUSES, of: "clauses", start: null },
    { id: ANNEXES, of: "annexes", start: null },
  ];
  const add = (of: Counted["of"], start: number) => {
    const id = lists.length + 1;
    lists.push({ id, of, start });
    return id;
  };
  return {
    points: () => add("points", 1),
    annexesFrom: (number) => add("annexes", number),
    xml: () => `${XML_HEAD}<w:numbering ${NAMESPACES}>${ABSTRACTS}${lists.map(numXml).join("")}</w:numbering>`,
  };
}

function numXml({ id, of, start }: Counted): string {
  const from = start === null ? "" : `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="${start}"/></w:lvlOverride>`;
  return `<w:num w:numId="${id}"><w:abstractNumId w:val="${ABSTRACT[of]}"/>${from}</w:num>`;
}

const level = (at: number, label: string, indent: number, style = "") =>
  `<w:lvl w:ilvl="${at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/>${style === "" ? "" : `<w:pStyle w:val="${style}"/>`}<w:suff w:val="${indent > 0 ? "tab" : "space"}"/><w:lvlText w:val="${label}"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="${indent}" w:hanging="${indent}"/></w:pPr></w:lvl>`;
const abstract = (id: number, kind: "multilevel" | "singleLevel", levels: string) =>
  `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="${kind}"/>${levels}</w:abstractNum>`;

const ABSTRACTS =
  abstract(ABSTRACT.clauses, "multilevel", level(0, "%1.", 480, "Heading1") + level(1, "%1.%2", 640, "Heading2")) +
  abstract(ABSTRACT.annexes, "multilevel", level(0, "Annex %1.", 0, "ScheduleAnnex")) +
  abstract(ABSTRACT.points, "singleLevel", level(0, "%1.", 420));
