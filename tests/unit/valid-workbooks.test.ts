import { strFromU8, unzipSync } from "fflate";
import { expect, it } from "vitest";
import { buildReport } from "~/domain/pack/report";
import { writeXlsx } from "~/files/xlsx.server";
import { officeFaults } from "../support/office-validator";
import { signedReport } from "../support/packs";
import { aVersion } from "../support/version-files";

const { report, matrix, edition } = aVersion({ status: "proposed" });
const REPORTS = {
  "a version with lines to sign on": report,
  "a version with signatures typed, drawn and on paper": signedReport(),
  "a version on Letter": buildReport({
    matrix,
    edition,
    changes: [],
    blockers: [],
    choice: { parts: ["matrix", "definitions"], paper: "Letter" },
  }),
};

it.each(Object.entries(REPORTS))(
  "%s has no fault that Microsoft's validator knows of",
  async (_name, one) => expect(await officeFaults(await writeXlsx(one), "xlsx")).toEqual([]),
  60_000,
);

it("the validator knows a fault when it sees one", async () => {
  const { zip } = await import("~/files/package.server");
  const parts = unzipSync(await writeXlsx(report));
  const sheet = strFromU8(parts["xl/worksheets/sheet1.xml"] ?? new Uint8Array());
  const swapped = sheet.replace(/(<pageMargins[^>]*>)(<pageSetup[^>]*>)/, "$2$1");
  expect(swapped).not.toBe(sheet);
  expect(await officeFaults(zip({ ...parts, "xl/worksheets/sheet1.xml": Buffer.from(swapped) }), "xlsx")).not.toEqual(
    [],
  );
}, 60_000);

it("the properties name Demarc, both companies, the title, the language and the words to find it by", async () => {
  const parts = unzipSync(await writeXlsx(report));
  const [app, core] = ["docProps/app.xml", "docProps/core.xml"].map((name) =>
    strFromU8(parts[name] ?? new Uint8Array()),
  );
  expect(app).toContain("<Application>Demarc</Application>");
  expect(app).not.toContain("AppVersion");
  expect(app).toContain("<Company>Northwind and Harbour IT</Company>");
  expect(core).toContain("<dc:title>Who does what &amp; why: Northwind and Harbour IT</dc:title>");
  expect(core).toContain("<dc:language>en</dc:language>");
  expect(core).toContain("<cp:keywords>co-managed IT responsibility matrix</cp:keywords>");
});
