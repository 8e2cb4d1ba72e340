import type { ContactRow } from "~/domain/people/contacts";
import { PART_WORDS, EARLIER_PARTS, type ReportPart } from "~/domain/pack/report-parts";
import type { ShownFacts } from "~/domain/verify/facts";
import { cellAt, type ShownPart, type ShownRow } from "~/domain/verify/part";

/** The titles of the columns of contacts, in a workbook. */
const TITLES: Record<Exclude<keyof ContactRow, "id">, string> = {
  party: "Party",
  name: "Name",
  title: "Title",
  roles: "Roles",
  email: "E-mail",
  phones: "Phones",
  hours: "Hours",
};

/** The contacts that a file shows, which stand in no text of a version. */
export function contactsIn(parts: readonly ShownPart[]): ContactRow[] {
  const rows = parts.filter(({ name }) => name === PART_WORDS.contacts).flatMap(({ rows: inside }) => inside);
  const head = rows.findIndex(({ cells }) => cells.includes(TITLES.party) && cells.includes(TITLES.name));
  if (head >= 0) {
    const places = rows[head]?.cells ?? [];
    const cell = (row: ShownRow, title: string) => cellAt(row, places.indexOf(title));
    return rows.slice(head + 1).map((row) => ({
      party: cell(row, TITLES.party),
      name: cell(row, TITLES.name),
      title: cell(row, TITLES.title),
      roles: cell(row, TITLES.roles),
      email: cell(row, TITLES.email),
      phones: cell(row, TITLES.phones),
      hours: cell(row, TITLES.hours),
    }));
  }
  return rows.flatMap((row): ContactRow[] => {
    const [name = "", party = "", email = "", phones = "", hours = ""] = [0, 1, 2, 3, 4].map((column) =>
      cellAt(row, column),
    );
    const isHead = name === "Name" && party === "Party and roles";
    return row.cells.length < 2 || isHead ? [] : [{ name, title: "", party, roles: "", email, phones, hours }];
  });
}

/** The parts of a file. A file of the first writer doesn't name contacts among them. */
export function partsWithContacts(
  { parts, writer }: Pick<ShownFacts, "parts" | "writer">,
  contacts: readonly ContactRow[],
): readonly ReportPart[] {
  return writer === 1 && contacts.length > 0
    ? EARLIER_PARTS.filter((part) => part === "contacts" || parts.includes(part))
    : parts;
}

export const CONTACTS_NOTE = "Contacts are no part of what is signed, and were not compared.";
