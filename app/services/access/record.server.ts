import { read } from "~/db/client.server";
import { recordOf, type RecordRow } from "~/db/record-store.server";
import { SIGNING_EVENTS } from "~/db/activity-log.server";
import { csvOf } from "~/files/csv.server";
import { fileName } from "~/files/file-name";
import { describeSigning } from "~/domain/changes/describe-log";
import { indexOf } from "~/domain/matrix/owner";
import type { RecordFormat } from "~/paths";
import type { Actor } from "../who/actor.server";
import type { ExportedFile } from "../pack/pack-writing.server";
import { matrixFor } from "../who/matrix-access.server";

const PAGE = 100;
/** How many entries can share one moment: one step writes a few. */
const SAME_MOMENT = 50;
/** The most entries one file holds. */
const MOST = 100_000;

/** One line of the record: when, who, and what in a sentence. */
type RecordEntry = { id: string; at: string; actorName: string; event: string; sentence: string };
export type RecordView = {
  entries: RecordEntry[];
  /** Ask again for those before this moment; null at the end. */ older: string | null;
};

/** Who was let into the engagement of a matrix, by whom, and what they took away, newest first, a page at a time. */
export async function listRecord(actor: Actor, matrixId: string, before: Date | null): Promise<RecordView> {
  const { engagementId } = await matrixFor(read, actor, matrixId, "record");
  const rows = await rowsOf(engagementId, before, PAGE + SAME_MOMENT);
  // A page ends between two moments: what happened at the same one stays together.
  let end = Math.min(PAGE, rows.length);
  while (end < rows.length && rows[end]?.at === rows[end - 1]?.at) end++;
  return { entries: rows.slice(0, end).map(entryOf), older: rows.length > end ? (rows[end - 1]?.at ?? null) : null };
}

/** The whole record as a file: CSV for a spreadsheet, or one JSON object a line. */
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
  const taken = await read.logEntry.findMany({
    where: {
      matrixId: { in: [...titles.keys()] },
      event: { in: ["version.published", ...SIGNING_EVENTS, "draft.exported", "version.exported"] },
      ...(before ? { at: { lt: before } } : {}),
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take,
    select: { id: true, at: true, event: true, actorName: true, detail: true, matrixId: true },
  });
  const logged = taken.map(({ id, at, event, actorName, detail, matrixId }): RecordRow => ({
    id,
    at: at.toISOString(),
    event,
    actorName,
    detail: { ...facts(detail), matrix: titles.get(matrixId) ?? "" },
  }));
  const kept = await recordOf(read, engagementId, await staysOf(engagementId), before, take);
  return [...kept, ...logged].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, take);
}

/** What access begins with; whoever it is about is named, or did it themselves. */
const BEGINNINGS = ["engagement.created", "member.joined", "member.added"];

/** From when until when each person has had access: their sign-ins in that time belong to the engagement's record. */
async function staysOf(engagementId: string): Promise<{ userId: string; from: Date | null; until: Date | null }[]> {
  const moves = await read.recordEntry.findMany({
    where: { engagementId, event: { in: [...BEGINNINGS, "member.removed", "member.left"] } },
    orderBy: { at: "asc" },
    select: { event: true, at: true, actorId: true, aboutId: true },
  });
  const members = await read.member.findMany({ where: { engagementId }, select: { userId: true, createdAt: true } });
  const ended = moves.filter(({ event }) => event === "member.removed" || event === "member.left");
  const left = ended.flatMap(({ aboutId, at }) => {
    const joined = moves.findLast(
      (move) => BEGINNINGS.includes(move.event) && (move.aboutId ?? move.actorId) === aboutId && move.at <= at,
    );
    return aboutId ? [{ userId: aboutId, from: joined?.at ?? null, until: at }] : [];
  });
  return [...members.map(({ userId, createdAt }) => ({ userId, from: createdAt, until: null })), ...left];
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
  "session.opened": (detail) => `Signed in${METHODS[String(detail.method)] ?? ""}.`,
  "session.ended": () => "Signed out.",
  "session.refused": (detail) =>
    detail.method === "confirm"
      ? "Gave a wrong password where one confirms a step."
      : `A sign-in was refused: the ${detail.method === "password" ? "password" : "code"} was wrong.`,
  "signing.link-proved": (detail) =>
    `${detail.by ? `Entered a code that ${detail.by} passed on, as ${detail.email}` : `Proved the address ${detail.email} with a code`}, to sign version ${detail.number} of ${detail.matrix}.`,
  "version.published": (detail) => `Published version ${detail.number} of ${detail.matrix}.`,
  "draft.exported": (detail) =>
    `Downloaded the draft of ${detail.matrix} as ${String(detail.format ?? "a file").toUpperCase()}.`,
  "version.exported": (detail) =>
    `Downloaded version ${detail.number} of ${detail.matrix} as ${String(detail.format ?? "a file").toUpperCase()}.`,
};
