import { expect, it } from "vitest";
import { applyCommands } from "~/domain/editing/apply-command";
import { firstProblem } from "~/domain/parts/invariants";
import { blankMatrix, matrixFromLibrary } from "~/library/start-matrix";
import { OFFERED_LIBRARY } from "~/services/engagement/library.server";
import { addFromLibrary, isPresent } from "~/ui/duty-library/add-from-library";

const NAMES = { client: "Northwind", provider: "Harbour IT", agreementReference: "" };
const minting = () => {
  let n = 0;
  return () => `new-${++n}`;
};

it("the whole library added to a blank matrix brings its domains and duties, without letters for roles that aren't there", () => {
  const blank = blankMatrix(NAMES);
  const { matrix, rejected } = applyCommands(
    blank,
    addFromLibrary(blank, OFFERED_LIBRARY, OFFERED_LIBRARY.duties, minting()),
  );
  expect(rejected).toEqual([]);
  expect([matrix.domains.length, matrix.duties.length]).toEqual([
    OFFERED_LIBRARY.domains.length,
    OFFERED_LIBRARY.duties.length,
  ]);
  expect(firstProblem(matrix)).toBeNull();
  const roles = new Set(matrix.roles.map(({ id }) => id));
  expect(matrix.duties.every(({ letters }) => Object.keys(letters).every((id) => roles.has(id)))).toBe(true);
});

it("a duty that was deleted comes back with its letters and texts, and under a new code", () => {
  const full = matrixFromLibrary({ ...NAMES, preset: "shared" });
  const gone = full.duties[0];
  const without = applyCommands(full, [{ type: "duty.delete", dutyId: gone?.id ?? "" }]).matrix;
  const offered = OFFERED_LIBRARY.duties.filter((duty) => !isPresent(without, duty));
  expect(offered.map(({ text }) => text)).toEqual([gone?.text]);
  const { matrix, rejected } = applyCommands(without, addFromLibrary(without, OFFERED_LIBRARY, offered, minting()));
  expect(rejected).toEqual([]);
  const back = matrix.duties.at(-1);
  expect({ ...back, id: "", code: "" }).toEqual({ ...gone, id: "", code: "" });
  expect(back?.code).not.toBe(gone?.code);
});
