import { describe, expect, it } from "vitest";
import { numberedTitles, type Chapter } from "~/domain/blocks";
import { browserWords } from "~/domain/pack/browser-words";
import { outlineOf } from "~/domain/pack/outline";
import { amendmentReport, buildReport, type Report } from "~/domain/pack/report";
import { isExtract, REPORT_PARTS, wholeParts, type ReportPart } from "~/domain/pack/report-parts";
import { runningWords } from "~/domain/pack/running-words";
import { sheetsOf } from "~/domain/pack/sheets";
import type { Matrix } from "~/domain/matrix/matrix";
import { WRITERS } from "~/domain/version/writer";
import { writeMarkdown } from "~/files/markdown.server";
import { amendment, draftReport, signedReport } from "../support/packs";
import { aFullMatrix, aVersion } from "../support/version-files";

const { edition } = aVersion();
const ACCEPTED = aFullMatrix();
const reportOf = (parts?: readonly ReportPart[], matrix: Matrix = ACCEPTED): Report =>
  buildReport({
    matrix,
    edition,
    changes: ["A duty was added."],
    blockers: [],
    ...(parts ? { choice: { parts, paper: "A4" } } : {}),
  });
const titlesOf = (report: Report) => numberedTitles(outlineOf(report));
const wordsOf = (chapters: readonly Chapter[]) => JSON.stringify(chapters);

describe("a schedule", () => {
  it("has what is signed first, then its annexes, then what stands beside them", () => {
    expect(titlesOf(signedReport())).toEqual([
      "About this schedule",
      "1. Parties",
      "2. Definitions and letters",
      expect.stringMatching(/^3\. /),
      ...Array.from({ length: signedReport().frame?.clauses.length ?? 0 }, (_, i) =>
        expect.stringMatching(new RegExp(`^${i + 4}\\. `)),
      ),
      "Annex 1. Responsibility matrix",
      "Annex 2. Duties",
      "What changed since version 1",
      "Certificate",
    ]);
    const series = outlineOf(signedReport()).map((chapter) => chapter.series);
    expect(series.lastIndexOf("clause")).toBeLessThan(series.indexOf("annex"));
    expect(titlesOf(signedReport()).at(series.lastIndexOf("clause"))).toMatch(/Signatures$/);
  });

  it("says each duty once, each boundary note once, and prints no empty list", () => {
    const report = reportOf();
    const text = wordsOf(outlineOf(report));
    for (const { boundary } of report.boundaries) expect(text.split(boundary)).toHaveLength(2);
    for (const { description } of ACCEPTED.duties)
      expect(text.split(`${description}\\n`).length).toBeLessThanOrEqual(2);
    const annex = outlineOf(report).find(({ title }) => title === "Duties")?.blocks[0];
    expect(annex?.kind === "table" ? annex.rows.map(([code]) => code) : []).toEqual(
      report.sections.flatMap(({ rows }) => rows.map(({ code }) => code)),
    );
    expect(titlesOf(reportOf(undefined, { ...ACCEPTED, clauses: [] }))).not.toContain(
      "Annex 3. Escalation, authority and communication",
    );
    const lists = outlineOf(reportOf(undefined, { ...ACCEPTED, accepted: {} })).flatMap(({ blocks }) => blocks);
    for (const block of lists) if (block.kind === "list") expect(block.items.length).toBeGreaterThan(0);
  });

  it("prints accepted warnings and lists by party by choice alone, and isn't an extract without them", () => {
    const [byDefault, everything] = [reportOf(), reportOf(REPORT_PARTS)];
    expect(wordsOf(outlineOf(byDefault))).not.toContain("One lead by design");
    expect([byDefault.extractOf, everything.extractOf]).toEqual([null, null]);
    expect(titlesOf(everything)).toEqual(expect.arrayContaining(["Annex 4. Accepted warnings", "Duties by party"]));
    expect(wordsOf(outlineOf(everything))).toContain("One lead by design");
    expect(wordsOf(outlineOf(byDefault))).toContain("they are printed as Annex 4 by choice");
  });

  it("keeps the numbers of its annexes in an extract, which says in its first line that it is one", () => {
    const extract = reportOf(["duties", "accepted-warnings"]);
    expect(titlesOf(extract)).toEqual([
      "About this schedule",
      "1. Signatures",
      "Annex 2. Duties",
      "Annex 4. Accepted warnings",
    ]);
    expect(outlineOf(extract)[0]?.blocks[0]).toMatchObject({
      look: "alert",
      text: "This is an extract of version 3 with these parts: Duties, Accepted warnings. The whole text has more.",
    });
    expect(extract.mark).toBe("EXTRACT");
  });

  it("says in the first line of an amendment that it is one, and what changes from what to what", () => {
    const report = amendmentReport(signedReport(), amendment);
    expect(titlesOf(report)).toEqual([
      "About this amendment",
      "1. What it refers to",
      "2. Amended duties",
      "3. Signatures",
      "Certificate",
    ]);
    expect(outlineOf(report)[0]?.blocks[0]).toMatchObject({ text: expect.stringMatching(/^This is an amendment: /) });
    for (const { clauses } of amendment.sections.flatMap(({ duties }) => duties))
      for (const { before, after } of clauses)
        for (const said of [before, after])
          expect(wordsOf(outlineOf(report))).toContain(JSON.stringify(said).slice(1, -1));
  });

  it("is the same chapters in Markdown, and sheets of the same names in a workbook", () => {
    const report = signedReport();
    const heads = writeMarkdown(report)
      .split("\n")
      .filter((line) => line.startsWith("## "));
    expect(heads.map((line) => line.slice(3).replaceAll("\\", "").replaceAll("&amp;", "&"))).toEqual(
      titlesOf(report).slice(1),
    );
    expect(sheetsOf(report).map(({ name }) => name)).toEqual([
      "Clauses",
      "Responsibility matrix",
      "Duties",
      "Changes",
      "Amendment",
      "Certificate",
      "Framework numbers",
    ]);
  });

  it("is whole by the parts of its writer", () => {
    for (const writer of WRITERS) {
      expect(isExtract(wholeParts(writer), writer)).toBe(false);
      for (const part of wholeParts(writer))
        expect(
          isExtract(
            wholeParts(writer).filter((one) => one !== part),
            writer,
          ),
        ).toBe(writer < 3 || part !== "changes");
    }
  });
});

describe("the words at the head and foot of a page", () => {
  it("name the exhibit, the agreement, the version and the fingerprint", () => {
    const { foot, names, edition: head } = runningWords(reportOf());
    expect([names, head]).toEqual(["Northwind and Harbour IT", "Who does what & why"]);
    expect(foot).toMatch(
      /^Exhibit B · Agreement MSA-12 · Version 3, agreed · Fingerprint [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}$/,
    );
  });
  it("name what a reference already says once, and shorten a long one before the fingerprint", () => {
    const terms = {
      ...ACCEPTED.terms,
      exhibit: "Exhibit C",
      agreementReference: "Services agreement " + "x".repeat(100),
    };
    const { foot } = runningWords(reportOf(undefined, { ...ACCEPTED, terms }));
    expect(foot).toMatch(/^Exhibit C · Services agreement x+… · Version 3, agreed · Fingerprint /);
    expect(foot.length).toBeLessThan(130);
    expect(runningWords(draftReport()).foot).toMatch(/^Agreement MSA-1 · Draft · Fingerprint /);
  });
});

describe("a browser", () => {
  it.each([
    ["Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Windows"],
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
      "Edge on Windows",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15",
      "Safari on macOS",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile/15E148 Safari/604.1",
      "Chrome on iPhone",
    ],
    [
      "Mozilla/5.0 (Linux; Android 16; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/29.0 Chrome/136.0 Mobile Safari/537.36",
      "Samsung Internet on Android",
    ],
    [
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0 Safari/537.36",
      "Chrome on Linux",
    ],
    ["curl/8.14", "Another browser"],
    ["", ""],
  ])("%s is told in words, which stay what they are", (said, words) => {
    expect([browserWords(said), browserWords(browserWords(said))]).toEqual([words, words]);
  });
});
