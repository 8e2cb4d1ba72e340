import type { MatrixCommand } from "~/domain/editing/commands";
import { may, ownParty } from "~/domain/engagement/permissions";
import type { Rejection } from "~/domain/result";
import { archivedRefusal, settledCommands } from "~/domain/workshop/board";
import type { ChangeOf } from "~/domain/workshop/events";
import { unparkCommands } from "~/domain/workshop/standing";
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
  asked: ChangeOf<"confirm" | "park">,
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

/**
 * Takes back the facilitator's last step. Where that was parking, the board has the duty's standing of before again, in
 * the same transaction and if nobody changed it since.
 */
export async function undoOnBoard(session: Session, by: string): Promise<Rejection | null> {
  const { workshop, events, entered } = session;
  const before = { workshop, events: [...events] };
  const step = workshop.steps.at(-1);
  const item = workshop.items.find(({ id }) => id === step?.itemId);
  const refused = accept(session, by, { type: "undo" });
  if (refused || !item || step?.type !== "park") return refused;
  const commands = unparkCommands(entered.matrix, item, step);
  if (commands.length === 0) return null;
  const onBoard = archivedRefusal(entered.archived) ?? (await storeStep(session, commands, { as: "unparked" }));
  if (onBoard) Object.assign(session, before);
  return onBoard;
}

async function followOnBoard(session: Session, itemId: string): Promise<Rejection | null> {
  const { tx, entered, workshop } = session;
  const item = workshop.items.find(({ id }) => id === itemId);
  if (!item?.settled) return null;
  const { settlement, confirmed } = item.settled;
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
  const as = { split: "settled", stands: "settled", dispute: "disputed", park: "parked" }[settlement.kind];
  const names: Record<string, string> =
    settlement.kind === "park" ? {} : { client: hostName(client), provider: hostName(provider) };
  return storeStep(session, commands.value, { as, ...names });
}

/** Stores a step on the matrix under the facilitator's account, with the workshop's number in the log beside what it did and who confirmed it. */
async function storeStep(
  session: Session,
  commands: MatrixCommand[],
  logged: Readonly<Record<string, string>>,
): Promise<Rejection | null> {
  const { tx, entered, workshop, now } = session;
  const facilitator = await memberBehind(tx, entered, workshop.facilitatorId);
  if (!facilitator || !mayLead(facilitator.access))
    return {
      code: "may-not-lead",
      message: "The facilitator can't edit this matrix any more. Let a second facilitator take over, then confirm.",
    };
  const revision = await storeAgreedStep(
    tx,
    { ...entered, matrixId: entered.stored.matrixId },
    { commands, actor: facilitator, detail: { workshop: entered.stored.number, ...logged } },
    now,
  );
  // Further things asked for in the same transaction are about the matrix as it is now.
  session.entered = { ...entered, ...revision };
  return null;
}
