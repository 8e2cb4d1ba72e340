import {
  SIGNATORY_STATES,
  VERSION_STATUSES,
  type Naming,
  type Register,
  type SignatoryState,
  type SignOff,
} from "~/domain/signing/sign-off";
import type { Reader, Transaction } from "./client.server";
import { ownedSides } from "./owner-store.server";

/** A signatory as stored. */
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

/** A round of signing as stored: what was sent to the signatories of a version. */
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

/**
 * A matrix's versions as the state machine of signing takes them, their ids by number, and the stored round of one
 * version.
 */
export type StoredSignOff = { register: Register; ids: ReadonlyMap<number, string>; round: StoredRound | null };

/** Loads the versions of a matrix for the state machine, with the round and the signatories of version `number`. */
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
    const status = VERSION_STATUSES.find((status) => status === row.status) ?? "proposed";
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
      id: stored.id,
      order,
      message: stored.message,
      dueDate: stored.dueDate,
      mailed: stored.mailed,
      sentAt: stored.sentAt,
      sentBy: stored.sentByName,
      outcome: stored.outcome,
      endedAt: stored.endedAt,
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

/**
 * Whether an owner of the signatory's own party named or confirmed them. Signatories stored before namings were
 * recorded count as confirmed.
 */
export function isConfirmed({
  partyId,
  namedFor,
  confirmedBy,
}: Pick<Naming, "partyId" | "namedFor" | "confirmedBy">): boolean {
  return namedFor === null || namedFor === partyId || confirmedBy !== null;
}

function stateOf(state: string): SignatoryState {
  return SIGNATORY_STATES.find((name) => name === state) ?? "waiting";
}

/**
 * What a save needs besides the register: who made the change and when; `speaks`, the party for which they name or
 * confirm signatories, and how they are described there; `sent`, the facts of a new round; and `accounts`, the user ids
 * of signatories with an account.
 */
export type SignOffChange = {
  at: Date;
  by: { id: string; name: string };
  speaks?: { partyId: string; words: string };
  sent?: { message: string; dueDate: string | null; mailed: boolean };
  accounts?: ReadonlyMap<string, string>;
};

/**
 * Stores what differs between two registers of the same versions. The caller has locked the engagement
 * (`lockEngagement`).
 */
export async function saveSignOff(
  tx: Transaction,
  { register, ids, round }: StoredSignOff,
  after: Register,
  change: SignOffChange,
): Promise<void> {
  for (const [i, version] of after.versions.entries()) {
    const before = register.versions[i];
    const id = ids.get(version.number);
    if (!before || !id || before === version) continue;
    if (before.status !== version.status)
      await tx.version.update({ where: { id }, data: statusColumns(version, change) });
    if (!version.round || version.round === before.round) {
      if (round && before.round && before.status !== version.status) await endRound(tx, round.id, version, change);
      continue;
    }
    const roundId = round?.id ?? crypto.randomUUID();
    if (!round)
      await tx.signRound.create({
        data: {
          id: roundId,
          versionId: id,
          order: version.round.order,
          message: change.sent?.message ?? "",
          dueDate: change.sent?.dueDate ?? null,
          mailed: change.sent?.mailed ?? true,
          sentAt: change.at,
          sentById: change.by.id,
          sentByName: change.by.name,
        },
      });
    const storedSignatories = new Map(before.round?.signatories.map((one, position) => [one.id, { ...one, position }]));
    for (const [position, { statedFor: _statedFor, confirmed, ...signatory }] of version.round.signatories.entries()) {
      const stored = storedSignatories.get(signatory.id);
      if (!stored)
        await tx.signatory.create({
          data: {
            ...signatory,
            roundId,
            position,
            userId: change.accounts?.get(signatory.id) ?? null,
            namedFor: change.speaks?.partyId ?? null,
            namedBy: change.speaks?.words ?? null,
          },
        });
      else if (stored.state !== signatory.state || stored.position !== position || stored.confirmed !== confirmed)
        await tx.signatory.update({
          where: { id: signatory.id },
          data: {
            state: signatory.state,
            position,
            ...(confirmed && !stored.confirmed
              ? { confirmedBy: change.speaks?.words ?? change.by.name, confirmedAt: change.at }
              : {}),
          },
        });
    }
    if (before.status !== version.status) await endRound(tx, roundId, version, change);
  }
}

function statusColumns({ status, supersededBy, ending }: SignOff, { at, by }: SignOffChange) {
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

/**
 * Records that a round ended, and how. From then on its links open only for those who signed, and its codes count for
 * nothing.
 */
async function endRound(tx: Transaction, id: string, { status, round }: SignOff, { at }: SignOffChange): Promise<void> {
  // A superseded version was agreed before, which ended its round.
  if (status === "superseded") return;
  const declined = round?.signatories.some(({ state }) => state === "declined");
  await tx.signRound.update({
    where: { id },
    data: { outcome: status === "withdrawn" && declined ? "declined" : status, endedAt: at },
  });
}
