import { z } from "zod";
import { read, write } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import type { StoredSignatory } from "~/db/sign-off-store.server";
import { AppError } from "~/domain/errors";
import { standing } from "~/domain/sign-off";
import type { SigningPage } from "~/domain/signing-view";
import { typedCode } from "~/domain/text";
import type { Caller } from "./actor.server";
import { countTry, findBySecret, giveBack } from "./attempts.server";
import { hashOfSecret } from "./link-secret.server";
import { checkForm, decline, sign, type SignForm } from "./signatures.server";
import { signatoryOf, signingHeld, signingOf, type Signing } from "./signing-core.server";
import { sendCode } from "./signing-mail.server";
import { signingPage } from "./signing-page.server";

const CODE_MINUTES = 15;
/** Wrong codes before one has to ask for another. */
const CODE_TRIES = 5;

export const codeForm = z.discriminatedUnion("intent", [z.object({ intent: z.literal("code") }), z.object({ intent: z.literal("prove"), code: z.string() })]);

/** What a personal link shows: that it asks for a code first, or the version. */
export type LinkView = { kind: "code"; email: string; codeSent: boolean } | { kind: "page"; page: SigningPage };

const NO_LINK = "This link leads to nothing to sign. It may have ended, or a newer mail has a newer one; ask whoever sent it to you.";

/** What a personal link shows. `proven` holds the ids of signatories whose address this browser proved. Opening it signs nothing. */
export async function openSigningLink(token: string, proven: readonly string[], caller: Caller, now: Date): Promise<LinkView> {
  const { signing, signatory, codeExpires } = await usable(token, caller, now);
  if (!proven.includes(signatory.id)) return { kind: "code", email: signatory.email, codeSent: codeExpires !== null && codeExpires > now };
  if (!signatory.openedAt) await write((tx) => tx.signatory.updateMany({ where: { id: signatory.id, openedAt: null }, data: { openedAt: now } }));
  return { kind: "page", page: await signingPage(read, signing, signatory) };
}

/** Sends a code to the address of a link's signatory; the code before it ends. */
export async function sendSigningCode(token: string, caller: Caller, now: Date): Promise<void> {
  const { signing, signatory } = await usable(token, caller, now);
  await countTry("code-mail", { account: signatory.id, address: caller.address });
  const code = String(100_000 + (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) % 900_000);
  await write(async (tx) => {
    await tx.signatory.update({ where: { id: signatory.id }, data: { codeHash: hashOfCode(signatory.id, code), codeExpires: new Date(now.getTime() + CODE_MINUTES * 60_000), codeTries: 0 } });
    await sendCode(tx, signing, signatory, code, CODE_MINUTES, now);
  });
}

/** Checks a code; returns the signatory's id, which the browser then keeps signed. A code counts once. */
export async function proveSigningCode(token: string, written: string, caller: Caller, now: Date): Promise<string> {
  const { signing, signatory } = await usable(token, caller, now);
  const tried = await countTry("code", { account: signatory.id, address: caller.address });
  const code = typedCode(written).replace(/\D/g, "");
  const right = await write(async (tx) => {
    const { count } = await tx.signatory.updateMany({ where: { id: signatory.id, codeHash: hashOfCode(signatory.id, code), codeExpires: { gt: now }, codeTries: { lt: CODE_TRIES } }, data: { codeHash: null, codeExpires: null } });
    if (count === 0) await tx.signatory.update({ where: { id: signatory.id }, data: { codeTries: { increment: 1 } } });
    else await appendRecord(tx, [{ engagementId: signing.engagementId, at: now, event: "signing.link-proved", actorId: signatory.id, actorName: signatory.name, detail: { email: signatory.email, number: signing.version.number, matrix: signing.version.matrix.title }, address: caller.address }]);
    return count === 1;
  });
  if (!right) throw new AppError("invalid", "Some fields need another look.", { code: "This isn't the code of the newest message, or it is over. Check it, or have another one sent." });
  await giveBack(tried);
  return signatory.id;
}

/** Signs or declines as the signatory of a personal link whose address was proved. */
export async function signByLink(token: string, proven: readonly string[], form: SignForm, caller: Caller, now: Date): Promise<{ said: string }> {
  const { signing: seen, signatory } = await usable(token, caller, now);
  if (!proven.includes(signatory.id)) throw new AppError("forbidden", "Prove your address with a code first; what you wrote isn't sent yet.");
  const checked = checkForm(form, signatory);
  return write(async (tx) => {
    const signing = await signingHeld(tx, seen, seen.version.number);
    const mine = signatoryOf(signing, signatory.id);
    const by = { id: mine.id, name: mine.name };
    return checked.kind === "sign" ? sign(tx, signing, mine, checked, { proof: "code", email: mine.email, caller, now, by }) : decline(tx, signing, mine, checked.reason, by, now);
  });
}

/** The signatory a link belongs to. Every link that opens nothing is refused in the same words. */
async function usable(token: string, caller: Caller, now: Date): Promise<{ signing: Signing; signatory: StoredSignatory; codeExpires: Date | null }> {
  const hash = hashOfSecret(token);
  const row = await findBySecret(caller, () => read.signatory.findFirst({ where: { OR: [{ tokenHash: hash }, { agreedHash: hash }] }, select: { id: true, tokenExpires: true, codeExpires: true, round: { select: { version: { select: { number: true, matrix: { select: { id: true, engagementId: true, revision: true, archivedAt: true } } } } } } } }));
  if (!row || !row.tokenExpires || row.tokenExpires <= now) throw new AppError("not-found", NO_LINK);
  const { number, matrix } = row.round.version;
  const signing = await signingOf(read, { matrixId: matrix.id, engagementId: matrix.engagementId, revision: matrix.revision }, number);
  const target = signing.stored.register.versions.find((one) => one.number === number);
  if (matrix.archivedAt && target && standing(signing.stored.register, target).ok) throw new AppError("conflict", "The matrix of this version was put away, so nothing is signed on it now. Ask whoever sent you the link.");
  return { signing, signatory: signatoryOf(signing, row.id), codeExpires: row.codeExpires };
}

function hashOfCode(signatoryId: string, code: string): string {
  return hashOfSecret(`${signatoryId} ${code}`);
}
