import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { writeCsv } from "~/files/csv.server";
import { verifyFile } from "~/files/verify/verify.server";
import { writeXlsx } from "~/files/xlsx.server";
import { amendedReport, draftReport, signedReport } from "../support/packs";

const sheetsIn = (bytes: Uint8Array) =>
  [...strFromU8(unzipSync(bytes)["xl/workbook.xml"] ?? new Uint8Array()).matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(
    ([, name]) => name,
  );

describe("the numbers of CIS safeguards and the codes of NIST categories", () => {
  it("stand in the last columns of the CSV, duty by duty", () => {
    const rows = writeCsv(draftReport()).split("\r\n");
    expect(rows[0]).toMatch(/,CIS,NIST CSF,Kind,Pressures$/);
    expect(rows[1]).toMatch(/,15\.2,GV\.RR,Defend,$/);
  });
  it("stand on a sheet of their own of the workbook, and say that they aren't signed", async () => {
    const bytes = await writeXlsx(signedReport());
    expect(sheetsIn(bytes)).toContain("Framework numbers");
    const texts = Object.entries(unzipSync(bytes)).map(([, part]) => strFromU8(part));
    expect(texts.some((text) => text.includes("15.2"))).toBe(true);
    expect(
      texts.some((text) =>
        text.includes("Numbers of the frameworks, kinds and pressures, which are no part of what is signed"),
      ),
    ).toBe(true);
  });
  it("have kind and pressures beside them, and no other words in their place", async () => {
    const bytes = await writeXlsx(signedReport());
    const parts = unzipSync(bytes);
    const name = "xl/sharedStrings.xml";
    const words = strFromU8(parts[name] ?? new Uint8Array());
    for (const said of ["Defend", "Invest", "Security risk", "Cloud"]) expect(words).toContain(`>${said}<`);
    const again = await verifyFile(zipSync(parts), "v.xlsx", async () => ({ kind: "nowhere" }));
    expect(again.differences).toEqual([]);
    for (const [said, forged] of [
      [">Security risk<", ">Harbour IT pays<"],
      [">Invest<", ">Void<"],
    ] as const) {
      const altered = zipSync({ ...parts, [name]: strToU8(words.replace(said, forged)) });
      const answer = await verifyFile(altered, "v.xlsx", async () => ({ kind: "nowhere" }));
      expect(answer.differences.length, forged).toBeGreaterThan(0);
    }
  });
  it("are no part of an amendment", async () => {
    expect(sheetsIn(await writeXlsx(amendedReport()))).not.toContain("Framework numbers");
  });
  it("don't make a workbook differ from its text, and the check says that they weren't compared", async () => {
    const answer = await verifyFile(await writeXlsx(signedReport()), "v.xlsx", async () => ({ kind: "nowhere" }));
    expect(answer.differences).toEqual([]);
    expect(answer.notes).toContain(
      "Numbers of frameworks, kinds and pressures are no part of what is signed, and were not compared.",
    );
  });
});
