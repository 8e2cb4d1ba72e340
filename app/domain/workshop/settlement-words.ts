import { dayWords } from "../day-words";
import type { Settlement } from "./shapes";

/** The parties of a matrix, as far as sentences name them. */
type Named = { parties: readonly { id: string; name: string }[] };

/** A party by its id in sentences. */
export function partyName(matrix: Named, partyId: string): string {
  return matrix.parties.find(({ id }) => id === partyId)?.name ?? "a party that was taken out";
}

/** Who answers for a duty and who does it, in a sentence. */
function splitWords(matrix: Named, { does, answers }: { does: readonly string[]; answers: string }): string {
  const doers = does.map((id) => partyName(matrix, id)).join(" and ");
  return `${partyName(matrix, answers)} answers, ${doers} ${does.length === 1 ? "does it" : "do it"}.`;
}

/** A settlement in a sentence. */
export function settlementWords(matrix: Named, settlement: Settlement): string {
  switch (settlement.kind) {
    case "split": {
      const boundary = settlement.boundary === "" ? "" : ` Boundary: ${settlement.boundary}`;
      return `${splitWords(matrix, settlement)}${boundary}`;
    }
    case "stands":
      return "It stands as written.";
    case "park":
      return `Parked until ${dayWords(settlement.until)} with ${settlement.owner}.`;
    case "dispute":
      return Object.entries(settlement.positions)
        .map(([partyId, position]) => `${partyName(matrix, partyId)}: “${position}”`)
        .join(" ");
  }
}
