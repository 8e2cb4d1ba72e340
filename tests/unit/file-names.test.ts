import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { fileName } from "~/files/file-name";
import { textPart, unzip, zip } from "~/files/package.server";
import { download } from "~/http/download.server";
import { readBy } from "../support/read-by";

const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-names-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NAMES: [script: string, client: string, expected: string][] = [
  ["Chinese", "北方公司（上海）", "北方公司-上海-v1.pdf"],
  ["Japanese", "東京商事株式会社 ガイド", "東京商事株式会社-ガイド-v1.pdf"],
  ["Korean", "한국 정보기술 주식회사", "한국-정보기술-주식회사-v1.pdf"],
  ["Arabic", "شركة النور (القاهرة)", "شركة-النور-القاهرة-v1.pdf"],
  ["Hebrew", "חברת אור בע״מ", "חברת-אור-בע-מ-v1.pdf"],
  ["Thai", "บริษัท น้ำใส จำกัด", "บริษัท-น้ำใส-จำกัด-v1.pdf"],
  ["Hindi", "उत्तर विद्युत कंपनी", "उत्तर-विद्युत-कंपनी-v1.pdf"],
  ["emoji", "🏢 Nordwind 👩‍💻", "nordwind-v1.pdf"],
  ["marks that override the order", "Nord\u202Efdp.exe\u202C \u2067wind\u2069", "nord-fdp-exe-wind-v1.pdf"],
];

describe("a file named in any script", () => {
  it.each(NAMES)("keeps its letters with their marks: %s", (_script, client, expected) => {
    expect(fileName([client], ["v1"], "pdf")).toBe(expected);
  });

  it.each(NAMES)(
    "is downloaded under that name, and under one in ASCII by old clients: %s",
    (_script, client, expected) => {
      const name = fileName([client], ["v1"], "pdf");
      const header = download({ name, type: "application/pdf", bytes: new Uint8Array([1]) }).headers.get(
        "Content-Disposition",
      );
      const [, ascii = "", whole = ""] =
        /^attachment; filename="([^"]*)"; filename\*=UTF-8''(\S+)$/.exec(header ?? "") ?? [];
      expect(decodeURIComponent(whole)).toBe(expected);
      expect(ascii).toMatch(/^[\x20-\x7E]+-v1\.pdf$/);
    },
  );

  readBy(["unzip"], "is in a ZIP under that name, for other programs too", () => {
    const names = NAMES.map(([, client]) => fileName([client], ["v1"], "pdf"));
    const packed = zip(Object.fromEntries(names.map((name) => [name, textPart(name)])));
    expect(Object.keys(unzip(packed)).sort()).toEqual([...names].sort());
    writeFileSync(path.join(folder, "a.zip"), packed);
    const listed = execFileSync("unzip", ["-Z1", path.join(folder, "a.zip")], {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C.UTF-8" },
    });
    expect(listed.trim().split("\n").sort()).toEqual([...names].sort());
  });
});
