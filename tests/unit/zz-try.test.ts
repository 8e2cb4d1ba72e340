import { it } from "vitest";
import { writeFileSync, readFileSync, mkdtempSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { writePdf } from "~/files/pdf.server";
import { ownKey, signatureWords } from "~/files/signing-key.server";
import { verifyFile } from "~/files/verify.server";
import { aVersion } from "../support/version-files";
it("x", async () => {
  const d = mkdtempSync("/tmp/v2t-");
  const key = ownKey(`${d}/k.json`, "Demarc at x", new Date("2026-01-01T00:00:00Z"));
  const { report } = aVersion();
  const seal = { ...key, at: "2026-03-05T11:30:00.000Z", reason: "r", words: signatureWords(key) };
  const show = async (name: string, b: Uint8Array) => { const t = performance.now(); const a = await verifyFile(b, "x.pdf", async () => ({ kind: "nowhere" })); console.log(name, Math.round(performance.now() - t), a.verdict, a.differences, a.notes); };
  const bytes = await writePdf(report, seal);
  await show("sealed", bytes); await show("again", bytes);
  await show("plain", await writePdf(report));
  writeFileSync(`${d}/a.pdf`, bytes);
  for (const args of [["--linearize"], ["--object-streams=generate"], ["--qdf", "--object-streams=disable"], ["--normalize-content=y"]]) {
    execFileSync("qpdf", [...args, `${d}/a.pdf`, `${d}/b.pdf`]);
    await show(args.join(" "), readFileSync(`${d}/b.pdf`));
  }
  await show("appended", Buffer.concat([bytes, Buffer.from("\n% more\n")]));
  const p = aVersion({ status: "proposed" }); await show("proposed letter", await writePdf({ ...p.report, paper: "Letter" }));
});
