import { unzipSync } from "fflate";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { LIMITS } from "~/domain/limits";
import type { Letter } from "~/domain/matrix/shapes";
import { runExport } from "~/files/thread/export-thread.server";
import { createFileThread, ThreadStopped } from "~/files/thread/file-thread.server";
import { doExport, filesOfPack, headOf, type ExportJob, type PackFile, type PackInput } from "~/files/pack.server";
import { writeToCompare } from "~/files/pdf.server";
import type { Seal } from "~/files/pdf/seal.server";
import { ownKey } from "~/files/signing-key.server";
import { verifyFile } from "~/files/verify/verify.server";
import { readBy } from "../support/read-by";
import { theLargestMatrix } from "../support/largest";
import { aVersion } from "../support/version-files";

const { matrix, report } = aVersion({ matrix: theLargestMatrix() });
const input: PackInput = { matrix, report, amendment: null, seal: null };
const small = (): ExportJob => {
  const { matrix: little, report: short } = aVersion();
  return { kind: "export", format: "csv", input: { matrix: little, report: short, amendment: null, seal: null } };
};

describe("2,000 duties by 60 roles with a letter in every cell", () => {
  const files: PackFile[] = [];
  it.each(filesOfPack(input).map(({ format }) => format))(
    "as %s are written with the memory and in the time that a server gives",
    async (format) => {
      const file = await runExport(() => ({ kind: "export", format, input }));
      expect(file.bytes.length, "can be brought back to be checked").toBeLessThan(LIMITS.checkedBytes);
      files.push(file);
    },
    180_000,
  );
  it("make a ZIP of all of them", async () => {
    const { bytes } = await runExport(() => ({ kind: "zip", head: headOf(report), files }));
    expect(Object.keys(unzipSync(bytes))).toEqual([...files.map(({ name }) => name), "manifest.json"]);
  }, 180_000);
});

describe("a PDF with so many cells that its structure is packed", () => {
  const { matrix: many, report: long } = aVersion({ matrix: theLargestMatrix(700, 30) });
  const folder = mkdtempSync(path.join(tmpdir(), "demarc-packed-"));
  const file = path.join(folder, "packed.pdf");
  const seal: Seal = {
    ...ownKey(path.join(folder, "key.pem"), "Demarc", new Date("2026-03-05T00:00:00Z")),
    at: "2026-03-05T11:30:00.000Z",
    reason: "Signed",
    words: "Signed digitally.",
  };
  let bytes: Uint8Array;
  beforeAll(async () => {
    ({ bytes } = await runExport(() => ({
      kind: "export",
      format: "pdf",
      input: { matrix: many, report: long, amendment: null, seal },
    })));
    writeFileSync(file, bytes);
  }, 120_000);
  readBy(
    ["qpdf", "pdfinfo", "pdfsig"],
    "is sound, tagged cell by cell, and its signature covers the whole file",
    () => {
      expect(execFileSync("qpdf", ["--check", file], { encoding: "utf8" })).toContain(
        "No syntax or stream encoding errors found",
      );
      expect(
        execFileSync("pdfinfo", ["-struct", file], { encoding: "utf8", maxBuffer: 100_000_000 }).match(/^ +(TD|TH)/gm)
          ?.length,
      ).toBeGreaterThan(700 * 30);
      expect(execFileSync("pdfsig", ["-nocert", file], { encoding: "utf8" })).toMatch(
        /Total document signed[^]*Signature is Valid/,
      );
    },
    60_000,
  );
  it("is checked like any other, and a changed letter is told by duty and role", async () => {
    const here = async () => ({ kind: "nowhere" as const });
    expect(await verifyFile(bytes, "packed.pdf", here)).toMatchObject({ verdict: "consistent", differences: [] });
    const sections = long.sections.map((section, i) =>
      i > 0
        ? section
        : {
            ...section,
            rows: section.rows.map((row, r) =>
              r > 0
                ? row
                : { ...row, cells: row.cells.map((letters, c): readonly Letter[] => (c === 20 ? ["I"] : letters)) },
            ),
          },
    );
    expect(
      await verifyFile(await writeToCompare({ ...long, sections }, seal.words, null), "packed.pdf", here),
    ).toMatchObject({
      verdict: "differs",
      differences: [
        expect.objectContaining({ part: "Responsibility matrix", kept: "C", shown: "I" }),
        expect.objectContaining({ part: "Duties", field: "DA-01", subject: expect.stringContaining("DA-01") }),
      ],
    });
  }, 120_000);
});

describe("a writer that needs more than it has", () => {
  it("ends its thread and not the process, is told as too large, and the next file is written all the same", async () => {
    const run = createFileThread<ExportJob, PackFile>({ waiting: 2, longest: 120_000, memory: 64, here: doExport });
    await expect(run(() => ({ kind: "export", format: "xlsx", input }))).rejects.toEqual(
      new ThreadStopped("too-large"),
    );
    expect((await run(small)).bytes.length).toBeGreaterThan(0);
  }, 120_000);
  it("is told apart from one that takes too long", async () => {
    const run = createFileThread<ExportJob, PackFile>({ waiting: 2, longest: 1, here: doExport });
    await expect(run(() => ({ kind: "export", format: "docx", input }))).rejects.toEqual(new ThreadStopped("too-long"));
  }, 120_000);
});

describe("whoever waits for the thread", () => {
  it("holds nothing to write from until it is their turn, and hears that it is busy once too many wait, or that they cancelled", async () => {
    let made = 0;
    let begin = (_: ExportJob) => {};
    const first = runExport(() => new Promise((resolve) => (begin = resolve)));
    const gone = new AbortController();
    const waiting = Array.from({ length: 12 }, (_, i) =>
      runExport(() => (made++, small()), i === 0 ? gone.signal : undefined),
    );
    await expect(runExport(small)).rejects.toEqual(new ThreadStopped("busy"));
    expect(made).toBe(0);
    gone.abort();
    await expect(waiting[0]).rejects.toEqual(new ThreadStopped("cancelled"));
    begin(small());
    const files = await Promise.all([first, ...waiting.slice(1)]);
    expect(new Set(files.map(({ sha256 }) => sha256)).size).toBe(1);
    expect(made).toBe(11);
  }, 60_000);
  it("hears what went wrong where there is nothing to write from, and the next is written all the same", async () => {
    await expect(runExport(() => Promise.reject(new Error("There is no such version.")))).rejects.toThrow(
      "There is no such version.",
    );
    expect((await runExport(small)).bytes.length).toBeGreaterThan(0);
  }, 60_000);
});
