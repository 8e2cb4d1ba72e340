import { appendLog, type LogEvent } from "~/db/activity-log.server";
import { lockEngagement } from "~/db/row-locks.server";
import {
  loadSignOff,
  saveSignOff,
  type SignOffChange,
  type StoredSignatory,
  type StoredSignOff,
} from "~/db/sign-off-store.server";
import { findVersion, type VersionRow } from "~/db/version-store.server";
import type { Reader, Transaction } from "~/db/client.server";
import { dayOf } from "~/domain/days";
import { AppError, type AppErrorCode } from "~/domain/errors";
import { findAll } from "~/domain/findings/findings";
import type { Party } from "~/domain/matrix/shapes";
import { indexOf } from "~/domain/matrix/owner";
import { ownParty, type Ability } from "~/domain/engagement/permissions";
import {
  actionsCount,
  applySignOffEvent,
  type Register,
  type Signatory,
  type SignOff,
  type SignOffEvent,
} from "~/domain/signing/sign-off";
import type { Actor } from "../who/actor.server";
import { matrixFor, type MatrixFor } from "../who/matrix-access.server";

/**
 * The signing of a version: the version, the state of its sign-off, and its two parties who sign, as its snapshot names
 * them.
 */
export type SigningProcess = {
  matrixId: string;
  engagementId: string;
  revision: number;
  version: VersionRow;
  stored: StoredSignOff;
  client: Party;
  provider: Party;
};

/** Who makes a change: somebody with an account, or a signatory by their link. */
export type Doer = SignOffChange["by"];

/** A matrix and the revision of its draft, which log entries carry. */
type MatrixRevision = { matrixId: string; engagementId: string; revision: number };

/** Loads the signing of a version; throws `not-found` where the version doesn't exist. */
export async function signingOf(db: Reader, target: MatrixRevision, number: number): Promise<SigningProcess> {
  const version = await findVersion(db, target.matrixId, number);
  const { client, provider } = version ? indexOf(version.matrix) : { client: null, provider: null };
  if (!version || !client || !provider)
    throw new AppError("not-found", `There is no version ${number} of this matrix. Open the list of versions.`);
  const stored = await loadSignOff(db, target, number, { client: client.id, provider: provider.id });
  const { matrixId, engagementId, revision } = target;
  return { matrixId, engagementId, revision, version, stored, client, provider };
}

/** Like `signingOf`, for a change: locks the engagement, so that changes of its sign-offs run one after the other. */
export async function signingLocked(tx: Transaction, target: MatrixRevision, number: number): Promise<SigningProcess> {
  await lockEngagement(tx, target.engagementId);
  return signingOf(tx, target, number);
}

/**
 * Like `signingLocked`, for an actor who needs an ability; adds the id of the party they act for. Throws `forbidden` for
 * a third party.
 */
export async function signingFor(
  tx: Transaction,
  actor: Actor,
  matrixId: string,
  number: number,
  ability: Ability,
): Promise<SigningProcess & { partyId: string; matrix: MatrixFor }> {
  const matrix = await matrixFor(tx, actor, matrixId, ability);
  const signing = await signingLocked(tx, matrix, number);
  const partyId = ownParty(signing.version.matrix, matrix.access.side);
  if (partyId === null)
    throw new AppError("forbidden", "Only the client and the provider sign and send. Ask somebody of the two sides.");
  return { ...signing, partyId, matrix };
}

/** The error codes of the state machine's refusals; every other refusal is a `conflict`. */
const ERROR_CODES: Record<string, AppErrorCode> = {
  "other-side": "forbidden",
  "own-statement": "forbidden",
  "no-signatory": "not-found",
  "no-version": "not-found",
};

/** The party for which an owner names or confirms signatories, and how that owner is described in the record. */
export function speaksFor(
  signing: Pick<SigningProcess, "client" | "provider"> & { partyId: string },
  { name }: Actor,
): NonNullable<SignOffChange["speaks"]> {
  return { partyId: signing.partyId, words: `${name} of ${partyOf(signing, signing.partyId).name}` };
}

/**
 * Applies an event to a version's sign-off and stores the result; throws where the state machine refuses it. `changed`
 * is false where there was nothing to do, `agreed` is true where this was the last signature.
 */
export async function applyEvent(
  tx: Transaction,
  signing: SigningProcess,
  event: SignOffEvent,
  change: SignOffChange,
): Promise<{ changed: boolean; agreed: boolean; after: SignOff }> {
  const { stored, version } = signing;
  const result = applySignOffEvent(stored.register, version.number, event);
  if (!result.ok) throw new AppError(ERROR_CODES[result.rejection.code] ?? "conflict", result.rejection.message);
  const after = result.value.versions.find(({ number }) => number === version.number);
  if (!after) throw new AppError("not-found", `There is no version ${version.number} of this matrix.`);
  if (result.value === stored.register) return { changed: false, agreed: false, after };
  await saveSignOff(tx, stored, result.value, change);
  return { changed: true, agreed: after.status === "agreed", after };
}

/** Appends an event of a version's signing to the matrix's activity log, which the engagement's record shows too. */
export async function logSigning(
  tx: Transaction,
  { matrixId, revision, version }: SigningProcess,
  event: LogEvent,
  by: Doer,
  at: Date,
  detail: Record<string, string | number> = {},
): Promise<void> {
  await appendLog(tx, matrixId, [
    {
      stepId: crypto.randomUUID(),
      revision,
      event,
      actorId: by.id,
      actorName: by.name,
      at,
      commands: [],
      diff: null,
      detail: { number: version.number, ...detail },
    },
  ]);
}

/** The party with this id, one of the two that sign. */
export function partyOf({ client, provider }: Pick<SigningProcess, "client" | "provider">, partyId: string): Party {
  return partyId === client.id ? client : provider;
}

/** The side of a version's party. */
export function sideOfParty({ client }: Pick<SigningProcess, "client">, partyId: string): "client" | "provider" {
  return partyId === client.id ? "client" : "provider";
}

/** The other party than the one the actor acts for. */
export function otherParty({
  client,
  provider,
  partyId,
}: Pick<SigningProcess, "client" | "provider"> & { partyId: string }): Party {
  return partyId === client.id ? provider : client;
}

/** The signatories who are only proposed: what they do counts once an owner of their own party confirms them. */
export function proposedIn({ stored, version }: Pick<SigningProcess, "stored" | "version">): readonly Signatory[] {
  const round = stored.register.versions.find(({ number }) => number === version.number)?.round;
  return (round?.signatories ?? []).filter((one) => one.state !== "removed" && !actionsCount(stored.register, one));
}

/** Whether the other side named a signatory while the signatory's own party has no owner who could confirm them. */
export function namedAlone(
  { owned }: Pick<Register, "owned">,
  { partyId, namedFor, confirmedBy }: StoredSignatory,
): boolean {
  return namedFor !== null && namedFor !== partyId && confirmedBy === null && !owned.includes(partyId);
}

/** The warnings of a version that nobody had accepted, judged by the rules as of the day it was published. */
export function openWarnings({
  matrix,
  publishedAt,
}: Pick<VersionRow, "matrix" | "publishedAt">): { key: string; code: string | null; title: string }[] {
  const codes = new Map(matrix.duties.map(({ id, code }) => [id, code]));
  return findAll(matrix, { today: dayOf(publishedAt) }).flatMap(({ key, severity, accepted, dutyIds, title }) =>
    severity === "warning" && !accepted ? [{ key, code: codes.get(dutyIds[0] ?? "") ?? null, title }] : [],
  );
}

/** A signatory of the version; throws `not-found` where nobody has this id. */
export function signatoryOf({ stored }: Pick<SigningProcess, "stored">, id: string): StoredSignatory {
  const signatory = stored.round?.signatories.find((one) => one.id === id);
  if (!signatory)
    throw new AppError("not-found", "This person isn't asked to sign this version. Look at its page again.");
  return signatory;
}

/**
 * The signatory that this actor is for their own side: matched by account, or by address where the signatory had no
 * account when asked.
 */
export function ownSignatory(
  { stored }: Pick<SigningProcess, "stored">,
  actor: Actor,
  partyId: string | null,
): StoredSignatory | null {
  const own = (stored.round?.signatories ?? []).filter(
    (one) =>
      one.partyId === partyId &&
      one.state !== "removed" &&
      (one.userId === null ? one.email === actor.email : one.userId === actor.userId),
  );
  return own[0] ?? null;
}
