import { read, write, type Reader } from "~/db/client.server";
import type { StoredSignatory } from "~/db/sign-off-store.server";
import { findVersion, listVersionSummaries } from "~/db/version-store.server";
import { compareDuties } from "~/domain/changes/comparison";
import { agreedChanges } from "~/domain/changes/agreed-changes";
import { sentencesBesideDuties } from "~/domain/pack/sentences";
import { placedTexts } from "~/domain/pack/placed-texts";
import { AppError } from "~/domain/errors";
import { CONSENT, checkSignable, checkTurn } from "~/domain/signing/sign-off";
import { dateRemarks } from "~/domain/signing/version-dates";
import { sharedForm } from "~/domain/engagement/shared-form";
import type { SigningPage } from "~/domain/signing/signing-view";
import { ownParty } from "~/domain/engagement/permissions";
import { charactersWithoutFont } from "~/files/pdf/fonts/missing.server";
import type { Actor } from "../who/actor.server";
import { matrixFor } from "../who/matrix-access.server";
import { namedAlone, openWarnings, ownSignatory, partyOf, signingOf, type SigningProcess } from "./signing-core.server";

/** The page on which a signatory with an account signs a version. Throws `forbidden` for anybody else. */
export async function loadSigningPage(actor: Actor, matrixId: string, number: number, now: Date): Promise<SigningPage> {
  const draft = await matrixFor(read, actor, matrixId, "sign");
  const signing = await signingOf(read, draft, number);
  const signatory = ownSignatory(signing, actor, ownParty(signing.version.matrix, draft.access.side));
  if (!signatory)
    throw new AppError(
      "forbidden",
      `You aren't asked to sign version ${number}. Its page says who is; an owner of your side can change that.`,
    );
  if (!signatory.openedAt)
    await write((tx) =>
      tx.signatory.updateMany({ where: { id: signatory.id, openedAt: null }, data: { openedAt: now } }),
    );
  return signingPage(read, signing, signatory);
}

/** The signing page of a version for one signatory. */
export async function signingPage(
  db: Reader,
  signing: SigningProcess,
  signatory: StoredSignatory,
): Promise<SigningPage> {
  const { version, stored, matrixId } = signing;
  const { matrix } = version;
  const codes = new Map(matrix.duties.map(({ id, code }) => [id, code]));
  const open = openWarnings(version);
  const party = partyOf(signing, signatory.partyId);
  return {
    ...{
      matrixId,
      number: version.number,
      status: version.status,
      reason: version.reason,
      authorName: version.authorName,
      publishedAt: version.publishedAt,
      fingerprint: version.fingerprint,
    },
    remarks: dateRemarks(
      { ...version, effectiveDate: matrix.terms.effectiveDate },
      await listVersionSummaries(db, matrixId),
    ),
    withoutFont: charactersWithoutFont([
      ...placedTexts(matrix),
      { place: "The reason", text: version.reason },
      { place: "The name of who published it", text: version.authorName },
    ]),
    matrix: sharedForm(matrix),
    since: await sinceAgreed(db, signing),
    open,
    accepted: Object.entries(matrix.accepted)
      .filter(([key]) => !open.some((one) => one.key === key))
      .map(([key, { reason, by, on }]) => ({
        key,
        code: codes.get(key.slice(key.indexOf(".") + 1)) ?? null,
        reason,
        by,
        on,
      })),
    ...{
      consent: CONSENT.text,
      message: stored.round?.message ?? "",
      sentBy: stored.round?.sentBy ?? "",
      dueDate: stored.round?.dueDate ?? null,
    },
    signatory: {
      name: signatory.name,
      title: signatory.title,
      email: signatory.email,
      partyId: party.id,
      partyName: party.name,
    },
    handedBy: null,
    alone: namedAlone(stored.register, signatory) ? (signatory.namedBy ?? "") : null,
    state: await stateFor(db, signing, signatory),
  };
}

/** Whether the signatory has signed or can sign, and if not, why not. */
async function stateFor(
  db: Reader,
  { stored, version }: SigningProcess,
  signatory: StoredSignatory,
): Promise<SigningPage["state"]> {
  if (signatory.state === "signed") {
    const signature = await db.signature.findUnique({
      where: { signatoryId: signatory.id },
      select: { signedAt: true },
    });
    return { kind: "signed", at: (signature?.signedAt ?? new Date(0)).toISOString() };
  }
  const target = stored.register.versions.find(({ number }) => number === version.number);
  if (!target) return { kind: "closed", sentence: "This version isn't there any more." };
  const open = checkSignable(stored.register, target);
  if (!open.ok) return { kind: "closed", sentence: open.rejection.message };
  if (signatory.state === "stated")
    return {
      kind: "closed",
      sentence:
        "An owner has stated that you signed on paper. The other side has yet to confirm it; there is nothing more for you to do.",
    };
  if (signatory.state !== "waiting")
    return {
      kind: "closed",
      sentence: "You are no longer asked to sign this version. An owner of your side can say who is.",
    };
  const current = target.round?.signatories.find(({ id }) => id === signatory.id);
  const turn = target.round && current && checkTurn(stored.register, target.round, current);
  return turn?.ok
    ? { kind: "open" }
    : {
        kind: "closed",
        sentence: turn?.rejection.message ?? "This version isn't out for signing. An owner sends it first.",
      };
}

/** The changes since the newest version that was agreed before this one; null where there is none. */
async function sinceAgreed(db: Reader, { matrixId, version, stored }: SigningProcess): Promise<SigningPage["since"]> {
  const before = stored.register.versions.findLast(
    ({ number, status }) => number < version.number && (status === "agreed" || status === "superseded"),
  );
  const agreed = before && (await findVersion(db, matrixId, before.number));
  if (!agreed) return null;
  const partyIds = new Set(version.matrix.parties.map(({ id }) => id));
  return {
    number: agreed.number,
    comparison: compareDuties(agreed.matrix, version.matrix),
    frame: sentencesBesideDuties(agreed.matrix, version.matrix, agreedChanges(agreed.matrix, version.matrix)),
    parties: [...version.matrix.parties, ...agreed.matrix.parties.filter(({ id }) => !partyIds.has(id))],
  };
}
