import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { afterAll, expect, it, vi } from "vitest";
import { charactersWithoutFont } from "~/files/pdf/fonts/missing.server";

const reads = vi.spyOn(fs, "readFileSync");
syncBuiltinESMExports();
afterAll(() => {
  reads.mockRestore();
  syncBuiltinESMExports();
});
const filesRead = () => reads.mock.calls.map(([file]) => String(file)).filter((file) => file.includes("noto"));

/** Texts that jump from one file of a family to another with each character. */
const TEXTS = Array.from({ length: 20 }, (_, text) =>
  Array.from({ length: 500 }, (_, i) => String.fromCodePoint(0x4e00 + ((text * 7919 + i * 104_729) % 20_000))).join(""),
).map((text, i) => ({ place: `Duty ${i}`, text }));

it("reads each file of a typeface once, however many texts ask for it in whatever order, and none again", () => {
  charactersWithoutFont(TEXTS);
  const read = filesRead();
  expect(read.length).toBeGreaterThan(100);
  expect(read.length).toBe(new Set(read).size);
  reads.mockClear();
  charactersWithoutFont([...TEXTS, { place: "Again", text: "服务器 \u{e000}" }]);
  expect(filesRead()).toEqual([]);
});

it("names each lost character once a place, also beside others and in a sequence of emoji", () => {
  expect(
    charactersWithoutFont([
      { place: "A duty", text: "Pay \u{e000}, 支付\u{e000} and \u{e001} 👩‍💻🏽 é" },
      { place: "A role", text: "सर्वर टीम, ทีมเซิร์ฟเวอร์, خادم, שרת 🇩🇪 1️⃣" },
      { place: "A duty", text: "ب\u{e002}" },
    ]),
  ).toEqual(["A duty has (U+E000), (U+E001), (U+E002)"]);
});
