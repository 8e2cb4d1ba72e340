import type { Matrix } from "../../matrix/matrix";
import { ownerOf, partiesHolding } from "../../matrix/owner";
import { PATH_FIELDS } from "../../parts/paths";
import { isOutdated, onBoard } from "../board";
import { differencesOf, itemOutcome } from "../differences";
import { isTouched, leftOutWords, nextItem, previousItem, proposingMs } from "../items";
import { leadView } from "./lead";
import { outcomeOf, pictureOf, voicesOf } from "../outcome";
import { hostedBy, hostOf, isFacilitator, labelOf, participantOf, proposersOf } from "../people";
import { yoursOf } from "./yours";
import type { Item, Participant, Workshop } from "../shapes";
import { boardWords } from "../standing";
import type {
  CurrentView,
  ItemStatus,
  PictureView,
  PlanView,
  ReadingView,
  RevealView,
  RoomView,
  SeatView,
  SettlingView,
  TimerView,
  Viewer,
  WorkshopView,
} from "./view-types";

/** The board beside a workshop: the draft, and whether it was archived. */
type BoardState = { matrix: Matrix; archived: boolean };

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
    reading: [],
    current: null,
    timer: null,
    yours: null,
    lead: null,
    differences: [],
  };
  if (!participant || participant.state === "left") return empty;
  const yours = yoursOf(workshop, board.matrix, participant, viewer);
  if (participant.state === "waiting") return { ...empty, yours };
  const lead = viewer.kind === "projector" ? leadView(workshop, board.matrix) : null;
  return { ...empty, ...sharedView(workshop, board), yours, lead };
}

type Shared = Pick<WorkshopView, "room" | "plan" | "reading" | "current" | "timer" | "differences">;

/** All viewers of one state see the same here, so that it is built once for all of them. */
const sharedViews = new WeakMap<Workshop, { board: BoardState; shared: Shared }>();

function sharedView(workshop: Workshop, board: BoardState): Shared {
  const cached = sharedViews.get(workshop);
  if (cached && cached.board.matrix === board.matrix && cached.board.archived === board.archived) return cached.shared;
  const shared: Shared = {
    room: roomOf(workshop, board),
    plan: planOf(workshop, board.matrix),
    reading: workshop.items.map((item) => readingOf(board.matrix, item)),
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
    minutes: workshop.minutes,
    proposedBeforehand: proposedBeforehand(workshop),
    archived,
  };
}

function proposedBeforehand({ items, current }: Workshop): number {
  const ahead = items.filter(({ id, revealed }) => id !== current && revealed === null);
  return new Set(ahead.flatMap(({ sealed }) => sealed.map(({ participantId }) => participantId))).size;
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
      fixed: isTouched(item),
      deleted: found === null,
    };
  });
}

function readingOf(matrix: Matrix, { id: itemId, subject }: Item): ReadingView {
  const found = onBoard(matrix, subject);
  if (found?.kind !== "duty") {
    const path = matrix.paths.find(({ id }) => subject.kind === "path" && id === subject.id);
    return {
      itemId,
      question: path?.trigger ?? "",
      doneWhen: "",
      today: {},
      written: path ? pathLines(path, matrix) : [],
    };
  }
  const { workshopQuestion: question, doneWhen, today } = found.duty;
  return { itemId, question, doneWhen, today, written: [] };
}

/** A path as it is written, level by level and to its last resort. */
function pathLines(path: Matrix["paths"][number], matrix: Matrix): string[] {
  const { levels, lastResort } = PATH_FIELDS;
  return [
    ...levels.words(path.levels, matrix).split("\n"),
    ...(path.lastResort === "" ? [] : [`${lastResort.label}: ${path.lastResort}`]),
  ].filter((line) => line !== "");
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
    boardWords: boardWords(matrix, item.subject),
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
function revealOf(workshop: Pick<Workshop, "participants" | "sides">, { revealed }: Item): RevealView | null {
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
