import { read } from "~/db/client.server";
import { recordOf, type RecordRow } from "~/db/record-store.server";
import { DRILL_EVENTS, SIGNING_EVENTS } from "~/db/activity-log.server";
import { csvOf } from "~/files/csv.server";
import { fileName } from "~/files/file-name";
import { describeSigning } from "~/domain/changes/describe-signing";
import { drillCalled, drillWords } from "~/domain/escalation/drills";
import { indexOf } from "~/domain/matrix/owner";
import { chosenWords, formatWords } from "~/domain/pack/report-parts";
import type { RecordFormat } from "~/paths";
import { quoted } from "~/domain/text";
import type { Actor } from "../who/actor.server";
import type { ExportedFile } from "../pack/pack-writing.server";
import { matrixFor } from "../who/matrix-access.server";

/** How many entries a page has, or a few more. */
const PAGE = 100;
/** How many entries can have the same moment: one change writes a few. */
const SAME_MOMENT = 50;
/** The most entries in a file. */
const MOST = 100_000;

/** An entry of the record; `sentence` says what happened. */
type RecordEntry = { id: string; at: string; actorName: string; event: string; sentence: string };
/** A page of the record. */
export type RecordView = {
  entries: RecordEntry[];
  /** The moment before which the next page begins; null on the last page. */ older: string | null;
};

/**
 * The record of the engagement of a matrix: who got access, from whom, what was sent, signed and downloaded, and which drills took place; newest
 * first, a page at a time.
 */
export async function listRecord(actor: Actor, matrixId: string, before: Date | null): Promise<RecordView> {
  const { engagementId } = await matrixFor(read, actor, matrixId, "record");
  const rows = await rowsOf(engagementId, before, PAGE + SAME_MOMENT);
  // Entries of the same moment stay on one page, because the next page is asked for by moment.
  let end = Math.min(PAGE, rows.length);
  while (end < rows.length && rows[end]?.at === rows[end - 1]?.at) end++;
  return { entries: rows.slice(0, end).map(entryOf), older: rows.length > end ? (rows[end - 1]?.at ?? null) : null };
}

/** The whole record as a file: CSV, or JSON Lines. */
export async function exportRecord(actor: Actor, matrixId: string, format: RecordFormat): Promise<ExportedFile> {
  const { engagementId, matrix } = await matrixFor(read, actor, matrixId, "record");
  const entries = (await rowsOf(engagementId, null, MOST)).map(entryOf);
  const { client, provider } = indexOf(matrix);
  const name = fileName([client?.name ?? "", provider?.name ?? ""], ["record"], format);
  const text =
    format === "csv"
      ? csvOf([
          ["When (UTC)", "Who", "Event", "What"],
          ...entries.map(({ at, actorName, event, sentence }) => [at, actorName, event, sentence]),
        ])
      : entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
  return {
    name,
    type: format === "csv" ? "text/csv; charset=utf-8" : "application/jsonl; charset=utf-8",
    bytes: new TextEncoder().encode(text),
  };
}

async function rowsOf(engagementId: string, before: Date | null, take: number): Promise<RecordRow[]> {
  const matrices = await read.matrix.findMany({ where: { engagementId }, select: { id: true, title: true } });
  const titles = new Map(matrices.map(({ id, title }) => [id, title]));
  const logRows = await read.logEntry.findMany({
    where: {
      matrixId: { in: [...titles.keys()] },
      event: {
        in: [
          "version.published",
          ...SIGNING_EVENTS,
          ...DRILL_EVENTS,
          "draft.exported",
          "version.exported",
          "people.exported",
          "card.exported",
          "calendar.exported",
          "minutes.exported",
        ],
      },
      ...(before ? { at: { lt: before } } : {}),
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take,
    select: { id: true, at: true, event: true, actorName: true, detail: true, matrixId: true },
  });
  const fromLogs = logRows.map(({ id, at, event, actorName, detail, matrixId }): RecordRow => ({
    id,
    at: at.toISOString(),
    event,
    actorName,
    detail: { ...facts(detail), matrix: titles.get(matrixId) ?? "" },
  }));
  const recorded = await recordOf(read, engagementId, await staysOf(engagementId), before, take);
  return [...recorded, ...fromLogs].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, take);
}

/** The events that begin a person's access. The person is `aboutId`, or the actor where that is null. */
const BEGINNINGS = ["engagement.created", "member.joined", "member.added"];

/** The times in which each person had access. Their sign-ins in these times belong to the engagement's record. */
async function staysOf(engagementId: string): Promise<{ userId: string; from: Date | null; until: Date | null }[]> {
  const moves = await read.recordEntry.findMany({
    where: { engagementId, event: { in: [...BEGINNINGS, "member.removed", "member.left"] } },
    orderBy: { at: "asc" },
    select: { event: true, at: true, actorId: true, aboutId: true },
  });
  const members = await read.member.findMany({ where: { engagementId }, select: { userId: true, createdAt: true } });
  const departures = moves.filter(({ event }) => event === "member.removed" || event === "member.left");
  const pastStays = departures.flatMap(({ aboutId, at }) => {
    const joined = moves.findLast(
      (move) => BEGINNINGS.includes(move.event) && (move.aboutId ?? move.actorId) === aboutId && move.at <= at,
    );
    return aboutId ? [{ userId: aboutId, from: joined?.at ?? null, until: at }] : [];
  });
  return [...members.map(({ userId, createdAt }) => ({ userId, from: createdAt, until: null })), ...pastStays];
}

function facts(detail: unknown): Record<string, string | number | boolean> {
  const entries = Object.entries(typeof detail === "object" && detail !== null ? detail : {});
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string | number | boolean] =>
      ["string", "number", "boolean"].includes(typeof entry[1]),
    ),
  );
}

function entryOf({ id, at, event, actorName, detail }: RecordRow): RecordEntry {
  return {
    id,
    at,
    actorName,
    event,
    sentence: (SENTENCES[event] ?? ((facts) => describeSigning(event, facts) ?? event))(detail),
  };
}

type Facts = RecordRow["detail"];
const side = (detail: Facts) =>
  ({ client: "the client's side", provider: "the provider's side", "third-party": "a third party" })[
    String(detail.side)
  ] ?? "a side";

const METHODS: Record<string, string> = {
  password: " with a password",
  "second-factor": " with a password and a code",
  link: " by a link to their address",
  directory: " through their company's directory",
};

const SENTENCES: Record<string, (detail: Facts) => string> = {
  "engagement.created": (detail) => `Created the engagement, on ${side(detail)}.`,
  "engagement.brought-in": (detail) => `Made the engagement a client of ${detail.organisation}.`,
  "member.invited": (detail) => `Invited ${detail.email} as ${detail.permission}, to ${side(detail)}.`,
  "invitation.resent": (detail) => `Made a new link for the invitation of ${detail.email}.`,
  "invitation.revoked": (detail) => `Took back the invitation for ${detail.email}.`,
  "member.joined": (detail) => `Joined ${side(detail)} as ${detail.permission}, invited by ${detail.invitedBy}.`,
  "member.added": (detail) => `Let ${detail.name} in to ${side(detail)} as ${detail.permission}.`,
  "member.changed": (detail) => `Made ${detail.name} ${detail.to}; before: ${detail.from}.`,
  "member.signed-out": (detail) => `Ended every session of ${detail.name}.`,
  "account.recovered": (detail) =>
    `Took away the second factor of ${detail.name}, who had lost it, and ended their sessions.`,
  "member.removed": (detail) => `Took ${detail.name}'s access away (${detail.permission}, ${side(detail)}).`,
  "member.left": (detail) => `Left ${side(detail)} (${detail.permission}).`,
  "engagement.second-factor": (detail) =>
    detail.required === true ? "Asked everybody for a second factor." : "No longer asks for a second factor.",
  "link.made": (detail) =>
    `Made a read-only link for ${detail.label}: ${detail.shows === "draft" ? "the draft" : `version ${detail.shows}`}, ${detail.days} days${detail.password === true ? ", with a password" : ""}${detail.contacts === true ? ", with contacts" : ""}.`,
  "link.ended": (detail) => `Ended the read-only link for ${detail.label}.`,
  "calendar.made": (detail) => `Made a private address for the calendar ${quoted(String(detail.calendar))}`,
  "calendar.ended": (detail) => `Ended a calendar that ${detail.madeBy} had made.`,
  "session.opened": (detail) => `Signed in${METHODS[String(detail.method)] ?? ""}.`,
  "session.ended": () => "Signed out.",
  "session.refused": (detail) =>
    detail.method === "confirm"
      ? "Gave a wrong password where one confirms a step."
      : `A sign-in was refused: the ${detail.method === "password" ? "password" : "code"} was wrong.`,
  "signing.link-proved": (detail) =>
    `${detail.by ? `Entered a code that ${detail.by} passed on, as ${detail.email}` : `Proved the address ${detail.email} with a code`}, to sign version ${detail.number} of ${detail.matrix}.`,
  "workshop.guest-admitted": (detail) =>
    `Let ${detail.name} in to workshop ${detail.workshop} of ${detail.matrix} as a guest of ${detail.party}.`,
  "version.published": (detail) => `Published version ${detail.number} of ${detail.matrix}.`,
  "drill.recorded": (detail) => `Recorded ${drillCalled(detail)}. ${drillWords(detail)}`,
  "drill.corrected": (detail) => `Corrected what is recorded of ${drillCalled(detail)}. ${drillWords(detail)}`,
  "drill.removed": (detail) => `Deleted ${drillCalled(detail)}. It said: ${drillWords(detail)}`,
  "drill.change-done": (detail) => `Said that this is done after ${drillCalled(detail)}: ${detail.change}`,
  "drill.change-reopened": (detail) => `Said that this isn't done yet after ${drillCalled(detail)}: ${detail.change}`,
  "draft.exported": (detail) =>
    `Downloaded the draft of ${detail.matrix} as ${formatWords(detail.format)}${chosenWords(detail.parts)}.`,
  "card.exported": ({ path, contacts, matrix }) =>
    `Downloaded ${path ? `the call card of ${path}` : "the call cards"} of ${matrix}, ${contacts === "yes" ? "with" : "without"} names and numbers.`,
  "calendar.exported": (detail) => `Downloaded the calendar ${quoted(String(detail.calendar))}`,
  "minutes.exported": (detail) =>
    `Downloaded the ${detail.format === "ics" ? "follow-ups" : "minutes"} of workshop ${detail.workshop} of ${detail.matrix} as ${formatWords(detail.format)}.`,
  "version.exported": (detail) =>
    `Downloaded version ${detail.number} of ${detail.matrix} as ${formatWords(detail.format)}${chosenWords(detail.parts)}.`,
  "people.exported": (detail) => `Downloaded the people behind ${detail.matrix} as ${formatWords(detail.format)}.`,
};
