import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect } from "vitest";
import { outlineOf } from "~/domain/pack/outline";
import { writePdf, writeTextPdf } from "~/files/pdf.server";
import { ownKey, signatureWords } from "~/files/signing-key.server";
import { aLargeAmendment, aLargeMatrix, aLargeReport, aUsualMatrix, longText } from "../support/large-pack";
import {
  headingsAtFoot,
  lonelyEnds,
  lostTexts,
  pagesOf,
  paginationFaults,
  partedSignatures,
  wrongContents,
  type Page,
} from "../support/pages";
import { someMinutes } from "../support/minutes-document";
import { expectedPages, listedTitles } from "../support/expected-pages";
import { structureFaults } from "../support/pdf-structure";
import { readBy } from "../support/read-by";

/** Other programs read whole packs here. */
const MINUTES = 180_000;
const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-pages-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const written = (bytes: Uint8Array, name: string) => {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
};
const sealOf = () => {
  const key = ownKey(
    path.join(folder, "key.pem"),
    "Demarc at https://demarc.example",
    new Date("2026-03-01T00:00:00Z"),
  );
  return { ...key, at: "2026-03-05T11:30:00.000Z", reason: "Version 2", words: signatureWords(key) };
};

/** The pages of a chapter. */
function pagesFrom(pages: readonly Page[], title: string, next: string): Page[] {
  const at = (words: string) => pages.findLastIndex(({ pieces }) => pieces.some(({ text }) => text === words));
  return pages.slice(at(title), at(next));
}

describe("the structure of a PDF, read by another program", () => {
  readBy(
    ["qpdf"],
    "keeps to every rule of PDF/UA-1 that a program can check, signed or not, on both papers",
    async () => {
      for (const [name, report] of [
        ["a4", aLargeReport({ matrix: aLargeMatrix(70) })],
        ["letter", aLargeReport({ matrix: aLargeMatrix(24), paper: "Letter", signed: false })],
        ["amendment", aLargeAmendment()],
      ] as const) {
        const file = written(await writePdf(report, report.certificate ? sealOf() : null), `${name}.pdf`);
        expect([name, structureFaults(file)]).toEqual([name, []]);
      }
      const text = await writeTextPdf(someMinutes("A4"));
      expect(structureFaults(written(text, "text.pdf"))).toEqual([]);
    },
    MINUTES,
  );
  readBy(
    ["qpdf"],
    "is found wanting in a file of an earlier writer, which hid tables behind a text and spanned no columns",
    async () => {
      const file = written(
        await writePdf({ ...aLargeReport({ matrix: aUsualMatrix(20) }), writer: 2 }, sealOf()),
        "earlier.pdf",
      );
      expect(structureFaults(file)).toEqual(
        expect.arrayContaining([
          "It doesn't say that it keeps to PDF/UA-1.",
          "A Table is read as other words than it has.",
          "A list with labels doesn't say how it is numbered.",
          expect.stringMatching(/^The rows of a table have .* columns\.$/),
          expect.stringMatching(/^Page \d+: a Widget is not in the structure\.$/),
        ]),
      );
    },
  );
});

describe("the pages of a PDF", () => {
  readBy(
    ["pdftotext"],
    "part no heading from what follows, no signature block, and leave no last row alone, wherever pages break",
    async () => {
      for (const [paper, duties] of [
        ["A4", 153],
        ["Letter", 98],
        ["Letter", 43],
      ] as const) {
        const report = aLargeReport({ matrix: aLargeMatrix(duties), paper });
        const pages = pagesOf(written(await writePdf(report), "pack.pdf"));
        expect([paper, duties, paginationFaults(pages, expectedPages(report))]).toEqual([paper, duties, []]);
        expect(wrongContents(pages, listedTitles(outlineOf(report)))).toEqual([]);
      }
    },
    MINUTES,
  );
  readBy(["pdftotext"], "of an amendment part nothing either", async () => {
    const report = aLargeAmendment("Letter");
    const pages = pagesOf(written(await writePdf(report), "amendment.pdf"));
    expect(paginationFaults(pages, expectedPages(report))).toEqual([]);
  });
  readBy(["pdftotext"], "list each duty once in the annex of duties, and long texts whole", async () => {
    const matrix = aLargeMatrix();
    const report = aLargeReport({ matrix });
    const pages = pagesOf(written(await writePdf(report), "duties.pdf"));
    const annex = pagesFrom(pages, "Annex 2. Duties", "Annex 3. Escalation, authority and communication");
    const heads = expectedPages(report).heads.flat();
    const disputed = matrix.duties.filter((_, i) => i % 40 === 5);
    expect(annex.length).toBeGreaterThan(8);
    expect(
      lostTexts(
        annex,
        [...matrix.duties, ...disputed].map(({ text }) => text),
        heads,
      ),
    ).toEqual([]);
    const sentences = longText(4_000)
      .split(/(?=\d+: )/)
      .slice(0, -1);
    expect(sentences.length).toBeGreaterThan(25);
    expect(lostTexts(annex, sentences, heads).filter((fault) => fault.endsWith("printed 0 times."))).toEqual([]);
  });
  readBy(["pdftotext"], "have right numbers in their contents also where these take two pages", async () => {
    const report = aLargeReport({ matrix: aUsualMatrix(30), parts: ["clauses", "matrix"] });
    const { frame } = report;
    if (!frame) throw new Error("The report has no frame.");
    const clauses = Array.from({ length: 52 }, (_, i) => ({
      id: `clause-${i}`,
      title: `What clause number ${i + 1} is about${i % 9 === 0 ? `, and ${longText(150)}` : ""}`,
      paragraphs: [longText(600)],
      struck: false,
    }));
    const many = { ...report, frame: { ...frame, clauses } };
    const pages = pagesOf(written(await writePdf(many), "contents.pdf"));
    const first = pages.findIndex(({ pieces }) => pieces.some(({ text }) => text === "1. Parties"));
    const begins = pages.findLastIndex(({ pieces }) => pieces.some(({ text }) => text === "1. Parties"));
    expect(begins - first).toBe(2);
    expect(
      wrongContents(
        pages,
        listedTitles(outlineOf(many)).filter((title) => title.length < 80),
      ),
    ).toEqual([]);
    expect(paginationFaults(pages, expectedPages(many))).toEqual([]);
  });
  readBy(["pdftotext"], "are at most 24 for 151 duties on A4 without the annex of escalation", async () => {
    const report = aLargeReport({ matrix: aUsualMatrix(151), parts: ["clauses", "matrix", "duties", "changes"] });
    expect(pagesOf(written(await writePdf(report), "usual.pdf")).length).toBeLessThanOrEqual(24);
  });
  readBy(
    ["pdftotext"],
    "have a head of the matrix that takes at most 15 % of a page, with the names of roles whole",
    async () => {
      for (const paper of ["A4", "Letter"] as const) {
        const report = aLargeReport({ matrix: aLargeMatrix(60), paper, parts: ["matrix"] });
        const pages = pagesOf(written(await writePdf(report), "matrix.pdf"));
        const matrix = pages.filter(({ width, height }) => width > height);
        expect(matrix.length).toBeGreaterThan(1);
        for (const { number, height, pieces } of matrix) {
          const code = pieces.find(({ text }) => text === "Code");
          const domain = pieces.find(({ text }) =>
            report.sections.some((section) => text.startsWith(section.domain.name)),
          );
          expect([number, ((domain?.y ?? Infinity) - (code?.y ?? 0)) / height <= 0.15]).toEqual([number, true]);
          const words = pieces.flatMap(({ text }) => text.split(" "));
          for (const { role } of report.columns)
            for (const word of role.name.split(" "))
              expect([number, words.includes(word) && word]).toEqual([number, word]);
        }
      }
    },
  );
});

describe("the checker of pages", () => {
  const piece = (text: string, y: number, x = 50) => ({ text, x, y, bottom: y + 9 });
  const page = (number: number, ...pieces: Page["pieces"]): Page => ({
    number,
    width: 595,
    height: 842,
    pieces,
    running: [],
  });
  readBy([], "names a heading, a lone row, a parted signature block, a lost text and a wrong number", () => {
    const pages = [
      page(1, piece("Contents", 100), piece("1. Parties", 120), piece("2", 120, 500)),
      page(2, piece("A-1", 100), piece("A-2", 120), piece("Network", 700)),
      page(3, piece("A-3", 100), piece("For Harbour IT", 300), piece("Name", 320), piece("Organisation", 340)),
      page(4, piece("Date", 100), piece("Signature", 120), piece("1. Parties", 300), piece("text", 400)),
    ];
    expect(headingsAtFoot(pages, ["Network"])).toEqual(["Page 2 ends with “Network”."]);
    expect(
      lonelyEnds(
        [pages[0], pages[1], { ...pages[2], pieces: [piece("A-3", 100)] }].filter((one) => one !== undefined) as Page[],
        ["A-1", "A-2", "A-3"],
      ),
    ).toEqual(["Page 3 has the last row of a table alone, A-3."]);
    expect(partedSignatures(pages)).toHaveLength(2);
    expect(lostTexts(pages, ["A duty"])).toEqual(["“Aduty” is printed 0 times."]);
    expect(wrongContents(pages, ["1. Parties"])).toEqual(["“1. Parties” isn't on page 2, which the contents name."]);
  });
});
