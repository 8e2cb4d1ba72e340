import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Paper } from "~/domain/pack/report-parts";
import { readOffice } from "~/files/read/office.server";
import { openArchive } from "~/files/read/zip.server";
import { verifyFile } from "~/files/verify/verify.server";
import { writeXlsx } from "~/files/xlsx.server";
import { matrixFromLibrary } from "~/library/start-matrix";
import { officeFaults } from "../support/office-validator";
import { withPart } from "../support/packages";
import { signedReport } from "../support/packs";
import { readBy } from "../support/read-by";
import { aVersion } from "../support/version-files";

/** Words that are each found again: 4,000 characters of them. */
const numbered = (beginning: string, count: number) =>
  Array.from({ length: count }, (_, i) => `${beginning}${String(i).padStart(4, "0")}`).join(" ");
const LONG = numbered("word", 444);
const NOTE = numbered("note", 111);
const SCRIPTS: Record<string, string> = {
  Japanese: "病院の患者情報を毎日確認し、夜間は当直者が引き継ぐ。",
  Chinese: "每天早上检查备份，并在当天修复失败的备份。",
  Korean: "매일 아침 백업을 확인하고 실패한 것을 고친다. ",
  Hebrew: "כל בוקר נבדקים הגיבויים. ",
  Arabic: "يتحقق الفريق كل صباح من النسخ الاحتياطية. ",
  Thai: "ตรวจสอบสำเนาข้อมูลทุกวันในเวลาเช้า ",
  Devanagari: "हर सुबह बैकअप की जाँच की जाती है। ",
  emoji: "👩‍💻 patches 🚑 ",
};

/** The library's duties, of which one is as long as a duty may be, and others are in every script. */
function aLongMatrix(): Matrix {
  const matrix = matrixFromLibrary({
    client: "Northwind 病院",
    provider: "Harbour IT שלום",
    agreementReference: "MSA-1",
    preset: "shared",
  });
  const written = Object.values(SCRIPTS);
  return {
    ...matrix,
    title: "Who does what & why / [all] of it",
    duties: matrix.duties.map((duty, i) => {
      const script = written[i - 5];
      if (i === 3) return { ...duty, description: LONG, boundary: NOTE };
      return script === undefined ? duty : { ...duty, text: script.trim(), boundary: script.repeat(15).trim() };
    }),
  };
}

const matrix = aLongMatrix();
const { report } = aVersion({ matrix, status: "proposed" });

type Row = { number: number; height: number; cells: Map<number, string> };
type Sheet = { name: string; rows: Row[]; breaks: number[]; room: number; titles: [from: number, to: number] | null };

/** The sheets of a workbook as programs print them, read from the parts themselves. */
async function sheetsOf(bytes: Uint8Array): Promise<Sheet[]> {
  const parts = unzipSync(bytes);
  const xml = (name: string) => strFromU8(parts[name] ?? new Uint8Array());
  const { parts: read } = await readOffice(await openArchive(bytes));
  const workbook = xml("xl/workbook.xml");
  return read.slice(0, -2).map(({ name, rows: texts }, i) => {
    const sheet = xml(`xl/worksheets/sheet${i + 1}.xml`);
    const numbers = [...sheet.matchAll(/<row r="(\d+)"([^>]*)/g)];
    const rows = numbers.map(([, number = "", rest = ""], r): Row => {
      const cells = texts[r]?.cells ?? [];
      return {
        number: Number(number),
        height: Number(/ ht="([\d.]+)"/.exec(rest)?.[1] ?? 15),
        cells: new Map(cells.flatMap((text, c) => (text === "" ? [] : [[c, text] as const]))),
      };
    });
    const landscape = sheet.includes('orientation="landscape"');
    const [short, long] = sheet.includes('paperSize="1"') ? [612, 792] : [595.3, 841.9];
    const [width, height] = landscape ? [long, short] : [short, long];
    const written = [...sheet.matchAll(/<col min="(\d+)" max="(\d+)" width="([\d.]+)"([^>]*)/g)].flatMap(
      ([, min, max, chars, rest = ""]) =>
        Array.from({ length: Number(max) - Number(min) + 1 }, () => (rest.includes("hidden") ? 0 : Number(chars))),
    );
    // A column of nine characters isn't written, since it is the default.
    const missing =
      Math.max(...[...sheet.matchAll(/<col min="\d+" max="(\d+)"/g)].map(([, max]) => Number(max))) - written.length;
    const columns = [...written, ...Array.from({ length: missing }, () => 9)].reduce((sum, one) => sum + one * 5.25, 0);
    const scale = Math.min(1, (width - 72) / columns);
    const [, from, to] = new RegExp(`localSheetId="${i}">[^<]*!\\$(\\d+):\\$(\\d+)<`).exec(workbook) ?? [];
    return {
      name,
      rows,
      breaks: [...sheet.matchAll(/<brk id="(\d+)"/g)].map(([, id]) => Number(id)),
      room: (height - 108) / scale,
      titles: from === undefined ? null : [Number(from), Number(to)],
    };
  });
}

describe.each(["A4", "Letter"] as const)("a workbook of a whole pack on %s", (paper: Paper) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-pages-"));
  const file = path.join(folder, "pack.xlsx");
  let bytes: Uint8Array;
  let sheets: Sheet[];
  beforeAll(async () => {
    bytes = await writeXlsx({ ...report, paper });
    writeFileSync(file, bytes);
    sheets = await sheetsOf(bytes);
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const saveAs = (format: string, folderOut: string) =>
    execFileSync(
      "soffice",
      [
        "--headless",
        `-env:UserInstallation=file://${folder}/profile`,
        "--convert-to",
        format,
        "--outdir",
        folderOut,
        file,
      ],
      { stdio: "ignore", timeout: 120_000 },
    );

  it("has no fault that Microsoft's validator knows of", async () => {
    expect(await officeFaults(bytes, "xlsx")).toEqual([]);
  }, 60_000);

  it("has no row higher than the format allows, and no page with more rows than it has room for", () => {
    for (const { name, rows, breaks, room, titles } of sheets) {
      const heightOf = (number: number) => rows.find((row) => row.number === number)?.height ?? 15;
      const last = rows.at(-1)?.number ?? 0;
      let from = 1;
      for (const end of [...breaks, last]) {
        const repeated =
          titles && from > titles[1]
            ? Array.from({ length: titles[1] - titles[0] + 1 }, (_, i) => heightOf((titles[0] ?? 1) + i))
            : [];
        const own = Array.from({ length: end - from + 1 }, (_, i) => heightOf(from + i));
        const height = [...repeated, ...own].reduce((sum, one) => sum + one, 0);
        expect([name, end, height, room, height < room]).toEqual([name, end, height, room, true]);
        from = end + 1;
      }
      expect([name, Math.max(...rows.map(({ height }) => height)) <= 409]).toEqual([name, true]);
    }
  });

  it("ends no page with a heading, parts no place to sign and leaves no last row alone", () => {
    const headings = new Set([
      ...matrix.domains.flatMap(({ name }) => [name, `${name} (continued)`]),
      "Code",
      "Party",
      ...matrix.parties.map(({ name }) => `For ${name}`),
    ]);
    for (const { name, rows, breaks } of sheets) {
      const textsOf = (number: number) => [...(rows.find((row) => row.number === number)?.cells.values() ?? [])];
      for (const end of breaks) {
        const [first = ""] = textsOf(end);
        expect([name, end, headings.has(first) || /^\d+\. /.test(first)]).toEqual([name, end, false]);
        expect([name, end, ["Name", "Title", "Organisation", "Date"].includes(first)]).toEqual([name, end, false]);
      }
      // The last row of a sheet is never the only one of its page.
      const last = rows.at(-1)?.number ?? 0;
      expect([name, breaks.includes(last - 1)]).toEqual([name, false]);
    }
  });

  it("names the domain again where a page begins within it, and the code of a duty in each of its rows", () => {
    const grid = sheets.find(({ name }) => name === "Responsibility matrix");
    expect(grid?.breaks.length).toBeGreaterThan(2);
    for (const end of grid?.breaks ?? []) {
      const next = grid?.rows.find(({ number }) => number === end + 1);
      const domains = matrix.domains.flatMap(({ name }) => [name, `${name} (continued)`]);
      expect(domains).toContain(next?.cells.get(1));
    }
    const duties = sheets.find(({ name }) => name === "Duties");
    const code = matrix.duties[3]?.code ?? "";
    const own = duties?.rows.filter(({ cells }) => cells.get(0)?.startsWith(code)) ?? [];
    expect(own.length).toBeGreaterThan(3);
    expect(new Set(own.map(({ cells }) => cells.get(0)))).toEqual(new Set([code, `${code} (continued)`]));
    const words = own.flatMap(({ cells }) => [...cells.values()]).join(" ");
    for (const word of LONG.split(" ")) expect(words).toContain(word);
  });

  it("has a head of the matrix that takes at most 15 % of a page", () => {
    const grid = sheets.find(({ name }) => name === "Responsibility matrix");
    const head = grid?.rows.slice(0, 2).reduce((sum, { height }) => sum + height, 0) ?? 0;
    // The room is that within the margins, which are 1.5 inches together.
    expect(head / ((grid?.room ?? 0) * (1 + 108 / 734))).toBeLessThanOrEqual(0.15);
  });

  readBy(
    ["soffice", "pdftotext", "pdfinfo"],
    "is printed by LibreOffice with the pages that it sets itself, and every word of long texts in its place",
    () => {
      saveAs("pdf", folder);
      const pdf = path.join(folder, "pack.pdf");
      const pages = Number(/Pages: +(\d+)/.exec(execFileSync("pdfinfo", [pdf], { encoding: "utf8" }))?.[1]);
      expect(pages).toBe(sheets.reduce((sum, { breaks }) => sum + breaks.length + 1, 0));
      const html = execFileSync("pdftotext", ["-bbox", pdf, "-"], { encoding: "utf8", maxBuffer: 100_000_000 });
      for (const [beginning, text] of [
        ["word", LONG],
        ["note", NOTE],
      ] as const) {
        const printed = html.split("<page ").flatMap((page) =>
          [...page.matchAll(new RegExp(`xMin="([\\d.]+)" yMin="([\\d.]+)"[^>]*>(${beginning}\\d{4})<`, "g"))]
            .map(([, x, y, word = ""]) => ({ x: Number(x), y: Math.round(Number(y)), word }))
            .sort((one, other) => one.y - other.y || one.x - other.x)
            .map(({ word }) => word),
        );
        // Words of rows that are too low would be missing, or stand among those of the row below.
        expect(printed).toEqual(text.split(" "));
      }
    },
    180_000,
  );

  readBy(
    ["soffice"],
    "is the same words once LibreOffice has saved it again",
    async () => {
      saveAs("xlsx", path.join(folder, "again"));
      const again = readFileSync(path.join(folder, "again", "pack.xlsx"));
      const answer = await verifyFile(again, "pack.xlsx", async () => ({ kind: "nowhere" }));
      expect([answer.differences, answer.match]).toEqual([[], { kind: "words", by: "LibreOffice" }]);
    },
    180_000,
  );
});

describe("an amendment of many clauses of one duty", () => {
  it("names the duty again where a page begins within its clauses", async () => {
    const amended = signedReport();
    const [section] = amended.amendment?.sections ?? [];
    const [duty] = section?.duties ?? [];
    const [clause] = duty?.clauses ?? [];
    if (!amended.amendment || !section || !duty || !clause) throw new Error("The report has no amended duty.");
    const clauses = Array.from({ length: 80 }, () => clause);
    const sections = [{ ...section, duties: [{ ...duty, clauses }] }];
    const many = { ...amended, amendment: { ...amended.amendment, sections } };
    const sheets = await sheetsOf(await writeXlsx(many));
    const sheet = sheets.find(({ name }) => name === "Amendment");
    expect(sheet?.breaks.length).toBeGreaterThan(0);
    for (const end of sheet?.breaks ?? [])
      expect(sheet?.rows.find(({ number }) => number === end + 1)?.cells.get(0)).toBe(`${duty.code} (continued)`);
  });
});

describe("a drawn signature", () => {
  const signed = signedReport();
  const check = (bytes: Uint8Array) => verifyFile(bytes, "signed.xlsx", async () => ({ kind: "nowhere" }));
  it("is described, and words in place of the description are named", async () => {
    const bytes = await writeXlsx(signed);
    expect(strFromU8(unzipSync(bytes)["xl/drawings/drawing1.xml"] ?? new Uint8Array())).toContain(
      'descr="The signature of Tom Okafor, drawn by hand"',
    );
    expect(await officeFaults(bytes, "xlsx")).toEqual([]);
    const forged = withPart(bytes, "xl/drawings/drawing1.xml", (xml) => xml.replace(/descr="[^"]*"/, 'descr="Void"'));
    const { differences, verdict } = await check(forged);
    expect([verdict, differences.map(({ field, shown }) => [field, shown])]).toEqual([
      "differs",
      [["is described in other words than in the version", "Void"]],
    ]);
  }, 60_000);
});

describe("the head and foot of pages", () => {
  it("stay within the limit of the format, also where much of them is doubled", async () => {
    const { report: short } = aVersion();
    const bytes = await writeXlsx({
      ...short,
      client: "&".repeat(200),
      provider: "A & B ".repeat(40),
      title: "&".repeat(99),
    });
    const heads = Object.entries(unzipSync(bytes)).flatMap(([name, part]) =>
      /worksheets\/sheet\d+\.xml$/.test(name)
        ? [...strFromU8(part).matchAll(/<odd(?:Header|Footer)>([^<]*)/g)].map(([, text = ""]) =>
            text.replaceAll("&amp;", "&"),
          )
        : [],
    );
    expect(heads.length).toBeGreaterThan(4);
    for (const head of heads) expect(head.length).toBeLessThanOrEqual(255);
  });
});
