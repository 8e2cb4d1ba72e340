import { describe, expect, it } from "vitest";
import { parseCell, cellAfterKey } from "~/domain/matrix/cell";
import { readClipboard, readTsv, writeHtml, writeTsv } from "~/ui/matrix/paste/clipboard";
import { gridColumns, planPaste } from "~/ui/matrix/matrix-view";
import { aDuty, aMatrix } from "../support/matrices";

describe("a cell of somebody's spreadsheet", () => {
  it.each([
    ["A/R", ["A", "R"]],
    ["R, A", ["A", "R"]],
    ["ra", ["A", "R"]],
    [" c ", ["C"]],
    ["Accountable / Responsible", ["A", "R"]],
    ["А", ["A"]],
    ["", []],
    ["–", []],
    ["S", ["S"]],
  ])("%j is read", (text, letters) => expect(parseCell(text)).toEqual(letters));
  it.each(["X", "see note", "A?", "A,A", "Quarterly", "=A1", "R (desk)"])("%j is not", (text) =>
    expect(parseCell(text)).toBeNull(),
  );
});

describe("a letter typed into a cell", () => {
  it("is set, stands beside A or R, and is taken away again", () => {
    expect(cellAfterKey([], "R")).toEqual(["R"]);
    expect(cellAfterKey(["R"], "A")).toEqual(["A", "R"]);
    expect(cellAfterKey(["A", "R"], "R")).toEqual(["A"]);
    expect(cellAfterKey(["A", "R"], "I")).toEqual(["I"]);
    expect(cellAfterKey(["C"], "I")).toEqual(["I"]);
    expect(cellAfterKey(["C"], "A")).toEqual(["A"]);
  });
});

describe("the clipboard", () => {
  it("comes back as it went, tabs, quotes and lines in cells included", () => {
    const block = [
      ["A/R", "a\tb", 'say "hi"'],
      ["", "two\nlines", "C"],
    ];
    expect(readTsv(writeTsv(block))).toEqual(block);
    expect(readTsv("A\tR\r\nC\tI\r\n")).toEqual([
      ["A", "R"],
      ["C", "I"],
    ]);
    expect(writeHtml([["<b>&"]])).toBe("<table><tr><td>&lt;b&gt;&amp;</td></tr></table>");
  });
  it("says what has no place and what isn't letters, and lays down the rest", () => {
    const matrix = aMatrix({ duties: [aDuty(), aDuty({ id: "duty-2", code: "SUP-02" })] });
    const plan = planPaste({
      block: [["A", "R", "x"], ["r", "", "", "", "C"], ["I"]],
      duties: matrix.duties,
      columns: gridColumns(matrix),
      area: { rows: 1, columns: 1 },
    });
    expect([plan.rowsOver, plan.columnsOver, plan.unknown]).toEqual([1, 1, [{ row: 1, column: 3, text: "x" }]]);
    expect(plan.commands).toEqual([
      { type: "duty.cells", dutyId: "duty-1", cells: { "it-lead": ["A"], "it-team": ["R"], vendor: [] } },
      {
        type: "duty.cells",
        dutyId: "duty-2",
        cells: { "it-lead": ["R"], "it-team": [], "service-desk": [], vendor: [] },
      },
    ]);
  });
  it("refuses fifty megabytes before anything is read from them", () => {
    const holding = (types: Record<string, string>) => ({ getData: (type: string) => types[type] ?? "" });
    expect(readClipboard(holding({ "text/plain": "A\t".repeat(25_000_000) }))).toBe("too-much");
    expect(readClipboard(holding({ "text/html": "<td>".repeat(600_000) }))).toBe("too-much");
    expect(readClipboard(holding({ "text/plain": "A\tR" }))).toEqual([["A", "R"]]);
  });
  it("names prose and unknown letters cell by cell, and lays down nothing of them", () => {
    const matrix = aMatrix({ duties: [aDuty()] });
    const plan = planPaste({
      block: [["The desk answers; see the note.", "Z", "A"]],
      duties: matrix.duties,
      columns: gridColumns(matrix),
      area: { rows: 1, columns: 1 },
    });
    expect(plan.unknown.map(({ column, text }) => [column, text])).toEqual([
      [1, "The desk answers; see the note."],
      [2, "Z"],
    ]);
    expect(plan.commands).toEqual([{ type: "duty.cells", dutyId: "duty-1", cells: { "service-desk": ["A"] } }]);
  });
  it("fills an area with a single cell", () => {
    const matrix = aMatrix({ duties: [aDuty(), aDuty({ id: "duty-2", code: "SUP-02" })] });
    const { commands, cells } = planPaste({
      block: [["i"]],
      duties: matrix.duties,
      columns: gridColumns(matrix).slice(1),
      area: { rows: 2, columns: 2 },
    });
    expect([cells, commands.length]).toEqual([4, 2]);
  });
});
