import { z } from "zod";
import type { Reader } from "~/db/client.server";
import { ownedSides } from "~/db/owner-store.server";
import { isConfirmed } from "~/db/sign-off-store.server";
import { utcDay } from "~/domain/days";
import type { Signer, StatusEvent } from "~/domain/pack/certificate";
import type { SignatureFact } from "~/domain/signing/sign-off";
import { zonedMoment } from "~/domain/cover/zoned.server";
import { dayWords } from "~/domain/day-words";
import { bytesHash } from "~/files/fingerprint.server";

/** Who is to sign a version, who has signed, and the history of its signing. */
type SigningFacts = { signers: Signer[]; signatures: SignatureFact[]; history: StatusEvent[] };

function chronological<T extends { at: string | null; since?: Date }>(events: readonly T[]): T[] {
  const when = ({ at, since }: T) => since?.getTime() ?? Date.parse(at ?? "1970-01-01");
  return [...events].sort((a, b) => when(a) - when(b));
}

type Side = "client" | "provider";

/**
 * How the two sides of an engagement got their first owner: who began it for one side, and whom that side invited as
 * the first owner of the other.
 */
type Beginnings = {
  began: { side: Side; at: Date; name: string };
  invited: { side: Side; at: Date; name: string; email: string; invitedBy: string } | null;
};

/** How the sides of an engagement got their first owner; null where the record doesn't say. */
export async function beginningsOf(db: Reader, engagementId: string): Promise<Beginnings | null> {
  const created = await db.recordEntry.findFirst({
    where: { engagementId, event: "engagement.created" },
    orderBy: { at: "asc" },
    select: { at: true, actorName: true, detail: true },
  });
  const began = created && z.object({ side: z.enum(["client", "provider"]) }).safeParse(created.detail).data?.side;
  if (!created || !began) return null;
  const side = acrossFrom(began);
  // While a side has no owner, only the other side invites people to it, so the first invitation that was accepted came
  // from the other side.
  const invitation = await db.invitation.findFirst({
    where: { engagementId, side, acceptedAt: { not: null } },
    orderBy: { acceptedAt: "asc" },
    select: { acceptedAt: true, email: true, invitedByName: true },
  });
  const { acceptedAt: at = null, email = "", invitedByName: invitedBy = "" } = invitation ?? {};
  const entry =
    at &&
    (await db.recordEntry.findFirst({
      where: { engagementId, event: "member.joined", at },
      select: { actorName: true },
    }));
  return {
    began: { side: began, at: created.at, name: created.actorName },
    invited: at && { side, at, email, invitedBy, name: entry?.actorName ?? "" },
  };
}

function acrossFrom(side: Side): Side {
  return side === "client" ? "provider" : "client";
}

async function beginningEvents(db: Reader, engagementId: string, parties: readonly Named[]) {
  const nameOf = (side: Side) => parties.find(({ kind }) => kind === side)?.name ?? "";
  const beginnings = await beginningsOf(db, engagementId);
  if (!beginnings) return [];
  const { began, invited } = beginnings;
  const first = { at: began.at.toISOString(), what: `Engagement begun for ${nameOf(began.side)}`, by: began.name };
  if (!invited) return [first];
  const { side, at, name, email, invitedBy } = invited;
  return [
    first,
    {
      at: at.toISOString(),
      what: `${name ? `${name} (${email})` : email} became the first owner of ${nameOf(side)} on an invitation from ${nameOf(acrossFrom(side))}`,
      by: invitedBy,
    },
  ];
}

type Named = { id: string; kind: string; name: string };

/**
 * The facts of a version's signing up to the moment it was agreed. `parties` are those of the version, for their names.
 */
export async function signingFacts(
  db: Reader,
  matrixId: string,
  number: number,
  parties: readonly Named[],
): Promise<SigningFacts> {
  const version = await db.version.findUnique({
    where: { matrixId_number: { matrixId, number } },
    select: {
      id: true,
      createdAt: true,
      authorName: true,
      matrix: { select: { engagementId: true } },
      agreedAt: true,
      withdrawnAt: true,
      withdrawnByName: true,
      round: {
        select: { sentAt: true, sentByName: true, signatories: { orderBy: [{ position: "asc" }, { id: "asc" }] } },
      },
    },
  });
  if (!version) return { signers: [], signatures: [], history: [] };
  const { round, createdAt, authorName, agreedAt, withdrawnAt, withdrawnByName } = version;
  const signatories = round?.signatories ?? [];
  const current = signatories.filter(({ state }) => state !== "removed");
  const owned = await ownedSides(db, version.matrix.engagementId);
  const signatures = await signaturesOf(db, version.id);
  const organisationOf = (partyId: string) => parties.find(({ id }) => id === partyId)?.name ?? "";
  // `since` is when the event was recorded. A signature on paper is recorded later than the day it was given.
  type Event = Omit<StatusEvent, "at"> & { at: string | null; since?: Date };
  const stored = await db.signature.findMany({
    where: { versionId: version.id },
    orderBy: IN_ORDER,
    select: { createdAt: true, signatoryId: true, timeZone: true },
  });
  const signed = signatures.flatMap(({ signedAt, localTime, partyName, name, consentText }, i): Event[] => {
    const event = { at: signedAt, by: name, ...(stored[i] ? { since: stored[i].createdAt } : {}) };
    const consent = { ...event, what: `Agreed to sign electronically${onTheirClock(localTime)}`, beside: true };
    return [...(consentText ? [consent] : []), { ...event, what: `Signed for ${partyName}` }];
  });
  const zones = new Map(stored.map(({ signatoryId, timeZone }) => [signatoryId, timeZone]));
  const opened = signatories.flatMap(({ id, name, openedAt }): Event[] =>
    openedAt === null || (agreedAt !== null && openedAt > agreedAt)
      ? []
      : [
          {
            at: openedAt.toISOString(),
            what: `Opened the text to sign${onTheirClock(localTime(zones.get(id) ?? null, openedAt))}`,
            by: name,
            beside: true,
          },
        ],
  );
  const begin: Event[] = [
    { at: createdAt.toISOString(), what: "Published", by: authorName },
    { at: round?.sentAt.toISOString() ?? null, what: "Sent for signing", by: round?.sentByName ?? "" },
  ];
  const end: Event[] = [
    { at: withdrawnAt?.toISOString() ?? null, what: "Withdrawn", by: withdrawnByName ?? "" },
    { at: agreedAt?.toISOString() ?? null, what: "Agreed", by: "all who were asked to sign" },
  ];
  const confirmed = current.map(({ confirmedAt, confirmedBy, name, partyId }): Event => ({
    at: confirmedAt?.toISOString() ?? null,
    what: `Confirmed that ${name} signs for ${organisationOf(partyId)}`,
    by: confirmedBy ?? "",
  }));
  // Earlier releases didn't record who named a signatory. The history of their rounds stays as their files print it.
  const namingsRecorded = signatories.length > 0 && signatories.every(({ namedFor }) => namedFor !== null);
  const events: Event[] = namingsRecorded
    ? chronological([
        ...(await beginningEvents(db, version.matrix.engagementId, parties)),
        ...begin,
        ...confirmed,
        ...opened,
        ...signed,
        ...end,
      ])
    : [...begin, ...signed, ...end];
  return {
    // A line to sign on doesn't carry the name of somebody who is only proposed.
    signers: current
      .filter(
        (one) =>
          isConfirmed(one) ||
          !owned.some((side) => parties.some(({ id, kind }) => id === one.partyId && kind === side)),
      )
      .map(({ partyId, name, title, email }) => ({
        partyId,
        name,
        title,
        email,
        organisation: organisationOf(partyId),
      })),
    signatures,
    history: round ? events.flatMap(({ at, since: _since, ...event }) => (at ? [{ at, ...event }] : [])) : [],
  };
}

/** A moment on the clocks of a time zone, in words; null where the zone isn't known. */
function localTime(timeZone: string | null, at: Date): string | null {
  if (timeZone === null) return null;
  const local = zonedMoment(timeZone, at.getTime());
  return `${dayWords(local.toPlainDate().toString())}, ${local.toPlainTime().toString({ smallestUnit: "second" })} in ${timeZone}`;
}

function onTheirClock(local: string | null | undefined): string {
  return local ? ` (on their clock ${local})` : "";
}

/**
 * The order of a version's signatures: by time, and at the same time, as from one paper, by the signatories' positions.
 */
export const IN_ORDER = [{ createdAt: "asc" as const }, { signatory: { position: "asc" as const } }];

/** The signatures of a version, in the order in which they were given. */
export async function signaturesOf(db: Reader, versionId: string): Promise<SignatureFact[]> {
  const rows = await db.signature.findMany({
    where: { versionId },
    orderBy: IN_ORDER,
    include: { paper: { select: { name: true, sha256: true } } },
  });
  return rows.map(
    ({
      partyId,
      partyName,
      named,
      name,
      title,
      organisation,
      email,
      proof,
      handedBy,
      signedAt,
      address,
      browser,
      timeZone,
      consentVersion,
      consentText,
      fingerprint,
      picture,
      pictureText,
      pictureBytes,
      paper,
      statedBy,
      confirmedBy,
    }) => ({
      ...{
        partyId,
        partyName,
        named,
        name,
        title,
        organisation,
        email,
        handedBy,
        signedAt: proof === "paper" ? utcDay(signedAt) : signedAt.toISOString(),
        ...(timeZone === null ? {} : { localTime: localTime(timeZone, signedAt) }),
        address,
        browser,
        consentVersion,
        consentText,
        fingerprint,
      },
      proof: proof === "code" || proof === "handed" || proof === "paper" ? proof : "account",
      picture:
        picture === "paper"
          ? {
              kind: "paper",
              fileName: paper?.name ?? "",
              sha256: paper?.sha256 ?? "",
              statedBy: statedBy ?? "",
              confirmedBy,
            }
          : picture === "drawn" && pictureBytes
            ? { kind: "drawn", png: pictureBytes, sha256: bytesHash(pictureBytes) }
            : { kind: "typed", text: pictureText },
    }),
  );
}
