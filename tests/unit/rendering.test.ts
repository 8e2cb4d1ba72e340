import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect } from "vitest";
import { fingerprintOf } from "~/files/fingerprint.server";
import { writeXlsx } from "~/files/xlsx.server";
import { buildReport } from "~/domain/pack/report";
import { canonicalText, shortFingerprint } from "~/domain/version/snapshot";
import { matrixFromLibrary } from "~/library/start-matrix";
import { readBy } from "../support/read-by";

readBy(
  ["soffice", "pdftotext"],
  "LibreOffice renders the workbook with its fingerprint on every page",
  async () => {
    const matrix = matrixFromLibrary({
      client: "Northwind",
      provider: "Harbour IT",
      agreementReference: "MSA-1",
      preset: "shared",
    });
    const text = canonicalText({ matrix, number: 1, previous: null });
    const fingerprint = fingerprintOf(text);
    const report = buildReport({
      matrix,
      edition: {
        kind: "version",
        number: 1,
        status: "proposed",
        reason: "First split",
        authorName: "Maya",
        publishedAt: "2026-03-03T09:00:00.000Z",
        fingerprint,
        previousFingerprint: null,
        canonicalText: text,
      },
      changes: [],
      blockers: [],
    });
    const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-render-"));
    try {
      writeFileSync(path.join(folder, "matrix.xlsx"), await writeXlsx(report));
      execFileSync(
        "soffice",
        [
          "--headless",
          `-env:UserInstallation=file://${folder}/profile`,
          "--convert-to",
          "pdf",
          "--outdir",
          folder,
          path.join(folder, "matrix.xlsx"),
        ],
        { stdio: "ignore", timeout: 120_000 },
      );
      const pages = execFileSync("pdftotext", ["-layout", path.join(folder, "matrix.pdf"), "-"], { encoding: "utf8" })
        .split("\f")
        .slice(0, -1);
      expect(pages.length).toBeGreaterThan(5);
      pages.forEach((page, i) => {
        expect(page).toContain(`Fingerprint ${shortFingerprint(fingerprint)}`);
        expect(page).toContain(`Page ${i + 1} of ${pages.length}`);
      });
      for (const { code } of matrix.duties)
        expect(
          pages.some((page) => page.includes(code)),
          code,
        ).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
  180_000,
);
