import { XMLParser } from "fast-xml-parser";
import { strFromU8, unzipSync } from "fflate";
import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { applyCommands } from "~/domain/editing/apply-command";
import type { MatrixCommand } from "~/domain/editing/commands";
import type { Matrix } from "~/domain/matrix/matrix";
import { buildReport, reportCell, type ReportEdition } from "~/domain/pack/report";
import { WHOLE_PACK } from "~/domain/pack/report-parts";
import { canonicalText } from "~/domain/version/snapshot";
import { fingerprintOf } from "~/files/fingerprint.server";
import { writeXlsx } from "~/files/xlsx.server";
import { matrixFromLibrary } from "~/library/start-matrix";

const HOSTILE = [
  '=HYPERLINK("http://example.com","x")',
  "+1+1",
  "@SUM(A1)",
  "<script>alert(1)</script> & co",
  "שלום עולם",
  "👩‍💻 patches",
  "_x0041_ stays as written",
  "-2+3",
];

function hostileMatrix(): Matrix {
  const matrix = matrixFromLibrary({
    client: "Northwind & Sons <Ltd>",
    provider: "3 Harbours IT",
    agreementReference: "=1+1",
    preset: "shared",
  });
  const ids = matrix.duties.map(({ id }) => id);
  const withTerms: MatrixCommand[] = [
    {
      type: "duty.edit",
      dutyId: ids[9] ?? "",
      set: {
        tools: "=Patch manager, ours",
        decisions: { decides: "IT director", limit: "EUR 2,000" },
        standing: { kind: "not-applicable", reason: "No plant here" },
      },
    },
    {
      type: "finding.accept",
      key: "answers-for-much.it-lead",
      acceptance: { reason: "+One lead by design", by: "Maya", on: "2026-03-02", about: "0".repeat(32) },
    },
  ];
  return applyCommands(matrix, [
    ...withTerms,
    ...HOSTILE.map((text, i) => ({
      type: "duty.edit" as const,
      dutyId: ids[i] ?? "",
      set: { text, boundary: `${text} in the note` },
    })),
  ]).matrix;
}

const matrix = hostileMatrix();
const text = canonicalText({ matrix, number: 2, previous: "a".repeat(64) });
const edition: ReportEdition = {
  kind: "version",
  number: 2,
  status: "proposed",
  reason: "=CMD()",
  authorName: "Maya Lindqvist",
  publishedAt: "2026-03-03T09:00:00.000Z",
  fingerprint: fingerprintOf(text),
  previousFingerprint: "a".repeat(64),
  canonicalText: text,
};

/** A reader that shares nothing with the writer: it unzips, parses the XML and resolves the strings. */
type Cell = { "@r": string; "@t"?: string; "@s"?: string; v?: string; f?: unknown };
type Sheet = { name: string; state: string | undefined; xml: string; cells: Map<string, string>; kinds: Cell[] };
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  trimValues: false,
  isArray: (name) =>
    ["si", "r", "row", "c", "sheet", "Relationship", "Override", "Default", "definedName"].includes(name),
});

function read(bytes: Uint8Array) {
  const parts = unzipSync(bytes);
  const xml = (name: string) => strFromU8(parts[name] ?? new Uint8Array());
  const parse = (name: string) => parser.parse(xml(name));
  const unescaped = (value: string) =>
    value.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  const textOf = (t: unknown): string =>
    typeof t === "object" && t !== null ? String((t as { "#text"?: string })["#text"] ?? "") : String(t ?? "");
  const strings: string[] = (parse("xl/sharedStrings.xml").sst.si ?? []).map((si: { t: unknown }) =>
    unescaped(textOf(si.t)),
  );
  const targets = new Map<string, string>(
    parse("xl/_rels/workbook.xml.rels").Relationships.Relationship.map((relation: Record<string, string>) => [
      relation["@Id"],
      relation["@Target"],
    ]),
  );
  const workbook = parse("xl/workbook.xml").workbook;
  const sheets: Sheet[] = workbook.sheets.sheet.map((sheet: Record<string, string>) => {
    const place = `xl/${targets.get(sheet["@r:id"] ?? "")}`;
    const rows: { c?: Cell[] }[] = parse(place).worksheet.sheetData.row ?? [];
    const kinds = rows.flatMap(({ c = [] }) => c);
    const cells = new Map(
      kinds.flatMap((cell) =>
        cell.v === undefined
          ? []
          : [[cell["@r"], cell["@t"] === "s" ? (strings[Number(cell.v)] ?? "") : String(cell.v)] as const],
      ),
    );
    return { name: sheet["@name"] ?? "", state: sheet["@state"], xml: xml(place), cells, kinds };
  });
  return { parts, xml, parse, sheets, workbook };
}

let book: ReturnType<typeof read>;
const sheet = (name: string) => {
  const found = book.sheets.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`There is no sheet ${name}.`);
  return found;
};

beforeAll(async () => {
  book = read(
    await writeXlsx(
      buildReport({
        matrix,
        edition,
        changes: ["=1+1 was added."],
        blockers: ["GOV-01 has a point."],
        choice: { ...WHOLE_PACK, parts: [...WHOLE_PACK.parts, "accepted-warnings"] },
      }),
    ),
  );
});

it("what else is agreed and which warnings were accepted stand on sheets of their own, as text", () => {
  const values = (name: string) => [...sheet(name).cells.values()];
  const duties = values("Duties");
  for (const said of ["=Patch manager, ours", "IT director", "EUR 2,000"])
    expect(
      duties.some((text) => text.includes(said)),
      said,
    ).toBe(true);
  expect(duties).toContain("Doesn't apply: No plant here");
  expect(values("Accepted warnings")).toEqual(
    expect.arrayContaining(["One role answers for much", "IT lead", "+One lead by design", "Maya, 2 Mar 2026"]),
  );
});

describe("the workbook of a version, read by an independent reader", () => {
  it("holds every duty, letter and note of the version", () => {
    const { cells } = sheet("Responsibility matrix");
    const columns = matrix.roles.map((_, i) => String.fromCharCode("D".charCodeAt(0) + i));
    expect(columns.map((column) => cells.get(`${column}2`))).toEqual(
      matrix.parties.flatMap((party) =>
        matrix.roles.filter(({ partyId }) => partyId === party.id).map(({ name }) => name),
      ),
    );
    const roleIds = matrix.parties.flatMap((party) =>
      matrix.roles.filter(({ partyId }) => partyId === party.id).map(({ id }) => id),
    );
    const rowOf = new Map(
      [...cells].filter(([place]) => /^A\d+$/.test(place)).map(([place, id]) => [id, place.slice(1)]),
    );
    for (const duty of matrix.duties) {
      const row = rowOf.get(duty.id);
      expect(row, duty.code).toBeDefined();
      expect([cells.get(`B${row}`), cells.get(`C${row}`)]).toEqual([duty.code, duty.text]);
      roleIds.forEach((roleId, i) =>
        expect(cells.get(`${columns[i]}${row}`) ?? "", `${duty.code} ${roleId}`).toBe(
          reportCell(duty.letters[roleId] ?? [], { struck: duty.standing !== null }),
        ),
      );
    }
    const listed = [...sheet("Duties").cells.values()];
    for (const { boundary } of matrix.duties) if (boundary !== "") expect(listed).toContain(boundary);
  });
  it("carries the canonical text, whose fingerprint recomputed here is the one shown", () => {
    const carried = sheet("demarc");
    expect(carried.state).toBe("veryHidden");
    const column = (row: number) => carried.cells.get(`A${row}`) ?? "";
    const parts = Array.from({ length: Number(column(4)) }, (_, i) => column(5 + i));
    const recomputed = createHash("sha256").update(parts.join(""), "utf8").digest("hex");
    expect(recomputed).toBe(edition.fingerprint);
    expect(column(2)).toBe(recomputed);
    expect([...sheet("Cover").cells.values()]).toContain(recomputed);
    expect(JSON.parse(parts.join("")).duties).toHaveLength(matrix.duties.length);
  });
  it("has no formula anywhere, and every cell with words is a string", () => {
    for (const { xml, kinds } of book.sheets) {
      expect(xml).not.toMatch(/<f[ >/]/);
      for (const cell of kinds) if (cell.v !== undefined) expect(cell["@t"]).toBe("s");
    }
  });
  it("names both organisations, the terms and a signature block each on its cover", () => {
    const words = [...sheet("Cover").cells.values()];
    for (const word of [
      "Northwind & Sons <Ltd> and 3 Harbours IT",
      "=1+1",
      "2, proposed",
      "=CMD()",
      "For Northwind & Sons <Ltd>",
      "For 3 Harbours IT",
    ])
      expect(words).toContain(word);
    expect(words.filter((word) => word === "Signature")).toHaveLength(2);
  });
  it("is locked but for the signature cells", () => {
    for (const { name, xml } of book.sheets)
      if (name !== "demarc") expect(xml, name).toMatch(/<sheetProtection [^>]*sheet="1"/);
    const styles = book.xml("xl/styles.xml");
    const formats = [...styles.slice(styles.indexOf("<cellXfs")).matchAll(/<xf [^>]*?(?:\/>|>.*?<\/xf>)/g)].map(
      ([format]) => format,
    );
    const open = sheet("Cover").kinds.filter((cell) =>
      /locked="0"|locked="false"/.test(formats[Number(cell["@s"] ?? 0)] ?? ""),
    );
    expect(open.length).toBeGreaterThanOrEqual(10);
  });
});

describe("the package", () => {
  const ORDER =
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetProtection autoFilter mergeCells conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks drawing legacyDrawing tableParts".split(
      " ",
    );
  it("keeps each sheet's elements in the order the schema sets", () => {
    for (const { name, xml } of book.sheets) {
      const elements = Object.keys(parser.parse(xml).worksheet).filter((key) => !key.startsWith("@"));
      const places = elements.map((key) => ORDER.indexOf(key));
      expect(
        places.every((place, i) => place >= 0 && (i === 0 || place > (places[i - 1] ?? -1))),
        `${name}: ${elements.join(" ")}`,
      ).toBe(true);
    }
  });
  it("keeps names, headers and texts within the format's limits", () => {
    for (const { name, xml, cells } of book.sheets) {
      expect(name.length).toBeLessThanOrEqual(31);
      expect(name).not.toMatch(/[\\/?*[\]:]/);
      for (const [, header = ""] of xml.matchAll(/<odd(?:Header|Footer)>(.*?)<\/odd/g))
        expect(header.replaceAll("&amp;", "&").length).toBeLessThanOrEqual(255);
      for (const cell of cells.values()) expect(cell.length).toBeLessThanOrEqual(32_767);
    }
  });
  it("repeats the header rows, freezes them and lets the matrix be filtered", () => {
    const names = book.workbook.definedNames.definedName
      .map((name: { "@name": string; "#text": string }) => `${name["@name"]}=${name["#text"]}`)
      .join(" ");
    expect(names).toMatch(/_xlnm.Print_Titles='Responsibility matrix'!\$1:\$2/);
    expect(sheet("Responsibility matrix").xml).toMatch(/<pane [^>]*xSplit="3"[^>]*ySplit="2"[^>]*state="frozen"/);
    expect(sheet("Responsibility matrix").xml).toMatch(/<autoFilter ref="B2:/);
    expect(sheet("Responsibility matrix").xml).toMatch(/orientation="landscape"[^>]*/);
  });
  it("lists every part and points only at parts that are there", () => {
    const types = book.parse("[Content_Types].xml").Types;
    const defaults = new Set(types.Default.map((entry: Record<string, string>) => entry["@Extension"]));
    const overrides = new Set(types.Override.map((entry: Record<string, string>) => entry["@PartName"]));
    for (const name of Object.keys(book.parts)) {
      if (name === "[Content_Types].xml" || name.endsWith("/")) continue;
      expect(overrides.has(`/${name}`) || defaults.has(name.split(".").pop() ?? ""), name).toBe(true);
    }
    for (const entry of overrides) expect(Object.keys(book.parts)).toContain(String(entry).slice(1));
    for (const [, target] of [...book.xml("xl/_rels/workbook.xml.rels").matchAll(/Target="([^"]+)"/g)])
      expect(Object.keys(book.parts)).toContain(`xl/${target}`);
  });
  it("says DRAFT on every page of a draft and nowhere on a version", async () => {
    const { kind: _kind, number: _n, status: _s, reason: _r, authorName: _a, publishedAt, ...rest } = edition;
    const draft = read(
      await writeXlsx(
        buildReport({
          matrix,
          edition: { kind: "draft", differsFrom: null, exportedAt: publishedAt, ...rest },
          changes: [],
          blockers: [],
        }),
      ),
    );
    for (const { name, xml } of draft.sheets) if (name !== "demarc") expect(xml, name).toMatch(/<oddHeader>[^<]*DRAFT/);
    for (const { xml } of book.sheets) expect(xml).not.toContain("DRAFT");
  });
});
