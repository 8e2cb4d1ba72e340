import { expect, it } from "vitest";
import { applyCommands } from "~/domain/editing/apply-command";
import { firstProblem } from "~/domain/parts/invariants";
import { blankMatrix, matrixFromLibrary } from "~/library/start-matrix";
import { OFFERED_LIBRARY } from "~/services/engagement/library.server";
import { addFromLibrary, isPresent, libraryFor } from "~/ui/duty-library/add-from-library";

const NAMES = { client: "Northwind", provider: "Harbour IT", agreementReference: "" };
const minting = () => {
  let n = 0;
  return () => `new-${++n}`;
};

it("the whole library added to a blank matrix brings its domains and duties, without letters for roles that aren't there", () => {
  const blank = blankMatrix(NAMES);
  const { matrix, rejected } = applyCommands(
    blank,
    addFromLibrary(blank, OFFERED_LIBRARY, libraryFor(blank, OFFERED_LIBRARY).duties, minting()),
  );
  expect(rejected).toEqual([]);
  expect([matrix.domains.length, matrix.duties.length]).toEqual([
    OFFERED_LIBRARY.domains.length,
    OFFERED_LIBRARY.duties.length,
  ]);
  expect(firstProblem(matrix)).toBeNull();
  expect(JSON.stringify(matrix.duties)).not.toMatch(/[{][a-zA-Z]+[}]/);
  const roles = new Set(matrix.roles.map(({ id }) => id));
  expect(matrix.duties.every(({ letters }) => Object.keys(letters).every((id) => roles.has(id)))).toBe(true);
});

it("a duty that was deleted comes back with its letters and texts, and under a new code", () => {
  const full = matrixFromLibrary({ ...NAMES, preset: "shared" });
  const gone = full.duties[0];
  const without = applyCommands(full, [{ type: "duty.delete", dutyId: gone?.id ?? "" }]).matrix;
  const library = libraryFor(full, OFFERED_LIBRARY);
  const offered = library.duties.filter((duty) => !isPresent(without, duty));
  expect(offered.map(({ text }) => text)).toEqual([gone?.text]);
  const { matrix, rejected } = applyCommands(without, addFromLibrary(without, library, offered, minting()));
  expect(rejected).toEqual([]);
  const back = matrix.duties.at(-1);
  expect({ ...back, id: "", code: "" }).toEqual({ ...gone, id: "", code: "" });
  expect(back?.code).not.toBe(gone?.code);
});

it("what a matrix began with is there already, however it was worded since", () => {
  const full = matrixFromLibrary({ ...NAMES, preset: "shared" });
  const reworded = { ...full, duties: full.duties.map((duty) => ({ ...duty, text: `${duty.text}, as before` })) };
  expect(libraryFor(reworded, OFFERED_LIBRARY).duties.filter((duty) => !isPresent(reworded, duty))).toEqual([]);
});
