import type { Matrix } from "../matrix/matrix";
import { ownerOf, partiesHolding } from "../matrix/owner";
import { isOutdated, onBoard } from "./board";
import { differencesOf, itemOutcome } from "./differences";
import { leftOutWords, nextItem, previousItem, proposingMs } from "./items";
import { outcomeOf, pictureOf, voicesOf } from "./outcome";
import { hostedBy, hostOf, isFacilitator, labelOf, mayAdmit, participantOf, proposersOf } from "./people";
import type { Item, Participant, Workshop } from "./shapes";
import type {
  CurrentView,
  ItemStatus,
  PictureView,
  PlanView,
  RevealView,
  RoomView,
  SeatView,
  SettlingView,
  TimerView,
  Viewer,
  WorkshopView,
  YoursView,
} from "./view-types";

/** The board beside a workshop: the draft, and whether it was archived. */
export type BoardState = { matrix: Matrix; archived: boolean };

/**
 * What one viewer sees. It is built from what is shared, which holds no proposal before its reveal, and from the
 * viewer's own.
 */
export function workshopView(workshop: Workshop, board: BoardState, viewer: Viewer): WorkshopView {
  const { title, stage } = workshop;
  const participant = participantOf(workshop, viewer.participantId);
  const empty: WorkshopView = {
    title,
    stage,
    room: null,
    plan: [],
    current: null,
    timer: null,
    yours: null,
    differences: [],
  };
  if (!participant || participant.state === "left") return empty;
  const yours = yoursOf(workshop, participant, viewer);
  if (participant.state === "waiting") return { ...empty, yours };
  return { ...empty, ...sharedView(workshop, board), yours };
}

type Shared = Pick<WorkshopView, "room" | "plan" | "current" | "timer" | "differences">;

/** All viewers of one state see the same here, so that it is built once for all of them. */
const sharedViews = new WeakMap<Workshop, { board: BoardState; shared: Shared }>();

function sharedView(workshop: Workshop, board: BoardState): Shared {
  const cached = sharedViews.get(workshop);
  if (cached && cached.board.matrix === board.matrix && cached.board.archived === board.archived) return cached.shared;
  const shared: Shared = {
    room: roomOf(workshop, board),
    plan: planOf(workshop, board.matrix),
    current: currentOf(workshop, board.matrix),
    timer: timerOf(workshop),
    differences: differencesOf(workshop, board.matrix),
  };
  sharedViews.set(workshop, { board, shared });
  return shared;
}

function roomOf(workshop: Workshop, { matrix, archived }: BoardState): RoomView {
  return {
    title: workshop.title,
    stage: workshop.stage,
    doorOpen: workshop.doorOpen,
    facilitator: labelOf(workshop, workshop.facilitatorId),
    parties: matrix.parties.map(({ id, kind, name }) => ({ partyId: id, kind, name, hostId: hostOf(workshop, id) })),
    people: workshop.participants.filter(({ state }) => state === "in").map((one) => seatOf(workshop, one)),
    archived,
  };
}

function seatOf(workshop: Workshop, { id, label, partyId, member }: Participant): SeatView {
  return {
    participantId: id,
    label,
    partyId,
    guest: !member,
    facilitator: isFacilitator(workshop, id),
    second: workshop.secondIds.includes(id),
    host: hostedBy(workshop, id) !== null,
  };
}

/** How an item stands, with the words that the screen has for it. */
export function statusOf({ current }: Pick<Workshop, "current">, item: Item): ItemStatus {
  if (item.settled) {
    const { kind } = item.settled.settlement;
    return kind === "park" ? "parked" : kind === "dispute" ? "disputed" : "settled";
  }
  if (item.settling) return "confirming";
  if (item.revealed) return "revealed";
  if (current === item.id) return "proposing";
  return item.skipped ? "skipped" : "waiting";
}

function planOf(workshop: Workshop, matrix: Matrix): PlanView[] {
  const domains = new Map(matrix.domains.map(({ id, name }) => [id, name]));
  return workshop.items.map((item) => {
    const found = onBoard(matrix, item.subject);
    const duty = found?.kind === "duty" ? found.duty : null;
    return {
      itemId: item.id,
      subject: item.subject,
      code: duty?.code ?? "",
      text: duty?.text ?? (found?.kind === "path" ? found.name : "Deleted from the board"),
      domain: duty ? (domains.get(duty.domainId) ?? "") : item.subject.kind === "path" ? "Escalation" : "",
      minutes: item.minutes,
      spentMs: item.spentMs,
      status: statusOf(workshop, item),
      outcome: itemOutcome(workshop, item),
      settlement: item.settled?.settlement ?? null,
      settling: settlingOf(matrix, item),
      deleted: found === null,
    };
  });
}

function currentOf(workshop: Workshop, matrix: Matrix): CurrentView | null {
  const index = workshop.items.findIndex(({ id }) => id === workshop.current);
  const item = workshop.items[index];
  if (!item) return null;
  const found = onBoard(matrix, item.subject);
  const duty = found?.kind === "duty" ? found.duty : null;
  const sealed = new Map(item.sealed.map((one) => [one.participantId, one.forParty]));
  const seats = new Set([...proposersOf(workshop).map(({ id }) => id), ...sealed.keys()]);
  return {
    itemId: item.id,
    subject: item.subject,
    place: index + 1,
    status: statusOf(workshop, item),
    question: duty?.workshopQuestion ?? (found?.kind === "path" ? found.trigger : ""),
    doneWhen: duty?.doneWhen ?? "",
    today: duty?.today ?? {},
    reserved: duty?.reserved ?? false,
    board: duty && {
      does: partiesHolding(matrix, duty, "R").map(({ id }) => id),
      answers: ownerOf(matrix, duty)?.id ?? null,
      boundary: duty.boundary,
    },
    terms: found?.terms ?? null,
    seats: [...seats].map((id) => ({ participantId: id, sealed: sealed.has(id), forParty: sealed.get(id) ?? false })),
    leavesOut: item.revealed ? "" : leftOutWords(workshop, item),
    revealed: revealOf(workshop, item),
    settling: settlingOf(matrix, item),
    previousId: previousItem(workshop, item.id),
    nextId: nextItem(workshop, item.id),
  };
}

function settlingOf(matrix: Matrix, item: Item): SettlingView | null {
  if (!item.settling) return null;
  const { number, settlement, confirmed } = item.settling;
  return { number, settlement, confirmed: Object.keys(confirmed), outdated: isOutdated(matrix, item) };
}

/** What the reveal of an item shows; null before it. */
export function revealOf(workshop: Pick<Workshop, "participants" | "sides">, { revealed }: Item): RevealView | null {
  if (!revealed) return null;
  const { sides, participants } = workshop;
  const pictures = [sides.client, sides.provider].map((partyId): PictureView => {
    const voices = voicesOf(participants, revealed.voices, partyId);
    const picture = pictureOf(voices);
    const reasons = voices.flatMap(({ participantId, proposal }) =>
      proposal.reason === "" ? [] : [{ label: labelOf(workshop, participantId), reason: proposal.reason }],
    );
    return { ...picture, partyId, reasons };
  });
  return {
    why: revealed.why,
    leftOut: revealed.leftOut.map((id) => labelOf(workshop, id)),
    outcome: outcomeOf(sides, pictures[0]?.choice ?? null, pictures[1]?.choice ?? null),
    pictures,
    voices: revealed.voices.map(({ participantId, forParty, proposal }) => ({
      participantId,
      label: labelOf(workshop, participantId),
      partyId: participantOf(workshop, participantId)?.partyId ?? "",
      forParty,
      choice: proposal.choice,
      reason: proposal.reason,
    })),
  };
}

function timerOf(workshop: Workshop): TimerView | null {
  const item = workshop.items.find(({ id }) => id === workshop.current);
  if (!item) return null;
  const settling = item.revealed !== null || item.settled !== null;
  return {
    phase: settling ? "settle" : "propose",
    limitMs: settling ? item.minutes * 60_000 : proposingMs(item),
    spentMs: item.spentMs - (settling ? 0 : item.roundFromMs),
    runningSince: workshop.runningSince,
    wholeMs: workshop.minutes === null ? null : workshop.minutes * 60_000,
    wholeSpentMs: workshop.items.reduce((sum, { spentMs }) => sum + spentMs, 0),
  };
}

function yoursOf(workshop: Workshop, participant: Participant, viewer: Viewer): YoursView {
  const { id, label, partyId, member, state } = participant;
  const open = new Set(workshop.items.flatMap((item) => (item.revealed || item.settled ? [] : [item.id])));
  const current = workshop.items.find((item) => item.id === workshop.current);
  const hosted = hostedBy(workshop, id);
  const isSide = hosted === workshop.sides.client || hosted === workshop.sides.provider;
  const asked = isSide && hosted !== null && current?.settling && !Object.hasOwn(current.settling.confirmed, hosted);
  return {
    participantId: id,
    label,
    partyId,
    state: state === "waiting" ? "waiting" : "in",
    proposals: viewer.kind === "projector" ? [] : viewer.own.filter(({ itemId }) => open.has(itemId)),
    may: {
      lead: isFacilitator(workshop, id),
      takeOver: workshop.secondIds.includes(id),
      host: member && hostOf(workshop, partyId) === null,
      confirm: asked ? (current?.settling?.number ?? null) : null,
    },
    waiting: workshop.participants.flatMap((one) =>
      one.state === "waiting" && mayAdmit(workshop, id, one)
        ? [{ participantId: one.id, label: one.label, partyId: one.partyId }]
        : [],
    ),
  };
}
