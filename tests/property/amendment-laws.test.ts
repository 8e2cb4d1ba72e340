import fc from "fast-check";
import { expect, it } from "vitest";
import { applyCommands } from "~/domain/editing/apply-command";
import type { MatrixCommand } from "~/domain/editing/commands";
import { agreedChanges } from "~/domain/changes/agreed-changes";
import { buildAmendment, type Amendment } from "~/domain/pack/amendment";
import { agreedWords } from "~/domain/changes/field-words";
import { changeSentences, countAgreedChanges } from "~/domain/pack/sentences";
import { applyDiff, diffMatrices, isEmptyDiff } from "~/domain/changes/diff";
import type { Matrix } from "~/domain/matrix/matrix";
import { DUTY_FIELDS } from "~/domain/parts/duties";
import { PART_LIST } from "~/domain/parts/registry";
import { signedNames } from "~/domain/parts/signed";
import { canonicalText } from "~/domain/version/snapshot";
import { arbitraryCommands, arbitraryMatrix } from "../support/arbitraries";

const RUNS = { numRuns: 1_000, seed: 20_261_127 };
/** Texts that the commands of the other laws leave alone. */
const texts = fc.record({
  description: fc.constantFrom("", "At length"),
  doneWhen: fc.constantFrom("", "It is done"),
  cadence: fc.constantFrom("", "Weekly"),
});
const edited = fc.tuple(arbitraryMatrix, arbitraryCommands, texts).map(([before, commands, set]) => {
  const [duty] = before.duties;
  const all: MatrixCommand[] = duty ? [...commands, { type: "duty.edit", dutyId: duty.id, set }] : commands;
  return { before, after: applyCommands(before, all).matrix };
});
const text = (matrix: Matrix) => canonicalText({ matrix, number: 1, previous: null });
const amendmentOf = (before: Matrix, after: Matrix) =>
  buildAmendment({
    base: {
      matrix: before,
      number: 1,
      status: "agreed",
      publishedAt: "2026-03-03T09:00:00.000Z",
      fingerprint: "f".repeat(64),
    },
    matrix: after,
    becomes: 2,
    ordinal: 1,
  });

it("what two editions agree differently, applied to the first, gives the text of the second, and is nothing where the texts are the same", () => {
  fc.assert(
    fc.property(edited, ({ before, after }) => {
      const changes = agreedChanges(before, after);
      const applied = applyDiff(before, changes);
      expect(applied.ok && text(applied.value)).toBe(text(after));
      expect(isEmptyDiff(changes)).toBe(text(before) === text(after));
      expect(countAgreedChanges(before, after) === 0).toBe(text(before) === text(after));
      expect(changeSentences(before, after, changes).length === 0).toBe(text(before) === text(after));
    }),
    RUNS,
  );
});

it("an amendment has as many changes as are told of it anywhere", () => {
  fc.assert(
    fc.property(edited, ({ before, after }) => {
      const amendment = amendmentOf(before, after);
      const duties = amendment.sections.flatMap((section) => section.duties);
      const count = countAgreedChanges(before, after);
      expect(duties.length + amendment.frame.length).toBe(count);
      expect(amendment.recitals[2]).toMatch(new RegExp(`^It makes ${count} change`));
    }),
    RUNS,
  );
});

/** What every duty says in words, by its code: label → text. Names are those of one matrix, since a rename is a clause of its own. */
function inWords(duties: Matrix["duties"], names: Matrix): Map<string, Map<string, string>> {
  return new Map(
    duties.map((duty) => [
      duty.code,
      new Map(
        agreedWords(duty, DUTY_FIELDS, names).flatMap(({ field, label, text: said }) =>
          field === "code" ? [] : [[label, said]],
        ),
      ),
    ]),
  );
}

/** The words of the earlier edition with each clause of the amendment carried out. */
function carriedOut(before: Matrix, after: Matrix, amendment: Amendment): Map<string, Map<string, string>> {
  const words = inWords(before.duties, after);
  const roles = new Set([...before.roles, ...after.roles].map(({ name }) => name));
  for (const { domain, duties } of amendment.sections) {
    for (const { code, text: duty, how, clauses } of duties) {
      if (how === "deleted") {
        words.delete(code);
        continue;
      }
      // A duty that is deleted and added anew under the same id has another code.
      const codeBefore = clauses.find(({ what }) => what === DUTY_FIELDS.code.label)?.before ?? code;
      const said =
        how === "added" || how === "restored"
          ? new Map([
              ["Duty", duty],
              ["Domain", domain],
            ])
          : new Map(words.get(codeBefore));
      words.delete(codeBefore);
      for (const { what, after: is } of clauses) {
        if (what === DUTY_FIELDS.code.label) continue;
        // A role's own line explains the line about responsibility.
        if (roles.has(what) || what === "Who does it" || what === "Who answers") continue;
        if (is === "–" || is.startsWith("Ended: ") || ASSUMED.get(what) === is) said.delete(what);
        else said.set(what, is);
      }
      words.set(code, said);
    }
  }
  return words;
}

/** What goes without saying, as it is told where it changes. */
const ASSUMED = new Map([
  ["Reserved to the client", "No"],
  ["Covered", "In office hours"],
]);

it("an amendment says everything that becomes of duties: its clauses carried out on the words of the first edition give those of the second", () => {
  const changed = new Set<string>();
  fc.assert(
    fc.property(edited, ({ before, after }) => {
      for (const { fields } of agreedChanges(before, after).duties?.changed ?? [])
        for (const path of Object.keys(fields)) changed.add(path.split("/", 1)[0] ?? "");
      const carried = carriedOut(before, after, amendmentOf(before, after));
      const wanted = inWords(after.duties, after);
      expect([...carried.keys()].sort()).toEqual([...wanted.keys()].sort());
      for (const [code, said] of wanted)
        expect(new Map([...(carried.get(code) ?? [])].sort()), code).toEqual(new Map([...said].sort()));
    }),
    RUNS,
  );
  // Every agreed field was among what changed; the code changes only where a duty is added anew.
  changed.delete("code");
  expect([...changed].sort()).toEqual(signedNames(DUTY_FIELDS).filter((name) => name !== "code"));
});

it("marks, rulings and notes of one's own are no change of what is agreed", () => {
  fc.assert(
    fc.property(edited, ({ before, after }) => {
      const unsigned = {
        ...before,
        duties: before.duties.map((duty) => ({
          ...duty,
          marks: {},
          ruling: null,
          documentation: "elsewhere",
          today: { how: "by hand" },
        })),
      };
      expect(isEmptyDiff(agreedChanges(before, unsigned))).toBe(true);
      expect(amendmentOf(unsigned, after).sections).toEqual(amendmentOf(before, after).sections);
      for (const { name } of PART_LIST)
        expect(
          agreedChanges(before, after)[name] === undefined || diffMatrices(before, after)[name] !== undefined,
        ).toBe(true);
    }),
    { ...RUNS, numRuns: 200 },
  );
});
