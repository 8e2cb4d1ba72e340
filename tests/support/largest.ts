import { LIMITS } from "~/domain/limits";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Letter } from "~/domain/matrix/shapes";
import { issuedNumbers } from "~/domain/matrix/issued";
import { aDuty, aMatrix } from "./matrices";

/**
 * The largest matrix that is accepted, and which nothing stops from being signed: 2,000 duties and 60 roles, half of
 * each side, a letter in every cell, and texts of a usual length.
 */
export function theLargestMatrix(duties: number = LIMITS.duties, count: number = LIMITS.roles): Matrix {
  const half = count / 2;
  const roles = Array.from({ length: count }, (_, i) => ({
    id: `role-${i}`,
    partyId: i < half ? "client" : "provider",
    name: `Role number ${i + 1}`,
    lead: i === 0 || i === half,
  }));
  const domains = Array.from({ length: 20 }, (_, i) => ({
    id: `domain-${i}`,
    code: `D${String.fromCharCode(65 + i)}`,
    name: `Domain number ${i + 1}`,
    pathId: null,
  }));
  const list = Array.from({ length: duties }, (_, i) => {
    const domain = domains[i % domains.length] ?? { id: "", code: "" };
    const letters = (role: number): Letter[] =>
      role === i % count ? ["A"] : role === (i + 1) % count ? ["R"] : role % 2 === 0 ? ["C"] : ["I"];
    return aDuty({
      id: `duty-${i}`,
      code: `${domain.code}-${String(Math.floor(i / domains.length) + 1).padStart(2, "0")}`,
      domainId: domain.id,
      text: `Keep the servers of site ${i} patched and prove it every month`,
      doneWhen: "The monthly report shows no critical patch older than fourteen days",
      cadence: "Monthly",
      boundary: "The desk takes the call, the team goes there and hands it back when it is done",
      tools: "Password vault, ours",
      letters: Object.fromEntries(roles.map(({ id }, role) => [id, letters(role)])),
    });
  });
  const matrix = aMatrix({ duties: list, issued: issuedNumbers(list) });
  return { ...matrix, roles, domains, parties: matrix.parties.filter(({ kind }) => kind !== "third-party") };
}
