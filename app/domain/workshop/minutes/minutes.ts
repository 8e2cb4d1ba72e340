import type { Matrix } from "../../matrix/matrix";
import type { PartyKind } from "../../matrix/shapes";
import { onBoard } from "../board";
import { itemOutcome } from "../differences";
import { pictureOf, sameChoice, voicesOf, type Outcome } from "../outcome";
import { hostedBy, isFacilitator, labelOf } from "../people";
import { partyName, settlementWords } from "../settlement-words";
import type { Choice, Item, Names, Settlement, Stage, Subject, Voice, Workshop } from "../shapes";
import { boardWords } from "../standing";
import { statusOf } from "../view/view";
import type { ItemStatus } from "../view/view-types";

/** The parties, by whose ids proposals and settlements name them. */
type Parties = { parties: readonly { id: string; name: string }[] };

const HOUR_MS = 60 * 60_000;

/** How a side saw an item when it was revealed, and whether it was settled otherwise. */
type MinutesPicture = { party: string; words: string; overruled: boolean };

/** One item in the minutes. */
export type MinutesItem = {
  itemId: string;
  /** The duty's code; empty for a path. */
  code: string;
  text: string;
  status: ItemStatus;
  outcome: Outcome | null;
  /** What the client's and the provider's people proposed; empty where nothing was revealed. */
  pictures: MinutesPicture[];
  /** What was settled, parked or disputed, in a sentence; empty where nothing was. */
  words: string;
  /** The reasons that were given, with whose they are. */
  reasons: { label: string; reason: string }[];
  /** Who answers and who does it by a split that was settled, and its boundary note; null where no split was. */
  split: { words: string; boundary: string } | null;
  /** Who takes it up again, and on which day; null for what isn't parked. */
  parked: { owner: string; until: string; at: number } | null;
  /** What each side holds; empty for what isn't disputed. */
  positions: { party: string; position: string }[];
  /** What the board keeps of an item that isn't settled, in a sentence; empty where nothing is agreed there. */
  board: string;
  /** Who confirmed it, with the party. */
  confirmedBy: { party: string; label: string }[];
  /** Who had not sealed when it was revealed. */
  leftOut: string[];
  spentMs: number;
};

/** Somebody who took part. Whoever left before the end is among them. */
type MinutesPerson = {
  label: string;
  party: string;
  kind: PartyKind;
  guest: boolean;
  facilitator: boolean;
  host: boolean;
};

/** What a workshop comes to, at any moment: one that nobody ended has its minutes too. */
export type WorkshopMinutes = {
  title: string;
  stage: Stage;
  client: string;
  provider: string;
  openedAt: number | null;
  endedAt: number | null;
  facilitator: string;
  tookPart: MinutesPerson[];
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
  const names = workshop.names ?? namesOnBoard(workshop, matrix);
  const items = workshop.items.map((item) => minutesItem(workshop, names, item));
  const of = (status: ItemStatus) => items.filter((item) => item.status === status);
  const spentMs = items.reduce((sum, item) => sum + item.spentMs, 0);
  const settled = of("settled");
  return {
    title: workshop.title,
    stage: workshop.stage,
    client: partyName(names, workshop.sides.client),
    provider: partyName(names, workshop.sides.provider),
    openedAt: workshop.openedAt,
    endedAt: workshop.endedAt,
    facilitator: labelOf(workshop, workshop.facilitatorId),
    tookPart: workshop.participants
      .filter(({ state }) => state !== "waiting")
      .map(({ id, label, partyId, member }) => ({
        label,
        party: partyName(names, partyId),
        kind: names.parties.find((party) => party.id === partyId)?.kind ?? "third-party",
        guest: !member,
        facilitator: isFacilitator(workshop, id),
        host: hostedBy(workshop, id) !== null,
      })),
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

/** What the minutes of a workshop take from the board as it is. */
export function namesOnBoard({ items }: Pick<Workshop, "items">, matrix: Matrix): Names {
  return {
    items: Object.fromEntries(
      items.flatMap(({ id, subject }) => {
        const called = calledOnBoard(matrix, subject);
        return called ? [[id, { ...called, board: boardWords(matrix, subject) }]] : [];
      }),
    ),
    parties: matrix.parties.map(({ id, kind, name }) => ({ id, kind, name })),
  };
}

/** Of a deleted duty the board keeps what was marked, and so what it is called. */
function calledOnBoard(matrix: Matrix, subject: Subject): { code: string; text: string } | null {
  const found = onBoard(matrix, subject);
  if (found?.kind === "path") return { code: "", text: found.name };
  const duty =
    found?.duty ?? (Object.hasOwn(matrix.deleted, subject.id) ? matrix.deleted[subject.id]?.duty : undefined);
  return duty ? { code: duty.code, text: duty.text } : null;
}

function namedItem({ items }: Names, itemId: string): Names["items"][string] {
  const named = Object.hasOwn(items, itemId) ? items[itemId] : undefined;
  return named ?? { code: "", text: "Deleted from the board", board: "" };
}

function minutesItem(workshop: Workshop, names: Names, item: Item): MinutesItem {
  const { code, text, board } = namedItem(names, item.id);
  const settlement = item.settled?.settlement ?? null;
  return {
    itemId: item.id,
    code,
    text,
    status: statusOf(workshop, item),
    outcome: itemOutcome(workshop, item),
    pictures: picturesOf(workshop, names, item),
    split:
      settlement?.kind === "split"
        ? { words: settlementWords(names, { ...settlement, boundary: "" }), boundary: settlement.boundary }
        : null,
    parked:
      settlement?.kind === "park"
        ? { owner: settlement.owner, until: settlement.until, at: item.settled?.at ?? 0 }
        : null,
    positions:
      settlement?.kind === "dispute"
        ? Object.entries(settlement.positions).map(([partyId, position]) => ({
            party: partyName(names, partyId),
            position,
          }))
        : [],
    board: item.settled ? "" : board,
    words: item.settled ? settlementWords(names, item.settled.settlement) : "",
    reasons: reasonsOf(workshop, item.revealed?.voices ?? []),
    confirmedBy: [workshop.sides.client, workshop.sides.provider].flatMap((partyId) => {
      const id = item.settled?.confirmed[partyId];
      return id === undefined ? [] : [{ party: partyName(names, partyId), label: labelOf(workshop, id) }];
    }),
    leftOut: (item.revealed?.leftOut ?? []).map((id) => labelOf(workshop, id)),
    spentMs: item.spentMs,
  };
}

function picturesOf(workshop: Workshop, names: Names, item: Item): MinutesPicture[] {
  const { revealed, settled } = item;
  if (!revealed) return [];
  return [workshop.sides.client, workshop.sides.provider].flatMap((partyId): MinutesPicture[] => {
    const voices = voicesOf(workshop.participants, revealed.voices, partyId);
    if (voices.length === 0) return [];
    const { choice } = pictureOf(voices);
    const overruled = settled !== null && choice !== null && isOverruled(choice, settled.settlement);
    return [{ party: partyName(names, partyId), words: choice ? choiceWords(names, choice) : "Divided.", overruled }];
  });
}

/** Whether something else was settled than a side had proposed. What is parked or disputed overrules nobody. */
function isOverruled(choice: Choice, settlement: Settlement): boolean {
  if (choice.kind === "not-sure" || settlement.kind === "park" || settlement.kind === "dispute") return false;
  return !sameChoice(choice, settlement);
}

/** What somebody proposed, in a sentence. */
function choiceWords(names: Parties, choice: Choice): string {
  switch (choice.kind) {
    case "split":
      return settlementWords(names, { ...choice, boundary: "" });
    case "stands":
      return "It stands as written.";
    case "change":
      return "It has to change.";
    case "not-sure":
      return "Not sure.";
  }
}

function reasonsOf(workshop: Workshop, voices: readonly Voice[]): { label: string; reason: string }[] {
  return voices.flatMap(({ participantId, proposal: { reason } }) =>
    reason === "" ? [] : [{ label: labelOf(workshop, participantId), reason }],
  );
}
