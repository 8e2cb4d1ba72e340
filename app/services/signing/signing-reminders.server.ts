import { read, write } from "~/db/client.server";
import { DAY_MS, isPast, utcDay } from "~/domain/days";
import { isTheirTurn } from "~/domain/signing/sign-off";
import { mailIsSent } from "../mail/mailer.server";
import { logSigning, signingHeld } from "./signing-core.server";
import { ask } from "./signing-mail.server";

/** So long before its due date somebody is reminded that a version waits. */
const SOON_DAYS = 3;

/** Who reminds where nobody pressed a button. */
const BY_ITSELF = { id: "demarc", name: "Demarc" };

/**
 * Reminds those who are waited for: once before the due date draws near, and once after it is past. Says how many were
 * written to. Run as often as one likes and beside other processes, each is reminded once of each.
 */
export async function sendDueReminders(now: Date): Promise<number> {
  // Where no mail is sent nobody would hear of it, and the link that somebody has handed over would end.
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
  place: { matrixId: string; engagementId: string; revision: number },
  number: number,
  stage: "soon" | "late",
  now: Date,
): Promise<number> {
  return write(async (tx) => {
    const signing = await signingHeld(tx, place, number);
    const round = signing.stored.register.versions.find((one) => one.number === number)?.round;
    let count = 0;
    for (const signatory of signing.stored.round?.signatories ?? []) {
      // Who was only just asked needs no reminder that it is soon.
      const rested =
        signatory.askedAt !== null && now.getTime() - (signatory.remindedAt ?? signatory.askedAt).getTime() >= DAY_MS;
      if (
        !round ||
        signing.stored.round?.outcome !== null ||
        signatory.state !== "waiting" ||
        !rested ||
        !isTheirTurn(signing.stored.register, round, signatory)
      )
        continue;
      const { count: mine } = await tx.signatory.updateMany({
        where: { id: signatory.id, reminded: { notIn: stage === "late" ? ["late"] : ["soon", "late"] } },
        data: { reminded: stage, remindedAt: now },
      });
      if (mine === 0) continue;
      await ask(tx, signing, signatory, "signing-reminder", now);
      await logSigning(tx, signing, "version.reminded", BY_ITSELF, now, { name: signatory.name });
      count += 1;
    }
    return count;
  });
}
