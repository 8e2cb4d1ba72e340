import { describe, expect, it } from "vitest";
import { agreedChanges } from "~/domain/changes/agreed-changes";
import { buildAmendment } from "~/domain/pack/amendment";
import { changeSentences } from "~/domain/pack/sentences";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import { outlineOf } from "~/domain/pack/outline";
import { amendmentReport, buildReport } from "~/domain/pack/report";
import { upgradeMatrix } from "~/domain/version/upgrade";
import { buildEarlierAmendment } from "~/domain/verify/earlier/amendment";
import { inOneOrder } from "~/domain/verify/earlier/cell-order";
import { describeDiff } from "~/domain/verify/earlier/describe-change";
import { jsonOf, snapshotsOf } from "../golden/earlier";

const RELEASE = "0.1.0";
const snapshots = snapshotsOf(RELEASE);
const editions = [2, 3, 4]
  .map((number) => matrixSchema.parse(upgradeMatrix(snapshots.get(number))))
  .concat(matrixSchema.parse(upgradeMatrix(jsonOf(RELEASE, "draft.json"))));
const pairs = editions.flatMap((before, i) =>
  editions.flatMap((after, j): [string, Matrix, Matrix][] =>
    i === j ? [] : [[`edition ${i} to ${j}`, before, after]],
  ),
);

/** As a database may give it back: PostgreSQL keeps the keys of an object by their length. */
function rekeyed<T>(value: T, order: (a: string, b: string) => number): T {
  if (Array.isArray(value)) return value.map((one: unknown) => rekeyed(one, order)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => order(a, b))
      .map(([key, nested]) => [key, rekeyed(nested, order)]),
  ) as T;
}
const ORDERS: [string, (a: string, b: string) => number][] = [
  ["by length", (a, b) => a.length - b.length || (a < b ? -1 : 1)],
  ["from the end", (a, b) => (a < b ? 1 : -1)],
];

describe.each(ORDERS)("two editions whose keys a database gives back %s", (_name, order) => {
  it.each(pairs)("change in the same words, in sentences and as an amendment: %s", (_pair, before, after) => {
    const said = (from: Matrix, to: Matrix) => {
      const amendment = buildAmendment({
        base: {
          matrix: from,
          number: 2,
          status: "agreed",
          publishedAt: "2026-03-03T09:00:00.000Z",
          fingerprint: "a".repeat(64),
        },
        matrix: to,
        becomes: 3,
        ordinal: 1,
      });
      const changes = changeSentences(from, to, agreedChanges(from, to));
      const report = buildReport({
        matrix: to,
        edition: {
          kind: "version",
          number: 3,
          status: "proposed",
          reason: "",
          authorName: "",
          publishedAt: "2026-03-03T09:00:00.000Z",
          fingerprint: "b".repeat(64),
          previousFingerprint: "a".repeat(64),
          canonicalText: "",
        },
        changes,
        blockers: [],
        amendment,
      });
      return [changes, amendment, outlineOf(report), outlineOf(amendmentReport(report, amendment))];
    };
    expect(said(rekeyed(before, order), rekeyed(after, order))).toEqual(said(before, after));
  });
  it.each(pairs)(
    "change in the same words of the first writer, but for the order of what stands beside each other: %s",
    (_pair, before, after) => {
      const said = (from: Matrix, to: Matrix) => {
        const { sections, frame } = buildEarlierAmendment({
          base: { matrix: from, number: 2, status: "agreed", publishedAt: "2026-03-03", fingerprint: "a".repeat(64) },
          matrix: to,
          becomes: 3,
          ordinal: 1,
        });
        return [describeDiff(from, to), frame]
          .map((sentences) => new Set(sentences.map(inOneOrder)))
          .concat(new Set(sections.map((section) => JSON.stringify(section))));
      };
      expect(said(rekeyed(before, order), rekeyed(after, order))).toEqual(said(before, after));
    },
  );
});

describe("a sentence of the first writer's", () => {
  const sentence =
    "SUP-01 “A, b → c; d”: Harbour IT answers instead of Northwind; Desk, night – → A/R, Lead A → –, Line I → C.";
  it("is the same whatever order its roles stand in, also where a name has a comma", () => {
    for (const other of [
      "Lead A → –, Desk, night – → A/R, Line I → C.",
      "Line I → C, Lead A → –, Desk, night – → A/R.",
    ]) {
      expect(inOneOrder(sentence.replace(/Desk, night.*/, other))).toBe(inOneOrder(sentence));
    }
  });
  it("is another where a letter, a role or a party is another", () => {
    const others = [
      ["Lead A → –", "Lead A → C"],
      ["Line I → C", "Line C → I"],
      ["night – → A/R, Lead A → –", "night A → –, Lead – → A/R"],
      ["Harbour IT answers instead of Northwind", "Northwind answers instead of Harbour IT"],
      ["Line I → C", "Lime I → C"],
      [", Line I → C", ""],
    ] as const;
    for (const [from, to] of others) expect(inOneOrder(sentence.replace(from, to)), to).not.toBe(inOneOrder(sentence));
  });
});
