import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { LIMITS } from "~/domain/limits";
import { paperName } from "~/domain/signing/paper";
import { buildReport } from "~/domain/pack/report";
import { canonicalText } from "~/domain/version/snapshot";
import { csvOf, writeCsv } from "~/files/csv.server";
import { fileName } from "~/files/file-name";
import { fingerprintOf } from "~/files/fingerprint.server";
import { readMatrixFile, writeJson } from "~/files/json.server";
import { writeMarkdown } from "~/files/markdown.server";
import { LIBRARY } from "~/library/library";
import { sampleMatrix } from "~/library/sample";
import { matrixFromLibrary } from "~/library/start-matrix";
import { startingPaths } from "~/library/starting-paths";
import { aDuty, aMatrix } from "../support/matrices";

const matrix = aMatrix({
  duties: [
    aDuty({ text: '=cmd|"calc"', boundary: "a | <b>\nc", letters: { "it-lead": ["A"], "service-desk": ["R"] } }),
  ],
});
const text = canonicalText({ matrix, number: 1, previous: null });
const report = buildReport({
  matrix,
  edition: {
    kind: "draft",
    differsFrom: null,
    exportedAt: "2026-03-03T09:00:00.000Z",
    fingerprint: fingerprintOf(text),
    previousFingerprint: null,
    canonicalText: text,
  },
  changes: [],
  blockers: [],
});

describe("the matrix file", () => {
  it("comes back as the matrix it was written from", () => {
    expect(readMatrixFile(writeJson(sampleMatrix("2026-11-27")))).toEqual({
      ok: true,
      value: sampleMatrix("2026-11-27"),
    });
  });
  it.each([
    ["no JSON", "{", "not JSON"],
    ["other JSON", "[]", "not a matrix file"],
    ["a newer version", JSON.stringify({ format: "demarc.matrix", version: 99 }), "version 99"],
    ["a wrong field", writeJson(matrix).replace('"kind": "provider"', '"kind": "both"'), "parties.1.kind"],
    ["a duty in no domain", writeJson(matrix).replace('"domainId": "sup"', '"domainId": "gone"'), "duties[0].domainId"],
  ])("with %s is refused with a sentence that says where", (_what, content, said) => {
    const result = readMatrixFile(content);
    expect(result.ok ? "" : result.rejection.message).toContain(said);
  });
});

describe("canonical text", () => {
  it("ignores the order of keys and what is not agreed", () => {
    const duty = aDuty({
      letters: { "service-desk": ["R"], "it-lead": ["A"] },
      text: '=cmd|"calc"',
      boundary: "a | <b>\nc",
      workshopQuestion: "Who?",
      suggestions: {},
      firstWorkshop: true,
    });
    expect(canonicalText({ matrix: { ...matrix, duties: [duty] }, number: 1, previous: null })).toBe(text);
  });
  it("changes with a letter, a boundary note, a term and the version before", () => {
    const other = [
      canonicalText({
        matrix: { ...matrix, duties: [aDuty({ ...matrix.duties[0], letters: { "it-lead": ["A", "R"] } })] },
        number: 1,
        previous: null,
      }),
      canonicalText({
        matrix: { ...matrix, duties: [aDuty({ ...matrix.duties[0], boundary: "other" })] },
        number: 1,
        previous: null,
      }),
      canonicalText({ matrix: { ...matrix, terms: { ...matrix.terms, exhibit: "B" } }, number: 1, previous: null }),
      canonicalText({ matrix, number: 1, previous: "0".repeat(64) }),
    ];
    expect(new Set([text, ...other].map(fingerprintOf)).size).toBe(5);
  });
});

describe("other formats", () => {
  it.each([
    ["=1+1", "'=1+1"],
    ["IT;=1+1", "IT;'=1+1"],
    ['IT; "=1+1"', '"IT;\' ""=1+1"""'],
    ["one\n=1+1\r\n@SUM(A1)", "\"one\n'=1+1\r\n'@SUM(A1)\""],
    ["a;b=c; d-e", "a;b=c; d-e"],
    ["one;\t-2", "one;'\t-2"],
  ])("CSV starts no formula either where a spreadsheet splits at semicolons or lines: %j", (text, cell) => {
    expect(csvOf([[text, "x"]])).toBe(`\uFEFF${cell},x\r\n`);
  });
  it("CSV starts no formula and keeps quotes and lines in their cell", () => {
    const csv = writeCsv(report);
    expect(csv.startsWith("\uFEFFId,Code,")).toBe(true);
    expect(csv).toContain(`"'=cmd|""calc"""`);
    expect(csv).toContain('"a | <b>\nc"');
  });
  it("Markdown escapes what would be markup", () => {
    const markdown = writeMarkdown(report);
    expect(markdown).toContain("a \\| \\<b\\> c");
    expect(markdown).toContain("**DRAFT.");
  });
  it("file names are letters, digits and hyphens, of any script, never too long", () => {
    expect(fileName(["Northwind & Sons", "../../etc", "Версия 1"], [], "xlsx")).toBe(
      "northwind-sons-etc-версия-1.xlsx",
    );
    expect(fileName(["///"], [], "csv")).toBe("matrix.csv");
    expect(fileName(["x".repeat(500)], [], "md").length).toBeLessThanOrEqual(255);
  });
  it.each([
    ["German", "Stadtwerke und Verkehrsbetriebe Nordwind GmbH", "Hafen Informationstechnik Gesellschaft mbH"],
    ["Japanese", "日本情報通信技術運用保守株式会社".repeat(8), "東京港湾情報技術サービス有限責任事業組合".repeat(8)],
    ["Arabic", "شركة الشمال للخدمات البلدية والنقل العام".repeat(5), "مجموعة تقنية معلومات الميناء المحدودة".repeat(5)],
    ["beyond the first plane", "𠮷野家𡈽屋".repeat(40), "𝔑𝔬𝔯𝔡𝔴𝔦𝔫𝔡".repeat(30)],
    ["with marks on letters", "q̣̇ġ̣".repeat(60), "நிறுவனம் லிமிடெட் ".repeat(10)],
    ["with emoji", "🏢👩🏽‍💻 Nordwind ❤️".repeat(12), "🚢".repeat(60)],
    ["as long as names may be", "W".repeat(LIMITS.name), "M".repeat(LIMITS.name)],
  ])(
    "names of people are shortened, and what tells a file from its relatives stays: %s",
    (_script, client, provider) => {
      const name = fileName(
        [client, provider, "Responsibility matrix of all that is managed together"],
        ["version 12", "Amendment 3"],
        "docx",
      );
      expect(name).toMatch(/-version-12-amendment-3\.docx$/);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      expect(() => encodeURIComponent(name)).not.toThrow();
      expect(name.length).toBeGreaterThan(60);
      // A character that is cut would be another at the end of its word.
      const whole = new Set(
        [client, provider].flatMap((text) =>
          [...new Intl.Segmenter().segment(text.normalize("NFC").toLowerCase())].map(({ segment }) =>
            segment.replaceAll(/\p{Default_Ignorable_Code_Point}/gu, ""),
          ),
        ),
      );
      const shown = [...new Intl.Segmenter().segment(name.replace(/-responsibility.*$/, ""))]
        .map(({ segment }) => segment)
        .filter((one) => one !== "-");
      expect(shown.filter((one) => !whole.has(one))).toEqual([]);
      expect(fileName([client, provider], ["version 12"], "docx")).not.toBe(
        fileName([client, provider], ["version 12", "Amendment 3"], "docx"),
      );
    },
  );
  it("the name of an uploaded file is cut by whole characters too, and is short enough for every file system", () => {
    for (const name of ["契約書".repeat(80), `${"a".repeat(99)}${"𠮷".repeat(80)}`, "é".normalize("NFD").repeat(150)]) {
      const kept = paperName(`${name}.pdf`, "pdf");
      expect(() => encodeURIComponent(kept)).not.toThrow();
      expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(255);
      expect(kept).toMatch(/\P{M}\p{M}*\.pdf$/u);
    }
  });
});

describe("the command line", () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-cli-"));
  const place = (name: string) => path.join(folder, name);
  const demarc = (...parameters: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", "app/cli/demarc.ts", ...parameters], { encoding: "utf8" });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("makes a matrix from a preset and exports it in every format, without server or database", () => {
    expect(
      demarc(
        "new",
        "--client",
        "Northwind",
        "--provider",
        "Harbour IT",
        "--preset",
        "shared",
        "--out",
        place("m.demarc.json"),
      ).status,
    ).toBe(0);
    const made = JSON.parse(readFileSync(place("m.demarc.json"), "utf8"));
    expect(made.duties).toHaveLength(LIBRARY.duties.length);
    expect(made.duties[0]).toMatchObject({ id: "gov-01", domainId: "gov", letters: { "it-lead": ["A", "R"] } });
    for (const format of ["xlsx", "json", "csv", "md"]) {
      expect(demarc("export", place("m.demarc.json"), "--format", format, "--out", place(`m.${format}`)).stderr).toBe(
        "",
      );
      expect(readFileSync(place(`m.${format}`)).length).toBeGreaterThan(10_000);
    }
    expect(readFileSync(place("m.json"), "utf8")).toBe(readFileSync(place("m.demarc.json"), "utf8"));
    expect(readFileSync(place("m.xlsx")).subarray(0, 2).toString()).toBe("PK");
  });
  it("exports one path or all for on-call tools, and says which paths there are where the named one isn't", () => {
    const start = matrixFromLibrary({
      client: "Northwind",
      provider: "Harbour IT",
      agreementReference: "",
      preset: "shared",
    });
    writeFileSync(place("paths.json"), writeJson({ ...start, paths: startingPaths(start) }));
    const one = ["export", place("paths.json"), "--format", "on-call", "--path"];
    expect(demarc(...one, "S2", "--out", place("s2.json"))).toMatchObject({ status: 0, stderr: "" });
    expect(JSON.parse(readFileSync(place("s2.json"), "utf8"))).toMatchObject({
      format: "demarc.on-call",
      edition: { kind: "draft" },
      paths: [{ name: "S2" }],
    });
    expect(demarc("export", place("paths.json"), "--format", "terraform", "--out", place("all.tf")).status).toBe(0);
    expect(readFileSync(place("all.tf"), "utf8").match(/^resource /gm)).toHaveLength(8);
    expect(demarc(...one, "S9", "--out", place("s9.json"))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("There is no path “S9”. Choose S1, S2,"),
    });
  }, 60_000);
  it("says in one line what is missing, wrong or in the way", () => {
    writeFileSync(place("bad.json"), "{}");
    expect(demarc("new", "--client", "A").stderr).toContain("--out is missing");
    expect(demarc("export", place("none.json"), "--format", "csv", "--out", place("x.csv"))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("There is no file"),
    });
    expect(demarc("export", place("bad.json"), "--format", "csv", "--out", place("x.csv"))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("not a matrix file"),
    });
    expect(demarc("export", place("bad.json"), "--format", "csv", "--out", place("bad.json"))).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("--force"),
    });
    expect(() =>
      execFileSync(process.execPath, ["--import", "tsx", "app/cli/demarc.ts", "dance"], { stdio: "pipe" }),
    ).toThrow();
  }, 60_000);
});
