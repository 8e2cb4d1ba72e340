import {
  DOCUMENT_BODY,
  DOCUMENT_EVERYWHERE,
  DOCUMENT_NOTES,
  DOCUMENT_NUMBERS,
  DOCUMENT_SETTINGS,
  DOCUMENT_STYLES,
} from "./document-list";
import { PACKAGE_PARTS, PROPERTIES, RELATIONS, THEME } from "./package-list";
import { PDF_ENTRIES } from "./pdf-list";
import type { HarmlessLine } from "./rules";
import {
  CELL_STYLES,
  SHEET,
  SHEET_DRAWING,
  SIGNATURE_LINES,
  STRINGS,
  WORKBOOK,
  WORKBOOK_EVERYWHERE,
} from "./workbook-list";

type HarmlessList = { title: string; lines: readonly HarmlessLine[] };

/** Every list by which a file is examined, in the order in which the documentation shows them. */
export const HARMLESS_LISTS: readonly HarmlessList[] = [
  { title: "Relations between the parts of a workbook or document", lines: RELATIONS },
  { title: "Lists of parts", lines: PACKAGE_PARTS },
  { title: "Properties of a workbook or document", lines: PROPERTIES },
  { title: "Theme", lines: THEME },
  {
    title: "Body, headers and footers of a document",
    lines: [{ what: "On any element of a document", names: DOCUMENT_EVERYWHERE }, ...DOCUMENT_BODY],
  },
  { title: "Styles of a document", lines: DOCUMENT_STYLES },
  { title: "Numbers of a document", lines: DOCUMENT_NUMBERS },
  { title: "Settings of a document", lines: DOCUMENT_SETTINGS },
  { title: "Notes of a document", lines: DOCUMENT_NOTES },
  {
    title: "List of sheets of a workbook",
    lines: [{ what: "On any element of a workbook", names: WORKBOOK_EVERYWHERE }, ...WORKBOOK],
  },
  { title: "Sheets", lines: SHEET },
  { title: "Texts of a workbook", lines: STRINGS },
  { title: "Styles of a workbook", lines: CELL_STYLES },
  { title: "Drawings of a workbook", lines: SHEET_DRAWING },
  { title: "Signature lines of a workbook", lines: SIGNATURE_LINES },
  { title: "Entries of a PDF that may differ", lines: Object.values(PDF_ENTRIES) },
];

const [BEGIN, END] = ["<!-- The lines from here on are written by npm run docs:files. -->", "<!-- To here. -->"];

/** The documentation of the check with the lists in it as they are. */
export function withHarmlessLists(documentation: string): string {
  const [from, to] = [documentation.indexOf(BEGIN), documentation.indexOf(END)];
  if (from < 0 || to < from) throw new Error("The documentation has no place for the lists of harmless things.");
  const sections = HARMLESS_LISTS.map(
    ({ title, lines }) =>
      `### ${title}\n\n${lines.map(({ what, names }) => `- ${what}: ${names.map((name) => `\`${name}\``).join(", ")}`).join("\n")}\n`,
  );
  return `${documentation.slice(0, from)}${BEGIN}\n\n${sections.join("\n")}\n${documentation.slice(to)}`;
}
