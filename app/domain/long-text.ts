import type { TextBlock, TextTable } from "./blocks";

/** The most characters of a text that stand in one row, so that a row fits on a page and in a sheet. */
export const ROW_CHARACTERS = 1_200;
/** So many lines of a text stand in one row of a sheet. */
const ROW_LINES = 25;
/** The characters of a line for each percent of the width that a column has. */
const LINE_PER_SHARE = 1.6;
/** From here on, scripts have characters that are twice as wide. */
const WIDE = 0x1100;
/** What stands beside the code or label of a row that goes on with the one before. */
export const CONTINUED = "(continued)";

/**
 * A text in pieces of at most `limit` characters. It is cut at a line break or a space, and inside a word only where the
 * word alone is longer. A line break counts as the line that it begins, a wide character as two.
 */
export function piecesOf(text: string, limit: number): string[] {
  if (text.length <= limit && costOf(text, limit) <= limit) return [text];
  const pieces: string[] = [];
  let rest = text;
  while (rest !== "") {
    const fits = fittingLength(rest, limit);
    const at = fits === rest.length ? fits : cutBefore(rest, fits);
    pieces.push(rest.slice(0, at).replace(/\s+$/, ""));
    rest = rest.slice(at).replace(/^\s+/, "");
  }
  return pieces.filter((piece) => piece !== "");
}

function costOf(text: string, limit: number): number {
  let cost = 0;
  for (const character of text) cost += characterCost(character, limit);
  return cost;
}

function characterCost(character: string, limit: number): number {
  if (character === "\n") return Math.max(1, Math.floor(limit / ROW_LINES));
  return (character.codePointAt(0) ?? 0) >= WIDE ? 2 : 1;
}

/** How many code units of a text fit, at least one character. */
function fittingLength(text: string, limit: number): number {
  let [length, cost] = [0, 0];
  for (const character of text) {
    cost += characterCost(character, limit);
    if (cost > limit && length > 0) return length;
    length += character.length;
  }
  return length;
}

/** The last place to cut up to `fits`: after a space or line break, or else exactly there. */
function cutBefore(text: string, fits: number): number {
  if (/\s/.test(text.charAt(fits))) return fits;
  const [before = ""] = /^[^]*\s/.exec(text.slice(0, fits)) ?? [];
  return before.trim() === "" ? fits : before.length;
}

/** Blocks whose long texts stand in several rows, so that each format prints them whole. */
export function withWholeTexts(blocks: readonly TextBlock[]): TextBlock[] {
  return blocks.flatMap((block): TextBlock[] => {
    switch (block.kind) {
      case "heading":
        return [block];
      case "paragraph":
        return piecesOf(block.text, ROW_CHARACTERS).map((text) => ({ ...block, text }));
      case "list":
        return [
          {
            ...block,
            items: block.items.flatMap((item) =>
              piecesOf(item, ROW_CHARACTERS).map((piece, i) => (i === 0 ? piece : `${CONTINUED} ${piece}`)),
            ),
          },
        ];
      case "facts":
        return [
          {
            ...block,
            facts: block.facts.flatMap(({ label, value }) =>
              piecesOf(value, ROW_CHARACTERS).map((piece, i) => ({
                label: i === 0 ? label : `${label} ${CONTINUED}`,
                value: piece,
              })),
            ),
          },
        ];
      case "table":
        return [withWholeRows(block)];
    }
  });
}

/** A table whose rows with long texts are several rows, the following ones with the first text and "(continued)". */
function withWholeRows(table: TextTable): TextTable {
  const { columns, rows, groups } = table;
  const whole = columns.reduce((sum, { share }) => sum + share, 0);
  const limits = columns.map(({ share }) =>
    Math.min(ROW_CHARACTERS, Math.max(40, Math.floor(((share * 100) / whole) * LINE_PER_SHARE * ROW_LINES))),
  );
  const starts: number[] = [];
  const written: string[][] = [];
  for (const row of rows) {
    starts.push(written.length);
    written.push(...rowsOf(row, limits));
  }
  starts.push(written.length);
  return {
    ...table,
    rows: written,
    ...(groups ? { groups: groups.map(({ at, title }) => ({ title, at: starts[at] ?? written.length })) } : {}),
  };
}

function rowsOf(row: readonly string[], limits: readonly number[]): string[][] {
  const pieces = row.map((text, i) => piecesOf(text, limits[i] ?? ROW_CHARACTERS));
  const count = Math.max(1, ...pieces.map(({ length }) => length));
  if (count === 1) return [[...row]];
  return Array.from({ length: count }, (_, n) =>
    pieces.map((own, column) => {
      const piece = own[n] ?? "";
      if (n === 0 || column > 0) return piece;
      return own.length > 1 ? `${CONTINUED} ${piece}`.trim() : `${own[0] ?? ""} ${CONTINUED}`.trim();
    }),
  );
}
