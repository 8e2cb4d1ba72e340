import { dropSealed, putSealed } from "~/db/workshop/sealed-store.server";
import { may, ownParty } from "~/domain/engagement/permissions";
import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import type { Rejection } from "~/domain/result";
import { checkText } from "~/domain/text";
import type { Asked, AskedOf } from "~/domain/workshop/asked";
import { archivedRefusal, isOutdated, onBoard, proposalRefusal, settlementRefusal } from "~/domain/workshop/board";
import { hostedBy, labelOf, participantOf } from "~/domain/workshop/people";
import { standingOf } from "~/domain/workshop/standing";
import { memberBehind, mayLead, type Entrant } from "./entrant.server";
import { accept, changing, logWorkshop, revealItem, revealOnceHeard, type Session } from "./session.server";
import { recordAdmitted } from "./joining.server";
import { settleOnBoard, undoOnBoard } from "./settled.server";
import { endWorkshop } from "./workshop-end.server";

/** The answer to a request: the workshop's sequence after it, and what was refused, by its place in the request. */
export type AskedAnswer = { sequence: number; rejected: { index: number; rejection: Rejection }[] };

/**
 * Does in order what a participant asks for, in one transaction; resolves once it is stored. Each is done or refused by
 * itself. A refusal names no proposal. Throws `not-found` for whoever doesn't take part.
 */
export async function changeWorkshop(
  entrant: Entrant,
  workshopId: string,
  asked: readonly Asked[],
  now: Date,
): Promise<AskedAnswer> {
  const { answer, sequence } = await changing(entrant, workshopId, now, async (session) => {
    const by = session.entered.participantId;
    if (by === null) throw new AppError("forbidden", "Come in first: you aren't in this workshop yet.");
    const rejected: AskedAnswer["rejected"] = [];
    for (const [index, one] of asked.entries()) {
      const rejection = leadRefusal(session, by, one) ?? (await carryOut(session, by, one));
      if (rejection) rejected.push({ index, rejection });
      else if (REVEALS.has(one.type)) await revealOnceHeard(session);
    }
    return rejected;
  });
  return { sequence, rejected: answer };
}

/** After these nobody may be waited for any more. Going to an item reveals nothing, so that it is read out first. */
const REVEALS: ReadonlySet<Asked["type"]> = new Set<Asked["type"]>(["seal", "leave", "refuse"]);

/** What only the facilitator does is an edit of the matrix, so that whoever lost that right leads no longer. */
function leadRefusal({ entered, workshop }: Session, by: string, { type }: Asked): Rejection | null {
  if (workshop.facilitatorId !== by || type === "seal" || type === "unseal" || type === "leave") return null;
  return mayLead(entered.member?.access)
    ? null
    : { code: "may-not-lead", message: "You can't edit this matrix any more. Let a second facilitator take over." };
}

async function carryOut(session: Session, by: string, asked: Asked): Promise<Rejection | null> {
  const { matrix, archived } = session.entered;
  switch (asked.type) {
    case "seal":
      return seal(session, by, asked);
    case "unseal": {
      const refused = accept(session, by, asked);
      if (!refused) await dropSealed(session.tx, placeOf(session, asked.itemId, by));
      return refused;
    }
    case "reveal":
      return revealItem(session, by, asked.itemId, "facilitator");
    case "plan": {
      const missing = asked.items.find(
        ({ id, subject }) =>
          !session.workshop.items.some((item) => item.id === id) && onBoard(matrix, subject) === null,
      );
      return missing
        ? { code: "deleted", message: "Something you chose was deleted from the board. Choose again." }
        : accept(session, by, asked);
    }
    case "settle": {
      const item = session.workshop.items.find(({ id }) => id === asked.itemId);
      const refused =
        archivedRefusal(archived) ?? (item ? settlementRefusal(matrix, item, asked.settlement, asked.terms) : null);
      // What is confirmed is what the facilitator saw of the board, also where the page didn't say.
      const terms = item ? (onBoard(matrix, item.subject)?.terms ?? null) : null;
      return refused ?? accept(session, by, { ...asked, terms });
    }
    case "confirm":
      return confirm(session, by, asked);
    case "park":
      return park(session, by, asked);
    case "undo":
      return undoOnBoard(session, by);
    case "host":
      return (await hostRefusal(session, asked.participantId)) ?? accept(session, by, asked);
    case "second":
    case "hand-over":
      return (await leaderRefusal(session, asked.participantId)) ?? led(session, by, asked);
    case "take-over":
      return (await leaderRefusal(session, by)) ?? led(session, by, asked);
    case "admit": {
      const before = session.workshop;
      const refused = accept(session, by, asked);
      if (!refused) await recordAdmitted(session, before);
      return refused;
    }
    case "open":
      return opened(session, by, asked);
    case "end":
      return endWorkshop(session, by);
    default:
      return accept(session, by, asked);
  }
}

const placeOf = ({ entered }: Session, itemId: string, participantId: string) => ({
  workshopId: entered.stored.id,
  itemId,
  participantId,
});

const REASON = { called: "The reason", max: LIMITS.proposalReason, lines: false, optional: true };

async function seal(
  session: Session,
  by: string,
  { itemId, forParty, proposal }: AskedOf<"seal">,
): Promise<Rejection | null> {
  const item = session.workshop.items.find(({ id }) => id === itemId);
  const reason = checkText(proposal.reason, REASON);
  if (!reason.ok) return reason.rejection;
  const unfit = item ? proposalRefusal(session.entered.matrix, item, proposal) : null;
  if (unfit) return unfit;
  const refused = accept(session, by, { type: "seal", itemId, forParty });
  if (refused) return refused;
  await putSealed(session.tx, placeOf(session, itemId, by), { choice: proposal.choice, reason: reason.value });
  return null;
}

async function confirm(session: Session, by: string, asked: AskedOf<"confirm">): Promise<Rejection | null> {
  const { member, matrix, archived } = session.entered;
  const item = session.workshop.items.find(({ id }) => id === asked.itemId);
  const partyId = hostedBy(session.workshop, by);
  if (partyId !== null && (!member || !may(member.access, "mark") || ownParty(matrix, member.access.side) !== partyId))
    return {
      code: "may-not-mark",
      message: "You can't agree for this party any more. Let somebody else of it be host.",
    };
  const refused = archivedRefusal(archived);
  if (refused) return refused;
  if (item && !item.settled && isOutdated(matrix, item))
    return {
      code: "terms-changed",
      message: "It was changed on the board a moment ago. The facilitator looks at it again, then you confirm.",
    };
  return settleOnBoard(session, by, asked);
}

async function park(session: Session, by: string, asked: AskedOf<"park">): Promise<Rejection | null> {
  const { matrix, archived } = session.entered;
  const item = session.workshop.items.find(({ id }) => id === asked.itemId);
  const refused = archivedRefusal(archived);
  if (refused) return refused;
  const settlement = { kind: "park", owner: asked.owner, until: asked.until } as const;
  const standing = item ? standingOf(matrix, item.subject) : null;
  return (
    (item && settlementRefusal(matrix, item, settlement, null)) || settleOnBoard(session, by, { ...asked, standing })
  );
}

/** A host agrees for their party, so that they need that right before they sit down. */
async function hostRefusal(session: Session, participantId: string): Promise<Rejection | null> {
  const { entered, workshop, tx } = session;
  const participant = participantOf(workshop, participantId);
  if (!participant?.member) return null;
  const member = await memberBehind(tx, entered, participantId);
  return member && may(member.access, "mark") && ownParty(entered.matrix, member.access.side) === participant.partyId
    ? null
    : {
        code: "may-not-mark",
        message: `${participant.label} can read the matrix, and not agree for the party. Choose somebody who may.`,
      };
}

async function leaderRefusal(session: Session, participantId: string): Promise<Rejection | null> {
  const participant = participantOf(session.workshop, participantId);
  if (!participant?.member) return null;
  const member = await memberBehind(session.tx, session.entered, participantId);
  return mayLead(member?.access)
    ? null
    : {
        code: "may-not-lead",
        message: `${participant.label} can read the matrix, and not edit it. Choose somebody who may.`,
      };
}

/** Whoever leads from now on is in the log, with who led before. */
async function led(
  session: Session,
  by: string,
  asked: AskedOf<"second" | "hand-over" | "take-over">,
): Promise<Rejection | null> {
  const before = session.workshop.facilitatorId;
  const refused = accept(session, by, asked);
  const { facilitatorId } = session.workshop;
  if (refused || facilitatorId === before) return refused;
  const leader = await memberBehind(session.tx, session.entered, facilitatorId);
  if (leader) await logWorkshop(session, "workshop.led-by", leader, { before: labelOf(session.workshop, before) });
  return null;
}

async function opened(session: Session, by: string, asked: AskedOf<"open">): Promise<Rejection | null> {
  const before = session.workshop.stage;
  const refused = accept(session, by, asked);
  const { member } = session.entered;
  if (!refused && member && before !== "open") await logWorkshop(session, "workshop.opened", member.actor, {});
  return refused;
}
