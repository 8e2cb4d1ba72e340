import { ok, reject, type Result } from "../result";
import { checkText } from "../text";
import type { Change, ChangeOf, WorkshopEvent } from "./events";
import { go, plan, reveal, seal, skip, unseal, withTimeCounted } from "./items";
import {
  admit,
  handOver,
  isFacilitator,
  join,
  leave,
  refuse,
  second,
  takeOver,
  participantOf,
  takeSeat,
} from "./people";
import { TITLE, USUAL_MINUTES } from "./planning";
import { confirm, park, reopen, settle } from "./settling";
import type { Workshop } from "./shapes";
import { undo, withStep } from "./undo";

/** What only whoever leads the workshop may do. */
const LEADS: ReadonlySet<Change["type"]> = new Set<Change["type"]>([
  "plan",
  "open",
  "adjourn",
  "end",
  "door",
  "second",
  "hand-over",
  "go",
  "skip",
  "pause",
  "resume",
  "settle",
  "park",
  "reopen",
  "undo",
]);

/** What happens only while the workshop is open. The rest is possible as soon as it is prepared. */
const WHILE_OPEN: ReadonlySet<Change["type"]> = new Set<Change["type"]>([
  "adjourn",
  "door",
  "go",
  "skip",
  "pause",
  "resume",
  "reveal",
  "settle",
  "confirm",
  "park",
  "reopen",
  "undo",
]);

/** A workshop as its first event makes it: prepared, with whoever prepares it as its facilitator. */
export function begunWorkshop({ title, sides, participantId, name, partyId }: ChangeOf<"begin">): Result<Workshop> {
  const checked = checkText(title, TITLE);
  if (!checked.ok) return checked;
  return ok({
    stage: "prepared",
    title: checked.value,
    sides,
    minutes: USUAL_MINUTES,
    items: [],
    participants: [{ id: participantId, name, label: name, partyId, member: true, state: "in" }],
    facilitatorId: participantId,
    secondIds: [],
    hosts: {},
    current: null,
    runningSince: null,
    doorOpen: false,
    openedAt: null,
    endedAt: null,
    lastNumber: 0,
    steps: [],
    names: null,
  });
}

/** The workshop that its events lead to; refused where one of them doesn't follow from those before it. */
export function workshopOf(events: readonly WorkshopEvent[]): Result<Workshop> {
  const [first, ...others] = events;
  if (first?.change.type !== "begin") return reject("no-beginning", "The workshop's beginning is missing.");
  let result = begunWorkshop(first.change);
  for (const event of others) result = result.ok ? applyWorkshopEvent(result.value, event) : result;
  return result;
}

/** What somebody does who hasn't been let in, or has left. */
const ALWAYS: ReadonlySet<Change["type"]> = new Set<Change["type"]>(["join", "leave"]);

const ENDED = "This workshop has ended. What it settled is on the board and in its minutes.";

/**
 * The only function that changes a workshop: it accepts an event, or refuses it with a sentence. An event that already
 * happened isn't an error and gives the same reference. What it makes depends on the workshop and the event alone, so
 * that the events in their order give the same workshop at any time.
 */
export function applyWorkshopEvent(workshop: Workshop, event: WorkshopEvent): Result<Workshop> {
  const { by, change } = event;
  if (workshop.stage === "ended") return change.type === "end" ? ok(workshop) : reject("ended", ENDED);
  if (by !== null && !ALWAYS.has(change.type) && participantOf(workshop, by)?.state !== "in")
    return reject("not-in", "You aren't let in yet. The facilitator or your party's host does that.");
  // The server itself reveals when all have sealed or the time is over.
  const ofServer = change.type === "reveal" && change.why !== "facilitator";
  if ((LEADS.has(change.type) || (change.type === "reveal" && !ofServer)) && !isFacilitator(workshop, by))
    return reject("not-facilitator", "Only the facilitator does that. Ask them.");
  if (workshop.stage !== "open" && WHILE_OPEN.has(change.type))
    return reject("not-open", "The workshop isn't open. The facilitator opens it.");
  const result = changed(workshop, event);
  return result.ok && result.value !== workshop ? ok(withStep(workshop, result.value, change)) : result;
}

function changed(workshop: Workshop, { by, at, change }: WorkshopEvent): Result<Workshop> {
  switch (change.type) {
    case "begin":
      return ok(workshop);
    case "plan":
      return plan(workshop, change);
    case "open":
      return open(workshop, at);
    case "adjourn":
      return ok({ ...withTimeCounted(workshop, at), stage: "prepared", doorOpen: false });
    case "end":
      return ok({
        ...withTimeCounted(workshop, at),
        stage: "ended",
        doorOpen: false,
        current: null,
        endedAt: at,
        names: change.names,
      });
    case "door":
      return ok(workshop.doorOpen === change.open ? workshop : { ...workshop, doorOpen: change.open });
    case "join":
      return join(workshop, change);
    case "admit":
      return admit(workshop, by, change);
    case "refuse":
      return refuse(workshop, by, change);
    case "leave":
      return leave(workshop, by);
    case "second":
      return second(workshop, change);
    case "take-over":
      return takeOver(workshop, by);
    case "hand-over":
      return handOver(workshop, change);
    case "host":
      return takeSeat(workshop, by, change);
    case "go":
      return go(workshop, at, change);
    case "skip":
      return skip(workshop, at, change);
    case "pause":
      return ok(workshop.runningSince === null ? workshop : withTimeCounted(workshop, at));
    case "resume":
      return ok(
        workshop.runningSince !== null || workshop.current === null ? workshop : { ...workshop, runningSince: at },
      );
    case "seal":
      return by === null ? reject("nobody", "Somebody has to propose it.") : seal(workshop, by, change);
    case "unseal":
      return by === null ? reject("nobody", "Somebody has to take it back.") : unseal(workshop, by, change);
    case "reveal":
      return reveal(workshop, at, change);
    case "settle":
      return settle(workshop, change);
    case "confirm":
      return by === null ? reject("nobody", "Somebody has to confirm it.") : confirm(workshop, { by, at }, change);
    case "park":
      return park(workshop, at, change);
    case "reopen":
      return reopen(workshop, at, change);
    case "undo":
      return undo(workshop, at);
  }
}

function open(workshop: Workshop, at: number): Result<Workshop> {
  if (workshop.stage === "open") return ok(workshop);
  if (workshop.items.length === 0)
    return reject("nothing-planned", "Nothing is planned yet. Choose the duties to talk about first.");
  return ok({ ...workshop, stage: "open", doorOpen: true, openedAt: workshop.openedAt ?? at });
}
