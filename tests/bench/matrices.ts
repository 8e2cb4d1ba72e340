import type { Matrix } from "~/domain/matrix/matrix";
import type { Letter } from "~/domain/matrix/shapes";
import { issuedNumbers } from "~/domain/matrix/issued";
import { aDuty, aMatrix } from "../support/matrices";

export const SIZES = [133, 500, 1_000];

/** The party a bench duty does not stand with on its given visit, so that every move changes something. */
export function otherParty(duty: number, visit: number): "client" | "provider" {
  const starts = duty % 3 === 0 ? "client" : "provider";
  const other = starts === "client" ? "provider" : "client";
  return visit % 2 === 0 ? other : starts;
}

/** A matrix of the given number of duties over the given number of roles (twelve unless told) and fifteen domains, every duty with letters and texts of real length. */
export function benchMatrix(duties: number, count = 12): Matrix {
  const half = count / 2;
  const roles = Array.from({ length: count }, (_, i) => ({
    id: `role-${i}`,
    partyId: i < half ? "client" : "provider",
    name: `Role number ${i + 1}`,
    lead: i === 0 || i === half,
  }));
  const domains = Array.from({ length: 15 }, (_, i) => ({
    id: `domain-${i}`,
    code: `D${String.fromCharCode(65 + i)}`,
    name: `Domain number ${i + 1}`,
    pathId: null,
  }));
  const list = Array.from({ length: duties }, (_, i) => {
    const domain = domains[i % domains.length] ?? { id: "", code: "" };
    const side = i % 3 === 0 ? 0 : half;
    const cell = (...letters: Letter[]) => letters;
    return aDuty({
      id: `duty-${i}`,
      code: `${domain.code}-${String(Math.floor(i / domains.length) + 1).padStart(2, "0")}`,
      domainId: domain.id,
      text: `Keep the servers of site ${i} patched and prove it every month`,
      doneWhen: "The monthly report shows no critical patch older than fourteen days",
      cadence: "Monthly",
      letters: {
        [`role-${side}`]: cell("A"),
        [`role-${side + 1}`]: cell("R"),
        [`role-${(side + half) % count}`]: cell("C"),
        [`role-${(side + half + 2) % count}`]: cell("I"),
      },
      suggestions: {
        client: { does: "role-1", answers: "role-0" },
        provider: { does: `role-${half + 1}`, answers: `role-${half}` },
      },
    });
  });
  const matrix = aMatrix({ duties: list, issued: issuedNumbers(list) });
  return { ...matrix, roles, domains, parties: matrix.parties.filter(({ kind }) => kind !== "third-party") };
}
