import { read, write } from "~/db/client.server";
import { DAY_MS, isPast, utcDay } from "~/domain/days";
import { isTheirTurn } from "~/domain/signing/sign-off";
import { mailIsSent } from "../mail/mailer.server";
import { logSigning, signingLocked } from "./signing-core.server";
import { askSignatory } from "./signing-mail.server";

/** How many days before the due date the first reminder is sent. */
const SOON_DAYS = 3;

/** The doer in the log of a reminder that nobody sent by hand. */
const SERVER_AS_DOER = { id: "demarc", name: "Demarc" };

/**
 * Reminds signatories who haven't signed: once shortly before the due date, and once after it. Returns the number of
 * reminders. It can run any number of times and in several processes, and still sends each reminder once.
 */
export async function sendDueReminders(now: Date): Promise<number> {
  // Where no mail is sent, a reminder would reach nobody, and would replace the link that somebody has handed over.
  if (!mailIsSent()) return 0;
  const soon = utcDay(new Date(now.getTime() + SOON_DAYS * DAY_MS));
  const rounds = await read.signRound.findMany({
    where: {
      outcome: null,
      mailed: true,
      dueDate: { lte: soon },
      version: { matrix: { archivedAt: null } },
      signatories: { some: { state: "waiting", askedAt: { not: null }, reminded: { not: "late" } } },
    },
    orderBy: { sentAt: "asc" },
    select: {
      dueDate: true,
      version: { select: { number: true, matrix: { select: { id: true, engagementId: true, revision: true } } } },
    },
  });
  let reminded = 0;
  for (const { dueDate, version } of rounds) {
    const { id: matrixId, ...matrix } = version.matrix;
    reminded += await remindRound(
      { matrixId, ...matrix },
      version.number,
      dueDate !== null && isPast(dueDate, now) ? "late" : "soon",
      now,
    );
  }
  return reminded;
}

async function remindRound(
  matrix: { matrixId: string; engagementId: string; revision: number },
  number: number,
  stage: "soon" | "late",
  now: Date,
): Promise<number> {
  return write(async (tx) => {
    const signing = await signingLocked(tx, matrix, number);
    const round = signing.stored.register.versions.find((one) => one.number === number)?.round;
    let count = 0;
    for (const signatory of signing.stored.round?.signatories ?? []) {
      // Somebody who was asked less than a day ago needs no reminder yet.
      const askedADayAgo =
        signatory.askedAt !== null && now.getTime() - (signatory.remindedAt ?? signatory.askedAt).getTime() >= DAY_MS;
      if (
        !round ||
        signing.stored.round?.outcome !== null ||
        signatory.state !== "waiting" ||
        !askedADayAgo ||
        !isTheirTurn(signing.stored.register, round, signatory)
      )
        continue;
      const { count: claimed } = await tx.signatory.updateMany({
        where: { id: signatory.id, reminded: { notIn: stage === "late" ? ["late"] : ["soon", "late"] } },
        data: { reminded: stage, remindedAt: now },
      });
      // Another process has sent this reminder.
      if (claimed === 0) continue;
      await askSignatory(tx, signing, signatory, "signing-reminder", now);
      await logSigning(tx, signing, "version.reminded", SERVER_AS_DOER, now, { name: signatory.name });
      count += 1;
    }
    return count;
  });
}
