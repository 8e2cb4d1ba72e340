import { may, ownParty } from "~/domain/engagement/permissions";
import type { Rejection } from "~/domain/result";
import type { AskedOf } from "~/domain/workshop/asked";
import { settledCommands } from "~/domain/workshop/board";
import { labelOf } from "~/domain/workshop/people";
import { storeAgreedStep } from "../matrix/matrix-editing.server";
import { memberBehind, mayLead } from "./entrant.server";
import { accept, type Session } from "./session.server";

/**
 * Confirms or parks an item. Where that settles it, the matrix follows in the same transaction as one step, logged by the
 * facilitator's account with the names of both hosts; where the matrix can't, nothing is confirmed.
 */
export async function settleOnBoard(
  session: Session,
  by: string,
  asked: AskedOf<"confirm" | "park">,
): Promise<Rejection | null> {
  const { workshop, events } = session;
  const before = { workshop, events: [...events] };
  const refused = accept(session, by, asked);
  if (refused || session.workshop === workshop) return refused;
  const settled = session.workshop.items.find(({ id }) => id === asked.itemId)?.settled;
  if (!settled) return null;
  const onBoard = await followOnBoard(session, asked.itemId);
  if (onBoard) Object.assign(session, before);
  return onBoard;
}

async function followOnBoard(session: Session, itemId: string): Promise<Rejection | null> {
  const { tx, entered, workshop, now } = session;
  const item = workshop.items.find(({ id }) => id === itemId);
  if (!item?.settled) return null;
  const { settlement, confirmed } = item.settled;
  const facilitator = await memberBehind(tx, entered, workshop.facilitatorId);
  if (!facilitator || !mayLead(facilitator.access))
    return {
      code: "may-not-lead",
      message: "The facilitator can't edit this matrix any more. Let a second facilitator take over, then confirm.",
    };
  for (const [partyId, participantId] of Object.entries(confirmed)) {
    const host = await memberBehind(tx, entered, participantId);
    if (!host || !may(host.access, "mark") || ownParty(entered.matrix, host.access.side) !== partyId)
      return {
        code: "may-not-mark",
        message: `${labelOf(workshop, participantId)} can't agree for their party any more. Settle it again with another host.`,
      };
  }
  const commands = settledCommands(entered.matrix, item, settlement, workshop.sides);
  if (!commands.ok) return commands.rejection;
  const hostName = (partyId: string) => (confirmed[partyId] ? labelOf(workshop, confirmed[partyId]) : "");
  const { client, provider } = workshop.sides;
  const names: Record<string, string> =
    settlement.kind === "park" ? {} : { client: hostName(client), provider: hostName(provider) };
  const revision = await storeAgreedStep(
    tx,
    { ...entered, matrixId: entered.stored.matrixId },
    { commands: commands.value, actor: facilitator, detail: { workshop: entered.stored.number, ...names } },
    now,
  );
  // Further things asked for in the same transaction are about the matrix as it is now.
  session.entered = { ...entered, ...revision };
  return null;
}
