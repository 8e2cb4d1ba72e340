import { dayWords } from "../day-words";
import type { Matrix } from "../matrix/matrix";
import { onBoard } from "./board";
import { itemOutcome } from "./differences";
import type { Outcome } from "./outcome";
import { labelOf } from "./people";
import type { Item, Settlement, Voice, Workshop } from "./shapes";
import { statusOf } from "./view";
import type { ItemStatus } from "./view-types";

const HOUR_MS = 60 * 60_000;

/** One item in the minutes. */
export type MinutesItem = {
  itemId: string;
  code: string;
  text: string;
  status: ItemStatus;
  outcome: Outcome | null;
  /** What was settled, parked or disputed, in a sentence; empty where nothing was. */
  words: string;
  /** The reasons that were given, with whose they are. */
  reasons: { label: string; reason: string }[];
  /** Who confirmed it, with the party. */
  confirmedBy: { party: string; label: string }[];
  /** Who had not sealed when it was revealed. */
  leftOut: string[];
  spentMs: number;
};

/** What a workshop comes to, at any moment: one that nobody ended has its minutes too. */
export type WorkshopMinutes = {
  title: string;
  openedAt: number | null;
  endedAt: number | null;
  facilitator: string;
  tookPart: { label: string; party: string; guest: boolean }[];
  settled: MinutesItem[];
  parked: MinutesItem[];
  disputed: MinutesItem[];
  /** What was planned, and neither settled, parked nor disputed. */
  left: MinutesItem[];
  spentMs: number;
  /** How many were settled in an hour of talking; null where less than a minute was. */
  settledAnHour: number | null;
};

/** The minutes of a workshop as it stands. Nothing that wasn't revealed is in them. */
export function minutesOf(workshop: Workshop, matrix: Matrix): WorkshopMinutes {
  const items = workshop.items.map((item) => minutesItem(workshop, matrix, item));
  const of = (status: ItemStatus) => items.filter((item) => item.status === status);
  const spentMs = items.reduce((sum, item) => sum + item.spentMs, 0);
  const settled = of("settled");
  return {
    title: workshop.title,
    openedAt: workshop.openedAt,
    endedAt: workshop.endedAt,
    facilitator: labelOf(workshop, workshop.facilitatorId),
    tookPart: workshop.participants
      .filter(({ state }) => state !== "waiting")
      .map(({ label, partyId, member }) => ({ label, party: partyName(matrix, partyId), guest: !member })),
    settled,
    parked: of("parked"),
    disputed: of("disputed"),
    left: items.filter(({ status }) => !["settled", "parked", "disputed"].includes(status)),
    spentMs,
    settledAnHour: settledAnHour(settled.length, spentMs),
  };
}

/** How many items were settled in an hour of talking, to one decimal; null where less than a minute was talked. */
export function settledAnHour(settled: number, spentMs: number): number | null {
  return spentMs < 60_000 ? null : Math.round((settled * HOUR_MS * 10) / spentMs) / 10;
}

function minutesItem(workshop: Workshop, matrix: Matrix, item: Item): MinutesItem {
  const found = onBoard(matrix, item.subject);
  return {
    itemId: item.id,
    code: found?.kind === "duty" ? found.duty.code : "",
    text: found?.kind === "duty" ? found.duty.text : (found?.name ?? "Deleted from the board"),
    status: statusOf(workshop, item),
    outcome: itemOutcome(workshop, item),
    words: item.settled ? settlementWords(matrix, item.settled.settlement) : "",
    reasons: reasonsOf(workshop, item.revealed?.voices ?? []),
    confirmedBy: Object.entries(item.settled?.confirmed ?? {}).map(([partyId, id]) => ({
      party: partyName(matrix, partyId),
      label: labelOf(workshop, id),
    })),
    leftOut: (item.revealed?.leftOut ?? []).map((id) => labelOf(workshop, id)),
    spentMs: item.spentMs,
  };
}

function reasonsOf(workshop: Workshop, voices: readonly Voice[]): { label: string; reason: string }[] {
  return voices.flatMap(({ participantId, proposal: { reason } }) =>
    reason === "" ? [] : [{ label: labelOf(workshop, participantId), reason }],
  );
}

function partyName(matrix: Pick<Matrix, "parties">, partyId: string): string {
  return matrix.parties.find(({ id }) => id === partyId)?.name ?? "a party that was taken out";
}

/** A settlement in a sentence. */
export function settlementWords(matrix: Pick<Matrix, "parties">, settlement: Settlement): string {
  switch (settlement.kind) {
    case "split": {
      const doers = settlement.does.map((id) => partyName(matrix, id)).join(" and ");
      const verb = settlement.does.length === 1 ? "does it" : "do it";
      const boundary = settlement.boundary === "" ? "" : ` Boundary: ${settlement.boundary}`;
      return `${partyName(matrix, settlement.answers)} answers, ${doers} ${verb}.${boundary}`;
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
