import type { PartyKind, Today } from "../../matrix/shapes";
import type { Outcome, Picture } from "../outcome";
import type { Choice, Proposal, Settlement, Stage, Subject } from "../shapes";

/**
 * Who looks, and what of the sealed proposals is theirs. The projector stands before everybody, so that it shows
 * nobody's own, not even those of the facilitator who stands beside it.
 */
export type Viewer =
  | { kind: "participant"; participantId: string; own: readonly OwnProposal[] }
  | { kind: "projector"; participantId: string };

/** A proposal that somebody sealed, read for themselves alone. */
export type OwnProposal = { itemId: string; proposal: Proposal };

/** How an item stands. */
export type ItemStatus =
  "waiting" | "proposing" | "revealed" | "confirming" | "settled" | "parked" | "disputed" | "skipped";

/** Somebody in the room. */
export type SeatView = {
  participantId: string;
  label: string;
  partyId: string;
  guest: boolean;
  facilitator: boolean;
  second: boolean;
  host: boolean;
};

export type PartyView = { partyId: string; kind: PartyKind; name: string; hostId: string | null };

/** What everybody who was let in sees of the room. */
export type RoomView = {
  title: string;
  stage: Stage;
  doorOpen: boolean;
  facilitator: string;
  parties: PartyView[];
  people: SeatView[];
  /** The minutes that there are in all; null where nobody said. */
  minutes: number | null;
  /** How many people have sealed something that nobody talks about yet. */
  proposedBeforehand: number;
  /** Set where the matrix was archived: nothing is settled on it then. */
  archived: boolean;
};

/** One line of the plan. */
export type PlanView = {
  itemId: string;
  subject: Subject;
  /** The duty's code; empty for a path. */
  code: string;
  text: string;
  /** The name of the duty's domain; of a path “Escalation”. */
  domain: string;
  minutes: number;
  spentMs: number;
  status: ItemStatus;
  /** What the reveal showed; null before it. */
  outcome: Outcome | null;
  settlement: Settlement | null;
  /** What is on the table: what both agree on is confirmed from the list, without being talked about. */
  settling: SettlingView | null;
  /** Whether anything was said about it, so that it stays in the plan. */
  fixed: boolean;
  /** Whether it was deleted from the board. */
  deleted: boolean;
};

/** What there is to read of an item, whenever it is talked about. */
export type ReadingView = {
  itemId: string;
  question: string;
  doneWhen: string;
  today: Today;
  /** How a path is written, line by line; empty for a duty. */
  written: string[];
};

/** A party's picture after the reveal, with the reasons of whoever said so. */
export type PictureView = Picture & { partyId: string; reasons: { label: string; reason: string }[] };

export type VoiceView = {
  participantId: string;
  label: string;
  partyId: string;
  forParty: boolean;
  choice: Choice;
  reason: string;
};

/** What is shown after the reveal, and never before. */
export type RevealView = {
  why: "all" | "timer" | "facilitator";
  /** The names of those who had not sealed. */
  leftOut: string[];
  outcome: Outcome;
  /** The client's, then the provider's. */
  pictures: PictureView[];
  voices: VoiceView[];
};

/** What is on the table: each host confirms it by its number. */
export type SettlingView = {
  number: number;
  settlement: Settlement;
  /** The ids of the parties whose host has confirmed. */
  confirmed: string[];
  /** Set where the board changed since, so that the facilitator has to look again before anybody confirms. */
  outdated: boolean;
};

/** The item that is talked about. */
export type CurrentView = {
  itemId: string;
  subject: Subject;
  /** Its place in the plan, from 1. */
  place: number;
  status: ItemStatus;
  question: string;
  doneWhen: string;
  today: Today;
  reserved: boolean;
  /** How the board has it at this moment, by ids of parties. */
  board: { does: string[]; answers: string | null; boundary: string } | null;
  /** What the board keeps of it until it is settled anew, also where it was reopened, in a sentence; empty where nothing is agreed. */
  boardWords: string;
  /** The hash of the terms, which a settlement sends back; null where it was deleted. */
  terms: string | null;
  seats: { participantId: string; sealed: boolean; forParty: boolean }[];
  /** Who would be left out if it were revealed at this moment, in a sentence; empty where nobody would. */
  leavesOut: string;
  revealed: RevealView | null;
  settling: SettlingView | null;
  previousId: string | null;
  nextId: string | null;
};

/** The time of the current item and of the whole, for a clock that runs in the browser. */
export type TimerView = {
  phase: "propose" | "settle";
  /** The time that this phase has, and what of it is spent without what is running, in milliseconds. */
  limitMs: number;
  spentMs: number;
  /** Since when it runs, in milliseconds since 1970; null while it is paused. */
  runningSince: number | null;
  /** The time of the whole workshop; null where nobody said how much there is. */
  wholeMs: number | null;
  wholeSpentMs: number;
};

/** What is the viewer's alone. */
export type YoursView = {
  participantId: string;
  label: string;
  partyId: string;
  state: "waiting" | "in";
  /** What they sealed and what isn't revealed, and whether it is for their whole party. */
  proposals: (OwnProposal & { forParty: boolean })[];
  /** What they may do at this moment besides proposing. */
  may: {
    lead: boolean;
    takeOver: boolean;
    /** Whether the seat of their party's host is free, and theirs to take. */
    host: boolean;
    /** The number of what they are asked to confirm for their party; null where nothing is. */
    confirm: number | null;
    /** What was their last step, in a sentence, where they may take it back; null where there is nothing to take back. */
    undo: string | null;
  };
  /** Whom they may let in. */
  waiting: { participantId: string; label: string; partyId: string }[];
};

/** How many duties of a domain there are to settle, and on how many both sides agreed. */
export type DomainProgress = { domainId: string; name: string; duties: number; agreed: number };

/** What only the projector shows, for whoever leads. */
export type LeadView = {
  domains: DomainProgress[];
  /** Items that aren't revealed and somebody has sealed for: how many have, and how many a reveal would leave out. */
  sealed: { itemId: string; sealed: number; leftOut: number }[];
  /** What both sides said alike and isn't on the table yet, as it would be put there. A shared duty may need its boundary note first. */
  agreed: { itemId: string; settlement: Settlement; needsBoundary: boolean }[];
};

/**
 * What one viewer sees, in parts: a stream sends those that changed. Whoever waits at the door has `yours` and the
 * title alone.
 */
export type WorkshopView = {
  title: string;
  stage: Stage;
  room: RoomView | null;
  plan: PlanView[];
  /** Of all items of the plan. It changes with the board alone, so that a stream seldom sends it. */
  reading: ReadingView[];
  current: CurrentView | null;
  timer: TimerView | null;
  yours: YoursView | null;
  /** Null for everybody but the projector. */
  lead: LeadView | null;
  /** Items that were revealed and aren't settled, those first that need talking about most. */
  differences: string[];
};
