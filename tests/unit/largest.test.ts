import { unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { runExport } from "~/files/export-thread.server";
import { fileThread, ThreadStopped, type ExportJob } from "~/files/file-thread.server";
import { doExport, filesOfPack, headOf, type PackFile, type PackInput } from "~/files/pack.server";
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
  it.each(filesOfPack(input).map(({ format }) => format))("as %s are written with the memory and in the time that a server gives", async (format) => {
    files.push(await runExport(() => ({ kind: "export", format, input })));
  }, 180_000);
  it("make a ZIP of all of them", async () => {
    const { bytes } = await runExport(() => ({ kind: "zip", head: headOf(report), files }));
    expect(Object.keys(unzipSync(bytes))).toEqual([...files.map(({ name }) => name), "manifest.json"]);
  }, 180_000);
});

describe("a writer that needs more than it has", () => {
  it("ends its thread and not the process, is told as too large, and the next file is written all the same", async () => {
    const run = fileThread<ExportJob, PackFile>({ waiting: 2, longest: 120_000, memory: 64, here: doExport });
    await expect(run(() => ({ kind: "export", format: "xlsx", input }))).rejects.toEqual(new ThreadStopped("too-large"));
    expect((await run(small)).bytes.length).toBeGreaterThan(0);
  }, 120_000);
  it("is told apart from one that takes too long", async () => {
    const run = fileThread<ExportJob, PackFile>({ waiting: 2, longest: 1, here: doExport });
    await expect(run(() => ({ kind: "export", format: "docx", input }))).rejects.toEqual(new ThreadStopped("too-long"));
  }, 120_000);
});

describe("whoever waits for the thread", () => {
  it("holds nothing to write from until it is their turn, and hears that it is busy once too many wait, or that they cancelled", async () => {
    let made = 0;
    let begin = (_: ExportJob) => {};
    const first = runExport(() => new Promise((resolve) => (begin = resolve)));
    const gone = new AbortController();
    const waiting = Array.from({ length: 12 }, (_, i) => runExport(() => (made++, small()), i === 0 ? gone.signal : undefined));
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
    await expect(runExport(() => Promise.reject(new Error("There is no such version.")))).rejects.toThrow("There is no such version.");
    expect((await runExport(small)).bytes.length).toBeGreaterThan(0);
  }, 60_000);
});
