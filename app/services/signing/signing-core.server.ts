import { appendLog, type LogEvent } from "~/db/activity-log.server";
import { holdEngagement } from "~/db/held-rows.server";
import {
  loadSignOff,
  saveSignOff,
  type Doing,
  type StoredSignatory,
  type StoredSignOff,
} from "~/db/sign-off-store.server";
import { findVersion, type VersionRow } from "~/db/version-store.server";
import type { Reader, Writer } from "~/db/client.server";
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

/** A version on its way to be signed: its snapshot, its sign-off, and the two parties who sign, as the snapshot names them. */
export type Signing = {
  matrixId: string;
  engagementId: string;
  revision: number;
  version: VersionRow;
  stored: StoredSignOff;
  client: Party;
  provider: Party;
};

/** Who does something: somebody with an account, or a signatory by their link. */
export type Doer = Doing["by"];

type Place = { matrixId: string; engagementId: string; revision: number };

/** A version's sign-off as it is read. */
export async function signingOf(db: Reader, place: Place, number: number): Promise<Signing> {
  const version = await findVersion(db, place.matrixId, number);
  const { client, provider } = version ? indexOf(version.matrix) : { client: null, provider: null };
  if (!version || !client || !provider)
    throw new AppError("not-found", `There is no version ${number} of this matrix. Open the list of versions.`);
  const stored = await loadSignOff(db, place, number, { client: client.id, provider: provider.id });
  const { matrixId, engagementId, revision } = place;
  return { matrixId, engagementId, revision, version, stored, client, provider };
}

/** The same for a change: whoever else changes the engagement's sign-offs waits until this transaction ends. */
export async function signingHeld(tx: Writer, place: Place, number: number): Promise<Signing> {
  await holdEngagement(tx, place.engagementId);
  return signingOf(tx, place, number);
}

/** A version's sign-off for an actor who may do something with it, held for a change; and the party they speak for. */
export async function signingFor(
  tx: Writer,
  actor: Actor,
  matrixId: string,
  number: number,
  ability: Ability,
): Promise<Signing & { partyId: string; matrix: MatrixFor }> {
  const matrix = await matrixFor(tx, actor, matrixId, ability);
  const signing = await signingHeld(tx, matrix, number);
  const partyId = ownParty(signing.version.matrix, matrix.access.side);
  if (partyId === null)
    throw new AppError("forbidden", "Only the client and the provider sign and send. Ask somebody of the two sides.");
  return { ...signing, partyId, matrix };
}

const CODES: Record<string, AppErrorCode> = {
  "other-side": "forbidden",
  "own-statement": "forbidden",
  "no-signatory": "not-found",
  "no-version": "not-found",
};

/** An owner who names or confirms somebody for a party, in the words that are kept of it. */
export function speaksFor(
  signing: Pick<Signing, "client" | "provider"> & { partyId: string },
  { name }: Actor,
): NonNullable<Doing["speaks"]> {
  return { partyId: signing.partyId, words: `${name} of ${partyOf(signing, signing.partyId).name}` };
}

/** Carries out an event, or refuses it with its sentence. Says whether anything changed, and whether everybody has signed with it. */
export async function carryOut(
  tx: Writer,
  signing: Signing,
  event: SignOffEvent,
  doing: Doing,
): Promise<{ changed: boolean; agreed: boolean; after: SignOff }> {
  const { stored, version } = signing;
  const result = applySignOffEvent(stored.register, version.number, event);
  if (!result.ok) throw new AppError(CODES[result.rejection.code] ?? "conflict", result.rejection.message);
  const after = result.value.versions.find(({ number }) => number === version.number);
  if (!after) throw new AppError("not-found", `There is no version ${version.number} of this matrix.`);
  if (result.value === stored.register) return { changed: false, agreed: false, after };
  await saveSignOff(tx, stored, result.value, doing);
  return { changed: true, agreed: after.status === "agreed", after };
}

/** Tells in the matrix's log, and with it in the engagement's record, what happened to a version. */
export async function logSigning(
  tx: Writer,
  { matrixId, revision, version }: Signing,
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

/** The party of a signatory. */
export function partyOf({ client, provider }: Pick<Signing, "client" | "provider">, partyId: string): Party {
  return partyId === client.id ? client : provider;
}

/** The side that a party of a version stands on. */
export function sideOfParty({ client }: Pick<Signing, "client">, partyId: string): "client" | "provider" {
  return partyId === client.id ? "client" : "provider";
}

/** The party across from the one whose owner acts. */
export function otherParty({
  client,
  provider,
  partyId,
}: Pick<Signing, "client" | "provider"> & { partyId: string }): Party {
  return partyId === client.id ? provider : client;
}

/** Those asked who count for nothing until an owner of their own party confirms them. */
export function proposedIn({ stored, version }: Pick<Signing, "stored" | "version">): readonly Signatory[] {
  const round = stored.register.versions.find(({ number }) => number === version.number)?.round;
  return (round?.signatories ?? []).filter((one) => one.state !== "removed" && !actionsCount(stored.register, one));
}

/** Whether the other side named a signatory, whose own party has nobody yet who could confirm them. */
export function namedAlone(
  { owned }: Pick<Register, "owned">,
  { partyId, namedFor, confirmedBy }: StoredSignatory,
): boolean {
  return namedFor !== null && namedFor !== partyId && confirmedBy === null && !owned.includes(partyId);
}

/** The warnings of a version that nobody had accepted, by the rules as they judge the day it was published. */
export function openWarnings({
  matrix,
  publishedAt,
}: Pick<VersionRow, "matrix" | "publishedAt">): { key: string; code: string | null; title: string }[] {
  const codes = new Map(matrix.duties.map(({ id, code }) => [id, code]));
  return findAll(matrix, { today: dayOf(publishedAt) }).flatMap(({ key, severity, accepted, dutyIds, title }) =>
    severity === "warning" && !accepted ? [{ key, code: codes.get(dutyIds[0] ?? "") ?? null, title }] : [],
  );
}

/** Somebody asked to sign, as stored; refused with a sentence where they aren't. */
export function signatoryOf({ stored }: Pick<Signing, "stored">, id: string): StoredSignatory {
  const signatory = stored.round?.signatories.find((one) => one.id === id);
  if (!signatory)
    throw new AppError("not-found", "This person isn't asked to sign this version. Look at its page again.");
  return signatory;
}

/** Whoever of those asked is this actor, for their own side: by account, or by address where they had none when they were asked. */
export function ownSignatory(
  { stored }: Pick<Signing, "stored">,
  actor: Actor,
  partyId: string | null,
): StoredSignatory | null {
  const mine = (stored.round?.signatories ?? []).filter(
    (one) =>
      one.partyId === partyId &&
      one.state !== "removed" &&
      (one.userId === null ? one.email === actor.email : one.userId === actor.userId),
  );
  return mine[0] ?? null;
}
