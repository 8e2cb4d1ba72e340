import { describe, expect, it } from "vitest";
import { applyCommand } from "~/domain/editing/apply-command";
import type { Matrix } from "~/domain/matrix/matrix";
import { gridRows } from "~/ui/matrix/matrix-view";
import { landingAt, moveCommands, movedWords } from "~/ui/matrix/drag/row-drag";
import { aDuty, aMatrix } from "../support/matrices";

/** Two domains whose duties stand mixed in the list, as imports leave them, and one without any. */
const matrix: Matrix = {
  ...aMatrix({
    duties: [
      ["a", "sup"],
      ["x", "net"],
      ["b", "sup"],
      ["y", "net"],
      ["c", "sup"],
    ].map(([id = "", domainId = ""], i) => aDuty({ id, domainId, code: `${id.toUpperCase()}-0${i}` })),
  }),
  domains: [
    { id: "sup", code: "SUP", name: "Support", pathId: null },
    { id: "net", code: "NET", name: "Network", pathId: null },
    { id: "bare", code: "BAR", name: "Backup", pathId: null },
  ],
};
const domains = new Map(matrix.domains.map((domain) => [domain.id, domain]));
const none: ReadonlySet<string> = new Set();

function drop(dutyIds: string[], rowId: string, lower: boolean, folded = none) {
  const rows = gridRows(matrix, null, folded);
  const landing = landingAt(
    rows,
    domains,
    rows.findIndex(({ id }) => id === rowId),
    lower,
  );
  if (!landing) throw new Error("Nowhere to land.");
  const commands = moveCommands(matrix, dutyIds, landing);
  const after = commands.reduce((now, command) => {
    const result = applyCommand(now, command);
    if (!result.ok) throw new Error(result.rejection.message);
    return result.value;
  }, matrix);
  const order = Object.fromEntries(
    after.domains.map(({ id }) => [
      id,
      after.duties
        .filter(({ domainId }) => domainId === id)
        .map((duty) => duty.id)
        .join(""),
    ]),
  );
  return { order, commands, landing, said: movedWords(matrix, dutyIds, landing) };
}

describe("a row dropped in the grid", () => {
  it("lands before or behind the duty it is dropped on, by the nearer edge", () => {
    expect(drop(["c"], "a", false).order.sup).toBe("cab");
    expect(drop(["a"], "b", true).order.sup).toBe("bac");
    expect(drop(["a"], "c", true).order.sup).toBe("bca");
  });
  it("goes into another domain, and the toast says which", () => {
    const dropped = drop(["b"], "x", true);
    expect(dropped.order).toEqual({ sup: "ac", net: "xby", bare: "" });
    expect(dropped.said).toBe("B-02 moved to Network");
  });
  it("goes to a domain's start by its heading, or to the end of the one above", () => {
    expect(drop(["c"], "domain:net", true).order).toEqual({ sup: "ab", net: "cxy", bare: "" });
    expect(drop(["x"], "domain:net", false).order).toEqual({ sup: "abcx", net: "y", bare: "" });
  });
  it("goes into a folded or empty domain by its heading", () => {
    expect(drop(["a"], "domain:net", false, new Set(["net"])).order.net).toBe("xya");
    expect(drop(["a"], "domain:net", false, new Set(["net"])).landing.into).toBe(true);
    expect(drop(["y"], "domain:bare", false).order).toEqual({ sup: "abc", net: "x", bare: "y" });
  });
  it("takes all that are chosen along, in their order", () => {
    expect(drop(["a", "c"], "y", false).order).toEqual({ sup: "b", net: "xacy", bare: "" });
    expect(drop(["a", "b"], "c", true).order.sup).toBe("cab");
    expect(drop(["a", "b"], "c", true).said).toBe("2 duties moved within Support");
  });
  it("moves nothing where all stay where they are", () => {
    for (const [ids, row, lower] of [
      [["b"], "b", false],
      [["b"], "b", true],
      [["b"], "a", true],
      [["b"], "c", false],
      [["a", "b"], "b", true],
      [["c"], "domain:net", false],
    ] as const) {
      expect(drop([...ids], row, lower).commands).toEqual([]);
    }
  });
});
