import fc from "fast-check";
import { expect, it } from "vitest";
import type { TextTable } from "~/domain/blocks";
import { CONTINUED, piecesOf, ROW_CHARACTERS, withWholeTexts } from "~/domain/long-text";

const word = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }).map((text) => text.replace(/\s/g, "x")),
  },
  { weight: 1, arbitrary: fc.constantFrom("漢字かな交じり文", "👩‍💻", "x".repeat(300), CONTINUED) },
);
const longText = fc
  .array(fc.tuple(word, fc.constantFrom(" ", " ", " ", "  ", "\n", "\n\n")), { maxLength: 400 })
  .map((parts) => parts.map((part) => part.join("")).join(""));
const bare = (text: string) => text.replace(/\s+/g, "");
const codeUnits = (text: string) => text.replace(/[\uD800-\uDBFF][\uDC00-\uDFFF]/g, "").match(/[\uD800-\uDFFF]/g) ?? [];

it("a text in pieces loses nothing, and each piece is within the limit", () => {
  fc.assert(
    fc.property(longText, fc.integer({ min: 20, max: 1_500 }), (text, limit) => {
      const pieces = piecesOf(text, limit);
      expect(bare(pieces.join(""))).toBe(bare(text));
      for (const piece of pieces) {
        expect(piece.length).toBeLessThanOrEqual(Math.max(limit, 2));
        expect(piece.split("\n").length).toBeLessThanOrEqual(26);
        expect(codeUnits(piece)).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});

it("a word is cut only where it alone is longer than a piece", () => {
  fc.assert(
    fc.property(longText, fc.integer({ min: 400, max: 1_500 }), (text, limit) => {
      const words = (pieces: readonly string[]) => pieces.flatMap((piece) => piece.split(/\s+/)).filter(Boolean);
      // A word of wide characters counts twice.
      fc.pre(text.split(/\s+/).every((one) => one.length * 2 <= limit));
      expect(words(piecesOf(text, limit))).toEqual(words([text]));
    }),
    { numRuns: 300 },
  );
});

it("a table with long texts has all their words, its codes in each row, and its groups before the rows they headed", () => {
  const rows = fc.array(fc.tuple(longText, longText), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(rows, fc.integer({ min: 5, max: 80 }), (texts, share) => {
      const table: TextTable = {
        kind: "table",
        label: "Duties",
        columns: [
          { title: "Code", share: 10 },
          { title: "Duty", share },
          { title: "Who", share: 90 - share },
        ],
        rows: texts.map((cells, i) => [`SUP-0${i}`, ...cells]),
        groups: texts.map((_, i) => ({ at: i, title: `Group ${i}` })),
      };
      const [whole] = withWholeTexts([table]);
      if (whole?.kind !== "table") throw new Error("It is no table.");
      texts.forEach((cells, i) => {
        const own = whole.rows.filter(([code = ""]) => code.startsWith(`SUP-0${i}`));
        expect(own.map(([code]) => code)).toEqual(
          own.map((_, n) => (n === 0 ? `SUP-0${i}` : `SUP-0${i} ${CONTINUED}`)),
        );
        cells.forEach((text, column) =>
          expect(bare(own.map((row) => row[column + 1] ?? "").join(""))).toBe(bare(text)),
        );
        expect(whole.rows[whole.groups?.[i]?.at ?? -1]?.[0]).toBe(`SUP-0${i}`);
      });
      for (const cell of whole.rows.flat()) expect(cell.length).toBeLessThanOrEqual(ROW_CHARACTERS);
    }),
    { numRuns: 200 },
  );
});
