import { applyCommand } from "~/domain/editing/apply-command";
import type { Matrix } from "~/domain/matrix/matrix";
import { midnightOf } from "~/domain/cover/wall-time";
import { namesOnBoard } from "~/domain/workshop/minutes/minutes";
import { standingOf } from "~/domain/workshop/standing";
import { applyWorkshopEvent, begunWorkshop } from "~/domain/workshop/apply-workshop";
import { onBoard, settledCommands } from "~/domain/workshop/board";
import type { Change, WorkshopEvent } from "~/domain/workshop/events";
import type { Choice, Settlement, Subject, Workshop } from "~/domain/workshop/shapes";
import { daysLater } from "./sample-escalation";

/** A workshop that has been held: its events, the value that they lead to, and the matrix with what was settled. */
export type HeldWorkshop = { events: WorkshopEvent[]; workshop: Workshop; matrix: Matrix };

const SIDES = { client: "client", provider: "provider" };
const MINUTE_MS = 60_000;

/** Who took part, the facilitator first. The first of each party is its host. */
const PEOPLE = [
  { id: "luis", name: "Luis Ortega", partyId: "provider" },
  { id: "daniel", name: "Daniel Okafor", partyId: "client" },
  { id: "ruth", name: "Ruth Adeyemi", partyId: "client" },
  { id: "aisha", name: "Aisha Khan", partyId: "provider" },
] as const;

type Voice = [choice: Choice, reason: string];
type Talk = {
  subject: Subject;
  minutes: number;
  /** What was proposed, in the order of the people. */
  voices: readonly [Voice, Voice, Voice, Voice];
  ends: Settlement | { kind: "parked"; owner: string; inDays: number };
};

const duty = (id: string): Subject => ({ kind: "duty", id });
const split = (does: readonly string[], answers: string): Choice => ({ kind: "split", does: [...does], answers });
const CLIENT = split(["client"], "client");
const PROVIDER = split(["provider"], "provider");
const BOTH = split(["client", "provider"], "client");
const STANDS: Choice = { kind: "stands" };
const settled = (does: readonly string[], answers: string, boundary = ""): Settlement => ({
  kind: "split",
  does: [...does],
  answers,
  boundary,
});

/** What was talked about: agreed at once, gaps, overlaps, one parked, one that both keep seeing differently. */
const TALKS: readonly Talk[] = [
  {
    subject: duty("sup-01"),
    minutes: 3,
    voices: [
      [PROVIDER, "It comes in at our desk, so we log it."],
      [PROVIDER, ""],
      [PROVIDER, "Everybody has their number already."],
      [PROVIDER, ""],
    ],
    ends: settled(["provider"], "provider"),
  },
  {
    subject: duty("net-06"),
    minutes: 8,
    voices: [
      [CLIENT, "The alerts still go to the bakery's mailbox."],
      [PROVIDER, "We bought monitoring at any hour."],
      [PROVIDER, "Nobody of us is awake at three."],
      [CLIENT, ""],
    ],
    ends: settled(["provider"], "provider"),
  },
  {
    subject: duty("sup-06"),
    minutes: 9,
    voices: [
      [PROVIDER, "Our second line has the tools for it."],
      [CLIENT, "We know the tills and the scales."],
      [CLIENT, "I do this every day."],
      [PROVIDER, ""],
    ],
    ends: settled(
      ["client", "provider"],
      "client",
      "Merrow solves what can be solved remotely; Ashdown takes what needs hands in a shop. A ticket changes hands once.",
    ),
  },
  {
    subject: duty("iam-03"),
    minutes: 7,
    voices: [
      [PROVIDER, "We can close every account the same hour."],
      [BOTH, "HR tells us first, never Merrow."],
      [BOTH, ""],
      [BOTH, "We close accounts, but don't know who left."],
    ],
    ends: settled(
      ["client", "provider"],
      "client",
      "Ashdown's HR starts the clock with a ticket; Merrow removes all access within two hours and reports it there.",
    ),
  },
  {
    subject: duty("vul-02"),
    minutes: 4,
    voices: [
      [PROVIDER, ""],
      [PROVIDER, "Agreed last year already."],
      [PROVIDER, ""],
      [PROVIDER, ""],
    ],
    ends: settled(["provider"], "provider"),
  },
  {
    subject: duty("app-06"),
    minutes: 6,
    voices: [
      [CLIENT, "Only the bakery can say which are needed."],
      [{ kind: "not-sure" }, "We don't know yet what is in use."],
      [PROVIDER, "Merrow sees the traffic."],
      [{ kind: "not-sure" }, ""],
    ],
    ends: { kind: "parked", owner: "Ruth Adeyemi", inDays: 21 },
  },
  {
    subject: duty("sup-05"),
    minutes: 8,
    voices: [
      [CLIENT, "Travel to 14 shops isn't in the price."],
      [PROVIDER, "Two people can't be on the road all day."],
      [PROVIDER, ""],
      [CLIENT, ""],
    ],
    ends: {
      kind: "dispute",
      positions: {
        client: "Merrow provides hands on site in all shops; the team of two is needed in the office.",
        provider: "Ashdown provides hands on site; visits by Merrow are charged by the hour.",
      },
    },
  },
  {
    subject: { kind: "path", id: "s1" },
    minutes: 3,
    voices: [
      [STANDS, ""],
      [STANDS, "Tried in the drill, and it held."],
      [STANDS, ""],
      [STANDS, ""],
    ],
    ends: { kind: "stands" },
  },
];

/** Planned, and not reached. */
const LEFT: readonly Subject[] = [duty("bck-05"), duty("chg-02")];

/** The onboarding workshop of the sample, held nine days before it is opened. */
export function sampleWorkshop(matrix: Matrix, today: string): HeldWorkshop {
  const [facilitator, ...others] = PEOPLE;
  const start = midnightOf(daysLater(today, -9)) + 9 * 60 * MINUTE_MS;
  const begin = {
    type: "begin" as const,
    title: "Onboarding workshop",
    sides: SIDES,
    participantId: facilitator.id,
    name: facilitator.name,
    partyId: facilitator.partyId,
  };
  const held = holding(begin, matrix, start - 3 * 24 * 60 * MINUTE_MS);
  const items = [...TALKS.map(({ subject }) => subject), ...LEFT].map((subject, i) => ({
    id: `item-${i + 1}`,
    subject,
    minutes: 8,
  }));
  held.happens(start, facilitator.id, { type: "plan", title: begin.title, minutes: 90, items });
  held.happens(start, facilitator.id, { type: "open" });
  for (const { id, name, partyId } of others)
    held.happens(start, id, { type: "join", participantId: id, name, partyId, member: true, admitted: true });
  for (const id of [facilitator.id, "daniel"]) held.happens(start, id, { type: "host", participantId: id });
  let now = start + 5 * MINUTE_MS;
  TALKS.forEach((talk, i) => {
    talkedAbout(held, `item-${i + 1}`, talk, now, today);
    now += talk.minutes * MINUTE_MS;
  });
  held.happens(now + 2 * MINUTE_MS, facilitator.id, {
    type: "end",
    names: namesOnBoard(held.now().workshop, held.now().matrix),
  });
  return held.now();
}

type Holding = ReturnType<typeof holding>;

/** A workshop to which things happen one after the other, on a matrix that changes with what is settled. */
function holding(begin: Extract<Change, { type: "begin" }>, before: Matrix, at: number) {
  let workshop = taken(begunWorkshop(begin));
  let matrix = before;
  const events: WorkshopEvent[] = [{ by: begin.participantId, at, change: begin }];
  return {
    happens(when: number, by: string | null, change: Change): void {
      const event = { by, at: when, change };
      workshop = taken(applyWorkshopEvent(workshop, event));
      events.push(event);
    },
    /** Brings what was settled of an item to the matrix, as it is when both hosts have confirmed. */
    settles(subject: Subject, settlement: Settlement): void {
      for (const command of taken(settledCommands(matrix, { subject }, settlement, SIDES)))
        matrix = taken(applyCommand(matrix, command));
    },
    now: (): HeldWorkshop => ({ events, workshop, matrix }),
  };
}

function talkedAbout(
  held: Holding,
  itemId: string,
  { subject, minutes, voices, ends }: Talk,
  at: number,
  today: string,
) {
  const [facilitator] = PEOPLE;
  const end = at + minutes * MINUTE_MS;
  const revealed = at + Math.floor(minutes / 2) * MINUTE_MS;
  held.happens(at, facilitator.id, { type: "go", itemId });
  const said = PEOPLE.map(({ id }, i) => {
    const [choice, reason] = voices[i] ?? [{ kind: "not-sure" as const }, ""];
    return { participantId: id, forParty: false, proposal: { choice, reason } };
  });
  for (const { participantId } of said)
    held.happens(revealed, participantId, { type: "seal", itemId, forParty: false });
  held.happens(revealed, null, { type: "reveal", itemId, why: "all", voices: said });
  if (ends.kind === "parked") {
    const settlement: Settlement = { kind: "park", owner: ends.owner, until: daysLater(today, ends.inDays) };
    const standing = standingOf(held.now().matrix, subject);
    held.happens(end, facilitator.id, {
      type: "park",
      itemId,
      owner: settlement.owner,
      until: settlement.until,
      standing,
    });
    return held.settles(subject, settlement);
  }
  const { workshop, matrix } = held.now();
  const terms = onBoard(matrix, subject)?.terms ?? null;
  held.happens(end, facilitator.id, { type: "settle", itemId, settlement: ends, terms });
  const number = workshop.lastNumber + 1;
  for (const id of [facilitator.id, "daniel"]) held.happens(end, id, { type: "confirm", itemId, number });
  held.settles(subject, ends);
}

function taken<T>(result: { ok: true; value: T } | { ok: false; rejection: { message: string } }): T {
  if (!result.ok) throw new Error(result.rejection.message);
  return result.value;
}
