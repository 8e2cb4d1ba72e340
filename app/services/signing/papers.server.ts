import { z } from "zod";
import { read, write } from "~/db/client.server";
import { isPast, isYetToCome } from "~/domain/days";
import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import { PAPER_TYPES, paperKind, paperName } from "~/domain/signing/paper";
import { namingWords } from "~/domain/signing/sign-off";
import { bytesHash } from "~/files/fingerprint.server";
import { withoutFontSentence } from "~/files/pdf/fonts/missing.server";
import type { Actor } from "../who/actor.server";
import { countMade } from "../who/attempts.server";
import type { ExportedFile } from "../pack/pack-writing.server";
import { matrixFor } from "../who/matrix-access.server";
import { applyEvent, logSigning, partyOf, signatoryOf, signingFor } from "./signing-core.server";
import { followUp, doerOf, type SigningAnswer } from "./signing-after.server";

/** What an owner states about a file that was signed on paper: who signed it, and on which day. */
export const paperForm = z.object({
  signatoryIds: z.array(z.string()).min(1, "Tick who signed the file.").max(20),
  signedOn: z.iso.date("Choose the day on which it was signed, as in 2026-03-31."),
});
type PaperForm = z.infer<typeof paperForm>;

/** The other side's answer to a statement about a signature on paper. */
export const paperAnswerForm = z.object({ intent: z.enum(["confirm-paper", "refuse-paper"]), signatoryId: z.string() });
type PaperAnswerForm = z.infer<typeof paperAnswerForm>;

/**
 * Stores a file that was signed outside Demarc, with the owner's statement of who signed it. The signatures count once
 * the other side confirms them.
 */
export async function statePaper(
  actor: Actor,
  matrixId: string,
  number: number,
  { signatoryIds: tickedIds, signedOn }: PaperForm,
  file: { name: string; bytes: Uint8Array },
  now: Date,
): Promise<SigningAnswer> {
  if (isYetToCome(signedOn, now))
    throw new AppError("invalid", "Some fields need another look.", {
      signedOn: "That day is yet to come. Choose the day on which it was signed.",
    });
  const signatoryIds = [...new Set(tickedIds)];
  const kind = paperKind(file.bytes);
  if (!kind.ok) throw new AppError("invalid", "Some fields need another look.", { file: kind.rejection.message });
  const paper = {
    id: crypto.randomUUID(),
    name: paperName(file.name, kind.value),
    type: PAPER_TYPES[kind.value],
    sha256: bytesHash(file.bytes),
  };
  const unshown = withoutFontSentence("The name of the file", paper.name);
  if (unshown !== null) throw new AppError("invalid", "Some fields need another look.", { file: unshown });
  await countMade("paper", actor.userId);
  return write(async (tx) => {
    const signing = await signingFor(tx, actor, matrixId, number, "publish");
    const { version } = signing;
    if (isPast(signedOn, new Date(version.publishedAt)))
      throw new AppError("invalid", "Some fields need another look.", {
        signedOn: `Version ${number} was published later than that. Choose the day on which this text was signed.`,
      });
    if ((await tx.paperFile.count({ where: { versionId: version.id } })) >= LIMITS.papers)
      throw new AppError(
        "conflict",
        `A version keeps at most ${LIMITS.papers} signed files. Put what belongs together into one.`,
      );
    const signatories = signatoryIds.map((id) => signatoryOf(signing, id));
    await applyEvent(
      tx,
      signing,
      { type: "state-paper", signatoryIds, partyId: signing.partyId },
      { at: now, by: doerOf(actor) },
    );
    await tx.paperFile.create({
      data: {
        ...paper,
        versionId: version.id,
        bytes: Uint8Array.from(file.bytes),
        uploadedById: actor.userId,
        uploadedByName: actor.name,
        createdAt: now,
      },
    });
    await tx.signature.createMany({
      data: signatories.map(({ id, partyId, name, title, email, ...naming }) => ({
        ...{
          id: crypto.randomUUID(),
          signatoryId: id,
          versionId: version.id,
          partyId,
          partyName: partyOf(signing, partyId).name,
          named: namingWords({ partyId, ...naming }, partyOf(signing, partyId).name),
          name,
          title,
          organisation: partyOf(signing, partyId).name,
          email,
          proof: "paper",
          signedAt: new Date(`${signedOn}T00:00:00Z`),
          createdAt: now,
        },
        ...{
          address: "",
          browser: "",
          consentVersion: 0,
          consentText: "",
          fingerprint: version.fingerprint,
          picture: "paper",
          pictureText: "",
          paperId: paper.id,
          statedFor: signing.partyId,
          statedBy: actor.name,
        },
      })),
    });
    await logSigning(tx, signing, "version.paper-stated", doerOf(actor), now, {
      names: signatories.map(({ name }) => name).join(", "),
      file: paper.name,
    });
    const other = signing.partyId === signing.client.id ? signing.provider : signing.client;
    return { said: `${paper.name} is kept. It counts once an owner of ${other.name} confirms it.`, handed: [] };
  });
}

/**
 * Confirms a stated signature on paper, as an owner of the side that didn't state it; or refuses it, and the signatory
 * is asked again.
 */
export async function answerPaper(
  actor: Actor,
  matrixId: string,
  number: number,
  { intent, signatoryId }: PaperAnswerForm,
  now: Date,
): Promise<SigningAnswer> {
  return write(async (tx) => {
    const signing = await signingFor(tx, actor, matrixId, number, "publish");
    const signatory = signatoryOf(signing, signatoryId);
    const { name, partyId } = signatory;
    const { changed, agreed } = await applyEvent(
      tx,
      signing,
      { type: intent, signatoryId, partyId: signing.partyId },
      { at: now, by: doerOf(actor) },
    );
    const confirmed = intent === "confirm-paper";
    if (!changed) return { said: `${name}'s signature is confirmed already.`, handed: [] };
    if (confirmed)
      await tx.signature.update({
        where: { signatoryId },
        data: {
          confirmedBy: actor.name,
          confirmedAt: now,
          named: namingWords(signatory, partyOf(signing, partyId).name),
        },
      });
    else await tx.signature.delete({ where: { signatoryId } });
    await logSigning(tx, signing, confirmed ? "version.paper-confirmed" : "version.paper-refused", doerOf(actor), now, {
      name,
    });
    const handed = await followUp(tx, signing, agreed, doerOf(actor), now);
    return { said: confirmed ? `${name}'s signature counts.` : `${name} is waited for again.`, handed };
  });
}

/** A file that was signed on paper, byte for byte as it was uploaded. Throws `forbidden` for a third party. */
export async function paperFile(
  actor: Actor,
  matrixId: string,
  number: number,
  paperId: string,
): Promise<ExportedFile> {
  const { access } = await matrixFor(read, actor, matrixId, "export");
  if (access.side === "third-party")
    throw new AppError("forbidden", "Only the client and the provider open what they signed on paper.");
  const file = await read.paperFile.findFirst({
    where: { id: paperId, version: { matrixId, number } },
    select: { name: true, type: true, bytes: true },
  });
  if (!file) throw new AppError("not-found", "There is no such file. Open the version's page again.");
  return file;
}
