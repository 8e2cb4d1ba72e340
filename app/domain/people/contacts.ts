import type { Matrix } from "../matrix/matrix";
import { currentHoldings, type Holding, type Person } from "./people";

/** A contact: a person, their roles, and how to reach them. Contacts aren't part of what is signed. */
export type ContactRow = {
  party: string;
  name: string;
  title: string;
  roles: string;
  email: string;
  phones: string;
  hours: string;
};

const SIDES = ["client", "provider", "third-party"] as const;

/**
 * The contacts of everybody who holds a role on a day (YYYY-MM-DD): the client's people first, then the provider's,
 * then those of third parties.
 */
export function contactRows(
  matrix: Matrix,
  people: readonly Person[],
  holdings: readonly Holding[],
  today: string,
): ContactRow[] {
  const current = currentHoldings(matrix, people, holdings, today);
  return SIDES.flatMap((side) =>
    people.flatMap((person): ContactRow[] => {
      if (person.side !== side) return [];
      const roleIds = new Set(current.filter(({ personId }) => personId === person.id).map(({ roleId }) => roleId));
      if (roleIds.size === 0) return [];
      const roles = matrix.roles.filter(({ id }) => roleIds.has(id));
      const parties = matrix.parties.filter(({ id }) => roles.some(({ partyId }) => partyId === id));
      return [
        {
          party: parties.map(({ name }) => name).join(", "),
          name: person.name,
          title: person.title,
          roles: roles.map(({ name }) => name).join(", "),
          email: person.email,
          phones: person.phones.map(({ label, number }) => (label ? `${label} ${number}` : number)).join("\n"),
          hours: [person.hours, person.timeZone].filter(Boolean).join(", "),
        },
      ];
    }),
  );
}
