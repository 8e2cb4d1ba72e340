import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildAmendment } from "~/domain/pack/amendment";
import { momentWords, readMoment } from "~/domain/day-words";
import { amendmentReport, buildReport, type Report } from "~/domain/pack/report";
import type { SignatureFact } from "~/domain/signing/sign-off";
import type { StoredVersion } from "~/domain/verify/facts";
import { differenceSentence } from "~/domain/verify/difference-words";
import type { Answer } from "~/domain/verify/answer";
import { writeDocx } from "~/files/docx.server";
import { writeMarkdown } from "~/files/markdown.server";
import { writePdf } from "~/files/pdf.server";
import { readPdf } from "~/files/read/pdf.server";
import { readOffice } from "~/files/read/office.server";
import { openArchive } from "~/files/read/zip.server";
import { verifyFile } from "~/files/verify/verify.server";
import { writeXlsx } from "~/files/xlsx.server";
import { withPart } from "../support/packages";
import { aSignature, aVersion } from "../support/version-files";

/** Late on 27 November in UTC: in Los Angeles it is the afternoon of that day, in Auckland the next day has begun. */
const PUBLISHED = "2026-11-27T23:40:05.000Z";
const SIGNED = "2026-11-27T23:41:07.000Z";
const AGREED = "2026-11-28T03:00:09.000Z";
const ON_PAPER = "2026-11-28";

const made = aVersion();
const [client, provider] = made.matrix.parties;
if (!client || !provider) throw new Error("The matrix has no parties.");
const { fingerprint } = made.edition;
const edition = { ...made.edition, publishedAt: PUBLISHED, agreedAt: AGREED };
const signatures: SignatureFact[] = [
  aSignature({ partyId: client.id, partyName: client.name, name: "Maya Lindqvist", signedAt: SIGNED, fingerprint }),
  aSignature({
    partyId: provider.id,
    partyName: provider.name,
    name: "Priya Nair",
    proof: "paper",
    signedAt: ON_PAPER,
    address: "",
    browser: "",
    consentText: "",
    consentVersion: 0,
    fingerprint,
    picture: {
      kind: "paper",
      fileName: "signed.pdf",
      sha256: "b".repeat(64),
      statedBy: "Priya Nair",
      confirmedBy: "Maya Lindqvist",
    },
  }),
];
const history = [
  { at: PUBLISHED, what: "Published", by: "Maya Lindqvist" },
  { at: SIGNED, what: "Signed for Northwind", by: "Maya Lindqvist" },
  { at: ON_PAPER, what: "Signed for Harbour IT", by: "Priya Nair" },
  { at: AGREED, what: "Agreed", by: "all who were asked to sign" },
];
const base = {
  matrix: { ...made.matrix, duties: made.matrix.duties.slice(0, 10) },
  number: 2,
  status: "agreed",
  publishedAt: "2026-11-26T23:59:59.000Z",
  fingerprint: "a".repeat(64),
  ordinal: 1,
};
const amendment = buildAmendment({ base, matrix: made.matrix, becomes: 3, ordinal: 1 });
const input = {
  matrix: made.matrix,
  edition,
  changes: made.report.changes,
  blockers: made.report.blockers,
  signatures,
  history,
  amendment,
};

/** What an earlier release kept and wrote: days of moments without time and zone, and a day on paper as the moment at which it begins in UTC. */
const midnight = (at: string) => (at === ON_PAPER ? `${at}T00:00:00.000Z` : at);
const older = {
  ...input,
  writer: 1 as const,
  signatures: signatures.map((one) => ({ ...one, signedAt: midnight(one.signedAt) })),
  history: history.map((one) => ({ ...one, at: midnight(one.at) })),
  amendment: buildAmendment({
    base: { ...base, publishedAt: "2026-11-26" },
    matrix: made.matrix,
    becomes: 3,
    ordinal: 1,
    writer: 1,
  }),
};

const WRITERS = { xlsx: writeXlsx, docx: writeDocx, pdf: (report: Report) => writePdf(report) } as const;
const FORMATS = ["xlsx", "docx", "pdf"] as const;
const REPORTS = {
  agreed: () => buildReport(input),
  proposed: () =>
    buildReport({ ...input, edition: { ...edition, status: "proposed", agreedAt: null }, signatures: [], history: [] }),
  draft: () =>
    buildReport({
      ...input,
      edition: {
        kind: "draft",
        differsFrom: 2,
        exportedAt: PUBLISHED,
        fingerprint,
        previousFingerprint: edition.previousFingerprint,
        canonicalText: edition.canonicalText,
      },
      signatures: [],
      history: [],
    }),
  amendment: () => amendmentReport(buildReport(input), amendment),
} as const;

async function textsOf(format: (typeof FORMATS)[number] | "md", report: Report): Promise<string[]> {
  if (format === "md") return writeMarkdown(report).split("\n");
  const bytes = await WRITERS[format](report);
  const { parts } = format === "pdf" ? await readPdf(bytes) : await readOffice(await openArchive(bytes));
  return parts.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));
}

describe.each(["America/Los_Angeles", "Pacific/Auckland"])("written where it is %s", (zone) => {
  const before = process.env.TZ;
  beforeAll(() => void (process.env.TZ = zone));
  afterAll(() => {
    if (before === undefined) delete process.env.TZ;
    else process.env.TZ = before;
  });

  it.each([...FORMATS, "md"] as const)(
    "%s says the zone with every day that comes from a moment, and none with a day that somebody chose",
    async (format) => {
      expect(new Date(PUBLISHED).getDate()).toBe(zone === "Pacific/Auckland" ? 28 : 27);
      for (const [name, make] of Object.entries(REPORTS)) {
        const texts = await textsOf(format, make());
        const november = texts.flatMap((text) => text.match(/2[678] Nov 2026(?:, \d\d:\d\d:\d\d UTC)?/g) ?? []);
        const bare = november.filter((words) => !words.endsWith("UTC"));
        // The day on paper stands in its place to sign, its signature and the history.
        const onPaper = name === "agreed" || name === "amendment" ? 3 : 0;
        expect([name, bare]).toEqual([name, Array.from({ length: onPaper }, () => "28 Nov 2026")]);
        expect(november).toContain("27 Nov 2026, 23:40:05 UTC");
        if (name === "agreed")
          expect(november).toEqual(expect.arrayContaining(["27 Nov 2026, 23:41:07 UTC", "28 Nov 2026, 03:00:09 UTC"]));
        if (format !== "md" && (name === "amendment" || format === "xlsx"))
          expect(november).toContain("26 Nov 2026, 23:59:59 UTC");
        expect(texts.join("\n")).toMatch(/\b1 Apr 2026\b(?!, \d\d:)/);
      }
    },
  );
});

const KNOWN: StoredVersion = {
  number: 3,
  status: "agreed",
  reason: edition.reason,
  authorName: edition.authorName,
  publishedAt: PUBLISHED,
  changes: input.changes,
  earlierChanges: input.changes,
  secondChanges: input.changes,
  disputes: [],
  blockers: input.blockers,
  signatures,
  history,
  agreedAt: AGREED,
  effectiveDate: "2026-04-01",
  supersededBy: null,
};
const told = ({ differences }: Answer) => differences.map(differenceSentence);
const check = (bytes: Uint8Array, known: Partial<StoredVersion> = {}) =>
  verifyFile(bytes, "", async () => ({
    kind: "here",
    known: [{ ...KNOWN, ...known }],
    now: new Date("2026-12-01T00:00:00Z"),
    kept: false,
    bases: [base],
  }));

describe.each([
  ["as it is written", input],
  ["as earlier releases wrote it", older],
] as const)("a file %s", (_name, from) => {
  it.each(FORMATS)("is genuine in %s, whole, as an amendment, and without its installation", async (format) => {
    for (const [report, subject] of [
      [buildReport(from), "version 3"],
      [amendmentReport(buildReport(from), from.amendment), "an amendment that leads to version 3"],
    ] as const) {
      const bytes = await WRITERS[format](report);
      const [here, alone] = [await check(bytes), await verifyFile(bytes, "", async () => ({ kind: "nowhere" }))];
      expect([here.verdict, told(here), alone.verdict, told(alone)]).toEqual(["in-force", [], "consistent", []]);
      expect(here.sentence).toBe(`This is ${subject}, agreed on 28 Nov 2026, 03:00:09 UTC, in force.`);
    }
  });
  it.each(FORMATS)("with another day of publishing, signing or amending is named for it in %s", async (format) => {
    const other = "2026-11-25T23:40:05.000Z";
    const published = await check(
      await WRITERS[format](buildReport({ ...from, edition: { ...edition, publishedAt: other } })),
    );
    expect(told(published)).toEqual([
      expect.stringMatching(/^Cover: Published: “25 Nov 2026.* by Maya Lindqvist” is not what the version has\.$/),
    ]);
    const signed = await check(
      await WRITERS[format](
        buildReport({
          ...from,
          signatures: from.signatures.map((one, i) => (i === 0 ? { ...one, signedAt: other } : one)),
        }),
      ),
    );
    expect(told(signed)).toEqual([
      "Certificate: Signature 1, Signed: “25 Nov 2026, 23:40:05 UTC” is not what the version has.",
    ]);
    const paper = await check(
      await WRITERS[format](
        buildReport({
          ...from,
          signatures: from.signatures.map((one, i) =>
            i === 1 ? { ...one, signedAt: one.signedAt.replace("28", "25") } : one,
          ),
        }),
      ),
    );
    expect(told(paper)).toEqual([
      expect.stringMatching(
        /^Certificate: Signature 2, Signed: “25 Nov 2026(, 00:00:00 UTC)?” is not what the version has\.$/,
      ),
    ]);
    const happened = await check(
      await WRITERS[format](
        buildReport({
          ...from,
          history: from.history.map((one, i) => (i === 2 ? { ...one, at: one.at.replace("28", "25") } : one)),
        }),
      ),
    );
    expect(told(happened)).toEqual([expect.stringMatching(/^Certificate: What happened, in order, 25 Nov 2026/)]);
    const recital = from.amendment.recitals.map((text) => text.replace("26 Nov 2026", "25 Nov 2026"));
    const amended = await check(
      await WRITERS[format](
        amendmentReport(buildReport({ ...from, amendment: { ...from.amendment, recitals: recital } }), {
          ...from.amendment,
          recitals: recital,
        }),
      ),
    );
    expect(told(amended)).toEqual([expect.stringContaining("published on 25 Nov 2026")]);
  });
});

describe("a workbook in which one of the two ways of writing was put in the place of the other", () => {
  const words = (bytes: Uint8Array, from: string, to: string) =>
    withPart(bytes, "xl/sharedStrings.xml", (xml) => xml.replace(from, to));
  it.each([
    ["a place to sign", "<t>27 Nov 2026, 23:41:07 UTC</t>", "<t>27 Nov 2026</t>"],
    ["a signature", "<t>27 Nov 2026, 23:41:07 UTC</t>", "<t>28 Nov 2026, 23:41:07 UTC</t>"],
    ["the line on publishing", "27 Nov 2026, 23:40:05 UTC by", "27 Nov 2026 by"],
    ["the line on publishing, to another minute", "27 Nov 2026, 23:40:05 UTC by", "27 Nov 2026, 23:41:05 UTC by"],
    ["the line on publishing, to no time there is", "27 Nov 2026, 23:40:05 UTC by", "27 Nov 2026, 25:40:05 UTC by"],
    ["the day on paper", "<t>28 Nov 2026</t>", "<t>28 Nov 2026, 00:00:00 UTC</t>"],
    ["what is amended", "26 Nov 2026, 23:59:59 UTC, fingerprint", "26 Nov 2026, fingerprint"],
  ])("differs: %s", async (_name, from, to) => {
    const whole = await writeXlsx(buildReport(input));
    const altered = words(whole, from, to);
    expect(altered).not.toEqual(whole);
    const answer = await check(altered);
    expect([answer.verdict, answer.differences.length > 0]).toEqual(["differs", true]);
  });
  it("differs where an old one has a zone in one place", async () => {
    const answer = await check(
      words(await writeXlsx(buildReport(older)), "26 Nov 2026, fingerprint", "26 Nov 2026, 23:59:59 UTC, fingerprint"),
    );
    expect(answer.verdict).toBe("differs");
  });
});

describe("what verifying says of a version's day to take effect", () => {
  const at = async (now: string) => {
    const answer = await verifyFile(await writeXlsx(buildReport(input)), "", async () => ({
      kind: "here",
      known: [{ ...KNOWN, effectiveDate: "2026-12-01" }],
      now: new Date(now),
      kept: false,
      bases: [base],
    }));
    return [answer.verdict, answer.sentence];
  };
  const agreed = "This is version 3, agreed on 28 Nov 2026, 03:00:09 UTC, in force";
  it("is that it is yet to come while it has begun nowhere, that it has begun in some places, and nothing once it has begun everywhere", async () => {
    expect(await at("2026-11-30T09:59:59Z")).toEqual(["not-yet", `${agreed} from 1 Dec 2026.`]);
    const some = [
      "in-force",
      `${agreed} from 1 Dec 2026, a day that has begun in some parts of the world and not yet in others.`,
    ];
    expect(await at("2026-11-30T10:00:00Z")).toEqual(some);
    expect(await at("2026-12-01T11:59:59Z")).toEqual(some);
    expect(await at("2026-12-01T12:00:00Z")).toEqual(["in-force", `${agreed}.`]);
  });
});

describe("a moment in words", () => {
  it("is read back as it was written, and nothing else is", () => {
    for (const at of [PUBLISHED, "2028-02-29", "2026-01-01T00:00:00.000Z"])
      expect(readMoment(momentWords(at))).toBe(at);
    for (const words of [
      "",
      "Not set",
      "03 Mar 2026",
      "3 Mar 2026, 09:00 UTC",
      "3 Mar 2026, 09:00:00",
      "3 Mar 2026, 25:00:00 UTC",
      "31 Foo 2026",
      "39 Mar 2026",
      "3 Mar 2026, 09:00:00 UTC ",
    ])
      expect(readMoment(words)).toBe("");
  });
});
