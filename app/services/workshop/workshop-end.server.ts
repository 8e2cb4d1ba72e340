import { queueMail } from "~/db/mail-store.server";
import { dropAllSealed } from "~/db/workshop/sealed-store.server";
import { may } from "~/domain/engagement/permissions";
import { composeMail } from "~/domain/mail/compose-mail";
import type { Rejection } from "~/domain/result";
import { minutesOf, namesOnBoard, type MinutesItem, type WorkshopMinutes } from "~/domain/workshop/minutes/minutes";
import { publicUrl } from "~/env.server";
import { paths } from "~/paths";
import { accessOf } from "../who/matrix-access.server";
import { accept, logWorkshop, type Session } from "./session.server";

/**
 * Ends a workshop: its door is shut, its guests are out, and its minutes go to those who took part. What was sealed and
 * not revealed is deleted, as it was said to nobody.
 */
export async function endWorkshop(session: Session, by: string): Promise<Rejection | null> {
  const before = session.workshop.stage;
  const refused = accept(session, by, { type: "end", names: namesOnBoard(session.workshop, session.entered.matrix) });
  const { member, matrix } = session.entered;
  if (refused || before === "ended" || !member) return refused;
  await dropAllSealed(session.tx, session.entered.stored.id);
  const minutes = minutesOf(session.workshop, matrix);
  const { settled, parked, disputed } = minutes;
  await logWorkshop(session, "workshop.ended", member.actor, {
    settled: settled.length,
    parked: parked.length,
    disputed: disputed.length,
  });
  await mailMinutes(session, minutes);
  return null;
}

async function mailMinutes(session: Session, minutes: WorkshopMinutes): Promise<void> {
  const { tx, entered, workshop, now } = session;
  const workshopId = entered.stored.id;
  const tookPart = new Set(workshop.participants.flatMap(({ id, state }) => (state === "waiting" ? [] : [id])));
  const people = await tx.workshopPerson.findMany({ where: { workshopId }, orderBy: { participantId: "asc" } });
  const there = people.filter(({ participantId }) => tookPart.has(participantId));
  const members = await tx.member.findMany({
    where: { engagementId: entered.engagementId, userId: { in: there.flatMap(({ userId }) => userId ?? []) } },
    select: { side: true, permission: true, user: { select: { email: true } } },
  });
  const words = minutesWords(minutes);
  for (const row of members) {
    const access = accessOf(row);
    if (!access || !may(access, "read")) continue;
    const mail = composeMail({
      ...words,
      link: { label: "Open the minutes", url: `${publicUrl()}${paths.workshopMinutes(workshopId)}` },
    });
    await queueMail(tx, { ...mail, ...addressed(entered, row.user.email, now) });
  }
  for (const { email } of there) {
    if (email === null) continue;
    await queueMail(tx, { ...composeMail({ ...words, link: null }), ...addressed(entered, email, now) });
  }
  // A guest leaves no address behind either.
  await tx.workshopPerson.updateMany({ where: { workshopId, email: { not: null } }, data: { email: null } });
}

const addressed = ({ engagementId, stored }: Session["entered"], to: string, at: Date) => ({
  to,
  kind: "workshop-minutes",
  engagementId,
  minutesOf: stored.id,
  at,
});

/** The minutes as the paragraphs of a mail. */
function minutesWords(minutes: WorkshopMinutes) {
  const { title, tookPart, settled, parked, disputed, left } = minutes;
  return {
    subject: `Minutes: ${title}`,
    paragraphs: [
      `${title}, led by ${minutes.facilitator}. ${settled.length} settled, ${parked.length} parked, ${disputed.length} disputed, ${left.length} left.`,
      `Who took part: ${tookPart.map(({ label, party }) => `${label} (${party})`).join(", ")}.`,
      ...listOf("Settled", settled),
      ...listOf("Parked", parked),
      ...listOf("Disputed", disputed),
      ...listOf("Left for another day", left),
    ],
    closing: ["You get this because you took part."],
  };
}

/** Paragraphs of a mail are bounded, so that a long list is several. */
function listOf(heading: string, items: readonly MinutesItem[]): string[] {
  const paragraphs: string[] = [];
  let lines = heading;
  for (const { code, text, words, leftOut } of items) {
    const name = code === "" ? text : `${code} ${text}`;
    const without = leftOut.length === 0 ? "" : ` Without ${leftOut.join(", ")}.`;
    const line = `\n· ${name}${words === "" ? "" : `: ${words}`}${without}`.slice(0, MOST_OF_A_LINE);
    if (lines.length + line.length > MOST_OF_A_PARAGRAPH) {
      paragraphs.push(lines);
      lines = `${heading}, continued`;
    }
    lines += line;
  }
  return items.length === 0 ? [] : [...paragraphs, lines];
}

const MOST_OF_A_LINE = 400;
const MOST_OF_A_PARAGRAPH = 950;
