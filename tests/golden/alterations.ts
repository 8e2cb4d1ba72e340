import { strFromU8, strToU8 } from "fflate";
import { contentsOf, marksIn, withContent } from "../support/pdfs";
import { withPart } from "../support/packages";

/** One value of a file made another, written down as data so that a set says by itself what was altered. */
export type Alteration = { name: string; file: string } & (
  | { kind: "part"; part: string; from: string; to: string }
  | { kind: "text"; from: string; to: string }
  | { kind: "drawn"; page: number; mark: number }
);

/** The file with that one value altered. Throws where it isn't there exactly as said. */
export function altered(bytes: Uint8Array, alteration: Alteration): Uint8Array {
  switch (alteration.kind) {
    case "part":
      return withPart(bytes, alteration.part, (xml) => replaced(xml, alteration));
    case "text":
      return strToU8(replaced(strFromU8(bytes), alteration));
    case "drawn":
      if (!contentsOf(bytes)[alteration.page]) throw new Error(`${alteration.name}: the file has no such page.`);
      return withContent(bytes, (content, page) =>
        page === alteration.page ? without(content, alteration.mark) : content,
      );
  }
}

function replaced(text: string, { from, to, name }: { from: string; to: string; name: string }): string {
  if (!text.includes(from)) throw new Error(`${name}: the file doesn't say “${from}”.`);
  return text.replace(from, () => to);
}

/** A page on which one text is drawn as nothing. */
function without(content: string, mark: number): string {
  const place = marksIn(content)[mark];
  if (!place) throw new Error(`The page draws fewer than ${mark + 1} texts.`);
  return `${content.slice(0, place.from)}[<> 0] TJ${content.slice(place.to)}`;
}

const DOCUMENT = "word/document.xml";
const STRINGS = "xl/sharedStrings.xml";
const part = (name: string, file: string, from: string, to: string): Alteration => ({
  name,
  file,
  kind: "part",
  part: file.endsWith(".docx") ? DOCUMENT : STRINGS,
  from: `>${from}<`,
  to: `>${to}<`,
});
const drawn = (name: string, file: string, page: number, mark: number): Alteration => ({
  name,
  file,
  kind: "drawn",
  page,
  mark,
});

/** What is altered in the files of a set as it is written. The set keeps it as data. */
export const ALTERATIONS: readonly Alteration[] = [
  ...["v1", "v2", "v3"].map((edition) => part(`a letter in a cell of ${edition}.xlsx`, `${edition}.xlsx`, "A/R", "R")),
  ...["v1", "v2", "v3", "draft"].flatMap((edition) => [
    part(`a duty in ${edition}.docx`, `${edition}.docx`, "Watch the network", "Watch no network"),
    drawn(`a text of the first page of ${edition}.pdf`, `${edition}.pdf`, 0, 6),
    {
      name: `done when in ${edition}.json`,
      file: `${edition}.json`,
      kind: "text",
      from: '"doneWhen": "The caller says so"',
      to: '"doneWhen": "The desk says so"',
    } as const,
  ]),
  part("a role's name in v2.xlsx", "v2.xlsx", "Night desk", "Day desk"),
  part("a day of the cover in v2.xlsx", "v2.xlsx", "1 Apr 2026", "2 Apr 2026"),
  part("who signed in v2.xlsx", "v2.xlsx", "Ruth Adler", "Ruth Other"),
  part("a limit in v2.docx", "v2.docx", "EUR 2,000", "EUR 20,000"),
  part(
    "a day of the standing in v2.docx",
    "v2.docx",
    "Parked until 1 Sep 2026 with Maya Lindqvist",
    "Parked until 1 Oct 2026 with Maya Lindqvist",
  ),
  part("an address in the certificate of v2.docx", "v2.docx", "192.0.2.7", "192.0.2.9"),
  part("the reason in v2.docx", "v2.docx", "The desk takes over at night", "The desk takes over"),
  part("an accepted warning in v2.xlsx", "v2.xlsx", "One lead by design", "One lead by chance"),
  part(
    "a sentence of the changes in v3.xlsx",
    "v3.xlsx",
    "Accountability now follows the work.",
    "Accountability follows no work.",
  ),
  part("a clause of the amendment in v3-amendment.docx", "v3-amendment.docx", "Answer every call", "Answer any call"),
  part("a clause of the amendment in v3-amendment.xlsx", "v3-amendment.xlsx", "EUR 3,000", "EUR 30,000"),
  drawn("a text of the matrix in v2.pdf", "v2.pdf", 1, 12),
  drawn("a text of the parties in v2.pdf", "v2.pdf", 2, 20),
  drawn("a text of the terms in v2.pdf", "v2.pdf", 3, 14),
  drawn("a text of the certificate in v2.pdf", "v2.pdf", 6, 8),
  drawn("a text of the last page of v2.pdf", "v2.pdf", 7, 9),
  drawn("a text of the amendment in v3-amendment.pdf", "v3-amendment.pdf", 1, 5),
  { name: "a letter in v2.json", file: "v2.json", kind: "text", from: '"A",\n          "R"', to: '"R"' },
];
