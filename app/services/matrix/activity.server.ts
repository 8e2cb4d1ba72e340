import {
  DRILL_EVENTS,
  entriesOfDuty,
  entriesOfMatrix,
  SIGNING_EVENTS,
  type LogEntryRow,
  type LogEvent,
  WORKSHOP_EVENTS,
} from "~/db/activity-log.server";
import { read } from "~/db/client.server";
import { isReopened } from "~/domain/agreement/agreement";
import {
  describeStep,
  describeStructure,
  describeTerm,
  type LoggedDutyChange,
  type LoggedCellChange,
} from "~/domain/changes/describe-log";
import { describeSigning } from "~/domain/changes/describe-signing";
import { invertDiff } from "~/domain/changes/diff";
import type { CollectionDiff, MatrixDiff } from "~/domain/changes/diff-schema";
import type { Duty } from "~/domain/matrix/shapes";
import { chosenWords, formatWords } from "~/domain/pack/report-parts";
import { termChangesSince } from "~/domain/changes/reopened";
import { dayWords } from "~/domain/day-words";
import { drillCalled } from "~/domain/escalation/drills";
import { quoted } from "~/domain/text";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";

const HISTORY_PAGE = 20;
const ACTIVITY_PAGE = 50;
/** How many steps of a duty are read to find what reopened a mark. */
const REOPENED_DEPTH = 200;
/** How many duties an entry names; of more, it says how many. */
const NAMED_DUTIES = 8;

/** A step in a duty's history. `inverse` is the diff that undoes this duty's part of it. */
type HistoryEntry = {
  id: string;
  revision: number;
  at: string;
  actorName: string;
  undo: boolean;
  /** How it reached the matrix from a workshop, in a sentence; null where it was made on the board. */
  workshop: string | null;
  change: LoggedDutyChange;
  inverse: MatrixDiff;
};
/** A page of a duty's history. */
export type History = {
  entries: HistoryEntry[];
  /** The revision before which the next page begins; null on the last page. */ older: number | null;
};

/** A duty's history in this matrix, newest first, a page at a time. */
export async function dutyHistory(
  actor: Actor,
  matrixId: string,
  dutyId: string,
  before: number | null,
): Promise<History> {
  const { matrix } = await matrixFor(read, actor, matrixId, "read");
  const rows = await entriesOfDuty(read, matrixId, dutyId, { before, take: HISTORY_PAGE });
  const entries = rows
    .slice(0, HISTORY_PAGE)
    .flatMap(({ id, revision, at, actorName, undo, detail, diff }): HistoryEntry[] => {
      const part: MatrixDiff = { fields: {}, duties: changesOfDuty(diff, dutyId) };
      const [change] = describeStep(matrix, part);
      const workshop = workshopStepWords(detail);
      return change ? [{ id, revision, at, actorName, undo, workshop, change, inverse: invertDiff(part) }] : [];
    });
  return { entries, older: rows.length > HISTORY_PAGE ? (rows[HISTORY_PAGE - 1]?.revision ?? null) : null };
}

/**
 * Why a party's mark no longer holds: each term that differs from what was marked, with the person who changed it last.
 */
export type Reopening = {
  partyId: string;
  changes: { term: LoggedCellChange | string; actorName: string; at: string }[];
};

/** Why marks of a duty no longer hold. Left out are marks that hold, and those made before the steps that are read. */
export async function whatReopened(actor: Actor, matrixId: string, dutyId: string): Promise<Reopening[]> {
  const { matrix } = await matrixFor(read, actor, matrixId, "read");
  const duty = matrix.duties.find(({ id }) => id === dutyId);
  const reopened = duty ? Object.keys(duty.marks).filter((partyId) => isReopened(matrix, duty, partyId)) : [];
  if (!duty || reopened.length === 0) return [];
  const rows = await entriesOfDuty(read, matrixId, dutyId, { before: null, take: REOPENED_DEPTH });
  const steps = rows.map(({ actorName, at, diff }) => ({
    actorName,
    at,
    fields: diff.duties?.changed.find(({ id }) => id === dutyId)?.fields ?? {},
  }));
  return reopened.flatMap((partyId): Reopening[] => {
    const mark = duty.marks[partyId];
    const changes = mark ? termChangesSince(matrix, duty, mark, steps) : null;
    return changes
      ? [
          {
            partyId,
            changes: changes.map(({ path, before, after, actorName, at }) => ({
              term: describeTerm(matrix, path, before, after),
              actorName,
              at,
            })),
          },
        ]
      : [];
  });
}

/** The part of a diff that concerns one duty. */
function changesOfDuty(diff: MatrixDiff, dutyId: string): CollectionDiff<Duty> {
  const ofDuty = <T extends { id: string }>(items: readonly T[] | undefined) =>
    (items ?? []).filter(({ id }) => id === dutyId);
  const { added, removed, changed, placedBefore, placedAfter } = diff.duties ?? {};
  return {
    added: ofDuty(added),
    removed: ofDuty(removed),
    changed: ofDuty(changed),
    placedBefore: ofDuty(placedBefore),
    placedAfter: ofDuty(placedAfter),
  };
}

/** The kinds of events by which the activity can be filtered. */
export const ACTIVITY_KINDS = ["edits", "people", "workshops", "versions", "downloads"] as const;
type ActivityKind = (typeof ACTIVITY_KINDS)[number];

const EVENTS: Record<ActivityKind, readonly LogEvent[]> = {
  edits: ["draft.edited"],
  people: [
    "person.added",
    "person.changed",
    "person.removed",
    "person.restored",
    "role.held",
    "role.ended",
    "absence.added",
    "absence.removed",
    "rota.saved",
    "rota.imported",
    "rota.removed",
    "rota.covered",
    "rota.uncovered",
    ...DRILL_EVENTS,
  ],
  workshops: WORKSHOP_EVENTS,
  versions: ["matrix.created", "matrix.archived", "matrix.returned", "version.published", ...SIGNING_EVENTS],
  downloads: [
    "draft.exported",
    "version.exported",
    "people.exported",
    "card.exported",
    "calendar.exported",
    "minutes.exported",
  ],
};

/** An entry of the activity. An edit has no sentence; its changes are in `duties` and `others`. */
export type ActivityEntry = {
  id: string;
  at: string;
  actorName: string;
  undo: boolean;
  sentence: string | null;
  /** The id of the workshop that it is about, whose minutes are linked. */
  workshopId: string | null;
  duties: LoggedDutyChange[];
  /** How many more duties were changed than are named. */ more: number;
  others: string[];
};
/** A page of the activity. */
export type Activity = {
  entries: ActivityEntry[];
  people: string[];
  duty: { id: string; code: string; text: string } | null;
  /** The entry behind which the next page begins; null on the last page. */ older: string | null;
};

/** The activity of a matrix, newest first, a page at a time. */
export async function listActivity(
  actor: Actor,
  matrixId: string,
  filter: {
    person: string;
    kind: ActivityKind | null;
    dutyId: string;
    after: string | null;
    /** What others did after a moment, in ISO 8601; without it everything. */ since?: string | null;
  },
): Promise<Activity> {
  const { matrix, engagementId } = await matrixFor(read, actor, matrixId, "read");
  const { person, kind, dutyId, after, since } = filter;
  const rows = await entriesOfMatrix(
    read,
    matrixId,
    {
      person,
      dutyId,
      events: kind && EVENTS[kind],
      others: since ? { since: new Date(since), except: actor.userId } : null,
    },
    { after, take: ACTIVITY_PAGE },
  );
  const members = await read.user.findMany({
    where: { members: { some: { engagementId } } },
    select: { name: true },
    orderBy: { name: "asc" },
  });
  const workshops = await workshopIds(matrixId, rows);
  const entries = rows.slice(0, ACTIVITY_PAGE).map((row): ActivityEntry => {
    const duties = describeStep(matrix, row.diff);
    return {
      id: row.id,
      at: row.at,
      actorName: row.actorName,
      undo: row.undo,
      sentence: eventSentence(row),
      workshopId: workshops.get(Number(row.detail.workshop)) ?? null,
      duties: duties.slice(0, NAMED_DUTIES),
      more: Math.max(0, duties.length - NAMED_DUTIES),
      others: describeStructure(matrix, row.diff),
    };
  });
  const duty = matrix.duties.find(({ id }) => id === dutyId);
  return {
    entries,
    people: members.map(({ name }) => name),
    duty: duty ? { id: duty.id, code: duty.code, text: duty.text } : null,
    older: rows.length > ACTIVITY_PAGE ? (entries.at(-1)?.id ?? null) : null,
  };
}

/** The ids of the workshops that entries are about, by their numbers. */
async function workshopIds(matrixId: string, rows: readonly LogEntryRow[]): Promise<Map<number, string>> {
  const numbers = [
    ...new Set(rows.flatMap(({ detail }) => (detail.workshop === undefined ? [] : [Number(detail.workshop)]))),
  ];
  if (numbers.length === 0) return new Map();
  const workshops = await read.workshop.findMany({
    where: { matrixId, number: { in: numbers } },
    select: { id: true, number: true },
  });
  return new Map(workshops.map(({ id, number }) => [number, id]));
}

/** Hours of a rota, from the first time to the last. */
function coveredWords({ from, to, times }: LogEntryRow["detail"]): string {
  const said = (wall: string | number | undefined) => {
    const [day = "", time = ""] = String(wall).split("T");
    return [dayWords(day), time].filter(Boolean).join(" ");
  };
  return `from ${said(from)} to ${said(to)}${Number(times) > 1 ? `, ${times} times` : ""}`;
}

function daysAwayWords({ from, to }: LogEntryRow["detail"]): string {
  const [first, last] = [from, to].map((day) => dayWords(String(day)));
  return from === to ? `on ${first}` : `from ${first} to ${last}`;
}

function cardSentence({ path, contacts }: LogEntryRow["detail"]): string {
  const what = path ? `the call card of ${path}` : "the call cards of all paths";
  return `Downloaded ${what}, ${contacts === "yes" ? "with" : "without"} names and numbers.`;
}

/** How a step reached the matrix from a workshop, in a sentence; null where it was made on the board. */
function workshopStepWords({ workshop, as, client, provider }: LogEntryRow["detail"]): string | null {
  if (workshop === undefined) return null;
  switch (as) {
    case "parked":
      return `Parked in workshop ${workshop}.`;
    case "unparked":
      return `Took back in workshop ${workshop} that it was parked.`;
    case "disputed":
      return `Left as a dispute in workshop ${workshop}, with both positions confirmed by ${client} and ${provider}.`;
    default:
      return `Settled in workshop ${workshop}, confirmed by ${client} and ${provider}.`;
  }
}

function eventSentence({ event, detail }: LogEntryRow): string | null {
  switch (event) {
    case "draft.edited":
      return workshopStepWords(detail);
    case "workshop.prepared":
      return `Prepared workshop ${detail.workshop}.`;
    case "workshop.opened":
      return `Opened workshop ${detail.workshop}.`;
    case "workshop.led-by":
      return `Leads workshop ${detail.workshop} on, after ${detail.before}.`;
    case "workshop.ended":
      return `Ended workshop ${detail.workshop}: ${detail.settled} settled, ${detail.parked} parked, ${detail.disputed} disputed.`;
    case "matrix.created":
      return "Created the matrix.";
    case "matrix.archived":
      return "Archived the matrix.";
    case "matrix.returned":
      return "Brought the matrix back from the archive.";
    case "version.published":
      return `Published version ${detail.number ?? ""}.`;
    case "draft.exported":
      return `Downloaded the draft as ${formatWords(detail.format)}${chosenWords(detail.parts)}.`;
    case "version.exported":
      return `Downloaded version ${detail.number ?? ""} as ${formatWords(detail.format)}${chosenWords(detail.parts)}.`;
    case "people.exported":
      return `Downloaded the people as ${formatWords(detail.format)}.`;
    case "card.exported":
      return cardSentence(detail);
    case "minutes.exported":
      return `Downloaded the ${detail.format === "ics" ? "follow-ups" : "minutes"} of workshop ${detail.workshop} as ${formatWords(detail.format)}.`;
    case "calendar.exported":
      return `Downloaded the calendar ${quoted(String(detail.calendar))}`;
    case "person.added":
      return `Added ${detail.name} to the people.`;
    case "person.changed":
      return `Changed the contact of ${detail.name}: ${detail.fields ?? "something"}.`;
    case "person.removed":
      return `Removed ${detail.name} from the people.`;
    case "person.restored":
      return `Brought ${detail.name} back.`;
    case "role.held":
      return `${detail.name} holds the role ${detail.role} from ${dayWords(String(detail.since))}.`;
    case "role.ended":
      return `${detail.name} no longer holds the role ${detail.role}.`;
    case "absence.added":
      return `${detail.name} is away ${daysAwayWords(detail)}.`;
    case "absence.removed":
      return `${detail.name} is not away ${daysAwayWords(detail)} after all.`;
    case "rota.saved":
      return `Changed the rota of the role ${detail.role}.`;
    case "rota.imported":
      return `Imported ${detail.turns} ${detail.turns === 1 ? "turn" : "turns"} into the rota of the role ${detail.role}.`;
    case "rota.removed":
      return `Removed the rota of the role ${detail.role}.`;
    case "drill.recorded":
      return `Recorded ${drillCalled(detail)}.`;
    case "drill.corrected":
      return `Corrected what is recorded of ${drillCalled(detail)}.`;
    case "drill.removed":
      return `Deleted ${drillCalled(detail)}.`;
    case "drill.change-done":
      return `Done after ${drillCalled(detail)}: ${detail.change}`;
    case "drill.change-reopened":
      return `Not done yet after ${drillCalled(detail)}: ${detail.change}`;
    case "rota.covered":
      return `${detail.name} covers for the role ${detail.role} ${coveredWords(detail)}.`;
    case "rota.uncovered":
      return `${detail.name} does not cover for the role ${detail.role} after all, ${coveredWords(detail)}.`;
    default:
      return describeSigning(event, detail);
  }
}
