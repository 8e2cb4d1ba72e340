import { beforeEach, describe, expect, it, vi } from "vitest";
import { applyCommands } from "~/domain/editing/apply-command";
import { issuedNumbers } from "~/domain/matrix/issued";
import { batchSchema } from "~/domain/editing/batch";
import type { MatrixCommand, Step } from "~/domain/editing/commands";
import { LIMITS } from "~/domain/limits";
import type { Matrix } from "~/domain/matrix/matrix";
import type * as Text from "~/domain/text";
import { checkText } from "~/domain/text";
import { nextBatch } from "~/ui/editor/transport";
import { aDuty, aMatrix, cells } from "../support/matrices";

vi.mock("~/domain/text", async (original) => {
  const actual = await original<typeof Text>();
  return { ...actual, checkText: vi.fn(actual.checkText) };
});
const checks = vi.mocked(checkText);
beforeEach(() => {
  checks.mockClear();
});

const duties = Array.from({ length: 1_000 }, (_, i) =>
  aDuty({
    id: `duty-${i}`,
    code: `SUP-${String(i + 1).padStart(2, "0")}`,
    letters: cells({ "it-lead": "A", "it-team": "R" }),
  }),
);
const matrix: Matrix = aMatrix({ duties, issued: issuedNumbers(duties) });

const batch = (...steps: MatrixCommand[][]) => ({
  baseRevision: 0,
  steps: steps.map((commands, i) => ({ id: `step-${i}`, commands })),
});
const refusal = (value: unknown) => batchSchema.safeParse(value).error?.issues[0]?.message ?? null;
const letter = (i: number): MatrixCommand => ({
  type: "duty.letters",
  dutyId: `duty-${i % 1_000}`,
  roleId: "service-desk",
  letters: ["C"],
});
const nothing: MatrixCommand = { type: "diff.apply", diff: { fields: {} } };
const titles = ["Responsibility matrix", "Another title"];
const retitled = (i: number): MatrixCommand => ({
  type: "diff.apply",
  diff: { fields: { title: { before: titles[i % 2] ?? "", after: titles[(i + 1) % 2] ?? "" } } },
});
const many = <T>(count: number, make: (i: number) => T) => Array.from({ length: count }, (_, i) => make(i));

describe("a batch", () => {
  it("holds what people do at once: a pasted block, an edit of every duty, duties pasted with their cells, a run of undone steps", () => {
    const pasted = many(200, (i): MatrixCommand => ({
      type: "duty.cells",
      dutyId: `duty-${i}`,
      cells: Object.fromEntries(many(12, (role) => [`role-${role}`, ["R" as const]])),
    }));
    expect(refusal(batch(pasted))).toBeNull();
    expect(refusal(batch(many(1_000, letter)))).toBeNull();
    expect(refusal(batch(many(LIMITS.commandsPerStep, letter)))).toBeNull();
    expect(refusal(batch(...many(50, (i) => [retitled(i)])))).toBeNull();
  });

  it("is refused with a sentence where its edits are too many, however they are spread over steps", () => {
    expect(refusal(batch(many(1_001, letter), many(1_000, letter)))).toMatch(
      /2,001 edits; at most 2,000 .*Send them in parts/,
    );
    expect(refusal(batch(...many(10, () => many(101, () => nothing))))).toMatch(
      /1,010 edits .*whole matrix; at most 100/,
    );
  });

  it("of the window is cut so that it is let in", () => {
    const steps: Step[] = [
      ...many(150, (i) => ({ id: `undo-${i}`, commands: [retitled(i)] })),
      ...many(4, (i) => ({ id: `all-${i}`, commands: many(900, letter) })),
    ];
    let left = steps;
    while (left.length > 0) {
      const sent = nextBatch(left);
      expect(refusal({ baseRevision: 0, steps: sent })).toBeNull();
      left = left.slice(sent.length);
    }
  });

  it("looks at each duty's texts once, not once an edit, on a thousand duties", () => {
    const largest = many(LIMITS.wideCommandsPerBatch, retitled);
    expect(refusal(batch(largest))).toBeNull();
    expect(applyCommands(matrix, largest).rejected).toEqual([]);
    expect(checks.mock.calls.length).toBeLessThan(2 * 16 * duties.length);
  });

  it("of edits of one cell each looks at no text at all", () => {
    expect(applyCommands(matrix, many(LIMITS.commandsPerBatch, letter)).rejected).toEqual([]);
    expect(checks.mock.calls.length).toBe(0);
  });

  it("leaves a matrix as it is where a diff says nothing", () => {
    const { matrix: after, rejected } = applyCommands(matrix, [nothing]);
    expect([after === matrix, rejected, checks.mock.calls.length]).toEqual([true, [], 0]);
  });
});
