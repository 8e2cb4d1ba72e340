import fc from "fast-check";
import { expect, it } from "vitest";
import { applyCommands } from "~/domain/editing/apply-command";
import { findAll } from "~/domain/findings/findings";
import { holdersOf as rolesHolding } from "~/domain/matrix/letters";
import { isActive } from "~/domain/agreement/agreement";
import type { Matrix } from "~/domain/matrix/matrix";
import {
  dutiesByLetter,
  dutiesOfOnePerson,
  vacantRoles,
  gapsWithoutPerson,
  type RoleHolder,
} from "~/domain/people/people";
import { arbitraryCommands, arbitraryMatrix } from "../support/arbitraries";

const PEOPLE = ["priya", "sam", "lena"];
const ROLES = ["it-lead", "it-team", "service-desk", "vendor", "gone"];
const arbitraryHolders = fc
  .uniqueArray(fc.record({ roleId: fc.constantFrom(...ROLES), personId: fc.constantFrom(...PEOPLE) }), {
    selector: ({ roleId, personId }) => `${roleId} ${personId}`,
    maxLength: 8,
  })
  .map((held) =>
    held.map((one): RoleHolder => ({
      ...one,
      name: one.personId,
      deputy: false,
      channels: [],
      ownHours: true,
      lastVerified: null,
    })),
  );

/** The duties somebody is behind, letter by letter, counted the plain way. */
function covered(matrix: Matrix, held: readonly RoleHolder[], letter: "A" | "R"): Set<string> {
  return new Set(
    matrix.duties
      .filter(
        (duty) =>
          isActive(duty) && rolesHolding(duty, letter).some((roleId) => held.some((one) => one.roleId === roleId)),
      )
      .map(({ id }) => id),
  );
}

it("what is missing if somebody leaves is exactly what is covered with, and not without", () => {
  fc.assert(
    fc.property(
      arbitraryMatrix,
      arbitraryCommands,
      arbitraryHolders,
      fc.constantFrom(...PEOPLE),
      (start, commands, held, personId) => {
        const { matrix } = applyCommands(start, commands);
        const left = held.filter((one) => one.personId !== personId);
        const gap = gapsWithoutPerson(matrix, held, personId);
        const lost = (letter: "A" | "R") =>
          [...covered(matrix, held, letter)].filter((id) => !covered(matrix, left, letter).has(id));
        expect(gap.noDoer.map(({ id }) => id)).toEqual(lost("R"));
        expect(gap.noAnswerer.map(({ id }) => id)).toEqual(lost("A"));
        const vacantBefore = new Set(vacantRoles(matrix, held));
        expect(gap.roles).toEqual(vacantRoles(matrix, left).filter((role) => !vacantBefore.has(role)));
        const held1 = new Set(
          dutiesByLetter(matrix, held, personId).flatMap(({ duties }) => duties.map(({ id }) => id)),
        );
        for (const { id } of [...gap.noDoer, ...gap.noAnswerer]) expect(held1.has(id)).toBe(true);
        // What rests on one person is what would be lost without that person.
        const resting = (dutiesOfOnePerson(matrix, held).get(personId) ?? []).map(({ id }) => id).sort();
        expect(resting).toEqual([...new Set([...lost("A"), ...lost("R")])].sort());
      },
    ),
    { numRuns: 500, seed: 20_261_124 },
  );
});

it("findings about people name exactly the vacant roles that do, support or answer, once, and those whom too much rests on", () => {
  fc.assert(
    fc.property(arbitraryMatrix, arbitraryHolders, fc.integer({ min: 1, max: 4 }), (start, holders, personDuties) => {
      const matrix = { ...start, settings: { ...start.settings, personDuties } };
      const found = findAll(matrix, { today: "2026-11-24", holders }).filter(
        ({ rule }) => rule === "vacant-role" || rule === "one-person",
      );
      const working = new Set(
        matrix.duties
          .filter(isActive)
          .flatMap(({ letters }) =>
            Object.entries(letters).flatMap(([roleId, held]) =>
              held.some((letter) => "ARS".includes(letter)) ? [roleId] : [],
            ),
          ),
      );
      const vacant = vacantRoles(matrix, holders).flatMap(({ id }) => (working.has(id) ? [id] : []));
      const loaded = PEOPLE.filter((id) => {
        const { noDoer, noAnswerer } = gapsWithoutPerson(matrix, holders, id);
        return new Set([...noDoer, ...noAnswerer]).size > personDuties;
      });
      expect(found.map(({ key }) => key).sort()).toEqual(
        [...(vacant.length > 0 ? ["vacant-role"] : []), ...loaded.map((id) => `one-person.${id}`)].sort(),
      );
      expect(found.find(({ rule }) => rule === "vacant-role")?.roleIds ?? []).toEqual(vacant);
    }),
    { numRuns: 200, seed: 20_261_124 },
  );
});
