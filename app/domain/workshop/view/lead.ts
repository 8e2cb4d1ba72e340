import { agreementOf, isActive } from "../../agreement/agreement";
import { oncePer } from "../../cache";
import type { Matrix } from "../../matrix/matrix";
import { onBoard } from "../board";
import { itemOutcome } from "../differences";
import { waitedFor } from "../items";
import { pictureOf, voicesOf } from "../outcome";
import type { Item, Settlement, Workshop } from "../shapes";
import type { DomainProgress, LeadView } from "./view-types";

/** How far the matrix is, domain by domain. */
const domainProgress = oncePer((matrix: Matrix): DomainProgress[] => {
  const counts = new Map<string, { duties: number; agreed: number }>();
  for (const duty of matrix.duties) {
    if (!isActive(duty)) continue;
    const count = counts.get(duty.domainId) ?? { duties: 0, agreed: 0 };
    counts.set(duty.domainId, {
      duties: count.duties + 1,
      agreed: count.agreed + (agreementOf(matrix, duty) === "agreed" ? 1 : 0),
    });
  }
  return matrix.domains.flatMap(({ id, name }) => {
    const count = counts.get(id);
    return count ? [{ domainId: id, name, ...count }] : [];
  });
});

/** What only the projector shows, for whoever leads: none of it is anybody's proposal before its reveal. */
export function leadView(workshop: Workshop, matrix: Matrix): LeadView {
  return {
    domains: domainProgress(matrix),
    sealed: workshop.items.flatMap((item) =>
      item.revealed || item.settled || item.sealed.length === 0
        ? []
        : [{ itemId: item.id, sealed: item.sealed.length, leftOut: waitedFor(workshop, item).length }],
    ),
    agreed: workshop.items.flatMap((item) => {
      const agreed = agreedOn(workshop, matrix, item);
      return agreed ? [agreed] : [];
    }),
  };
}

/** What both sides said alike about an item that isn't settled and not on the table, as it would be put there. */
function agreedOn(workshop: Workshop, matrix: Matrix, item: Item): LeadView["agreed"][number] | null {
  if (!item.revealed || item.settled || item.settling || itemOutcome(workshop, item) !== "agree") return null;
  const { sides, participants } = workshop;
  const { choice } = pictureOf(voicesOf(participants, item.revealed.voices, sides.client));
  const found = onBoard(matrix, item.subject);
  if (!found || !choice) return null;
  const settlement = settlementFrom(choice, found.kind === "duty" ? found.duty.boundary : "");
  if (!settlement) return null;
  const shared =
    settlement.kind === "split" && settlement.does.includes(sides.client) && settlement.does.includes(sides.provider);
  return {
    itemId: item.id,
    settlement,
    needsBoundary: shared && settlement.boundary.trim() === "",
  };
}

function settlementFrom(
  choice: NonNullable<ReturnType<typeof pictureOf>["choice"]>,
  boundary: string,
): Settlement | null {
  if (choice.kind === "split") return { ...choice, boundary };
  return choice.kind === "stands" ? { kind: "stands" } : null;
}
