import { readFileSync } from "node:fs";
import path from "node:path";
import { strToU8, zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { HARMLESS_LISTS, withHarmlessLists } from "~/domain/verify/harmless/lines";
import { isTypeface, rulesOf, unknownIn } from "~/domain/verify/harmless/rules";
import { contrastOf, tinted } from "~/domain/verify/harmless/colour";
import { buildReport } from "~/domain/pack/report";
import { writeDocx } from "~/files/docx.server";
import { readMatrixFile, writeJson } from "~/files/json.server";
import { verifyFile } from "~/files/verify/verify.server";
import { aVersion } from "../support/version-files";

const documentation = readFileSync(path.join(import.meta.dirname, "../../docs/fingerprint.md"), "utf8");

describe("what is known to be harmless", () => {
  it("stands in the documentation line by line, as the check has it", () => {
    expect(documentation).toBe(withHarmlessLists(documentation));
    for (const { what, names } of HARMLESS_LISTS.flatMap(({ lines }) => lines)) {
      expect(documentation).toContain(`\n- ${what}: `);
      for (const name of names) expect(documentation).toContain(`\`${name}\``);
    }
  });

  const lines = HARMLESS_LISTS.filter(({ title }) => !/^(?:Relations|Entries)/.test(title)).flatMap(
    ({ title, lines: own }) => own.map((line) => [`${title}: ${line.what}`, line] as const),
  );
  it.each(lines)("%s: knows its names and no other value or attribute", (_name, line) => {
    const rules = rulesOf([line]);
    for (const entry of line.names) {
      const [name = "", ...attributes] = entry.split(" ");
      if (name.endsWith("*")) continue;
      const needed = Object.fromEntries(
        line.names
          .filter((other) => other.split(" ", 1)[0] === name)
          .flatMap((other) => [...other.matchAll(/ !([^= ]+)=([^ |]+)/g)])
          .map(([, attribute = "", value = ""]) => [
            attribute,
            value === "no" ? "0" : value === "typeface" ? "Calibri" : value,
          ]),
      );
      expect([entry, unknownIn(rules, name, needed)]).toEqual([entry, null]);
      expect(unknownIn(rules, `${name}Forged`, {})).toEqual({ attribute: null, value: "" });
      if (!attributes.includes("*"))
        expect(unknownIn(rules, name, { ...needed, forged: "x" })).toEqual({ attribute: "forged", value: "x" });
      for (const attribute of attributes.filter((one) => one.includes("="))) {
        const [key = ""] = attribute.replace("!", "").split("=");
        expect([attribute, unknownIn(rules, name, { ...needed, [key]: "\u0000forged" })]).toEqual([
          attribute,
          { attribute: key, value: "\u0000forged" },
        ]);
      }
      for (const attribute of attributes.filter((one) => one.startsWith("!")))
        expect(unknownIn(rules, name, {})).toMatchObject({ attribute: attribute.slice(1).split("=")[0] });
    }
  });

  it("has ranges with their ends, and nothing beyond them", () => {
    const rules = rulesOf([{ what: "", names: ["sz val=10..96", "at x=-200..200"] }]);
    const isKnown = (name: string, attributes: Record<string, string>) => unknownIn(rules, name, attributes) === null;
    expect(["10", "96", "10.5"].map((val) => isKnown("sz", { val }))).toEqual([true, true, true]);
    expect(["9", "97", "9.99", "1e1", " 10", "", "0x20"].map((val) => isKnown("sz", { val }))).not.toContain(true);
    expect(["-200", "200", "-201"].map((x) => isKnown("at", { x }))).toEqual([true, true, false]);
  });

  it("has typefaces of letters, and none of signs", () => {
    expect(["Calibri", "Courier New", "DejaVu Sans", "Noto Sans CJK SC", "Liberation Serif"].every(isTypeface)).toBe(
      true,
    );
    for (const signs of [
      "Wingdings",
      "Webdings",
      "Symbol",
      "Marlett",
      "Calibri2",
      "Noto Sans Symbols2 x\u0000",
      "OpenSymbol",
    ])
      expect([signs, isTypeface(signs) && !/^Noto/.test(signs)]).toEqual([signs, false]);
  });

  it("has a contrast as the accessibility guidelines compute it", () => {
    expect(contrastOf("000000", "FFFFFF")).toBeCloseTo(21);
    expect(contrastOf("777777", "FFFFFF")).toBeCloseTo(4.48, 1);
    expect([tinted("000000", 0.5), tinted("FFFFFF", -0.5)]).toEqual(["808080", "808080"]);
  });
});

describe("an answer", () => {
  const { report, edition, matrix } = aVersion();
  const check = (bytes: Uint8Array, name = "") => verifyFile(bytes, name, async () => ({ kind: "nowhere" }));

  it("says in its first line that a file is an extract", async () => {
    const extract = buildReport({
      matrix,
      edition,
      changes: report.changes,
      blockers: report.blockers,
      choice: { parts: ["matrix"], paper: "A4" },
    });
    const { sentence, match } = await check(await writeDocx(extract));
    expect([sentence.split(".", 1)[0], match]).toEqual([
      "Consistent with itself, and claims to be an extract of version 3",
      { kind: "exact" },
    ]);
  });
  it.each([
    ["ods", "application/vnd.oasis.opendocument.spreadsheet", "XLSX"],
    ["odt", "application/vnd.oasis.opendocument.text", "DOCX"],
  ])("to %s says as what to save it", async (ending, type, as) => {
    const { verdict, sentence } = await check(
      zipSync({ mimetype: strToU8(type), "content.xml": strToU8("<x/>") }),
      `v.${ending}`,
    );
    expect([verdict, sentence]).toEqual([
      "unusable",
      expect.stringContaining(`Save it as ${as}, then check that copy.`),
    ]);
  });
  it("to a matrix file with a byte order mark is that of its text, and the file is read as a matrix", async () => {
    const text = writeJson(matrix, edition);
    const { verdict, match } = await check(strToU8(`\uFEFF${text}`));
    expect([verdict, match]).toEqual(["consistent", { kind: "words", by: null }]);
    expect((await check(strToU8(text))).match).toEqual({ kind: "exact" });
    expect(readMatrixFile(`\uFEFF${text}`)).toEqual(readMatrixFile(text));
  });
  it.each<[string, (text: string) => string]>([
    ["a key that nothing reads", (text) => text.replace('"duties": [', '"clause": "Nobody is bound", "duties": [')],
    [
      "such a key within a duty",
      (text) => text.replace('"code": "SUP-01"', '"code": "SUP-01", "note": "Not this one"'),
    ],
    ["a key that stands twice", (text) => text.replace('"title":', '"title": "Another", "title":')],
  ])("to a matrix file with %s names it", async (_what, change) => {
    const changed = change(writeJson(matrix, edition));
    const { verdict, differences } = await check(strToU8(changed));
    expect([verdict, differences.map(({ field }) => field)]).toEqual([
      "differs",
      [expect.stringMatching(/^It holds something that Demarc doesn't read: /)],
    ]);
  });
});
