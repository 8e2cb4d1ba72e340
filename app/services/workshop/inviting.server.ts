import { z } from "zod";
import { queueMail } from "~/db/mail-store.server";
import { write } from "~/db/client.server";
import { AppError } from "~/domain/errors";
import { checkEmail } from "~/domain/mail-address";
import { composeMail } from "~/domain/mail/compose-mail";
import { isFacilitator } from "~/domain/workshop/people";
import { publicUrl } from "~/env.server";
import { paths } from "~/paths";
import { mailIsSent } from "../mail/mailer.server";
import type { Actor } from "../who/actor.server";
import { countReached } from "../who/attempts.server";
import { linkToken } from "./door.server";
import { mayLead, workshopFor } from "./entrant.server";

/** So many people are written to at once at most. */
const MOST_INVITED = 30;

/** E-mail addresses with commas, semicolons, spaces or line breaks between. */
export const invitationSchema = z.object({ emails: z.string() });

/** The outcome as a sentence, and the link to hand over where no mail is sent. */
export type InvitedAnswer = { said: string; link: string | null };

/** Writes to people with the workshop's link. Only whoever leads does; whoever follows the link still waits to be let in. */
export async function inviteToWorkshop(
  actor: Actor,
  workshopId: string,
  { emails }: z.infer<typeof invitationSchema>,
  now: Date,
): Promise<InvitedAnswer> {
  const addresses = addressesIn(emails);
  const link = await write(async (tx) => {
    const { stored, participantId, member, engagementId } = await workshopFor(tx, { actor, passes: [] }, workshopId);
    const { workshop, linkSeed } = stored;
    if (participantId === null || !isFacilitator(workshop, participantId) || !mayLead(member?.access))
      throw new AppError("forbidden", "Only the facilitator invites people. Ask them.");
    if (workshop.stage === "ended") throw new AppError("conflict", "This workshop has ended. Prepare another one.");
    await countReached(tx, "invitation", actor.userId, addresses);
    const url = `${publicUrl()}${paths.join(linkToken(linkSeed))}`;
    const mail = composeMail({
      subject: `${actor.name} invites you to a workshop: ${workshop.title}`,
      paragraphs: [
        `${actor.name} invites you to “${workshop.title}”, where both sides agree who owns what in IT. You need no account: say your name and whom you are with, on your phone or computer.`,
        "You can look at what it is about, and propose beforehand. What you propose stays sealed until it is revealed to all.",
      ],
      link: { label: "Join the workshop", url },
      closing: ["The link holds until the workshop has ended. Keep it to yourself."],
    });
    for (const to of addresses)
      await queueMail(tx, { ...mail, to, kind: "workshop-invitation", engagementId, at: now });
    return url;
  });
  const whom = addresses.length === 1 ? (addresses[0] ?? "") : `${addresses.length} people`;
  return mailIsSent()
    ? { said: `An invitation is on its way to ${whom}.`, link: null }
    : { said: `No mail is sent from here. Hand the link over to ${whom}.`, link };
}

function addressesIn(text: string): string[] {
  const pieces = [
    ...new Set(
      text
        .slice(0, MOST_INVITED * 300)
        .split(/[\s,;]+/)
        .filter(Boolean),
    ),
  ];
  const checked = pieces.map((piece) => checkEmail(piece));
  const wrong = checked.find((one) => !one.ok);
  const say = (sentence: string) => new AppError("invalid", "Some fields need another look.", { emails: sentence });
  if (pieces.length === 0) throw say("Write at least one e-mail address.");
  if (pieces.length > MOST_INVITED)
    throw say(`At most ${MOST_INVITED} people are written to at once. Send the rest afterwards.`);
  if (wrong && !wrong.ok) throw say(wrong.rejection.message);
  return [...new Set(checked.flatMap((one) => (one.ok ? [one.value] : [])))];
}
