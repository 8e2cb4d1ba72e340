import fc from "fast-check";
import { strFromU8, strToU8, unzipSync, zipSync, type Unzipped } from "fflate";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "~/domain/verify/answer";
import type { StoredVersion } from "~/domain/verify/facts";
import { writeDocx } from "~/files/docx.server";
import { writeJson } from "~/files/json.server";
import { writePdf } from "~/files/pdf.server";
import { verifyFile } from "~/files/verify/verify.server";
import { writeXlsx } from "~/files/xlsx.server";
import { DUTIES } from "~/domain/parts/duties";
import { signedNames } from "~/domain/parts/signed";
import { contentsOf, marksIn, withContent, withPiece } from "../support/pdfs";
import { readBy } from "../support/read-by";
import { aVersion } from "../support/version-files";

/** Kept, so that what once failed is tried again; the others of a run are new each time they are changed here. */
const SEED = 20260303;
const RUNS = { cells: 200, texts: 100, data: 480, bytes: 80, flips: 40, pages: 60, attached: 40 };

const { report, edition, matrix, signatures, history } = aVersion();
let xlsx: Uint8Array;
let docx: Uint8Array;
let pdf: Uint8Array;
const json = writeJson(matrix, edition);
const check = (bytes: Uint8Array): Promise<Answer> =>
  verifyFile(bytes, "", async (fingerprint) => ({
    kind: "here",
    known: fingerprint === edition.fingerprint ? [known] : [],
    now: new Date("2026-06-01T12:00:00Z"),
    kept: false,
    bases: [],
  }));
/** An installation that keeps the version: only there can all that a file shows be compared. */
const known: StoredVersion = {
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
const SOUND = ["in-force"];

beforeAll(async () => {
  [xlsx, docx, pdf] = [await writeXlsx(report), await writeDocx(report), await writePdf(report)];
});

/** Changes that alter a text: another letter, a word more, a word less, another case. */
const alterations = fc.constantFrom<(text: string) => string>(
  (text) => `${text}x`,
  (text) => `x${text}`,
  (text) => text.slice(1) || "x",
  (text) => (text.toUpperCase() === text ? `${text}1` : text.toUpperCase()),
  (text) => (text === "A" ? "R" : "A"),
  () => "Somebody else",
);

/** Packed without compression: what is packed is all that matters. */
function packed(parts: Unzipped): Uint8Array {
  return zipSync(parts, { level: 0 });
}

/** What a text in a part says, and the same as it is written there. */
const plain = (xml: string) =>
  xml.replace(
    /&(lt|gt|quot|apos|amp);/g,
    (_, name: string) => ({ lt: "<", gt: ">", quot: '"', apos: "'" })[name] ?? "&",
  );
const escaped = (text: string) => text.replace(/[&<>]/g, (sign) => `&${{ "&": "amp", "<": "lt" }[sign] ?? "gt"};`);

/** One byte of a file, anywhere in it, made another. */
const flips = fc
  .tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 1, max: 255 }))
  .map(([where, by]) => (original: Uint8Array): Uint8Array => {
    const bytes = Uint8Array.from(original);
    const at = Math.floor(where * bytes.length);
    bytes[at] = (bytes[at] ?? 0) ^ by;
    return bytes;
  });

describe("a single change", () => {
  it("to any cell of any sheet is reported in that sheet", async () => {
    const parts = unzipSync(xlsx);
    const strings = [...strFromU8(parts["xl/sharedStrings.xml"] ?? new Uint8Array()).matchAll(/<si>(.*?)<\/si>/gs)].map(
      ([, item = ""]) => item,
    );
    const names = [
      ...strFromU8(parts["xl/workbook.xml"] ?? new Uint8Array()).matchAll(/<sheet [^>]*name="([^"]+)"/g),
    ].map(([, name = ""]) => name);
    const cells = names.flatMap((name, i) =>
      name === "demarc"
        ? []
        : [
            ...strFromU8(parts[`xl/worksheets/sheet${i + 1}.xml`] ?? new Uint8Array()).matchAll(
              /<c r="([A-Z]+\d+)"[^>]*t="s"><v>(\d+)<\/v><\/c>/g,
            ),
          ].map(([cell, place = "", string]) => ({
            name,
            sheet: `xl/worksheets/sheet${i + 1}.xml`,
            cell,
            place,
            text: plain(/<t[^>]*>(.*)<\/t>/s.exec(strings[Number(string)] ?? "")?.[1] ?? ""),
          })),
    );
    expect(cells.length).toBeGreaterThan(300);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cells), alterations, async ({ name, sheet, cell, place, text }, alter) => {
        const altered = alter(text);
        fc.pre(altered !== text);
        const xml = strFromU8(parts[sheet] ?? new Uint8Array()).replace(
          cell,
          () => `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped(altered)}</t></is></c>`,
        );
        const answer = await check(packed({ ...parts, [sheet]: strToU8(xml) }));
        // Ids of rows are seen by nobody: losing one is losing the row's name.
        expect(SOUND, `${name} ${place}: ${text} → ${altered}`).not.toContain(answer.verdict);
        expect(answer.differences.map(({ part }) => part)).toContain(name);
      }),
      { seed: SEED, numRuns: RUNS.cells },
    );
  });

  it("to any text of a document is reported", async () => {
    const parts = unzipSync(docx);
    const xml = strFromU8(parts["word/document.xml"] ?? new Uint8Array());
    const texts = [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]+)<\/w:t>/g)].map(({ 0: run, 1: text = "", index }) => ({
      run,
      text: plain(text),
      index,
    }));
    expect(texts.length).toBeGreaterThan(200);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...texts), alterations, async ({ run, text, index }, alter) => {
        const altered = alter(text);
        fc.pre(altered.trim() !== text.trim());
        const changed = `${xml.slice(0, index)}<w:t xml:space="preserve">${escaped(altered)}</w:t>${xml.slice(index + run.length)}`;
        const answer = await check(packed({ ...parts, "word/document.xml": strToU8(changed) }));
        expect(SOUND, `${text} → ${altered}`).not.toContain(answer.verdict);
        expect(answer.differences.length).toBeGreaterThan(0);
      }),
      { seed: SEED, numRuns: RUNS.texts },
    );
  });

  it("to any text of a page is reported", async () => {
    const pages = contentsOf(pdf).map((content) => ({ content, texts: marksIn(content) }));
    const places = pages.flatMap(({ texts }, page) => texts.map((_, text) => ({ page, text })));
    expect(places.length).toBeGreaterThan(300);
    // Where facts beside the text stand, the whole file is written anew for each change, which takes long: fewer are tried there.
    const body = places.filter(({ page }) => page > 0 && page < pages.length - 2);
    const anywhere = fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(...body) },
      { weight: 1, arbitrary: fc.constantFrom(...places) },
    );
    await fc.assert(
      fc.asyncProperty(anywhere, fc.constantFrom("gone", "cut", "turned", "moved"), async ({ page, text }, how) => {
        const {
          content,
          texts: { [text]: place = { from: 0, to: 0 } },
        } = pages[page] ?? { content: "", texts: [] };
        const drawn = content.slice(place.from, place.to);
        const [first = ""] = /<[0-9a-f]+>/.exec(drawn) ?? [];
        const altered = {
          gone: "[<> 0] TJ",
          cut: drawn.replace(first, first.length > 6 ? `<${first.slice(5)}` : "<0003>"),
          turned: drawn.replace(first, `<${(first.slice(1, -1).match(/.{4}/g) ?? []).reverse().join("")}0004>`),
          moved: `1 0 0 1 9 9 Tm\n${drawn}`,
        }[how];
        fc.pre(altered !== drawn);
        const answer = await check(
          withContent(pdf, (old, i) => (i === page ? old.slice(0, place.from) + altered + old.slice(place.to) : old)),
        );
        expect(SOUND, `page ${page + 1}, text ${text}, ${how}`).not.toContain(answer.verdict);
        expect(answer.differences.length).toBeGreaterThan(0);
      }),
      { seed: SEED, numRuns: RUNS.pages },
    );
  });

  it("to the text attached to a PDF is reported", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.constantFrom("x", " ", "9", ""),
        async (where, letter) => {
          const at = Math.floor(where * edition.canonicalText.length);
          fc.pre(edition.canonicalText[at] !== letter);
          const answer = await check(
            withPiece(
              pdf,
              /\/Type \/EmbeddedFile\b/,
              (dictionary) => dictionary,
              (text) => text.slice(0, at) + letter + text.slice(at + 1),
            ),
          );
          expect(answer.verdict).toBe("text-altered");
        },
      ),
      { seed: SEED, numRuns: RUNS.attached },
    );
  });

  it("to what is agreed in a matrix file is reported at its duty and field", async () => {
    const fields = ["text", "description", "doneWhen", "cadence", "boundary", "tools"] as const;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...matrix.duties),
        fc.constantFrom(...fields, "letters", "order", "code"),
        fc.stringMatching(/^[a-z]{3,9}$/),
        async (duty, field, word) => {
          const file = JSON.parse(json) as { duties: Record<string, unknown>[] };
          const at = file.duties.findIndex(({ id }) => id === duty.id);
          const [shown] = file.duties.splice(at, 1);
          if (!shown) throw new Error("The duty is missing.");
          if (field === "letters") shown.letters = { ...duty.letters, vendor: duty.letters.vendor ? [] : ["C"] };
          else if (field === "code") shown.code = "SUP-90";
          else if (field !== "order") shown[field] = `${duty[field]} ${word}`.trim();
          if (field === "letters" && duty.letters.vendor) delete (shown.letters as Record<string, unknown>).vendor;
          file.duties.splice(field === "order" ? (at + 3) % (file.duties.length + 1) : at, 0, shown);
          const answer = await check(strToU8(JSON.stringify(file)));
          expect(answer.verdict).toBe("differs");
          // An unsound matrix, such as one with a code that was never issued, is told as such.
          if (field !== "code")
            expect(answer.differences[0]).toMatchObject(
              field === "order"
                ? { part: "duties", field: "the order" }
                : {
                    part: "duties",
                    subject: `${duty.code} ${duty.text}`,
                    field: field === "letters" ? "Vendor" : field,
                  },
            );
          if (field !== "order") expect(signedNames(DUTIES.fields)).toContain(field);
        },
      ),
      { seed: SEED, numRuns: RUNS.data },
    );
  });

  it("to a byte of a package never makes it say something else unnoticed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("xlsx", "docx"), flips, async (format, flip) => {
        const original = { xlsx, docx }[format] ?? xlsx;
        const bytes = flip(original);
        const answer = await check(bytes);
        // Refused, reported, or a byte of the wrapping that says nothing: then every part is as it was.
        if (!SOUND.includes(answer.verdict)) return;
        expect(answer.differences).toEqual([]);
        const [before, after] = [unzipSync(original), unzipSync(bytes)];
        for (const [name, content] of Object.entries(before))
          if (after[name]) expect(Buffer.compare(after[name], content), name).toBe(0);
      }),
      { seed: SEED, numRuns: RUNS.bytes },
    );
  });

  readBy(
    ["pdftoppm", "pdftotext"],
    "to a byte of a PDF leaves every page as it looks in another program, or is told",
    async () => {
      const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-flips-"));
      const file = path.join(folder, "flipped.pdf");
      const seen = (bytes: Uint8Array): { words: string; pages: string } => {
        writeFileSync(file, bytes);
        return {
          words: reads("pdftotext", "-layout", file, "-").toString(),
          pages: createHash("sha256")
            .update(reads("pdftoppm", "-r", "30", "-gray", file))
            .digest("hex"),
        };
      };
      const whole = seen(pdf);
      await fc.assert(
        fc.asyncProperty(flips, async (flip) => {
          const bytes = flip(pdf);
          if (SOUND.includes((await check(bytes)).verdict)) expect(seen(bytes)).toEqual(whole);
        }),
        { seed: SEED, numRuns: RUNS.flips },
      );
      rmSync(folder, { recursive: true, force: true });
    },
  );
});

function reads(program: string, ...parameters: string[]): Buffer {
  return execFileSync(program, parameters, { maxBuffer: 200_000_000, stdio: ["ignore", "pipe", "ignore"] });
}
