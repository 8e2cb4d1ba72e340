import type { Matrix } from "~/domain/matrix/matrix";
import type { PartyKind } from "~/domain/matrix/shapes";
import { indexOf } from "~/domain/matrix/owner";
import {
  currentHoldings,
  holdingsOfRole,
  roleHolders,
  vacantRoles,
  type Holding,
  type Person,
  type RoleHolder,
} from "~/domain/people/people";
import { searchFor } from "~/domain/search";

/** The people of an engagement as a matrix's views need them. */
export type PeopleFacts = {
  people: readonly Person[];
  holdings: readonly Holding[];
  /** The holdings that count today. */
  held: readonly Holding[];
  holders: readonly RoleHolder[];
  /** The ids of the roles nobody holds. */
  vacant: ReadonlySet<string>;
};

/** Works out who holds what today. */
export function peopleFacts(
  matrix: Pick<Matrix, "roles">,
  people: readonly Person[],
  holdings: readonly Holding[],
  today: string,
): PeopleFacts {
  const held = currentHoldings(matrix, people, holdings, today);
  return {
    people,
    holdings,
    held,
    holders: roleHolders(matrix, people, holdings, today),
    vacant: new Set(vacantRoles(matrix, held).map(({ id }) => id)),
  };
}

/** The people who hold a role, in the order in which they began. */
export function peopleBehind({ people, held }: Pick<PeopleFacts, "people" | "held">, roleId: string): Person[] {
  const ids = holdingsOfRole(held, roleId).map(({ personId }) => personId);
  return ids.flatMap((id) => people.find((person) => person.id === id) ?? []);
}

/** The roles a person holds, with the holding of each. */
export function rolesOf(matrix: Pick<Matrix, "roles">, { held }: Pick<PeopleFacts, "held">, personId: string) {
  return matrix.roles.flatMap((role) => {
    const holding = held.find((one) => one.roleId === role.id && one.personId === personId);
    return holding ? [{ role, holding }] : [];
  });
}

/** The roles that people of a side can hold. */
export function rolesOfSide(matrix: Pick<Matrix, "parties" | "roles">, side: PartyKind) {
  const { party } = indexOf(matrix);
  return matrix.roles.filter(({ partyId }) => party.get(partyId)?.kind === side);
}

/** The name of a side: the party's own, or one for all third parties. */
export function sideName(matrix: Pick<Matrix, "parties" | "roles">, side: PartyKind): string {
  const { client, provider } = indexOf(matrix);
  return side === "client"
    ? (client?.name ?? "Client")
    : side === "provider"
      ? (provider?.name ?? "Provider")
      : "Third parties";
}

/** The people of a side whose name, title, address or roles have all the words of a search. */
export function findPeople(
  matrix: Pick<Matrix, "roles">,
  facts: PeopleFacts,
  side: PartyKind,
  query: string,
): Person[] {
  const has = searchFor(query);
  return facts.people.filter((person) => {
    if (person.side !== side) return false;
    return has(
      [person.name, person.title, person.email, ...rolesOf(matrix, facts, person.id).map(({ role }) => role.name)].join(
        " ",
      ),
    );
  });
}
