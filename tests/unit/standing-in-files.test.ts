import { describe, expect, it } from "vitest";
import { termsHash } from "~/domain/agreement/agreement";
import { thingTerms } from "~/domain/agreement/thing-agreement";
import { agreedWords } from "~/domain/changes/field-words";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Mark } from "~/domain/matrix/shapes";
import { blankAuthority, blankContainment } from "~/domain/parts/authorities";
import { blankConversation } from "~/domain/parts/conversations";
import { FRAME } from "~/domain/parts/frame";
import { blankHours, blankOffDuty, NO_HOURS } from "~/domain/parts/hours";
import { blankPath } from "~/domain/parts/paths";
import type { AnyThing } from "~/domain/parts/part";
import { PART_LIST } from "~/domain/parts/registry";
import { amendmentReport, buildReport, type Report } from "~/domain/pack/report";
import { buildAmendment } from "~/domain/pack/amendment";
import { REPORT_PARTS } from "~/domain/pack/report-parts";
import { agreedSentences } from "~/domain/pack/sentences";
import { canonicalText } from "~/domain/version/snapshot";
import { writeCsv } from "~/files/csv.server";
import { writeDocx } from "~/files/docx.server";
import { fingerprintOf } from "~/files/fingerprint.server";
import { writeMarkdown } from "~/files/markdown.server";
import { writeToCompare } from "~/files/pdf.server";
import { readOffice } from "~/files/read/office.server";
import { readPdf } from "~/files/read/pdf.server";
import type { ReadFile } from "~/files/read/read-file";
import { openArchive } from "~/files/read/zip.server";
import { writeXlsx } from "~/files/xlsx.server";
import { aLevel } from "../support/escalation";
import { aDuty, aMatrix, cells } from "../support/matrices";

const WHO = cells({ "it-lead": "A", "it-team": "R", "service-desk": "C" });

/** A matrix with every kind of thing, every kind of standing, a cover, a dispute and a ruling. */
function everything(): Matrix {
  const duties = [
    aDuty({
      id: "applies",
      code: "SUP-01",
      text: "Answer user calls",
      letters: cells({ "it-lead": "A", "service-desk": "R" }),
    }),
    aDuty({
      id: "na",
      code: "SUP-02",
      text: "Order fax paper",
      letters: WHO,
      standing: { kind: "not-applicable", reason: "There is no fax" },
    }),
    aDuty({
      id: "declined",
      code: "SUP-03",
      text: "Watch the lift telephone",
      letters: WHO,
      standing: { kind: "declined", reason: "Too dear", riskOwner: "Daniel Okafor", until: "2027-01-31" },
    }),
    aDuty({
      id: "parked",
      code: "SUP-04",
      text: "Move the wiki",
      letters: WHO,
      boundary: "The wiki, not the intranet",
      standing: { kind: "parked", owner: "Priya Nair", until: "2026-09-01" },
    }),
    aDuty({
      id: "covered",
      code: "NET-01",
      domainId: "net",
      text: "Watch the network",
      description: "Every switch and line",
      doneWhen: "Each alarm has a ticket",
      cadence: "Each hour",
      boundary: "The desk watches, the team repairs",
      letters: WHO,
      reserved: true,
      cover: "24x7",
      tools: "PRTG",
      decisions: {
        decides: "The IT lead",
        asked: "The night desk",
        told: "The vendor",
        limit: "EUR 2,000",
        silence: "It counts as a no",
      },
      coverPeriod: { partyId: "provider", from: "2026-05-01", to: "2026-05-31" },
      pathId: "outage",
      authorityId: "spare",
    }),
  ];
  const matrix = aMatrix({
    title: "Who does what",
    terms: {
      agreementReference: "MSA-12",
      exhibit: "B",
      precedence: "The agreement comes first",
      effectiveDate: "2026-04-01",
      reviewDate: "2027-04-01",
    },
    settings: {
      accountability: "stays-with-client",
      scheme: "RASCI",
      ruler: "Helen Ashby",
      manyDoers: 4,
      manyAsked: 5,
      answererShare: 41,
      personDuties: 26,
    },
    duties,
    clauses: [
      {
        id: "freeze",
        key: "",
        title: "Freeze in June",
        text: "{provider} waits.\nNothing moves at the fair.",
        struck: false,
      },
    ],
    definitions: [{ id: "fair", key: "", term: "The fair", meaning: "The days on which {client} shows its wares." }],
    paths: [
      {
        ...blankPath("outage"),
        name: "Outage",
        trigger: "A site is down",
        examples: "The line to Leeds",
        clock: { kind: "working-hours", partyId: "provider" },
        levels: {
          one: aLevel(0, ["service-desk"], { may: "Restart a router", decides: true, channels: ["phone", "sms"] }),
          two: aLevel(45, ["it-lead"]),
        },
        repeats: 2,
        roundMinutes: 90,
        updateMinutes: 30,
        decisionTarget: 60,
        restoreTarget: 240,
        handover: "What was tried",
        lastResort: "The insurer is called",
      },
    ],
    authorities: [
      {
        ...blankAuthority("spare"),
        name: "Spare parts",
        roleId: "it-lead",
        deputyId: "it-team",
        upTo: 2500,
        currency: "EUR",
        condition: "Once a week",
      },
    ],
    containments: [
      {
        ...blankContainment("cut"),
        action: "Cut a site off",
        roleId: "service-desk",
        callsId: "it-lead",
        condition: "At night",
      },
    ],
    offLimits: [{ id: "mri", system: "The scanner", reason: "A patient may lie in it" }],
    hours: [
      {
        ...blankHours("h", "provider"),
        week: { ...NO_HOURS, mon: [{ from: "08:00", to: "18:00" }] },
        holidays: { "2026-12-25": "Christmas" },
        billable: "Double rate",
      },
    ],
    offDuties: [
      {
        ...blankOffDuty("o", "vendor"),
        week: { ...NO_HOURS, sun: [{ from: "02:00", to: "04:00" }] },
        days: ["2026-12-24"],
        reason: "Maintenance",
      },
    ],
    conversations: [
      {
        ...blankConversation("c"),
        kind: "operations",
        name: "Monday call",
        clientRoleId: "it-lead",
        providerRoleId: "service-desk",
        leadsId: "service-desk",
        cadence: "Each Monday",
        place: "By telephone",
        agenda: "Open tickets",
        inputs: "The list",
        shared: "Figures",
        clientHolds: "Salaries",
        providerHolds: "Other clients",
      },
    ],
    accepted: {
      "vague-role.it-team": {
        reason: "Known to both",
        by: "Maya Lindqvist",
        on: "2026-03-02",
        about: "0".repeat(32),
        partyId: "client",
      },
    },
  });
  return withStatements(matrix);
}

function withStatements(matrix: Matrix): Matrix {
  const mark = (terms: string, position: string): Mark => ({ state: "disputed", terms, position });
  return {
    ...matrix,
    parties: matrix.parties.map((party) =>
      party.kind === "client"
        ? {
            ...party,
            legal: {
              name: "Northwind Foods AG",
              form: "Stock company",
              register: "HRB 4711",
              address: "1 Quay\nHarbour",
            },
          }
        : party,
    ),
    duties: matrix.duties.map((duty) => {
      const terms = termsHash(matrix, duty);
      return duty.id === "applies"
        ? {
            ...duty,
            marks: { provider: mark(terms, "The desk has no staff at six") },
            ruling: {
              what: "The desk answers from seven",
              by: "Helen Ashby",
              on: "2026-03-09",
              why: "Six is too early",
              terms,
              confirmed: ["client", "provider"],
            },
          }
        : duty;
    }),
    paths: matrix.paths.map((path) => ({
      ...path,
      marks: { client: mark(thingTerms(matrix, "paths", path), "Nobody asked us about the insurer") },
    })),
  };
}

function reportOf(matrix: Matrix): Report {
  const text = canonicalText({ matrix, number: 2, previous: null });
  return buildReport({
    matrix,
    edition: {
      kind: "version",
      number: 2,
      status: "proposed",
      reason: "For signing",
      authorName: "Maya Lindqvist",
      publishedAt: "2026-03-10T09:00:00.000Z",
      fingerprint: fingerprintOf(text),
      previousFingerprint: null,
      canonicalText: text,
    },
    changes: [],
    blockers: [],
    choice: { parts: REPORT_PARTS, paper: "A4" },
  });
}

const textOf = ({ parts }: ReadFile) =>
  parts.flatMap(({ rows }) => rows.map(({ cells: texts }) => texts.join(" | ").replaceAll("\n", " "))).join("\n");
/** A writer of each format, read as text again. */
const FORMATS: Record<string, (report: Report) => Promise<string>> = {
  xlsx: async (report) => textOf(await readOffice(await openArchive(await writeXlsx(report)))),
  docx: async (report) => textOf(await readOffice(await openArchive(await writeDocx(report)))),
  pdf: async (report) => textOf(await readPdf(await writeToCompare(report, null, null))),
  md: async (report) => writeMarkdown(report).replaceAll("\\", "").replaceAll("&amp;", "&"),
  csv: async (report) => writeCsv(report),
};
/** A format may break and join lines; a table shows in columns what a sentence joins. */
const bare = (text: string) => text.replace(/[\s|]+/g, " ").toLowerCase();
const pieces = (words: string) =>
  words
    .split(/\n|[;,:.] /)
    .map((piece) =>
      bare(piece)
        .replace(/[.;,:]$/, "")
        .trim(),
    )
    .filter(Boolean);

const matrix = everything();
const report = reportOf(matrix);
const texts = new Map(
  await Promise.all(Object.entries(FORMATS).map(async ([format, write]) => [format, await write(report)] as const)),
);
const shown = (format: string) => bare(texts.get(format) ?? "");

describe.each(Object.keys(FORMATS))("%s", (format) => {
  it("shows each agreed value of each thing of each kind", () => {
    // A sheet of duties has nothing about other kinds.
    const parts = format === "csv" ? PART_LIST.filter(({ name }) => name === "duties") : PART_LIST;
    const missing = parts.flatMap((part) => {
      const things: readonly AnyThing[] = matrix[part.name];
      expect(things.length, part.name).toBeGreaterThan(0);
      return things.flatMap((thing) =>
        agreedWords(thing, part.fields, matrix)
          .filter(({ field }) => field !== "letters")
          .flatMap(({ field, text }) =>
            pieces(text).flatMap((piece) => (shown(format).includes(piece) ? [] : [`${part.name} ${field}: ${piece}`])),
          ),
      );
    });
    expect(missing).toEqual([]);
  });

  it.runIf(format !== "csv")(
    "shows the title, the terms, the settings and what was accepted, by whom and for whom",
    () => {
      const missing = agreedWords(matrix, FRAME, matrix).flatMap(({ field, text }) =>
        pieces(text).flatMap((piece) => (shown(format).includes(piece) ? [] : [`${field}: ${piece}`])),
      );
      expect(missing).toEqual([]);
      for (const said of ["Known to both", "Maya Lindqvist for Northwind, 2 Mar 2026"])
        expect(shown(format)).toContain(bare(said));
    },
  );

  it("shows the dispute, the ruling and who rules", () => {
    for (const said of [
      "Helen Ashby",
      "The desk has no staff at six",
      "The desk answers from seven",
      "Helen Ashby, 9 Mar 2026",
      "Six is too early",
      "Northwind and Harbour IT",
      ...(format === "csv" ? [] : ["Nobody asked us about the insurer"]),
    ])
      expect(shown(format), said).toContain(bare(said));
  });

  it("says in the row of a duty what its standing is, with reason and until when, and who covers it from when to when", () => {
    for (const said of [
      "Doesn't apply: There is no fax",
      "Declined until 31 Jan 2027 at the risk of Daniel Okafor: Too dear",
      "Parked until 1 Sep 2026 with Priya Nair",
      "Covered by Harbour IT from 1 May 2026 to 31 May 2026",
    ])
      expect(shown(format), said).toContain(bare(said));
  });

  it("keeps the letters of such a duty in brackets, and gives it to nobody", () => {
    const line = (texts.get(format) ?? "").split("\n").filter((row) => /SUP-0[234]/.test(row));
    expect(line.join("\n")).toContain("(A)");
    const rows = line.filter((row) => row.includes("(A)"));
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row).not.toMatch(/[|,] ?[ARC] ?[|,]/);
  });
});

it("no list of who does what has a duty that doesn't apply, is declined or parked; one list says that nobody does them", () => {
  const struck = ["SUP-02", "SUP-03", "SUP-04"];
  const listed = report.parties.flatMap(({ does, answers, stays, covers }) =>
    [...does, ...answers, ...stays, ...covers].map(({ code }) => code),
  );
  expect(listed.filter((code) => struck.includes(code))).toEqual([]);
  expect(report.struck.map(({ code }) => code)).toEqual(struck);
  const owners = report.sections.flatMap(({ rows }) => rows.filter(({ code }) => struck.includes(code)));
  expect(owners.map(({ owner }) => owner)).toEqual(struck.map(() => "Nobody meanwhile"));
  const covering = report.parties.find(({ name }) => name === "Harbour IT")?.covers;
  expect(covering?.map(({ code, roles }) => [code, roles])).toEqual([["NET-01", "1 May 2026 to 31 May 2026"]]);
});

it("the first two writers say nothing of it outside of the terms, as their files do", () => {
  for (const writer of [1, 2] as const) {
    const earlier = buildReport({ matrix, edition: report.edition, changes: [], blockers: [], writer });
    expect([earlier.struck, earlier.disputes]).toEqual([[], []]);
    expect(earlier.sections.flatMap(({ rows }) => rows.filter(({ struck, covered }) => struck || covered))).toEqual([]);
    expect(earlier.parties.flatMap(({ answers }) => answers.map(({ code }) => code))).toContain("SUP-03");
  }
});

describe("an amendment", () => {
  const base = {
    matrix,
    number: 1,
    status: "agreed",
    publishedAt: "2026-01-05T09:00:00.000Z",
    fingerprint: "b".repeat(64),
  };
  const now: Matrix = {
    ...matrix,
    duties: [
      ...matrix.duties.flatMap((duty) =>
        duty.id === "parked"
          ? [{ ...duty, standing: null }]
          : duty.id === "covered"
            ? [{ ...duty, coverPeriod: null, boundary: "The team watches and repairs" }]
            : duty.id === "na"
              ? []
              : [duty],
      ),
      aDuty({ id: "again", code: "SUP-02", text: "Order toner", letters: WHO }),
      aDuty({ id: "new", code: "SUP-05", text: "Order screens", letters: WHO }),
    ],
  };
  const amendment = buildAmendment({ base, matrix: now, becomes: 2, ordinal: 1 });
  const duties = new Map(
    amendment.sections.flatMap((section) => section.duties.map((duty) => [`${duty.code} ${duty.text}`, duty])),
  );

  it("says which duty was deleted, restored or is new, and what ended, with who does it now", () => {
    expect(duties.get("SUP-02 Order fax paper")?.how).toBe("deleted");
    expect(duties.get("SUP-02 Order toner")?.how).toBe("restored");
    expect(duties.get("SUP-05 Order screens")?.how).toBe("added");
    expect(duties.get("SUP-04 Move the wiki")?.clauses).toEqual([
      { what: "Standing", before: "Parked until 1 Sep 2026 with Priya Nair", after: "Ended: it applies again" },
      {
        what: "Who does it",
        before: "Nobody does it meanwhile. Once it applies: IT lead answers, IT team does, Service desk is asked",
        after: "IT lead answers, IT team does, Service desk is asked",
      },
    ]);
    expect(duties.get("NET-01 Watch the network")?.clauses).toEqual([
      { what: "Boundary note", before: "The desk watches, the team repairs", after: "The team watches and repairs" },
      { what: "Covered for a while", before: "Harbour IT, 1 May 2026 to 31 May 2026", after: "Ended: it went back" },
      {
        what: "Who does it",
        before:
          "IT lead answers, IT team does, Service desk is asked. Covered by Harbour IT from 1 May 2026 to 31 May 2026",
        after: "IT lead answers, IT team does, Service desk is asked",
      },
    ]);
  });

  it("counts its changes as the list of changes does, and says from which day on they hold", () => {
    const sentences = agreedSentences(matrix, now);
    expect(amendment.recitals.slice(1)).toEqual([
      "From 1 Apr 2026 on, or from the day it is agreed where that is later, the responsibility matrix reads as version 2, which is the whole text as it stands from then on.",
      `It makes ${sentences.length} changes: 5 to duties and ${sentences.length - 5} beside them. 2 duties stay as agreed. What is not listed here is not changed.`,
    ]);
    expect(amendment.sections.flatMap((section) => section.duties)).toHaveLength(5);
    expect(amendment.frame).toHaveLength(sentences.length - 5);
  });

  it.each(["xlsx", "docx", "pdf"])("says so in %s", async (format) => {
    const said = bare((await FORMATS[format]?.(amendmentReport(report, amendment))) ?? "");
    for (const words of ["Ended: it applies again", "Nobody: the duty is deleted", "From 1 Apr 2026 on"])
      expect(said).toContain(bare(words));
    expect(said).toMatch(format === "xlsx" ? /deleted: order fax paper/ : /sup-02 “order fax paper”, deleted/);
    expect(said).toMatch(format === "xlsx" ? /restored: order toner/ : /“order toner”, restored after it was deleted/);
  });
});
