import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { numberedTitles } from "~/domain/blocks";
import { outlineOf } from "~/domain/pack/outline";
import type { Report } from "~/domain/pack/report";
import { differenceSentence } from "~/domain/verify/difference-words";
import { cellParagraphs } from "~/files/docx/markup.server";
import { writeDocx, writeTextDocx } from "~/files/docx.server";
import { readOffice } from "~/files/read/office.server";
import { openArchive } from "~/files/read/zip.server";
import { verifyFile } from "~/files/verify/verify.server";
import { expectedPages, listedTitles } from "../support/expected-pages";
import { someMinutes } from "../support/minutes-document";
import { officeFaults } from "../support/office-validator";
import { aLargeAmendment, aLargeMatrix, aLargeReport, aUsualMatrix, longText } from "../support/large-pack";
import { lostTexts, pagesOf, paginationFaults, wrongContents, type Page } from "../support/pages";
import { amendedReport, draftReport, proposedReport, signedReport } from "../support/packs";
import { readBy } from "../support/read-by";

const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-word-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (...names: string[]) => path.join(folder, ...names);

/** Words of other scripts at places where a direction matters: a title, a line among others, a party. */
function ofManyScripts(): Report {
  const matrix = aUsualMatrix(30);
  const words = [
    "负责人 ネットワーク 네트워크",
    "שלום עולם (12) Teams",
    "مرحبا بالعالم 3-4",
    "ความปลอดภัย",
    "नेटवर्क की निगरानी",
    "👩‍💻 on call",
  ];
  return aLargeReport({
    matrix: {
      ...matrix,
      duties: matrix.duties.map((duty, i) => ({
        ...duty,
        text: words[i] ?? duty.text,
        description: i % 3 === 0 ? `In two lines\n${words[i % words.length]}` : "",
      })),
    },
  });
}

const REPORTS: Record<string, () => Report> = {
  a4: () => aLargeReport(),
  letter: () => aLargeReport({ matrix: aLargeMatrix(98), paper: "Letter", signed: false }),
  short: () => aLargeReport({ matrix: aLargeMatrix(43) }),
  usual: () => aLargeReport({ matrix: aUsualMatrix(151), parts: ["clauses", "matrix", "duties", "changes"] }),
  // Without the first annex, so that the second keeps its number.
  extract: () => aLargeReport({ matrix: aLargeMatrix(43), parts: ["duties", "escalation", "contacts"] }),
  amendment: () => aLargeAmendment("Letter"),
  scripts: ofManyScripts,
};
const MORE: Record<string, () => Report> = {
  signed: () => signedReport(),
  proposed: () => proposedReport(),
  draft: () => draftReport(),
  amended: () => amendedReport(),
  earlier: () => ({ ...signedReport(), writer: 2 }),
};

const documents = new Map<string, { report: Report; bytes: Uint8Array }>();
beforeAll(async () => {
  for (const [name, make] of Object.entries({ ...REPORTS, ...MORE })) {
    const report = make();
    const bytes = await writeDocx(report);
    documents.set(name, { report, bytes });
    writeFileSync(at(`${name}.docx`), bytes);
  }
  writeFileSync(at("minutes.docx"), await writeTextDocx(someMinutes("Letter")));
}, 120_000);
const documentOf = (name: string) => {
  const found = documents.get(name);
  if (!found) throw new Error(`There is no document ${name}.`);
  return found;
};
const xmlOf = (bytes: Uint8Array, part = "word/document.xml") => strFromU8(unzipSync(bytes)[part] ?? new Uint8Array());
const partOf = async (bytes: Uint8Array, name: string) =>
  (await readOffice(await openArchive(bytes))).parts.find((part) => part.name === name)?.rows.map(({ cells }) => cells);

describe("a Word document", () => {
  it.each([...Object.keys({ ...REPORTS, ...MORE }), "minutes"])(
    "keeps to the schemas of Office, as Microsoft's validator reads them: %s",
    async (name) => {
      expect(await officeFaults(readFileSync(at(`${name}.docx`)), "docx")).toEqual([]);
    },
    60_000,
  );

  it("says by styles alone how words look, and by paragraphs only what depends on their place", () => {
    const styles = new Set(
      [...xmlOf(documentOf("a4").bytes, "word/styles.xml").matchAll(/w:styleId="([^"]+)"/g)].map(([, id]) => id),
    );
    for (const [name, { bytes }] of documents) {
      const xml = xmlOf(bytes);
      const looks = [...xml.matchAll(/<w:rPr>(.*?)<\/w:rPr>/g)].map(([, look]) => look);
      expect([name, [...new Set(looks)].filter((look) => look !== "<w:rtl/>")]).toEqual([name, []]);
      const places = [...xml.matchAll(/<w:pPr>(.*?)<\/w:pPr>/g)].flatMap(([, place = ""]) =>
        [...place.replace(/<w:sectPr>.*<\/w:sectPr>/, "").matchAll(/<(w:\w+)/g)].map(([, element]) => element),
      );
      for (const element of new Set(places))
        expect(["w:pStyle", "w:keepNext", "w:pageBreakBefore", "w:numPr", "w:ilvl", "w:numId", "w:bidi"]).toContain(
          element,
        );
      expect(xml).not.toMatch(/<w:(?:tblBorders|tcBorders|shd|color|sz|jc|spacing|ind) /);
      for (const [, used] of xml.matchAll(/<w:(?:pStyle|tblStyle) w:val="([^"]+)"/g)) expect(styles).toContain(used);
    }
  });

  it("has a language, sizes for all scripts, and typefaces that Word has", () => {
    const styles = xmlOf(documentOf("a4").bytes, "word/styles.xml");
    expect(styles).toContain('<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/>');
    expect(styles).toMatch(/<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="[^"]+" w:cs="[^"]+"\/>/);
    const sizes = (element: string) => styles.match(new RegExp(`<w:${element} w:val="\\d+"/>`, "g"))?.length;
    expect(sizes("sz")).toBe(sizes("szCs"));
    expect(styles.match(/<w:b\/>/g)?.length).toBe(styles.match(/<w:bCs\/>/g)?.length);
  });

  it("gives each table a title and a head that pages repeat, and parts no row", () => {
    for (const name of [...Object.keys(REPORTS), "signed", "draft", "amended"]) {
      const tables = xmlOf(documentOf(name).bytes).match(/<w:tbl>.*?<\/w:tbl>/g) ?? [];
      expect(tables.length).toBeGreaterThan(0);
      for (const table of tables) {
        expect(table).toMatch(/<w:tblCaption w:val="[^"]+"\/>/);
        expect(/<w:tr>.*?<\/w:tr>/.exec(table)?.[0]).toContain("<w:tblHeader/>");
        expect(table.match(/<w:tr>/g)?.length).toBe(table.match(/<w:cantSplit\/>/g)?.length);
      }
    }
  });

  it("turns words of a script from right to left, each line by itself, and no others", () => {
    const xml = xmlOf(documentOf("scripts").bytes);
    const paragraph = (words: string) =>
      (xml.match(/<w:p>.*?<\/w:p>/g) ?? []).find((one) => one.replace(/<[^>]+>/g, "") === words) ?? "";
    expect(paragraph("שלום עולם (12) Teams")).toMatch(
      /<w:bidi\/><\/w:pPr><w:r><w:rPr><w:rtl\/><\/w:rPr><w:t xml:space="preserve">שלום עולם<\/w:t><\/w:r><w:r><w:t/,
    );
    expect(paragraph("In two lines")).not.toContain("<w:bidi/>");
    expect(cellParagraphs("𞤀𞤣𞤤𞤢𞤥", "CellText", false)).toMatch(/<w:bidi\/><\/w:pPr><w:r><w:rPr><w:rtl\/>/);
    expect(paragraph("नेटवर्क की निगरानी")).not.toMatch(/<w:bidi\/>|<w:rtl\/>/);
    expect(xmlOf(documentOf("a4").bytes)).not.toMatch(/<w:bidi\/>|<w:rtl\/>/);
  });

  it("counts clauses, annexes and their headings by Word's own numbers, also where an annex is left out", async () => {
    for (const name of Object.keys({ ...REPORTS, ...MORE })) {
      const { report, bytes } = documentOf(name);
      const chapters = outlineOf(report);
      const wanted = numberedTitles(chapters).flatMap((title, i) => (chapters[i]?.series ? [title] : []));
      const numbers = await partOf(bytes, "Numbers");
      const titles = chapters.flatMap((chapter) => (chapter.series ? [chapter.title] : []));
      const shown = (numbers ?? [])
        .filter(([label = "", text = ""]) => /^(?:Annex )?\d+\.$/.test(label) && titles.includes(text))
        .map(([label, text]) => `${label} ${text}`);
      expect([name, shown]).toEqual([name, wanted]);
    }
    const [, second] = (await partOf(documentOf("earlier").bytes, "Numbers")) ?? [];
    expect(second?.[0]).toMatch(/^\d+\.(?:\d+)?$/);
    const bytes = new Uint8Array(readFileSync(at("minutes.docx")));
    expect(await partOf(bytes, "Numbers")).toEqual([
      ["1.", "What was said"],
      ["1.", "One"],
      ["2.", "Two"],
      ["1.1", "Duties"],
      ["2.", "What is next"],
      ["2.1", "Soon"],
      ["1.", "Three"],
    ]);
  });

  it("lists its chapters in contents that lead to them, without a page that nobody has counted", async () => {
    const { report, bytes } = documentOf("a4");
    const about = (await partOf(bytes, "About this schedule")) ?? [];
    const entries = about.slice(about.findIndex(([text]) => text === "Contents") + 1).map(([text]) => text);
    const chapters = outlineOf(report);
    expect(entries).toEqual(
      listedTitles(chapters).map((title, i) => {
        const target = chapters[i + 1]?.title;
        return `${title}{to “${target}”}\t{PAGEREF “${target}” \\h}`;
      }),
    );
    expect(xmlOf(bytes, "word/settings.xml")).not.toContain("updateFields");
  });

  it("names the parties, the program and the fingerprint in its properties", () => {
    const { report, bytes } = documentOf("a4");
    const [core, app] = [xmlOf(bytes, "docProps/core.xml"), xmlOf(bytes, "docProps/app.xml")];
    expect(app).toContain("<Application>Demarc</Application>");
    expect(app).toContain(`<Company>${report.client}; ${report.provider}</Company>`);
    expect(core).toContain(`<cp:keywords>Fingerprint ${report.edition.fingerprint}</cp:keywords>`);
  });
});

describe("a Word document that LibreOffice opens", () => {
  const pages = new Map<string, Page[]>();
  const names = Object.keys(REPORTS);
  const saved = (name: string) => at("again", `${name}.docx`);
  readBy(
    ["soffice", "pdftotext"],
    "is converted",
    () => {
      mkdirSync(at("again"));
      const files = [...names, "signed", "draft"].map((name) => at(`${name}.docx`));
      for (const [as, to] of [
        ["pdf", "pdf"],
        ["docx:MS Word 2007 XML", "again"],
      ] as const)
        execFileSync(
          "soffice",
          [
            `-env:UserInstallation=file://${at("profile")}`,
            "--headless",
            "--convert-to",
            as,
            "--outdir",
            at(to),
            ...files,
          ],
          { stdio: "ignore", timeout: 240_000 },
        );
      for (const name of names) pages.set(name, pagesOf(at("pdf", `${name}.pdf`)));
      expect(pages.size).toBe(names.length);
    },
    300_000,
  );
  readBy(
    ["soffice", "pdftotext"],
    "parts no heading from what follows and no signature block, and leaves no last row alone",
    () => {
      // Poppler tells lines of several directions in another order than that in which they are read.
      for (const name of names.filter((one) => one !== "scripts"))
        expect([name, paginationFaults(pages.get(name) ?? [], expectedPages(documentOf(name).report))]).toEqual([
          name,
          [],
        ]);
    },
  );
  readBy(["soffice", "pdftotext"], "has contents with the pages on which its chapters begin", () => {
    for (const name of names.filter((one) => one !== "amendment"))
      expect([name, wrongContents(pages.get(name) ?? [], listedTitles(outlineOf(documentOf(name).report)))]).toEqual([
        name,
        [],
      ]);
  });
  readBy(["soffice", "pdftotext"], "prints a text of 4,000 characters whole", () => {
    const sentences = longText(4_000)
      .split(/(?=\d+: )/)
      .slice(0, -1);
    const heads = expectedPages(documentOf("a4").report).heads.flat();
    expect(
      lostTexts(pages.get("a4") ?? [], sentences, heads).filter((fault) => fault.endsWith("printed 0 times.")),
    ).toEqual([]);
  });
  readBy(["soffice", "pdftotext"], "has at most 24 pages for 151 duties on A4 without the annex of escalation", () => {
    expect(pages.get("usual")?.length).toBeLessThanOrEqual(24);
  });
  readBy(
    ["soffice", "pdftotext"],
    "has a head of the matrix that takes at most 15 % of a page, with the names of roles whole",
    () => {
      for (const name of ["a4", "letter"]) {
        const { report } = documentOf(name);
        const across = (pages.get(name) ?? []).filter(({ width, height }) => width > height);
        expect(across.length).toBeGreaterThan(1);
        for (const { number, height, pieces } of across) {
          const code = pieces.find(({ text }) => text === "Code");
          const top = Math.min(
            ...pieces.filter(({ text }) => text === report.client || text === report.provider).map(({ y }) => y),
          );
          expect([number, ((code?.bottom ?? Infinity) - top) / height <= 0.15]).toEqual([number, true]);
          const words = pieces.flatMap(({ text }) => text.split(" "));
          for (const { role } of report.columns)
            for (const word of role.name.split(" "))
              expect([number, words.includes(word) && word]).toEqual([number, word]);
        }
      }
    },
  );
  readBy(
    ["soffice", "pdftotext"],
    "has the same words when it is saved again, with its contents, titles and numbers",
    async () => {
      for (const name of [...names, "signed", "draft"]) {
        const { verdict, match, differences } = await verifyFile(
          new Uint8Array(readFileSync(saved(name))),
          "",
          async () => ({ kind: "nowhere" }),
        );
        expect([name, verdict, differences.map(differenceSentence), match?.kind]).toEqual([
          name,
          name === "draft" ? "draft" : "consistent",
          [],
          "words",
        ]);
      }
    },
  );
});
