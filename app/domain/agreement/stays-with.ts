import { isStruck } from "./agreement";
import type { Matrix } from "../matrix/matrix";
import type { Domain, Duty } from "../matrix/shapes";
import { ownerOf, partiesHolding } from "../matrix/owner";

/**
 * A party's share of the duties: how many it answers for and does, in total and by domain, and which of them are
 * reserved. Domains in which it has none are left out.
 */
type PartyShare = {
  answers: number;
  does: number;
  domains: { domain: Domain; answers: number; does: number }[];
  reserved: Duty[];
};

/** A party's share of the duties of a matrix. Duties that are struck from who does what aren't counted. */
export function partyShare(matrix: Matrix, partyId: string): PartyShare {
  const dutyShares = matrix.duties
    .filter((duty) => !isStruck(duty))
    .map((duty) => ({
      duty,
      answers: ownerOf(matrix, duty)?.id === partyId,
      does: partiesHolding(matrix, duty, "R").some(({ id }) => id === partyId),
    }));
  const count = (duties: typeof dutyShares) => ({
    answers: duties.filter(({ answers }) => answers).length,
    does: duties.filter(({ does }) => does).length,
  });
  return {
    ...count(dutyShares),
    domains: matrix.domains.flatMap((domain) => {
      const counts = count(dutyShares.filter(({ duty }) => duty.domainId === domain.id));
      return counts.answers + counts.does > 0 ? [{ domain, ...counts }] : [];
    }),
    reserved: dutyShares.flatMap(({ duty, answers, does }) => (duty.reserved && (answers || does) ? [duty] : [])),
  };
}
