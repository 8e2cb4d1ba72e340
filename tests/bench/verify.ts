import ExcelJS from "exceljs";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { readOffice } from "~/files/read/office.server";
import { openArchive } from "~/files/read/zip.server";
import { verifyFile } from "~/files/verify/verify.server";
import { runVerify } from "~/files/thread/verify-thread.server";
import { writeXlsx } from "~/files/xlsx.server";
import { measure, ratio } from "./measure";
import { workbookReport } from "./report";

/** Verifying a workbook of 1,000 duties beside bare reading of it: with the library that wrote it, and with the reader that verifying uses. */
export async function benchVerify() {
  const report = workbookReport(1_000);
  const bytes = await writeXlsx(report);
  // A file that differs in one fact each time: what it is compared with is written anew, as for a first check.
  const files = await Promise.all(
    Array.from({ length: 7 }, (_, i) =>
      writeXlsx({
        ...report,
        facts: report.facts.map((fact) => (fact.label === "Exported" ? { ...fact, value: `${i + 1} Mar 2026` } : fact)),
      }),
    ),
  );
  const floor = await measure(3, () => new ExcelJS.Workbook().xlsx.load(Uint8Array.from(bytes).buffer));
  const read = await measure(5, async () => readOffice(await openArchive(bytes)));
  const verified = await measure(5, async (i) => verifyFile(files[i] ?? bytes, "", async () => ({ kind: "nowhere" })));
  const again = await measure(5, async () => verifyFile(bytes, "", async () => ({ kind: "nowhere" })));
  // The thread is started by a first file, as a server's is.
  await runVerify({ bytes: new Uint8Array(), name: "" }, async () => ({ kind: "nowhere" }));
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await runVerify({ bytes: files[0] ?? bytes, name: "" }, async () => ({ kind: "nowhere" }));
  delay.disable();
  return {
    duties: 1_000,
    floor,
    read,
    verified,
    again,
    ratio: ratio(verified, floor),
    ratioToOwnReader: ratio(verified, read),
    delayP99: Math.round(delay.percentile(99) / 1e6),
    delayMax: Math.round(delay.max / 1e6),
  };
}
