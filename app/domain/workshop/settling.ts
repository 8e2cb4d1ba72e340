import { LIMITS } from "../limits";
import { POSITION } from "../parts/marks";
import { ok, reject, type Result } from "../result";
import { checkText, type TextRule } from "../text";
import type { ChangeOf } from "./events";
import { itemOf, withItem, withTimeCounted } from "./items";
import { hostedBy } from "./people";
import type { Item, Settlement, Workshop } from "./shapes";

const BOUNDARY: TextRule = { called: "The boundary note", max: LIMITS.boundary, lines: true, optional: true };
const PARKED_WITH: TextRule = { called: "Who takes it up again", max: LIMITS.name, lines: false, optional: false };

/** Whether both sides do the work by a split. */
function isShared({ sides }: Pick<Workshop, "sides">, { does }: { does: readonly string[] }): boolean {
  return does.includes(sides.client) && does.includes(sides.provider);
}

/** `settle`: the facilitator puts on the table what both hosts then confirm. What was there before is gone with its confirmations. */
export function settle(workshop: Workshop, { itemId, settlement, terms }: ChangeOf<"settle">): Result<Workshop> {
  const item = itemOf(workshop, itemId);
  if (!item.ok) return item;
  if (item.value.settled) return reject("settled", "This is settled already. Reopen it first.");
  if (!item.value.revealed)
    return reject("not-revealed", "Reveal the proposals first, so that everybody was heard before it is settled.");
  if (settlement.kind === "park") return reject("parks-itself", "Parking needs nobody's confirmation. Park it.");
  const checked = checkSettlement(workshop, item.value, settlement);
  if (!checked.ok) return checked;
  const number = workshop.lastNumber + 1;
  const settling = { number, settlement: checked.value, terms, confirmed: {} };
  return ok({ ...withItem(workshop, { ...item.value, settling }), lastNumber: number });
}

function checkSettlement(workshop: Workshop, { subject }: Item, settlement: Settlement): Result<Settlement> {
  switch (settlement.kind) {
    case "split": {
      if (subject.kind !== "duty")
        return reject("not-split", "A path isn't divided. Settle that it stands, or park it.");
      const { client, provider } = workshop.sides;
      if (settlement.answers !== client && settlement.answers !== provider)
        return reject("answers-third-party", "One of the two sides answers for it. Choose which.");
      const boundary = checkText(settlement.boundary, BOUNDARY);
      if (!boundary.ok) return boundary;
      if (isShared(workshop, settlement) && boundary.value === "")
        return reject(
          "boundary-empty",
          "Both sides do it. Write the boundary in one line: which part is whose, and where the handover is.",
        );
      return ok({ ...settlement, does: [...new Set(settlement.does)], boundary: boundary.value });
    }
    case "stands":
      return subject.kind === "path"
        ? ok(settlement)
        : reject("not-path", "A duty is settled by who does it and who answers. Choose both.");
    case "dispute":
      return checkPositions(workshop, settlement.positions);
    case "park":
      return ok(settlement);
  }
}

function checkPositions({ sides }: Workshop, positions: Readonly<Record<string, string>>): Result<Settlement> {
  const checked: Record<string, string> = {};
  for (const partyId of [sides.client, sides.provider]) {
    const position = checkText(Object.hasOwn(positions, partyId) ? (positions[partyId] ?? "") : "", POSITION);
    if (!position.ok) return position;
    if (position.value === "")
      return reject("position-empty", "A dispute keeps both positions. Write one sentence for each side.");
    checked[partyId] = position.value;
  }
  return ok({ kind: "dispute", positions: checked });
}

/** `confirm`: a host says yes for their party to what is on the table. With the second yes it is settled. */
export function confirm(
  workshop: Workshop,
  { by, at }: { by: string; at: number },
  { itemId, number }: ChangeOf<"confirm">,
): Result<Workshop> {
  const item = itemOf(workshop, itemId);
  if (!item.ok) return item;
  const { settling, settled } = item.value;
  if (settled) return ok(workshop);
  const partyId = hostedBy(workshop, by);
  const { client, provider } = workshop.sides;
  if (partyId !== client && partyId !== provider)
    return reject("not-host", "The hosts of both sides confirm, each on their own screen.");
  if (!settling) return reject("nothing-to-confirm", "There is nothing to confirm. Wait for the facilitator.");
  if (settling.number !== number)
    return reject("other-settlement", "The facilitator changed it a moment ago. Look at it again, then confirm.");
  if (Object.hasOwn(settling.confirmed, partyId)) return ok(workshop);
  const confirmed = { ...settling.confirmed, [partyId]: by };
  const once = withItem(workshop, { ...item.value, settling: { ...settling, confirmed } });
  if (![client, provider].every((id) => Object.hasOwn(confirmed, id))) return ok(once);
  return ok(withSettled(once, item.value, { settlement: settling.settlement, at, confirmed }));
}

/** `park`: the facilitator puts an item off to a day, with whoever takes it up. Nobody's word is given by that, so nobody confirms. */
export function park(workshop: Workshop, at: number, { itemId, owner, until }: ChangeOf<"park">): Result<Workshop> {
  const item = itemOf(workshop, itemId);
  if (!item.ok) return item;
  if (item.value.settled && item.value.settled.settlement.kind !== "park")
    return reject("settled", "This is settled already. Reopen it first.");
  const checked = checkText(owner, PARKED_WITH);
  if (!checked.ok) return checked;
  const settlement: Settlement = { kind: "park", owner: checked.value, until };
  return ok(withSettled(workshop, item.value, { settlement, at, confirmed: {} }));
}

/** The time of the current item stands once it is settled. */
function withSettled(workshop: Workshop, { id }: Item, settled: NonNullable<Item["settled"]>): Workshop {
  const counted = workshop.current === id ? withTimeCounted(workshop, settled.at) : workshop;
  return {
    ...counted,
    items: counted.items.map((item) => (item.id === id ? { ...item, settling: null, settled, skipped: false } : item)),
  };
}

/**
 * `reopen`: an item is talked about again from the beginning, with new proposals. The matrix stays as it is until it is
 * settled anew.
 */
export function reopen(workshop: Workshop, at: number, { itemId }: ChangeOf<"reopen">): Result<Workshop> {
  const isCurrent = workshop.current === itemId;
  const counted = isCurrent ? withTimeCounted(workshop, at) : workshop;
  const item = itemOf(counted, itemId);
  if (!item.ok) return item;
  const { revealed, settled, skipped, spentMs } = item.value;
  if (!revealed && !settled && !skipped) return ok(workshop);
  const reopened: Item = {
    ...item.value,
    // What is sealed and not revealed yet stays: only what everybody has seen is asked for anew.
    sealed: revealed ? [] : item.value.sealed,
    revealed: null,
    settling: null,
    settled: null,
    skipped: false,
    roundFromMs: spentMs,
  };
  return ok({ ...withItem(counted, reopened), runningSince: isCurrent ? at : workshop.runningSince });
}
