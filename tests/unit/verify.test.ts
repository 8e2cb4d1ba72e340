import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { strToU8, unzipSync, zipSync } from "fflate";
import { beforeAll, describe, expect, it } from "vitest";
import { carriedFactsJson, type CarriedFacts } from "~/domain/verify/carried-facts";
import { buildReport } from "~/domain/pack/report";
import type { Answer } from "~/domain/verify/answer";
import { differenceSentence } from "~/domain/verify/difference-words";
import type { StoredVersion } from "~/domain/verify/facts";
import { readCanonical } from "~/domain/version/read-canonical";
import { canonicalText } from "~/domain/version/snapshot";
import { writeDocx } from "~/files/docx.server";
import { writeJson } from "~/files/json.server";
import { writePdf } from "~/files/pdf.server";
import { readReference, verifyFile, type LookUpVersion } from "~/files/verify/verify.server";
import { writeXlsx } from "~/files/xlsx.server";
import { matrixFromLibrary } from "~/library/start-matrix";
import { aFullMatrix, aVersion } from "../support/version-files";
import { cellXml, sheetPart, withCell, withoutParts, withPart, withParts } from "../support/packages";
import { withPiece } from "../support/pdfs";
import { readBy } from "../support/read-by";

const { report, edition, matrix, signatures, history } = aVersion();
const files: Record<string, Uint8Array> = {};
const workbook = () => files.xlsx ?? new Uint8Array();
beforeAll(async () =>
  Object.assign(files, {
    xlsx: await writeXlsx(report),
    docx: await writeDocx(report),
    json: strToU8(writeJson(matrix, edition)),
    pdf: await writePdf(report),
  }),
);

/** The sheets after the cover: the clauses, then the matrix. */
const MATRIX_SHEET = 3;
const MATRIX = sheetPart(MATRIX_SHEET);

const nowhere: LookUpVersion = async () => ({ kind: "nowhere" });
const KNOWN: StoredVersion = {
  number: 3,
  status: "agreed",
  reason: edition.reason,
  authorName: edition.authorName,
  publishedAt: edition.publishedAt,
  changes: report.changes,
  earlierChanges: report.changes,
  secondChanges: report.changes,
  disputes: [],
  blockers: report.blockers,
  signatures,
  history,
  agreedAt: "2026-03-05T11:30:00.000Z",
  effectiveDate: "2026-04-01",
  supersededBy: null,
};
/** An installation that keeps the version, as it stands there. */
const here =
  (known: Partial<StoredVersion> = {}, now = new Date("2026-06-01T12:00:00Z")): LookUpVersion =>
  async (fingerprint) => ({
    kind: "here",
    known: fingerprint === edition.fingerprint ? [{ ...KNOWN, ...known }] : [],
    now,
    kept: false,
    bases: [],
  });
const told = ({ differences }: Answer) => differences.map(differenceSentence);

describe("a file as it was exported", () => {
  it.each(["xlsx", "docx", "pdf", "json"])(
    "is consistent with itself in %s, and is never called agreed without the installation",
    async (format) => {
      const answer = await verifyFile(files[format] ?? new Uint8Array(), `v.${format}`, nowhere);
      expect([answer.verdict, told(answer)]).toEqual(["consistent", []]);
      expect(answer.sentence).toContain("claims to be version 3");
      expect(answer.sentence).not.toMatch(/is version|agreed on/);
    },
  );
  it.each([
    ["xlsx", writeXlsx],
    ["docx", writeDocx],
    ["pdf", writePdf],
  ] as const)(
    "says of a signatory whom the other side alone named that nobody confirmed them, in %s and without the installation too",
    async (format, writer) => {
      const [first, ...others] = report.certificate?.signatures ?? [];
      if (!first || !report.certificate) throw new Error("Nobody has signed.");
      const alone = { ...first, named: `Priya Nair of Harbour IT; confirmed by nobody of ${first.partyName}` };
      const answer = await verifyFile(
        await writer({ ...report, certificate: { ...report.certificate, signatures: [alone, ...others] } }),
        `v.${format}`,
        nowhere,
      );
      expect([answer.verdict, told(answer)]).toEqual(["consistent", []]);
      expect(answer.notes).toContain(
        `Who signed for ${first.partyName} was named by the other side, and confirmed by nobody of ${first.partyName}.`,
      );
    },
  );
  it.each<[Partial<StoredVersion>, string, string]>([
    [{}, "in-force", "This is version 3, agreed on 5 Mar 2026, 11:30:00 UTC, in force."],
    [
      { effectiveDate: "2027-01-01" },
      "not-yet",
      "This is version 3, agreed on 5 Mar 2026, 11:30:00 UTC, in force from 1 Jan 2027.",
    ],
    [
      { status: "superseded", supersededBy: { number: 4, at: "2026-05-01T08:00:00.000Z" } },
      "superseded",
      "This was version 3, superseded by version 4 on 1 May 2026, 08:00:00 UTC.",
    ],
  ])("is told how its version stands where it is kept", async (known, verdict, sentence) => {
    const answer = await verifyFile(workbook(), "v.xlsx", here(known));
    expect([answer.verdict, answer.sentence, told(answer)]).toEqual([verdict, sentence, []]);
  });
  it("of a version that is only proposed or was withdrawn can't pass for agreed", async () => {
    for (const status of ["proposed", "withdrawn"] as const) {
      // Signatures are compared by themselves.
      const answer = await verifyFile(workbook(), "v.xlsx", here({ status }));
      expect([answer.verdict, told(answer)]).toEqual([
        "differs",
        ["Cover: Version: “3, agreed” is not what the version has."],
      ]);
    }
  });
  it("that doesn't say which of two equal texts it is of is told of the one that promises least, and that there are others", async () => {
    const twice =
      (kept: boolean): LookUpVersion =>
      async () => ({
        kind: "here",
        known: [KNOWN, { ...KNOWN, status: "superseded", supersededBy: { number: 4, at: "2026-05-01T08:00:00.000Z" } }],
        now: new Date("2026-06-01T12:00:00Z"),
        kept,
        bases: [],
      });
    for (const kept of [false, true]) {
      const answer = await verifyFile(files.json ?? new Uint8Array(), "v.json", twice(kept));
      expect([answer.verdict, answer.sentence]).toEqual([
        "superseded",
        "This was version 3, superseded by version 4 on 1 May 2026, 08:00:00 UTC.",
      ]);
      expect(answer.notes.at(-1)).toBe(
        "This text is kept 2 times here, as superseded, agreed. Nothing in this file says which it is of; the answer is about the one that promises least.",
      );
    }
  });
  it("of another installation learns nothing", async () => {
    const answer = await verifyFile(workbook(), "v.xlsx", async () => ({
      kind: "here",
      known: [],
      now: new Date("2026-06-01T12:00:00Z"),
      kept: false,
      bases: [],
    }));
    expect(answer.verdict).toBe("not-from-here");
  });
  it("shows facts that are not those kept, without being told what is kept", async () => {
    const answer = await verifyFile(
      workbook(),
      "v.xlsx",
      here({
        reason: "The real reason",
        changes: ["SUP-01: the Service desk is asked."],
        earlierChanges: ["SUP-01: the Service desk is asked."],
        secondChanges: ["SUP-01: the Service desk is asked."],
      }),
    );
    expect(told(answer)).toEqual([
      "Cover: Reason for this version: “The desk takes over at night” is not what the version has.",
      "Changes: NET-02 was added. is in this file alone.",
    ]);
    expect(JSON.stringify(answer)).not.toContain("The real reason");
  });
  it("is compared with the file of a version that somebody holds", async () => {
    const same = await readReference(files.json ?? new Uint8Array(), "v3.json");
    const other = aVersion({
      matrix: {
        ...matrix,
        duties: matrix.duties.map((duty, i) => (i === 0 ? { ...duty, doneWhen: "Another end" } : duty)),
      },
    });
    const reference = await readReference(strToU8(writeJson(other.matrix, other.edition)), "other.json");
    if (!same.ok || !reference.ok) throw new Error("The files of versions could not be read.");
    expect((await verifyFile(workbook(), "v.xlsx", async () => same.value)).verdict).toBe("same-text");
    const answer = await verifyFile(workbook(), "v.xlsx", async () => reference.value);
    expect(answer.verdict).toBe("other-text");
    expect(told(answer)).toContain(
      "Duties: SUP-01 Answer user calls, Done when: “Another end” in the version, “It is done, way 1” here.",
    );
  });
});

describe("what a person may do to a workbook without changing what it says", () => {
  it("sorting the rows of the matrix is noted", async () => {
    const sorted = withPart(workbook(), MATRIX, (xml) => {
      const rows = [...xml.matchAll(/<row r="(\d+)".*?<\/row>/g)].map(([row]) => row);
      const [first = "", second = "", ...rest] = rows;
      const code = (row: string) => Number(/<c r="C\d+"[^>]*><v>(\d+)<\/v>/.exec(row)?.[1] ?? Number.MAX_SAFE_INTEGER);
      const strings = [
        ...new TextDecoder()
          .decode(unzipSync(workbook())["xl/sharedStrings.xml"])
          .matchAll(/<si><t[^>]*>([^<]*)<\/t><\/si>/g),
      ].map(([, text = ""]) => text);
      const words = (row: string) => strings[code(row)] ?? "\uFFFF";
      const moved = [...rest]
        .sort((a, b) => (words(a) < words(b) ? -1 : 1))
        .map((row, i) => row.replace(/ r="(\D*)\d+"/g, ` r="$1${i + 3}"`));
      return xml.replace(
        /<sheetData>.*<\/sheetData>/,
        () => `<sheetData>${first}${second}${moved.join("")}</sheetData>`,
      );
    });
    const answer = await verifyFile(sorted, "v.xlsx", nowhere);
    expect([answer.verdict, told(answer)]).toEqual(["consistent", []]);
    expect(answer.notes).toContain("Responsibility matrix: the rows were sorted by Duty; every row is there.");
  });
  it("filling in a signature by hand is noted, since nothing proves it", async () => {
    const proposed = await writeXlsx(aVersion({ status: "proposed" }).report);
    const place = [...new TextDecoder().decode(unzipSync(proposed)[sheetPart(1)]).matchAll(/<c r="A(\d+)"/g)]
      .map(([, row]) => Number(row))
      .at(-5);
    const answer = await verifyFile(withCell(proposed, 1, `B${place}`, "Maya Lindqvist"), "v.xlsx", nowhere);
    expect([answer.verdict, answer.notes[0]]).toEqual([
      "consistent",
      "Filled in by hand, which Demarc can't check: For Harbour IT, Name: “Maya Lindqvist”.",
    ]);
  });
});

describe("an altered workbook", () => {
  const altered = async (bytes: Uint8Array) => told(await verifyFile(bytes, "v.xlsx", nowhere));

  it("is told cell by cell", async () => {
    expect(await altered(withCell(workbook(), MATRIX_SHEET, "F5", "R"))).toEqual([
      "Responsibility matrix: SUP-02 Remove a leaver's access everywhere, Service desk: “A/R” in the version, “R” here.",
    ]);
  });
  it("with a row added or removed is told which", async () => {
    const rows = (xml: string) => [...xml.matchAll(/<row r="(\d+)".*?<\/row>/g)].map(([row]) => row);
    expect(await altered(withPart(workbook(), MATRIX, (xml) => xml.replace(rows(xml)[4] ?? "", "")))).toEqual([
      expect.stringMatching(/^Responsibility matrix: SUP-02 Remove a leaver's access everywhere is missing\.$/),
    ]);
    expect(
      await altered(
        withPart(workbook(), MATRIX, (xml) =>
          xml.replace(
            "</sheetData>",
            '<row r="99"><c r="A99" t="inlineStr"><is><t>x</t></is></c><c r="B99" t="inlineStr"><is><t>SUP-90</t></is></c></row></sheetData>',
          ),
        ),
      ),
    ).toEqual(["Responsibility matrix: x is in this file alone."]);
  });
  it("with a duty moved under another domain is told", async () => {
    const moved = withPart(workbook(), MATRIX, (xml) => {
      const rows = [...xml.matchAll(/<row r="(\d+)".*?<\/row>/g)].map(([row]) => row);
      const [taken = ""] = rows.splice(4, 1);
      return xml.replace(
        /<sheetData>.*<\/sheetData>/,
        () =>
          `<sheetData>${[...rows, taken].map((row, i) => row.replace(/ r="(\D*)\d+"/g, ` r="$1${i + 1}"`)).join("")}</sheetData>`,
      );
    });
    expect(await altered(moved)).toEqual([
      "Responsibility matrix: SUP-02 Remove a leaver's access everywhere, Domain: stands under “Network” here, under “Service desk” in the version.",
    ]);
  });
  it("that shows something else than its cells hold is told so", async () => {
    const cell = (xml: string) => cellXml(xml, "F5");
    expect(
      await altered(
        withPart(workbook(), MATRIX, (xml) => xml.replace(cell(xml), (found) => found.replace("<v>", "<f>1+1</f><v>"))),
      ),
    ).toEqual([expect.stringContaining("Cell F5: a formula stands where there should be words")]);
    const styled = withPart(workbook(), "xl/styles.xml", (xml) =>
      xml
        .replace(/(<cellXfs[^>]*><xf )numFmtId="0"/, '$1numFmtId="164"')
        .replace(/<fonts/, '<numFmts count="1"><numFmt numFmtId="164" formatCode="&quot;R&quot;"/></numFmts><fonts'),
    );
    expect(await altered(withPart(styled, MATRIX, (xml) => xml.replace(/(<c r="F5") s="\d+"/, '$1 s="0"')))).toEqual([
      expect.stringContaining("Cell F5: a number format may show something else than the cell holds"),
    ]);
    expect(
      await altered(
        withPart(workbook(), MATRIX, (xml) =>
          xml.replace(/<mergeCells[^>]*>/, '<mergeCells count="9"><mergeCell ref="D5:F5"/>'),
        ),
      ),
    ).toContainEqual(expect.stringContaining("merged cells lie over words"));
  });
  it("with filtered rows and a hidden column is told which", async () => {
    const hidden = withPart(
      withPart(workbook(), MATRIX, (xml) => xml.replace(/<row r="5"/, '<row hidden="1" r="5"')),
      MATRIX,
      (xml) => xml.replace("</cols>", '<col min="6" max="6" width="6" hidden="1"/></cols>'),
    );
    expect(await altered(hidden)).toEqual([
      "Responsibility matrix: 1 row: is hidden, by a filter or by hand.",
      "Responsibility matrix: The column Service desk: is hidden.",
    ]);
  });
  it("with macros or links to other files is told so", async () => {
    expect(await altered(withParts(workbook(), { "xl/vbaProject.bin": "x" }))).toEqual([
      "It holds macros, which Demarc never writes. Don't run them.",
    ]);
    expect(await altered(withParts(workbook(), { "xl/externalLinks/externalLink1.xml": "<x/>" }))).toEqual([
      "It draws on another file, which Demarc's never do.",
    ]);
  });
  it("whose carried text was changed as well no longer gives its fingerprint", async () => {
    const changed = withPart(workbook(), "xl/sharedStrings.xml", (xml) =>
      xml.replaceAll("Answer user calls", "Answer all calls"),
    );
    expect((await verifyFile(changed, "v.xlsx", here())).verdict).toBe("text-altered");
  });
  it("that claims another number than its text has is told so", async () => {
    const changed = withPart(workbook(), "xl/sharedStrings.xml", (xml) =>
      xml.replace("demarc.version 3", "demarc.version 4"),
    );
    expect((await verifyFile(changed, "v.xlsx", here())).verdict).toBe("text-altered");
  });
  it("with another name in its certificate than was kept is told so, without being told what was kept", async () => {
    const answer = await verifyFile(
      workbook(),
      "v.xlsx",
      here({
        signatures: signatures.map((signature, i) => (i === 0 ? { ...signature, name: "Somebody Else" } : signature)),
      }),
    );
    expect(told(answer)).toEqual(["Certificate: Signature 1, Name: “Maya Lindqvist” is not what the version has."]);
    expect(JSON.stringify(answer)).not.toContain("Somebody Else");
  });
  it("made anew by a forger, whole and consistent, is not from here", async () => {
    const forged = aVersion({ matrix: { ...matrix, title: "Forged" } });
    const answer = await verifyFile(await writeXlsx(forged.report), "v.xlsx", here());
    expect([answer.verdict, JSON.stringify(answer).includes("2026-03-05")]).toEqual(["not-from-here", false]);
  });
});

describe("a file that can't be checked says why", () => {
  const bomb = () => zipSync({ "_rels/.rels": new Uint8Array(90_000_000) }, { level: 1 });
  const dtd =
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><sst><si><t>&b;</t></si></sst>';
  const ole = (name: string) =>
    new Uint8Array([
      0xd0,
      0xcf,
      0x11,
      0xe0,
      0xa1,
      0xb1,
      0x1a,
      0xe1,
      ...[...name].flatMap((letter) => [letter.charCodeAt(0), 0]),
    ]);
  const cases: [string, () => Uint8Array, RegExp][] = [
    ["50 MB", () => new Uint8Array(50_000_000), /has 50 MB; at most 20 MB/],
    ["empty", () => new Uint8Array(), /is empty/],
    ["cut off", () => workbook().subarray(0, 9_000), /damaged or cut off/],
    ["a zip bomb", bomb, /unpacks to more than 80 MB/],
    [
      "an entity bomb",
      () => withParts(workbook(), { "xl/sharedStrings.xml": dtd }),
      /declares a document type of its own/,
    ],
    ["protected with a password", () => ole("EncryptedPackage"), /protected with a password/],
    ["of an old Office", () => ole("Workbook"), /older Office/],
    [
      "without its hidden sheet",
      () => withPart(workbook(), "xl/workbook.xml", (xml) => xml.replace(/<sheet [^>]*name="demarc"[^>]*\/>/, "")),
      /text that should be inside was removed/,
    ],
    ["without a part", () => withoutParts(workbook(), /xl\/workbook\.xml$/), /neither a workbook nor a document/],
    [
      "of two texts in one cell",
      () => withPart(workbook(), MATRIX, (xml) => xml.replace(cellXml(xml, "F5"), (cell) => cell + cell)),
      /names one cell twice/,
    ],
    [
      "deeply nested",
      () =>
        withPart(workbook(), MATRIX, (xml) =>
          xml.replace("<sheetData>", `${"<a>".repeat(200)}${"</a>".repeat(200)}<sheetData>`),
        ),
      /nested deeper/,
    ],
    ["a matrix that was never a version", () => strToU8(writeJson(matrix)), /it never had one/],
    ["a picture", () => new Uint8Array([0x89, 0x50, 0x4e, 0x47]), /isn't a kind of file/],
    ["half of a JSON file", () => (files.json ?? new Uint8Array()).subarray(0, 500), /damaged or cut off/],
  ];
  it.each(cases)("%s", async (_what, bytes, sentence) => {
    expect((await verifyFile(bytes(), "v.xlsx", here())).sentence).toMatch(sentence);
  });
  it("and one under another name is known by its bytes", async () => {
    expect((await verifyFile(workbook(), "v.docx", nowhere)).notes[0]).toBe(
      "Its name ends in .docx, but it is a workbook.",
    );
  });
});

describe("the canonical text", () => {
  it.each([
    ["small", aFullMatrix()],
    ["of the library", matrixFromLibrary({ client: "A", provider: "B", agreementReference: "", preset: "shared" })],
  ])("of a %s matrix is read back to what gives the same text", (_size, whole) => {
    const text = canonicalText({ matrix: whole, number: 2, previous: "b".repeat(64) });
    const read = readCanonical(text);
    expect(read.ok && canonicalText(read.value)).toBe(text);
  });
  it("is refused where it holds more than its matrix", () => {
    const text = canonicalText({ matrix, number: 2, previous: null });
    for (const other of [
      text.replace('"accepted"', '"abc":1,"accepted"'),
      ` ${text}`,
      text.replace('"schema":2', '"schema":99'),
      "{}",
      "",
    ])
      expect(readCanonical(other).ok).toBe(false);
  });
});

readBy(
  ["soffice"],
  "a workbook and a document that LibreOffice saved again show the same, and that is said",
  async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-resave-"));
    for (const [format, filter] of [
      ["xlsx", "Calc MS Excel 2007 XML"],
      ["docx", "MS Word 2007 XML"],
    ] as const) {
      writeFileSync(path.join(folder, `v.${format}`), files[format] ?? "");
      spawnSync("soffice", [
        `-env:UserInstallation=file://${folder}/profile`,
        "--headless",
        "--convert-to",
        `${format}:${filter}`,
        "--outdir",
        path.join(folder, "out"),
        path.join(folder, `v.${format}`),
      ]);
      const answer = await verifyFile(
        new Uint8Array(readFileSync(path.join(folder, "out", `v.${format}`))),
        `v.${format}`,
        here(),
      );
      expect([answer.verdict, told(answer), answer.notes[0]]).toEqual([
        "in-force",
        [],
        "Saved again by LibreOffice; all values are equal.",
      ]);
    }
    rmSync(folder, { recursive: true, force: true });
  },
);

/** A file with something else beside its text. */
function withBeside(format: string, bytes: Uint8Array, change: (text: string) => string): Uint8Array {
  const unescaped = (xml: string) =>
    xml.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
  const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  if (format === "json")
    return strToU8(new TextDecoder().decode(bytes).replace(/"writer": 3/, () => change('"writer":3')));
  if (format === "pdf")
    return withPiece(
      bytes,
      new RegExp(`/Size ${Buffer.byteLength(carriedFactsJson(report) ?? "")}\\b`),
      (dictionary) => dictionary,
      change,
    );
  if (format === "docx")
    return withPart(bytes, "customXml/item1.xml", (xml) =>
      xml.replace(
        / beside="([^"]*)"/,
        (_, base64: string) =>
          ` beside="${Buffer.from(change(Buffer.from(base64, "base64").toString())).toString("base64")}"`,
      ),
    );
  return withPart(bytes, "xl/sharedStrings.xml", (xml) =>
    xml.replace(
      /(<t[^>]*>)(\{(?:"|&quot;)writer(?:"|&quot;):3[^<]*)/,
      (_, tag: string, text: string) => tag + escaped(change(unescaped(text))),
    ),
  );
}

describe("the number of a file's writer", () => {
  it.each(["xlsx", "docx", "json"])(
    "stands in %s; one that no release has is not checked, and gives no good answer",
    async (format) => {
      for (const number of ["4", "1", "0", "2.5"]) {
        const answer = await verifyFile(
          withBeside(format, files[format] ?? new Uint8Array(), (text) =>
            text.replace('"writer":3', `"writer":${number}`),
          ),
          `v.${format}`,
          here(),
        );
        expect([number, answer.verdict]).toEqual([
          number,
          format === "json" && !/^[1-9]$/.test(number) ? "no-text" : "unusable",
        ]);
      }
    },
  );
});

describe("facts that a file carries", () => {
  const GOOD = ["in-force", "consistent", "superseded", "proposed", "draft", "not-yet", "same-text"];
  const forged = (format: string, change: (facts: CarriedFacts) => object) =>
    withBeside(format, files[format] ?? new Uint8Array(), (text) =>
      JSON.stringify({ ...(JSON.parse(text) as CarriedFacts), ...change(JSON.parse(text) as CarriedFacts) }),
    );
  const inFirst =
    (more: object) =>
    ({ signatures }: CarriedFacts) => ({
      signatures: signatures.map((one, i) => (i === 0 ? { ...one, ...more } : one)),
    });
  const FORGERIES: [string, (facts: CarriedFacts) => object][] = [
    ["another status", () => ({ status: "proposed" })],
    ["another reason", () => ({ reason: "Nobody takes over" })],
    ["another author", () => ({ authorName: "Eve" })],
    ["another moment", () => ({ at: "2026-03-03T09:00:01.000Z" })],
    ["a change more", ({ changes }) => ({ changes: [...changes, "SUP-02 was removed."] })],
    ["a change less", ({ changes }) => ({ changes: changes.slice(1) })],
    ["something to settle", () => ({ blockers: ["SUP-01 “Answer user calls”: Nobody does it."] })],
    ["fewer parts", ({ parts }) => ({ parts: parts.slice(1) })],
    [
      "an amendment",
      () => ({
        amendment: {
          alone: false,
          amendment: {
            ordinal: 1,
            title: "Amendment 1",
            amends: { number: 2, fingerprint: "a".repeat(64) },
            recitals: [],
            sections: [],
            frame: ["Anything"],
          },
        },
      }),
    ],
    ["no signature", () => ({ signatures: [] })],
    ["who signed", inFirst({ name: "Eve" })],
    ["who named them", inFirst({ named: null })],
    ["how it was proved", inFirst({ proof: "handed", handedBy: "Eve" })],
    ["when it was signed", inFirst({ signedAt: "2026-03-05T11:30:01.000Z" })],
    ["the other side's name", inFirst({ partyName: "Harbour IT" })],
    ["a drawing in the place of a name", inFirst({ picture: { kind: "drawn", sha256: "0".repeat(64) } })],
    ["nothing that happened", () => ({ history: [] })],
    ["who did what", ({ history }) => ({ history: history.map((one) => ({ ...one, by: "Eve" })) })],
    ["no place to sign", () => ({ signers: [] })],
    [
      "one more place to sign",
      ({ signers }) => ({
        signers: [...signers, ...signers.map((one) => ({ ...one, name: "Eve", email: "eve@people.example" }))],
      }),
    ],
  ];
  it.each(FORGERIES)("and that say %s give no good answer, with its installation or without", async (what, change) => {
    for (const format of ["xlsx", "docx", "pdf"]) {
      for (const lookUp of [here(), nowhere]) {
        const answer = await verifyFile(forged(format, change), `v.${format}`, lookUp);
        // What a PDF carries beside its text can be opened by its readers, so that it is compared, too.
        const beside =
          format === "pdf" ? [expect.stringMatching(/^It holds something else than Demarc writes, at /)] : [];
        // Without places to sign each party has one, which is where its signature stands.
        if (what === "no place to sign") expect(told(answer)).toEqual(beside);
        // Beside the whole, a workbook alone lists an amendment.
        else if (what === "an amendment" && format !== "xlsx")
          expect([told(answer), answer.notes.join().includes("amendment")]).toEqual([beside, false]);
        else expect([format, answer.verdict, told(answer).length > 0]).toEqual([format, "differs", true]);
      }
    }
  });
  it("say nothing that the file doesn't show", async () => {
    const amended = buildReport({
      matrix,
      edition,
      changes: ["Not for everybody."],
      blockers: [],
      choice: { parts: ["matrix"], paper: "A4" },
      amendment: {
        ordinal: 1,
        title: "Amendment 1",
        amends: { number: 2, fingerprint: "a".repeat(64) },
        recitals: [],
        sections: [],
        frame: ["Before"],
      },
    });
    for (const workbook of [true, false])
      expect(JSON.parse(carriedFactsJson(amended, { workbook }) ?? "")).toMatchObject({ changes: [], amendment: null });
    expect(JSON.parse(carriedFactsJson({ ...amended, kind: "amendment" }) ?? "")).toMatchObject({
      changes: [],
      amendment: { alone: true },
    });
  });
  it.each(["xlsx", "docx", "pdf"])(
    "and that put a signature on the other side by its id alone change nothing of what %s is compared with",
    async (format) => {
      const [client, provider] = matrix.parties;
      const answer = await verifyFile(
        forged(format, ({ signatures: given, signers }) => ({
          signatures: given.map((one) => ({ ...one, partyId: one.partyId === client?.id ? provider?.id : client?.id })),
          signers: signers.map((one) => ({ ...one, partyId: "" })),
        })),
        `v.${format}`,
        here(),
      );
      expect([answer.verdict, told(answer)]).toEqual(
        format === "pdf"
          ? ["differs", [expect.stringMatching(/^It holds something else than Demarc writes, at /)]]
          : ["in-force", []],
      );
      expect(answer.match).toEqual(format === "pdf" ? null : { kind: "words", by: null });
    },
  );
  it.each<[string, (text: string) => string]>([
    ["isn't JSON", (text) => text.slice(0, -1)],
    ["is nested without end", () => `{"writer":3,"status":${"[".repeat(5_000)}${"]".repeat(5_000)}}`],
    ["says the number alone", () => '{"writer":3}'],
    ["says it twice, the last time otherwise", (text) => text.replace(/\}$/, ',"writer":1}')],
    ["has a moment that there isn't", (text) => text.replace(/"at":"[^"]*"/, '"at":"2026-13-45T99:00:00.000Z"')],
    ["has something else in the place of a list", (text) => text.replace(/"changes":\[[^\]]*\]/, '"changes":"none"')],
    ["is nothing", () => ""],
  ])("and whose text %s aren't read, and give no good answer", async (_what, change) => {
    for (const format of ["docx", "pdf"]) {
      const answer = await verifyFile(
        withBeside(format, files[format] ?? new Uint8Array(), change),
        `v.${format}`,
        here(),
      );
      expect([format, answer.verdict]).toEqual([format, "unusable"]);
    }
  });
  it("and that were taken away leave a file that is no first writer's either", async () => {
    const without: Record<string, Uint8Array> = {
      docx: withPart(files.docx ?? new Uint8Array(), "customXml/item1.xml", (xml) =>
        xml.replace(/ beside="[^"]*"/, ""),
      ),
      xlsx: withoutBesideRows(workbook()),
      pdf: withPiece(files.pdf ?? new Uint8Array(), /\(demarc-writer\.json\) \d+ 0 R/, (dictionary) =>
        dictionary.replace(/\(demarc-writer\.json\) \d+ 0 R/, ""),
      ),
    };
    for (const [format, bytes] of Object.entries(without)) {
      const answer = await verifyFile(bytes, `v.${format}`, here());
      expect([format, answer.verdict, GOOD.includes(answer.verdict)]).toEqual([format, "differs", false]);
    }
  });
  it("and that were put into a first writer's file don't make it one of today's", async () => {
    const first = buildReport({
      matrix,
      edition,
      changes: report.changes,
      blockers: report.blockers,
      signatures,
      history,
      writer: 1,
    });
    const bytes = withPart(await writeDocx(first), "customXml/item1.xml", (xml) =>
      xml.replace(
        / previous="/,
        ` beside="${Buffer.from(carriedFactsJson(report) ?? "").toString("base64")}" previous="`,
      ),
    );
    expect((await verifyFile(await writeDocx(first), "v.docx", here())).verdict).toBe("in-force");
    expect((await verifyFile(bytes, "v.docx", here())).verdict).toBe("differs");
  });
});

/** A workbook whose hidden sheet ends with the text. */
function withoutBesideRows(bytes: Uint8Array): Uint8Array {
  const parts = unzipSync(bytes);
  const last = Object.keys(parts).filter((name) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name)).length;
  return withPart(bytes, sheetPart(last), (xml) =>
    xml.replace(/<row r="(\d+)".*?<\/row>/g, (row, number: string) =>
      Number(number) > 4 + Math.ceil(edition.canonicalText.length / 8_000) ? "" : row,
    ),
  );
}
