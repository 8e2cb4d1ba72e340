import { describe, expect, it } from "vitest";
import { applyCommands } from "~/domain/editing/apply-command";
import { readRows, readTsv, writeRows, type Block } from "~/ui/matrix/paste/clipboard";
import { gridColumns, planPaste } from "~/ui/matrix/matrix-view";
import {
  columnsOf,
  dutyCommands,
  guessReading,
  letterColumns,
  planDuties,
  tooMuch,
  type DutyBlock,
} from "~/ui/matrix/paste/paste-duties";
import { aMatrix } from "../support/matrices";

const matrix = aMatrix();
const columns = gridColumns(matrix);
const pasted = (text: string): DutyBlock => ({ block: readTsv(text), roleIds: null });

/** What becomes of a block, read as it is guessed. */
function read(source: DutyBlock) {
  const reading = guessReading(source, columns);
  return { ...reading, ...planDuties(source, reading, columns, "RACI") };
}
const texts = (source: DutyBlock) => read(source).duties.map(({ text }) => text);

describe("a block pasted where the duties stand", () => {
  it.each([
    ["numbers in front", "1.1\tPatch servers\n1.2\tBack up mail\n1.10\tTest restores"],
    ["codes in front", "IAM-03\tPatch servers\nNET-1\tBack up mail\nSUP 12\tTest restores"],
    ["bullets in front", "•\tPatch servers\n•\tBack up mail\n•\tTest restores"],
    ["letters of a list in front", "a)\tPatch servers\nb)\tBack up mail\nc)\tTest restores"],
    ["Roman numbers in front", "(1)\tPatch servers\nii.\tBack up mail\nIII.\tTest restores"],
    ["its domain in front", "Network\tPatch servers\nNetwork\tBack up mail\nNetwork\tTest restores"],
    ["merged cells in front", "Network\tPatch servers\n\tBack up mail\n\tTest restores"],
    [
      "notes behind",
      "Patch servers\tEvery month, by the desk, as the policy says\nBack up mail\tEvery night\nTest restores\tEvery quarter, with a report",
    ],
    ["blank columns and rows", "\t\tPatch servers\t\n\t\t\t\n\t\tBack up mail\t\n\t\tTest restores\t"],
    ["one column", "Patch servers\n\nBack up mail\nTest restores"],
  ])("with %s is read as its duties", (_what, text) => {
    expect(texts(pasted(text))).toEqual(["Patch servers", "Back up mail", "Test restores"]);
  });

  it("keeps single words and duties that are said twice", () => {
    expect(texts(pasted("1\tPatching\n2\tPatching"))).toEqual(["Patching", "Patching"]);
    expect(texts(pasted("1.\tBack up mail"))).toEqual(["Back up mail"]);
  });

  it("takes letters along by the roles its first row names, in whatever order, and its other columns not", () => {
    const source = pasted(
      'No.\tDuty\tDomain\t"Service desk\nHarbour IT"\tIT lead (Northwind)\tNotes\n1\tPatch servers\tSup\tR\tA\tx\n2\tBack up mail\tSup\tA/R\t\ty',
    );
    expect(read(source)).toMatchObject({
      text: 1,
      heading: true,
      letters: true,
      unread: 0,
      problem: null,
      duties: [
        { text: "Patch servers", cells: { "service-desk": ["R"], "it-lead": ["A"] } },
        { text: "Back up mail", cells: { "service-desk": ["A", "R"] } },
      ],
    });
  });

  it("offers letters without headings for the first roles, and takes them where every role has a column", () => {
    const some = pasted("Patch servers\tA\tR\nBack up mail\t\tR");
    expect(read(some)).toMatchObject({ letters: false, duties: [{ cells: {} }, { cells: {} }] });
    expect(letterColumns(some, guessReading(some, columns), columns).map(({ roleId }) => roleId)).toEqual([
      "it-lead",
      "it-team",
    ]);
    const all = pasted("Patch servers\tA\t\tR\t\nBack up mail\tA\tR\t\tI");
    expect(read(all)).toMatchObject({
      letters: true,
      duties: [
        { cells: { "it-lead": ["A"], "service-desk": ["R"] } },
        { cells: { "it-lead": ["A"], "it-team": ["R"], vendor: ["I"] } },
      ],
    });
  });

  it("copied from a matrix has the letters of its roles, also where the order is another one or a role is gone", () => {
    const held = new Map<string, string>();
    const data = {
      setData: (type: string, text: string) => void held.set(type, text),
      getData: (type: string) => held.get(type) ?? "",
    };
    writeRows(data, ["vendor", "gone", "it-lead"], [["Patch servers", "R", "C", "A"]]);
    const copied = readRows(data);
    expect(copied).not.toBeNull();
    const source: DutyBlock = { block: copied?.block ?? [], roleIds: [null, ...(copied?.roleIds ?? [])] };
    expect(read(source)).toMatchObject({
      text: 0,
      heading: false,
      letters: true,
      duties: [{ text: "Patch servers", cells: { vendor: ["R"], "it-lead": ["A"] } }],
    });
  });

  it.each([
    "",
    "{",
    "null",
    "[]",
    '{"roleIds":[1],"block":[]}',
    '{"roleIds":[],"block":[["a",2]]}',
    '{"roleIds":[],"block":{}}',
  ])("is not what another program calls ours: %s", (text) => {
    expect(readRows({ getData: () => text })).toBeNull();
  });

  it("leaves out cells that are not letters of this matrix, and says how many", () => {
    const source = pasted("Duty\tIT lead\tIT team\nPatch servers\tS\tsee note\nBack up mail\tA\tR");
    expect(read(source)).toMatchObject({
      unread: 2,
      duties: [{ cells: {} }, { cells: { "it-lead": ["A"], "it-team": ["R"] } }],
    });
    expect(planDuties(source, guessReading(source, columns), columns, "RASCI")).toMatchObject({
      unread: 1,
      duties: [{ cells: { "it-lead": ["S"] } }, {}],
    });
  });

  it("says which row can't be a duty", () => {
    expect(read(pasted(`1\tPatch servers\n2\t${"a".repeat(301)}`)).problem).toBe(
      "Row 2: The duty has 301 characters; at most 300 fit. Shorten it.",
    );
  });

  it("is refused before it is looked at where it is too large, whatever its form", () => {
    expect(tooMuch({ block: Array.from({ length: 1_002 }, () => ["x"]), roleIds: null })).toMatch(
      /^At most 1000 duties/,
    );
    expect(tooMuch({ block: [new Array<string>(101).fill("x")], roleIds: null })).toMatch(/^At most 100 columns/);
    const long: Block = Array.from({ length: 1_000_000 }, () => [""]);
    expect(tooMuch({ block: long, roleIds: null })).not.toBeNull();
    expect(planPaste({ block: long, duties: matrix.duties, columns, area: { rows: 1, columns: 1 } }).rowsOver).toBe(
      999_999,
    );
    expect(columnsOf({ block: [], roleIds: null })).toEqual([]);
  });

  it("becomes duties in their order below the one the keys are on, with their letters", () => {
    let id = 0;
    const plan = read(pasted("Duty\tIT lead\nPatch servers\tA/R\nBack up mail\tA\nTest restores\t"));
    const { matrix: after, rejected } = applyCommands(
      matrix,
      dutyCommands(plan, { domainId: "sup", beforeId: null }, () => `new-${++id}`),
    );
    expect(rejected).toEqual([]);
    expect(after.duties.map(({ text, letters }) => [text, letters])).toEqual([
      ["Answer user calls", {}],
      ["Patch servers", { "it-lead": ["A", "R"] }],
      ["Back up mail", { "it-lead": ["A"] }],
      ["Test restores", {}],
    ]);
  });
});
