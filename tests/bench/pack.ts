import { createRequire } from "node:module";
import { monitorEventLoopDelay } from "node:perf_hooks";
import PDFDocument from "pdfkit";
import type { Block } from "~/domain/blocks";
import { outlineOf } from "~/domain/pack/outline";
import { reportCell, type Report } from "~/domain/pack/report";
import { runExport } from "~/files/thread/export-thread.server";
import { writeDocx } from "~/files/docx.server";
import { writePdf } from "~/files/pdf.server";
import { benchMatrix } from "./matrices";
import { measure, ratio } from "./measure";
import { workbookReport } from "./report";

const DUTIES = 1_000;

/** Documents of 1,000 duties, the PDF beside the bare library writing the same texts, untagged; and how long the process keeps others waiting meanwhile. */
export async function benchPack() {
  const report = workbookReport(DUTIES);
  const tables = tablesOf(report);
  const docx = await measure(2, () => writeDocx(report));
  const pdf = await measure(2, () => writePdf(report));
  const pdfFloor = await measure(2, () => barePdf(tables));
  return {
    duties: DUTIES,
    docx: {
      written: docx,
      kilobytes: Math.round((await writeDocx(report)).length / 1_000),
    },
    pdf: {
      floor: pdfFloor,
      written: pdf,
      ratio: ratio(pdf, pdfFloor),
      kilobytes: Math.round((await writePdf(report)).length / 1_000),
    },
    delay: await delayWhileWriting(report),
  };
}

/** Every table of the outline as plain texts. */
function tablesOf(report: Report): string[][][] {
  const matrix = report.sections.flatMap(({ domain, rows }) => [
    [domain.name],
    ...rows.map((row) => [row.code, row.text, ...row.cells.map((letters) => reportCell(letters, row))]),
  ]);
  const cells = (block: Block): string[][][] => {
    if (block.kind === "matrix") return [[["Code", "Duty", ...report.columns.map(({ role }) => role.name)], ...matrix]];
    if (block.kind === "table") return [[block.columns.map(({ title }) => title), ...block.rows]];
    if (block.kind === "facts") return [block.facts.map(({ label, value }) => [label, value])];
    return [];
  };
  return outlineOf(report).flatMap(({ blocks }) => blocks.flatMap(cells));
}

/** The same texts, each written and wrapped by PDFKit at its place in a row of fixed height; untagged, without lines. */
function barePdf(tables: string[][][]): Promise<Uint8Array> {
  const doc = new PDFDocument({ size: "A4", layout: "landscape", margin: 36, pdfVersion: "1.7" });
  const parts: Buffer[] = [];
  const written = new Promise<Uint8Array>((resolve) => {
    doc.on("data", (part: Buffer) => parts.push(part));
    doc.on("end", () => resolve(Buffer.concat(parts)));
  });
  doc
    .font(createRequire(import.meta.url).resolve("@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf"))
    .fontSize(7);
  let y = 36;
  for (const rows of tables) {
    for (const row of rows) {
      if (y > 500) {
        doc.addPage();
        y = 36;
      }
      const width = 770 / row.length;
      row.forEach((text, i) => void (text !== "" && doc.text(text, 36 + i * width, y, { width, height: 40 })));
      y += 24;
    }
  }
  doc.end();
  return written;
}

/** The delay of this process's event loop while a PDF of 1,000 duties is written for somebody, in milliseconds. */
async function delayWhileWriting(report: Report) {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  const input = { matrix: benchMatrix(DUTIES), report, amendment: null, seal: null };
  // The thread is there and has read its code: what is measured is the writing.
  await runExport(() => ({ kind: "export", format: "csv", input }));
  delay.enable();
  await runExport(() => ({ kind: "export", format: "pdf", input }));
  delay.disable();
  const milliseconds = (nanoseconds: number) => Math.round(nanoseconds / 1e5) / 10;
  return { p99: milliseconds(delay.percentile(99)), longest: milliseconds(delay.max) };
}
