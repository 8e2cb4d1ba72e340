import {
  SIGNATORY_STATES,
  VERSION_STATUSES,
  type Naming,
  type Register,
  type SignatoryState,
  type SignOff,
} from "~/domain/signing/sign-off";
import type { Reader, Writer } from "./client.server";
import { ownedSides } from "./owner-store.server";

/** Somebody asked to sign, as stored. `linked` says whether a personal link was sent that may still open. */
export type StoredSignatory = {
  id: string;
  partyId: string;
  name: string;
  title: string;
  email: string;
  userId: string | null;
  state: SignatoryState;
  askedAt: Date | null;
  openedAt: Date | null;
  remindedAt: Date | null;
  confirmedAt: Date | null;
} & Naming;

/** What was sent, as stored. */
type StoredRound = {
  id: string;
  order: "together" | "in-order";
  message: string;
  dueDate: string | null;
  mailed: boolean;
  sentAt: Date;
  sentBy: string;
  outcome: string | null;
  endedAt: Date | null;
  signatories: StoredSignatory[];
};

/** A matrix's versions as the state machine knows them, with the round of the one that was asked for. */
export type StoredSignOff = { register: Register; ids: ReadonlyMap<number, string>; round: StoredRound | null };

/** The sign-off of a matrix's versions, with the signatories of one. */
export async function loadSignOff(
  db: Reader,
  { matrixId, engagementId }: { matrixId: string; engagementId: string },
  number: number,
  parties: Register["parties"],
): Promise<StoredSignOff> {
  const sides = await ownedSides(db, engagementId);
  const rows = await db.version.findMany({
    where: { matrixId },
    orderBy: { number: "asc" },
    select: {
      id: true,
      number: true,
      fingerprint: true,
      status: true,
      supersededBy: true,
      withdrawnByName: true,
      withdrawnReason: true,
    },
  });
  const versionId = rows.find((row) => row.number === number)?.id ?? "";
  const stored = await db.signRound.findUnique({
    where: { versionId },
    include: {
      signatories: {
        orderBy: [{ position: "asc" }, { id: "asc" }],
        include: { signature: { select: { statedFor: true } } },
      },
    },
  });
  const order = stored?.order === "in-order" ? "in-order" : "together";
  const versions = rows.map((row): SignOff => {
    const round =
      stored && row.number === number
        ? ({
            order,
            signatories: stored.signatories.map((one) => ({
              id: one.id,
              partyId: one.partyId,
              name: one.name,
              title: one.title,
              email: one.email,
              state: stateOf(one.state),
              statedFor: one.signature?.statedFor ?? null,
              confirmed: isConfirmed(one),
            })),
          } as const)
        : null;
    const status = VERSION_STATUSES.find((known) => known === row.status) ?? "proposed";
    return {
      number: row.number,
      fingerprint: row.fingerprint,
      status,
      supersededBy: row.supersededBy,
      round,
      ending: status === "withdrawn" ? { by: row.withdrawnByName ?? "", reason: row.withdrawnReason ?? "" } : null,
    };
  });
  return {
    register: { parties, owned: sides.map((side) => parties[side]), versions },
    ids: new Map(rows.map((row) => [row.number, row.id])),
    round: stored && {
      ...{
        id: stored.id,
        order,
        message: stored.message,
        dueDate: stored.dueDate,
        mailed: stored.mailed,
        sentAt: stored.sentAt,
        sentBy: stored.sentByName,
        outcome: stored.outcome,
        endedAt: stored.endedAt,
      },
      signatories: stored.signatories.map(
        ({
          id,
          partyId,
          name,
          title,
          email,
          userId,
          state,
          askedAt,
          openedAt,
          remindedAt,
          namedFor,
          namedBy,
          confirmedBy,
          confirmedAt,
        }) => ({
          id,
          partyId,
          name,
          title,
          email,
          userId,
          state: stateOf(state),
          askedAt,
          openedAt,
          remindedAt,
          namedFor,
          namedBy,
          confirmedBy,
          confirmedAt,
        }),
      ),
    },
  };
}

/** Whether an owner of a signatory's own party named or confirmed them. Who was asked before that was kept goes on as they were asked. */
export function isConfirmed({
  partyId,
  namedFor,
  confirmedBy,
}: Pick<Naming, "partyId" | "namedFor" | "confirmedBy">): boolean {
  return namedFor === null || namedFor === partyId || confirmedBy !== null;
}

function stateOf(state: string): SignatoryState {
  return SIGNATORY_STATES.find((known) => known === state) ?? "waiting";
}

/** What a save needs beside the register: who did it when, and for which party in which words, where they name or confirm somebody; what was sent, where it was; and which signatories have an account. */
export type Doing = {
  at: Date;
  by: { id: string; name: string };
  speaks?: { partyId: string; words: string };
  sent?: { message: string; dueDate: string | null; mailed: boolean };
  accounts?: ReadonlyMap<string, string>;
};

/** Stores what differs between two registers of the same versions. The caller holds the engagement (`holdEngagement`). */
export async function saveSignOff(
  tx: Writer,
  { register, ids, round }: StoredSignOff,
  after: Register,
  doing: Doing,
): Promise<void> {
  for (const [i, now] of after.versions.entries()) {
    const was = register.versions[i];
    const id = ids.get(now.number);
    if (!was || !id || was === now) continue;
    if (was.status !== now.status) await tx.version.update({ where: { id }, data: standingOf(now, doing) });
    if (!now.round || now.round === was.round) {
      if (round && was.round && was.status !== now.status) await endRound(tx, round.id, now, doing);
      continue;
    }
    const roundId = round?.id ?? crypto.randomUUID();
    if (!round)
      await tx.signRound.create({
        data: {
          id: roundId,
          versionId: id,
          order: now.round.order,
          message: doing.sent?.message ?? "",
          dueDate: doing.sent?.dueDate ?? null,
          mailed: doing.sent?.mailed ?? true,
          sentAt: doing.at,
          sentById: doing.by.id,
          sentByName: doing.by.name,
        },
      });
    const known = new Map(was.round?.signatories.map((one, position) => [one.id, { ...one, position }]));
    for (const [position, { statedFor: _statedFor, confirmed, ...signatory }] of now.round.signatories.entries()) {
      const before = known.get(signatory.id);
      if (!before)
        await tx.signatory.create({
          data: {
            ...signatory,
            roundId,
            position,
            userId: doing.accounts?.get(signatory.id) ?? null,
            namedFor: doing.speaks?.partyId ?? null,
            namedBy: doing.speaks?.words ?? null,
          },
        });
      else if (before.state !== signatory.state || before.position !== position || before.confirmed !== confirmed)
        await tx.signatory.update({
          where: { id: signatory.id },
          data: {
            state: signatory.state,
            position,
            ...(confirmed && !before.confirmed
              ? { confirmedBy: doing.speaks?.words ?? doing.by.name, confirmedAt: doing.at }
              : {}),
          },
        });
    }
    if (was.status !== now.status) await endRound(tx, roundId, now, doing);
  }
}

function standingOf({ status, supersededBy, ending }: SignOff, { at, by }: Doing) {
  if (status === "agreed") return { status, agreedAt: at };
  if (status === "superseded") return { status, supersededBy, supersededAt: at };
  if (status === "withdrawn")
    return {
      status,
      withdrawnById: by.id,
      withdrawnByName: ending?.by ?? by.name,
      withdrawnReason: ending?.reason ?? "",
      withdrawnAt: at,
    };
  return { status };
}

/** A round that is over has no link that opens and no code that counts, but for who looks at what they signed. */
async function endRound(tx: Writer, id: string, { status, round }: SignOff, { at }: Doing): Promise<void> {
  if (status === "superseded") return;
  const declined = round?.signatories.some(({ state }) => state === "declined");
  await tx.signRound.update({
    where: { id },
    data: { outcome: status === "withdrawn" && declined ? "declined" : status, endedAt: at },
  });
}
