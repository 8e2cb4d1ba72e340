import { read } from "~/db/client.server";
import { utcDay } from "~/domain/days";
import { AppError } from "~/domain/errors";
import type { Paper } from "~/domain/pack/report-parts";
import { minutesOf, type WorkshopMinutes } from "~/domain/workshop/minutes/minutes";
import { followUps, minutesDocument } from "~/domain/workshop/minutes/document";
import { publicUrl } from "~/env.server";
import { writeCalendar } from "~/files/calendar.server";
import { fileName } from "~/files/file-name";
import type { MailFile } from "~/files/mail/delivery";
import { logExport } from "../pack/exports.server";
import { inThread, type ExportedFile } from "../pack/pack-writing.server";
import { workshopAlone, workshopFor, type Entrant } from "./entrant.server";
import { viewMinutes } from "./viewing.server";

/** The minutes as a document to read or to change, and what was parked as a calendar. */
const MINUTES_FORMATS = ["pdf", "docx", "ics"] as const;
type MinutesFormat = (typeof MINUTES_FORMATS)[number];

/** Which file of the minutes is asked for, and on which paper. */
type MinutesChoice = { format: string; paper: Paper };

/**
 * The minutes as a file, for whoever may read them. A member's download is logged; a guest has no account it could be
 * logged under. Throws `not-found` for an unknown format, and for the follow-ups where nothing was parked.
 */
export async function exportMinutes(
  entrant: Entrant,
  workshopId: string,
  { format: asked, paper }: MinutesChoice,
  now: Date,
  closed?: AbortSignal,
): Promise<ExportedFile> {
  const minutes = await viewMinutes(entrant, workshopId);
  const format = MINUTES_FORMATS.find((candidate) => candidate === asked);
  if (!format)
    throw new AppError("not-found", `There are no minutes as “${asked}”. Choose ${MINUTES_FORMATS.join(", ")}.`);
  const file = await minutesFile(workshopId, minutes, { format, paper, now, closed });
  if (!file) throw new AppError("not-found", "Nothing is parked in this workshop, so there are no follow-ups.");
  const { stored, member, revision } = await workshopFor(read, entrant, workshopId);
  if (member)
    await logExport(
      member.actor,
      stored.matrixId,
      revision,
      "minutes.exported",
      { workshop: stored.number, format },
      now,
    );
  return file;
}

/** The files that go with the mailed minutes of a workshop; none where it isn't there any more. */
export async function minutesByMail(workshopId: string, now: Date): Promise<MailFile[]> {
  const alone = await workshopAlone(read, workshopId);
  if (!alone) return [];
  const minutes = { ...minutesOf(alone.stored.workshop, alone.matrix), number: alone.stored.number };
  const files: MailFile[] = [];
  for (const format of ["pdf", "ics"] as const) {
    const file = await minutesFile(workshopId, minutes, { format, paper: "A4", now });
    if (file) files.push(file);
  }
  return files;
}

type Asked = { format: MinutesFormat; paper: Paper; now: Date; closed?: AbortSignal };

/** Null for the follow-ups where nothing was parked. The minutes of a workshop that has ended give the same bytes at any time. */
async function minutesFile(
  workshopId: string,
  minutes: WorkshopMinutes & { number: number },
  { format, paper, now, closed }: Asked,
): Promise<ExportedFile | null> {
  const { title, client, provider, number } = minutes;
  const at = minutes.endedAt === null ? now : new Date(minutes.endedAt);
  const what = format === "ics" ? "follow ups" : "minutes";
  const name = fileName([client, provider, title], [what, `workshop ${number}`, utcDay(at)], format);
  if (format !== "ics") {
    const document = minutesDocument(minutes, { number, paper, at: at.toISOString() });
    return inThread(() => ({ kind: "text", name, format, document }), closed);
  }
  const plan = followUps(minutes, `Parked in workshop ${number}, ${title}.`);
  if (!plan) return null;
  const host = new URL(publicUrl()).hostname;
  const stamp = Math.max(...minutes.parked.map(({ parked }) => parked?.at ?? 0));
  const { text } = writeCalendar(plan, { host, subjectId: workshopId, issued: {}, now: stamp });
  return { name, type: "text/calendar; charset=utf-8", bytes: new TextEncoder().encode(text) };
}
