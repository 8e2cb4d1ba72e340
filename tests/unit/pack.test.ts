import { XMLParser } from "fast-xml-parser";
import { strFromU8, unzipSync } from "fflate";
import { createHash } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { TextBlock } from "~/domain/blocks";
import { reportCell, rowText } from "~/domain/pack/report";
import { REPORT_PARTS } from "~/domain/pack/report-parts";
import { writeDocx } from "~/files/docx.server";
import { ExportStopped, runExport } from "~/files/thread/export-thread.server";
import { readMatrixFile } from "~/files/json.server";
import { writeMarkdown } from "~/files/markdown.server";
import { doExport, filesOfPack, headOf, writeFormat, type PackFile, type PackInput } from "~/files/pack.server";
import { writePdf } from "~/files/pdf.server";
import { readPdf } from "~/files/read/pdf.server";
import { readOffice } from "~/files/read/office.server";
import { openArchive } from "~/files/read/zip.server";
import { writeXlsx } from "~/files/xlsx.server";
import { after, amendedReport, draftReport, edition, proposedReport, signedReport } from "../support/packs";

const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest("hex");
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  trimValues: false,
  parseTagValue: false,
});
type Node = Record<string, unknown>;

/** A reader of WordprocessingML that shares nothing with the writer: nodes by name, and the text under one. */
const children = (node: Node): Node[] =>
  Object.values(node).flatMap((value) => (Array.isArray(value) ? (value as Node[]) : []));
const all = (nodes: Node[], name: string): Node[] =>
  nodes.flatMap((node) => [...(name in node ? [node] : []), ...all(children(node), name)]);
const textOf = (node: Node): string =>
  "#text" in node ? String(node["#text"]) : "w:br" in node ? "\n" : children(node).map(textOf).join("");
const tablesOf = (xml: string) =>
  all(parser.parse(xml) as Node[], "w:tbl").map((table) => ({
    table,
    rows: all([table], "w:tr").map((row) => ({ row, cells: all([row], "w:tc").map(textOf) })),
  }));

describe("the document of a signed version, read by an independent reader", () => {
  let parts: Record<string, Uint8Array>;
  let xml: string;
  beforeAll(async () => {
    parts = unzipSync(await writeDocx(signedReport()));
    xml = strFromU8(parts["word/document.xml"] ?? new Uint8Array());
  });
  it("has every duty and letter in one table whose heads are repeated, on paper that lies across", () => {
    const report = signedReport();
    const matrix = tablesOf(xml).find(({ rows }) => rows.length > after.duties.length);
    expect(matrix?.rows.filter(({ row }) => all([row], "w:tblHeader").length > 0)).toHaveLength(2);
    expect(matrix?.rows[1]?.cells.slice(2)).toEqual(report.columns.map(({ role }) => role.name));
    const written = matrix?.rows
      .slice(2)
      .filter(({ cells }) => cells.length > 1)
      .map(({ cells }) => cells);
    expect(written).toEqual(
      report.sections.flatMap(({ rows }) =>
        rows.map((row) => [
          row.code,
          rowText(row).replaceAll("\n", ""),
          ...row.cells.map((letters) => reportCell(letters, row)),
        ]),
      ),
    );
    expect(xml).toContain('w:orient="landscape"');
  });
  it("has every boundary note, decision, definition and change, and both signatures", () => {
    const report = signedReport();
    const words = tablesOf(xml).flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));
    const told = words.join("\n");
    for (const { boundary } of report.boundaries) expect(told).toContain(boundary);
    for (const { facts } of report.terms) for (const { value } of facts) expect(told).toContain(value);
    for (const { value } of [...report.definitions, ...report.facts]) expect(words).toContain(value);
    const paragraphs = all(parser.parse(xml) as Node[], "w:p").map(textOf);
    for (const change of report.changes)
      expect(paragraphs.map((line) => line.replaceAll("\n", " "))).toContain(change.replaceAll("\n", " "));
    for (const said of ["Maya Lindqvist", "Tom Okafor", "5 Mar 2026, 10:11:12 UTC", "maya@example.com"])
      expect(words).toContain(said);
    expect(Object.keys(parts).some((name) => name.startsWith("word/media/"))).toBe(true);
  });
  it("carries the canonical text exactly where it is documented, whose fingerprint recomputed here is the one shown", () => {
    const item = strFromU8(parts["customXml/item1.xml"] ?? new Uint8Array());
    const found =
      /<carried xmlns="urn:demarc:carried-text:1" kind="version" number="2" fingerprint="([0-9a-f]{64})" previous="([0-9a-f]{64})" beside="[^"]*">([^<]*)<\/carried>/.exec(
        item,
      );
    const carried = Buffer.from(found?.[3] ?? "", "base64");
    expect(carried.toString("utf8")).toBe(edition.canonicalText);
    expect([found?.[1], found?.[2]]).toEqual([sha256(carried), edition.previousFingerprint]);
    for (const named of ["[Content_Types].xml", "word/_rels/document.xml.rels"])
      expect(strFromU8(parts[named] ?? new Uint8Array())).toContain("customXml");
  });
  it("formats by named styles alone, each of which is there", () => {
    const styles = new Set(
      [...strFromU8(parts["word/styles.xml"] ?? new Uint8Array()).matchAll(/w:styleId="([^"]+)"/g)].map(([, id]) => id),
    );
    for (const [, used] of xml.matchAll(/<w:(?:pStyle|tblStyle) w:val="([^"]+)"/g)) expect(styles).toContain(used);
    expect(xml).not.toMatch(/<w:color |<w:shd /);
  });
  it("says on every page that it is a draft or an extract, and nothing of the kind on a whole version", async () => {
    const headers = async (bytes: Promise<Uint8Array>) =>
      Object.entries(unzipSync(await bytes)).flatMap(([name, part]) =>
        /word\/header\d+\.xml/.test(name) ? [strFromU8(part)] : [],
      );
    const marked = await headers(writeDocx(draftReport({ parts: ["matrix", "definitions"], paper: "Letter" })));
    expect(marked.length).toBeGreaterThan(1);
    for (const header of marked) expect(header).toContain("DRAFT · EXTRACT");
    for (const header of await headers(writeDocx(signedReport()))) expect(header).not.toMatch(/DRAFT|EXTRACT/);
  });
});

describe("an amendment", () => {
  it("lists the changed duties alone, before and after, and what it amends", async () => {
    const xml = strFromU8(unzipSync(await writeDocx(amendedReport()))["word/document.xml"] ?? new Uint8Array());
    const changed = tablesOf(xml).filter(({ rows }) => rows[0]?.cells.join() === "What,As it was,As amended");
    expect(changed).toHaveLength(3);
    expect(changed[0]?.rows.map(({ cells }) => cells)).toContainEqual(["Up to", "–", "EUR 2,000"]);
    expect(xml).toContain("Amendment 1 to Responsibility matrix");
    expect(xml).toContain("version 1");
    expect(tablesOf(xml).every(({ rows }) => rows.length < 20)).toBe(true);
  });
});

describe("a chapter of every kind of block", () => {
  const blocks: TextBlock[] = [
    { kind: "paragraph", text: "What is beside the grid", look: "plain" },
    { kind: "list", items: ["The first point", "The second point"] },
    { kind: "heading", text: "One of its parts" },
    { kind: "facts", label: "Facts", facts: [{ label: "Opens", value: "At eight" }] },
    {
      kind: "table",
      label: "Halls",
      columns: ["Hall", "What", "Agreed", "Beside", "Until", "By", "Seventh"].map((title) => ({ title, share: 1 })),
      rows: [["Harbour", "Keeper", "IT lead", "x4", "x5", "x6", "x7"]],
    },
  ];
  const words = blocks.flatMap((block) => {
    switch (block.kind) {
      case "heading":
      case "paragraph":
        return [block.text];
      case "list":
        return block.items;
      case "facts":
        return block.facts.flatMap(({ label, value }) => [label, value]);
      case "table":
        return [...block.columns.map(({ title }) => title), ...block.rows.flat()];
    }
  });
  const report = { ...signedReport(), chapters: [{ title: "Halls: which/what?", blocks }] };
  const ofSheet = async (bytes: Uint8Array) => {
    const { parts, covered } = await readOffice(await openArchive(bytes));
    expect(covered).toEqual([]);
    return parts.find(({ name }) => name.startsWith("Halls"))?.rows.flatMap(({ cells }) => cells);
  };
  const ofDocument = async (bytes: Uint8Array) =>
    (await readOffice(await openArchive(bytes))).parts.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));
  const ofPdf = async (bytes: Uint8Array) =>
    (await readPdf(bytes)).parts.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));

  it("says all of it, in order, as a sheet of a workbook, where nothing lies over it", async () => {
    const cells = (await ofSheet(await writeXlsx(report)))?.filter((text) => text !== "");
    expect(cells).toEqual(["Halls: which/what?", ...words]);
  });
  it("says all of it in the other formats", async () => {
    const files = [
      await ofDocument(await writeDocx(report)),
      await ofPdf(await writePdf(report)),
      writeMarkdown(report).split(/[\n|]/),
    ];
    for (const file of files) for (const word of words) expect(file.join("\n")).toContain(word);
  });
});

describe("the workbook", () => {
  it("offers a signature line to each signatory who hasn't signed, and only there", async () => {
    const lines = (parts: Record<string, Uint8Array>) =>
      [
        ...strFromU8(parts["xl/drawings/signature-lines.vml"] ?? new Uint8Array()).matchAll(
          /o:suggestedsigner="([^"]*)" o:suggestedsigner2="([^"]*)"(?: o:suggestedsigneremail="([^"]*)")? issignatureline="t"/g,
        ),
      ].map(([, ...said]) => said);
    expect(lines(unzipSync(await writeXlsx(proposedReport())))).toEqual([
      ["Maya Lindqvist", "IT director, Northwind", "maya@example.com"],
      ["For Harbour IT", "Harbour IT", undefined],
    ]);
    expect(lines(unzipSync(await writeXlsx(signedReport())))).toEqual([]);
  });
});

describe("the pack", () => {
  const input: PackInput = { matrix: after, report: signedReport(), amendment: amendedReport(), seal: null };
  let files: PackFile[];
  beforeAll(async () => {
    files = await Promise.all(filesOfPack(input).map((file) => runExport(() => ({ kind: "export", ...file }))));
    files.push(await runExport(() => ({ kind: "zip", head: headOf(input.report), files })));
  }, 120_000);
  it("holds every format and the amendment, and a manifest with the hash of each", () => {
    const archive = unzipSync(files.at(-1)?.bytes ?? new Uint8Array());
    const manifest = JSON.parse(strFromU8(archive["manifest.json"] ?? new Uint8Array())) as {
      edition: { number: number; fingerprint: string };
      files: { name: string; size: number; sha256: string }[];
    };
    expect(manifest.files.map(({ name }) => name.split(".").at(-1))).toEqual([
      "xlsx",
      "docx",
      "pdf",
      "json",
      "csv",
      "md",
      "xlsx",
      "docx",
      "pdf",
    ]);
    for (const { name, size, sha256: hash } of manifest.files)
      expect([archive[name]?.length, sha256(archive[name] ?? "")]).toEqual([size, hash]);
    expect(Object.keys(archive)).toHaveLength(manifest.files.length + 1);
    expect(manifest.edition).toMatchObject({ number: 2, fingerprint: edition.fingerprint });
  });
  it("is refused where two of its files have one name, in whatever case", async () => {
    for (const name of ["A.xlsx", "Manifest.json"]) {
      const twins = ["a.xlsx", name].map((name) => ({ name, type: "", bytes: new Uint8Array(), sha256: "" }));
      await expect(doExport({ kind: "zip", head: headOf(input.report), files: twins })).rejects.toThrow(
        /^Two files of the pack are called /,
      );
    }
  });
  it("is the same, byte for byte, whenever and in whichever thread it is written", async () => {
    expect((await writeFormat("zip", input)).sha256).toBe(files.at(-1)?.sha256);
    expect((await runExport(() => ({ kind: "export", format: "zip", input }))).sha256).toBe(files.at(-1)?.sha256);
  }, 120_000);
  it("has a matrix file that carries its edition and is still read as a matrix", () => {
    const json = files.find(({ name }) => name.endsWith(".json"));
    const text = strFromU8(json?.bytes ?? new Uint8Array());
    expect(JSON.parse(text).edition).toEqual({
      kind: "version",
      number: 2,
      fingerprint: edition.fingerprint,
      previous: edition.previousFingerprint,
      canonicalText: edition.canonicalText,
      writer: 3,
    });
    expect(readMatrixFile(text)).toEqual({ ok: true, value: after });
  });
  it("is not written for who has gone, and the next one is all the same", async () => {
    const gone = new AbortController();
    const asked = runExport(() => ({ kind: "export", format: "pdf", input }), gone.signal);
    gone.abort();
    await expect(asked).rejects.toEqual(new ExportStopped("cancelled"));
    const markdown = await runExport(() => ({
      kind: "export",
      format: "md",
      input: { ...input, report: draftReport({ parts: REPORT_PARTS, paper: "A4" }) },
    }));
    expect(strFromU8(markdown.bytes)).toContain("DRAFT");
  }, 60_000);
});
