import type { Matrix } from "../matrix/matrix";
import { PARTY_FIELDS } from "../parts/parties";
import type { Entry } from "../parts/field";
import { SETTINGS } from "../parts/frame";
import type { WriterNumber } from "../version/writer";
import type { PartChapter } from "./part-chapters";

/** The chapter about the parties, their roles, the domains and the settings, which the first two writers didn't have. */
export function frameChapters(matrix: Matrix, writer: WriterNumber): PartChapter[] {
  if (writer < 3) return [];
  const { parties, roles, domains, settings } = matrix;
  const entries = Object.entries(SETTINGS).map(([name, entry]) => {
    const value = new Map<string, unknown>(Object.entries(settings)).get(name);
    return { label: entry.label, value: entryText(entry, value) || "Nobody is named" };
  });
  const rolesOf = (id: string) =>
    roles
      .filter(({ partyId }) => partyId === id)
      .map(({ name, lead }) => (lead ? `${name} (lead)` : name))
      .join(", ");
  return [
    {
      title: "Parties and domains",
      blocks: [
        {
          kind: "table",
          label: "Parties and their roles",
          columns: [
            { title: "Party", share: 26 },
            { title: PARTY_FIELDS.kind.label, share: 14 },
            { title: PARTY_FIELDS.engagedBy.label, share: 20 },
            { title: "Roles", share: 40 },
          ],
          rows: parties.map(({ id, name, kind, engagedBy }) => [
            name,
            PARTY_FIELDS.kind.words(kind, matrix),
            PARTY_FIELDS.engagedBy.words(engagedBy, matrix),
            rolesOf(id),
          ]),
        },
        { kind: "heading", text: "Domains" },
        {
          kind: "table",
          label: "Domains and their codes",
          columns: [
            { title: "Code", share: 14 },
            { title: "Domain", share: 86 },
          ],
          rows: domains.map(({ code, name }) => [code, name]),
        },
        { kind: "heading", text: "Settings" },
        { kind: "facts", label: "Settings", facts: entries },
      ],
    },
  ];
}

function entryText({ words }: Entry, value: unknown): string {
  return words ? words(value) : typeof value === "string" ? value : "";
}
