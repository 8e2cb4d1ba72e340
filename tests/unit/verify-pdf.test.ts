import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildAmendment } from "~/domain/pack/amendment";
import type { Matrix } from "~/domain/matrix/matrix";
import { amendmentReport, buildReport } from "~/domain/pack/report";
import { WHOLE_PACK } from "~/domain/pack/report-parts";
import type { Answer } from "~/domain/verify/answer";
import { differenceSentence } from "~/domain/verify/difference-words";
import type { StoredVersion } from "~/domain/verify/facts";
import { writeDocx } from "~/files/docx.server";
import { writePdf } from "~/files/pdf.server";
import { ownKey, signatureWords } from "~/files/signing-key.server";
import { verifyFile, type LookUpVersion } from "~/files/verify/verify.server";
import { runVerify, VerifyStopped } from "~/files/thread/verify-thread.server";
import { writeXlsx } from "~/files/xlsx.server";
import { marksIn, withContent, withPiece } from "../support/pdfs";
import { aFullMatrix, aVersion } from "../support/version-files";

const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-verify-pdf-"));
const at = (name: string) => path.join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const { report, edition, matrix, signatures, history } = aVersion();
let plain: Uint8Array = new Uint8Array();
let sealed: Uint8Array = new Uint8Array();
beforeAll(async () => {
  const key = ownKey(at("key.pem"), "Demarc at https://demarc.example", new Date("2026-03-01T00:00:00Z"));
  plain = await writePdf(report);
  sealed = await writePdf(report, {
    ...key,
    at: "2026-03-05T11:30:00.000Z",
    reason: "Version 3",
    words: signatureWords(key),
  });
});

/** A picture of one pixel. */
const PIXEL = new Uint8Array(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
    "base64",
  ),
);

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
const nowhere: LookUpVersion = async () => ({ kind: "nowhere" });
const here =
  (
    known: Partial<StoredVersion> = {},
    bases: Extract<Awaited<ReturnType<LookUpVersion>>, { kind: "here" }>["bases"] = [],
  ): LookUpVersion =>
  async () => ({
    kind: "here",
    known: [{ ...KNOWN, ...known }],
    now: new Date("2026-06-01T12:00:00Z"),
    kept: false,
    bases,
  });
const told = ({ differences }: Answer) => differences.map(differenceSentence);
const check = (bytes: Uint8Array, lookUp: LookUpVersion = here()) => verifyFile(bytes, "v.pdf", lookUp);

describe("a PDF as it was exported", () => {
  it("is told how its version stands, and that its signature fits", async () => {
    const answer = await check(sealed);
    expect([answer.verdict, told(answer)]).toEqual(["in-force", []]);
    expect(answer.notes[0]).toMatch(
      /^Its digital signature covers the whole file and fits it\. It was made with the certificate of Demarc at https:\/\/demarc\.example, SHA-256 [0-9a-f]{64};/,
    );
  });
  it("without the signature that a signed version's file has is told so", async () => {
    expect((await check(plain)).notes[0]).toMatch(/^It has no digital signature of its own/);
  });
  it("that says agreed, as it was kept when everybody had signed, is told what took its version's place", async () => {
    for (const [name, bytes] of [
      ["v.pdf", sealed],
      ["v.xlsx", await writeXlsx(report)],
      ["v.docx", await writeDocx(report)],
    ] as const) {
      const answer = await verifyFile(
        bytes,
        name,
        here({ status: "superseded", supersededBy: { number: 4, at: "2026-05-01T08:00:00.000Z" } }),
      );
      expect([answer.verdict, answer.sentence, told(answer)]).toEqual([
        "superseded",
        "This was version 3, superseded by version 4 on 1 May 2026, 08:00:00 UTC.",
        [],
      ]);
    }
  });
  it("on other paper, as an extract with contacts, with drawn signatures and characters that no typeface has is as good", async () => {
    const reason =
      "Shorter 😀 nights\nand a_word_that_goes_on_and_on_until_it_must_be_broken_in_the_middle_since_no_line_of_any_page_has_room_for_all_of_it_at_once_whatever_one_tries";
    const drawn = signatures.map((signature) => ({
      ...signature,
      picture: { kind: "drawn" as const, png: PIXEL, sha256: createHash("sha256").update(PIXEL).digest("hex") },
    }));
    const full = buildReport({
      matrix,
      edition: { ...edition, reason },
      changes: report.changes,
      blockers: report.blockers,
      signatures: drawn,
      history,
      signers: [
        {
          partyId: "provider",
          name: "Ola Nord",
          title: "Head",
          organisation: "Harbour IT",
          email: "ola@people.example",
        },
      ],
      choice: { parts: ["matrix", "changes", "contacts"], paper: "Letter" },
      contacts: [
        {
          party: "Northwind",
          name: "Maya",
          title: "IT lead",
          roles: "IT lead",
          email: "maya@people.example",
          phones: "1\n2",
          hours: "",
        },
      ],
    });
    const answer = await check(await writePdf(full), here({ reason, signatures: drawn }));
    expect([told(answer), answer.match]).toEqual([[], { kind: "exact" }]);
    const alone = await check(await writePdf(full), nowhere);
    expect([told(alone), alone.match?.kind]).toEqual([[], "words"]);
    expect(alone.notes).toContain("Drawn signatures are pictures, which were not compared.");
  });
  it("that another program packed anew has the same words, and is never called agreed where its seal is broken", async () => {
    for (const [name, bytes, verdict] of [
      ["plain", plain, "in-force"],
      ["sealed", sealed, "seal-broken"],
    ] as const) {
      writeFileSync(at(`${name}.pdf`), bytes);
      execFileSync("qpdf", ["--linearize", "--object-streams=generate", at(`${name}.pdf`), at("again.pdf")]);
      const again = new Uint8Array(readFileSync(at("again.pdf")));
      const answer = await check(again);
      expect([answer.verdict, told(answer), answer.match]).toEqual([
        verdict,
        [],
        { kind: "words", by: "another program" },
      ]);
      expect(answer.notes[0]).toBe("Saved again by another program; all values are equal.");
      expect((await check(again, nowhere)).verdict).toBe(verdict === "in-force" ? "consistent" : verdict);
      if (verdict === "seal-broken") expect(answer.sentence).not.toMatch(/agreed|in force/);
    }
  });
  it("whose seal was taken away is not called agreed either, though it says that it has one", async () => {
    const without = withPiece(
      withPiece(sealed, /\/Type \/Catalog/, (dictionary) => dictionary.replace(/\/AcroForm \d+ 0 R/, "")),
      /\/Annots \[\d+ 0 R\]/,
      (dictionary) => dictionary.replace(/\/Annots \[\d+ 0 R\]/, ""),
    );
    expect((await check(without)).verdict).toBe("seal-broken");
  });
});

/**
 * The page of the matrix, counting from nought; its texts are the heading, two titles, three parties and five roles, of
 * which three take two lines, a domain, then duties.
 */
const MATRIX = 2;

describe("an altered PDF", () => {
  it("is told by duty and role", async () => {
    const answer = await check(
      withContent(plain, (content, page) => (page === MATRIX ? swapped(content, 23, 18) : content)),
      nowhere,
    );
    expect(answer.verdict).toBe("differs");
    expect(told(answer)).toEqual([
      expect.stringMatching(
        /^Responsibility matrix: SUP-02 Remove a leaver's access everywhere, IT lead: “I” in the version, “[^I]” here\.$/,
      ),
    ]);
  });
  it("that draws something over its words is told which page", async () => {
    expect(
      told(
        await check(
          withContent(plain, (content, page) => (page === MATRIX ? `${content}\n0 0 900 900 re f` : content)),
        ),
      ),
    ).toEqual([expect.stringMatching(/^Page 3: drawn otherwise/)]);
  });
  it("whose typeface shows other letters than it says is told", async () => {
    const changed = told(
      await check(withPiece(plain, /\/FontFile2/, (dictionary) => dictionary.replace("/FontFile2", "/FontFile9"))),
    );
    expect(changed).toEqual([expect.stringMatching(/^Pages 1, 2/)]);
  });
  it("with a script or a comment is told so", async () => {
    expect(
      told(
        await check(
          withPiece(plain, /\/Type \/Catalog/, (dictionary) =>
            dictionary.replace(
              "/Type /Catalog",
              "/Type /Catalog\n/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>",
            ),
          ),
        ),
      ),
    ).toEqual(["It holds what Demarc never writes (OpenAction), which may act or hide words."]);
    expect(
      told(
        await check(
          withPiece(plain, /\/Type \/Page\n/, (dictionary) =>
            dictionary.replace("/Annots [", "/Annots [<< /Subtype /FreeText /Rect [0 0 900 900] >> "),
          ),
        ),
      ),
    ).toEqual([expect.stringMatching(/^Page 1: Something: lies over the page/)]);
  });
  it.each<[string, RegExp, (dictionary: string) => string, RegExp]>([
    [
      "link in the contents that leads to another page",
      /\/Subtype \/Link/,
      (text) => text.replace(/\/Dest \[\d+ 0 R/, "/Dest [3 0 R"),
      /It holds something else than Demarc writes, at page 1, Annots, Dest/,
    ],
    [
      "link that says something else than it shows",
      /\/Subtype \/Link/,
      (text) => text.replace(/\/Contents \([^)]*\)/, "/Contents (Nothing is agreed)"),
      /It holds something else than Demarc writes, at page 1, Annots, Contents/,
    ],
    [
      "link out of the file",
      /\/Subtype \/Link/,
      (text) => text.replace("/Subtype /Link", "/Subtype /Link\n/A << /S /URI /URI (https://example.com) >>"),
      /^Page 1: Something: lies over the page/,
    ],
    [
      "link over the whole page",
      /\/Subtype \/Link/,
      (text) => text.replace(/\/Rect \[[^\]]*\]/, "/Rect [0 0 600 800]"),
      /It holds something else than Demarc writes, at page 1, Annots, Rect/,
    ],
    [
      "head of a table that spans other columns",
      /\/ColSpan 2/,
      (text) => text.replace("/ColSpan 2", "/ColSpan 3"),
      /It holds something else than Demarc writes, at StructTreeRoot/,
    ],
    [
      "kind of element that stands for another one",
      /\/Type \/StructTreeRoot/,
      (text) => text.replace("/Title /P", "/Title /H1"),
      /It holds something else than Demarc writes, at StructTreeRoot, RoleMap/,
    ],
  ])("with a %s is told where", async (_what, fits, change, sentence) => {
    const forged = withPiece(plain, fits, (dictionary) => {
      const changed = change(dictionary);
      expect(changed).not.toBe(dictionary);
      return changed;
    });
    const answer = await check(forged);
    expect([answer.verdict, told(answer)]).toEqual(["differs", [expect.stringMatching(sentence)]]);
  });
  it("with another name of the signature's field, or that claims more of itself, is told so", async () => {
    for (const [fits, change, inside] of [
      [/\/FT \/Sig/, (text: string) => text.replace("/T (Signature)", "/T (Approval)"), undefined],
      [
        /\/FT \/Sig/,
        (text: string) => text.replace("Digital signature of this file", "Approved by a court, all of it"),
        undefined,
      ],
      [
        /\/Subtype \/XML/,
        (text: string) => text,
        (text: string) => text.replace("<pdfuaid:part>1</pdfuaid:part>", "<pdfuaid:part>2</pdfuaid:part>"),
      ],
    ] as const) {
      const answer = await check(withPiece(sealed, fits, change, inside));
      expect(answer.verdict).toBe("differs");
      expect(told(answer)).toEqual([expect.stringMatching(/^It holds something else than Demarc writes, at /)]);
    }
  });
  it("with an object of the same number that its table doesn't name shows what the table names", async () => {
    const text = Buffer.from(
      withContent(plain, (content, page) => (page === MATRIX ? swapped(content, 23, 18) : content)),
    ).toString("latin1");
    const table = text.lastIndexOf("\nxref\n") + 1;
    const [, whole = ""] = /\n((\d+) 0 obj\n<<\n\/Type \/Catalog[^]*?endobj\n)/.exec(text) ?? [];
    const decoy = `${text.slice(0, table)}${whole}${text.slice(table).replace(/startxref\n(\d+)/, (_, at: string) => `startxref\n${Number(at) + whole.length}`)}`;
    expect((await check(Buffer.from(decoy, "latin1"), nowhere)).verdict).toBe("differs");
  });
  it("with something added after it was signed is told so", async () => {
    expect(told(await check(Buffer.concat([sealed, Buffer.from("% more\n")])))).toEqual([
      "Something was added to the file after it was signed digitally.",
    ]);
  });
  it("whose attached text was changed no longer gives its fingerprint", async () => {
    expect(
      (
        await check(
          withPiece(
            plain,
            /\/Type \/EmbeddedFile/,
            (dictionary) => dictionary,
            (text) => text.replace("Answer user calls", "Answer all calls"),
          ),
        )
      ).verdict,
    ).toBe("text-altered");
  });
  it.each<[string, () => Uint8Array, RegExp]>([
    ["cut off", () => plain.subarray(0, 40_000), /damaged or cut off/],
    ["locked", () => locked(), /encrypted or protected/],
    [
      "a bomb",
      () =>
        withPiece(
          plain,
          /\/Type \/EmbeddedFile/,
          (dictionary) => dictionary,
          () => "x".repeat(90_000_000),
        ),
      /unpacks to more than 80 MB/,
    ],
    [
      "nested without end",
      () =>
        withPiece(plain, /\/Type \/Catalog/, (dictionary) =>
          dictionary.replace(
            "/Type /Catalog",
            `/Type /Catalog\n/ViewerPreferences2 ${"[".repeat(200)}${"]".repeat(200)}`,
          ),
        ),
      /damaged or cut off/,
    ],
    [
      "of two minds about its objects",
      () => Buffer.from(Buffer.from(plain).toString("latin1").replace("\n3 0 obj\n", "\n4 0 obj\n"), "latin1"),
      /programs may show different things/,
    ],
    [
      "of another program",
      () => withPiece(plain, /\/EmbeddedFiles/, (dictionary) => dictionary.replace("/EmbeddedFiles", "/Gone")),
      /text that should be inside was removed/,
    ],
  ])("and one that is %s says why it can't be checked", async (_what, bytes, sentence) => {
    expect((await check(bytes())).sentence).toMatch(sentence);
  });
});

describe("a file checked in a thread of its own", () => {
  it("gets the same answer, looked up here", async () => {
    const asked: Parameters<LookUpVersion>[] = [];
    const answer = await runVerify({ bytes: sealed, name: "v.pdf" }, (...wanted) => {
      asked.push(wanted);
      return here()(...wanted);
    });
    expect(answer).toEqual(await check(sealed));
    expect(asked).toEqual([[edition.fingerprint, edition.previousFingerprint, null]]);
  });
  it("fails where it can't be looked up, and the next one is checked all the same", async () => {
    await expect(
      runVerify({ bytes: sealed, name: "v.pdf" }, async () => Promise.reject(new Error("No database."))),
    ).rejects.toThrow("No database.");
    expect((await runVerify({ bytes: plain.subarray(0, 9_000), name: "v.pdf" }, here())).verdict).toBe("unusable");
  });
  it("is not checked any further for who has gone, and the next one is all the same", async () => {
    const gone = new AbortController();
    const asked = runVerify({ bytes: sealed, name: "v.pdf" }, here(), gone.signal);
    gone.abort();
    await expect(asked).rejects.toEqual(new VerifyStopped("cancelled"));
    expect((await runVerify({ bytes: plain.subarray(0, 9_000), name: "v.pdf" }, here())).verdict).toBe("unusable");
  });
});

describe("an amendment", () => {
  const before: Matrix = aFullMatrix();
  const after = {
    ...before,
    duties: before.duties.slice(0, 11).map((duty, i) =>
      i === 1
        ? {
            ...duty,
            letters: { "it-lead": ["A" as const], "service-desk": ["R" as const] },
            doneWhen: "Within the hour",
          }
        : duty,
    ),
  };
  const base = {
    matrix: before,
    number: 2,
    status: "agreed",
    publishedAt: "2026-02-01T09:00:00.000Z",
    fingerprint: "a".repeat(64),
  };
  const changed = aVersion({ matrix: after });
  const amendment = buildAmendment({ base, matrix: after, becomes: 3, ordinal: 1 });
  const input = {
    matrix: after,
    edition: changed.edition,
    changes: changed.report.changes,
    blockers: changed.report.blockers,
    signatures: changed.signatures,
    history: changed.history,
    choice: WHOLE_PACK,
    amendment,
  };
  const known = {
    ...KNOWN,
    changes: changed.report.changes,
    earlierChanges: changed.report.changes,
    secondChanges: changed.report.changes,
    blockers: changed.report.blockers,
    signatures: changed.signatures,
  };
  const alone = amendmentReport(buildReport(input), amendment);
  const files = async (): Promise<[string, Uint8Array][]> => [
    ["whole.xlsx", await writeXlsx(buildReport(input))],
    ["alone.xlsx", await writeXlsx(alone)],
    ["alone.docx", await writeDocx(alone)],
    ["alone.pdf", await writePdf(alone)],
  ];

  it("is compared with the version it changes, where that is kept, also after that was superseded", async () => {
    for (const [name, bytes] of await files()) {
      const answer = await verifyFile(bytes, name, here(known, [{ ...base, status: "superseded", ordinal: 1 }]));
      expect([name, answer.verdict, told(answer)]).toEqual([name, "in-force", []]);
      expect(answer.notes.join()).not.toContain("could not be compared");
    }
  });
  it("offline is compared with itself, and what could not be compared is said", async () => {
    for (const [name, bytes] of await files()) {
      const answer = await verifyFile(bytes, name, nowhere);
      expect([name, answer.verdict, told(answer)]).toEqual([name, "consistent", []]);
      expect(answer.notes).toContain(
        "What the amendment changes from stands in no text of this file, and could not be compared without the version before.",
      );
    }
  });
  it("that says something else of the version it changes is told so, without being told what that says", async () => {
    const other = {
      ...base,
      matrix: { ...before, duties: before.duties.map((duty, i) => (i === 1 ? { ...duty, doneWhen: "SECRET" } : duty)) },
    };
    for (const [name, bytes] of await files()) {
      const answer = await verifyFile(bytes, name, here(known, [{ ...other, ordinal: 1 }]));
      expect([name, answer.verdict]).toEqual([name, "differs"]);
      expect(told(answer)).toEqual([
        expect.stringMatching(/SUP-02 Remove a leaver's access everywhere: .*Done when.*is not what the version has/),
      ]);
      expect(JSON.stringify(answer)).not.toContain("SECRET");
    }
  });
});

function locked(): Uint8Array {
  writeFileSync(at("plain.pdf"), plain);
  execFileSync("qpdf", ["--encrypt", "user", "owner", "256", "--", at("plain.pdf"), at("locked.pdf")]);
  return new Uint8Array(readFileSync(at("locked.pdf")));
}

/** Draws at one place of a page what stands at another. */
function swapped(content: string, at: number, from: number): string {
  const texts = marksIn(content);
  const [place, other] = [texts[at], texts[from]];
  if (!place || !other) throw new Error("The page has no such texts.");
  return content.slice(0, place.from) + content.slice(other.from, other.to) + content.slice(place.to);
}
