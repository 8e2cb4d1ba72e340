import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { writeDocx } from "~/files/docx.server";
import { writeJson } from "~/files/json.server";
import { writePdf } from "~/files/pdf.server";
import { writeXlsx } from "~/files/xlsx.server";
import { aVersion } from "../support/version-files";

const PROGRAM = "tests/support/independent-fingerprint.mjs";

it("a program that knows docs/fingerprint.md alone computes the fingerprint of a version from each of its files", async () => {
  const { report, edition, matrix } = aVersion();
  const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-independent-"));
  const files = {
    xlsx: await writeXlsx(report),
    docx: await writeDocx(report),
    pdf: await writePdf(report),
    json: writeJson(matrix, edition),
  };
  for (const [format, content] of Object.entries(files)) {
    const file = path.join(folder, `v.${format}`);
    writeFileSync(file, content);
    const { stdout, status } = spawnSync(process.execPath, [PROGRAM, file], { encoding: "utf8" });
    const same = { carried: edition.fingerprint, named: edition.fingerprint };
    expect([JSON.parse(stdout), status]).toEqual([
      format === "json" ? { ...same, shown: edition.fingerprint } : same,
      0,
    ]);
  }
  writeFileSync(path.join(folder, "altered.json"), files.json.replace('"R"', '"C"'));
  expect(spawnSync(process.execPath, [PROGRAM, path.join(folder, "altered.json")]).status).toBe(1);
  rmSync(folder, { recursive: true, force: true });
});

it("and it uses nothing but Node's own modules", () => {
  const imports = [...readFileSync(PROGRAM, "utf8").matchAll(/from "([^"]+)"|import\("([^"]+)"\)/g)].map(
    ([, name]) => name,
  );
  expect(imports.filter((name) => !name?.startsWith("node:"))).toEqual([]);
});
