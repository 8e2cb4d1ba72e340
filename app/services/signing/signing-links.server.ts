import { z } from "zod";
import { read, write, type Reader } from "~/db/client.server";
import { appendRecord } from "~/db/record-store.server";
import type { StoredSignatory } from "~/db/sign-off-store.server";
import { AppError } from "~/domain/errors";
import { checkSignable } from "~/domain/signing/sign-off";
import type { SigningPage } from "~/domain/signing/signing-view";
import { typedCode } from "~/domain/text";
import type { Caller } from "../who/actor.server";
import { countTry, findBySecret, giveBack } from "../who/attempts.server";
import { versionForSignatory } from "../pack/exports.server";
import { hashOfSecret } from "../who/link-secret.server";
import { mailIsSent } from "../mail/mailer.server";
import type { ExportedFile } from "../pack/pack-writing.server";
import { checkSignForm, decline, sign, type SignInput } from "./signatures.server";
import { CODE_MINUTES, hashOfCode, newCode, whoHasCode } from "./signing-codes.server";
import { signatoryOf, signingLocked, signingOf, type SigningProcess } from "./signing-core.server";
import { sendCode } from "./signing-mail.server";
import { signingPage } from "./signing-page.server";

/** How many wrong codes may be entered before a new code is needed. */
const CODE_TRIES = 5;

/** The forms of the page that asks for a code: have one sent, or enter it. */
export const codeForm = z.discriminatedUnion("intent", [
  z.object({ intent: z.literal("code") }),
  z.object({ intent: z.literal("prove"), code: z.string() }),
]);

/** What the page shows to anybody with the link: who asks whom to sign what, and nothing of the version's content. */
export type LinkAbout = {
  sentBy: string;
  senderParty: string;
  clientName: string;
  providerName: string;
  partyName: string;
  title: string;
  number: number;
};

/** What a personal link shows: the question for a code, or the version. */
export type LinkView =
  | {
      kind: "code";
      email: string;
      codeSent: boolean;
      about: LinkAbout;
      /** The names of those who can pass on a code, where no mail is sent. */ ask: string | null;
    }
  | { kind: "page"; page: SigningPage };

const NO_LINK =
  "This link leads to nothing to sign. It may have ended, or a newer one has taken its place; ask whoever you have it from.";

/**
 * Opens a personal link, which signs nothing. `proven` holds what `proveSigningCode` returned to this browser before.
 */
export async function openSigningLink(
  token: string,
  proven: readonly string[],
  caller: Caller,
  now: Date,
): Promise<LinkView> {
  const { signing, signatory, codeExpires } = await signatoryByToken(token, caller, now);
  if (!provedBy(proven, signatory))
    return {
      kind: "code",
      email: signatory.email,
      codeSent: codeExpires !== null && codeExpires > now,
      about: aboutOf(signing, signatory),
      ask: mailIsSent() ? null : await whoHasCode(signing, signatory),
    };
  if (!signatory.openedAt)
    await write((tx) =>
      tx.signatory.updateMany({ where: { id: signatory.id, openedAt: null }, data: { openedAt: now } }),
    );
  const codeGivenBy = provedBy(proven, signatory) === "handed" ? await handedBy(read, signatory) : null;
  return { kind: "page", page: { ...(await signingPage(read, signing, signatory)), handedBy: codeGivenBy } };
}

function aboutOf({ client, provider, version, stored }: SigningProcess, { partyId }: StoredSignatory): LinkAbout {
  // Whoever sends a version is an owner of the party that the first signatory was named for.
  const namedFor = stored.round?.signatories[0]?.namedFor ?? null;
  const senderParty = namedFor === client.id ? client.name : namedFor === provider.id ? provider.name : "";
  return {
    sentBy: stored.round?.sentBy ?? "",
    senderParty,
    clientName: client.name,
    providerName: provider.name,
    partyName: partyId === client.id ? client.name : provider.name,
    title: version.matrix.title,
    number: version.number,
  };
}

/**
 * The version of a personal link as a PDF, before and after it is signed, for a browser that proved the address. Throws
 * `forbidden` without that proof.
 */
export async function fileBySigningLink(
  token: string,
  proven: readonly string[],
  caller: Caller,
  now: Date,
  closed?: AbortSignal,
): Promise<ExportedFile> {
  const { signing, signatory } = await signatoryByToken(token, caller, now);
  if (!provedBy(proven, signatory))
    throw new AppError("forbidden", "Open your link and type your code first; the file is there then.");
  return versionForSignatory(signing, signatory, now, closed);
}

/** Mails a code to the signatory of a link; it replaces the code before it. */
export async function sendSigningCode(token: string, caller: Caller, now: Date): Promise<void> {
  const { signing, signatory } = await signatoryByToken(token, caller, now);
  if (!mailIsSent())
    throw new AppError(
      "conflict",
      `No mail is sent from here. Ask ${await whoHasCode(signing, signatory)} for your code.`,
    );
  await countTry("code-mail", { account: signatory.id, address: caller.address });
  const { code, stored } = newCode(signatory.id, now);
  await write(async (tx) => {
    await tx.signatory.update({ where: { id: signatory.id }, data: { ...stored, codeShownTo: null } });
    await sendCode(tx, signing, signatory, code, CODE_MINUTES, now);
  });
}

/**
 * Checks a code, which is valid once. Returns the text that the browser keeps in a signed cookie: the signatory's id,
 * and whether the code was mailed or passed on by an owner.
 */
export async function proveSigningCode(token: string, entered: string, caller: Caller, now: Date): Promise<string> {
  const { signing, signatory } = await signatoryByToken(token, caller, now);
  const countedTry = await countTry("code", { account: signatory.id, address: caller.address });
  const code = typedCode(entered).replace(/\D/g, "");
  const passedOn = await write(async (tx) => {
    const { codeShownTo = null } =
      (await tx.signatory.findUnique({ where: { id: signatory.id }, select: { codeShownTo: true } })) ?? {};
    const { count } = await tx.signatory.updateMany({
      where: {
        id: signatory.id,
        codeHash: hashOfCode(signatory.id, code),
        codeExpires: { gt: now },
        codeTries: { lt: CODE_TRIES },
      },
      data: {
        codeHash: null,
        codeExpires: null,
        codeShownTo: null,
        ...(codeShownTo === null ? {} : { handedBy: codeShownTo }),
      },
    });
    if (count === 0) {
      await tx.signatory.update({ where: { id: signatory.id }, data: { codeTries: { increment: 1 } } });
      return null;
    }
    await appendRecord(tx, [
      {
        engagementId: signing.engagementId,
        at: now,
        event: "signing.link-proved",
        actorId: signatory.id,
        actorName: signatory.name,
        detail: {
          email: signatory.email,
          ...(codeShownTo === null ? {} : { by: codeShownTo }),
          number: signing.version.number,
          matrix: signing.version.matrix.title,
        },
        address: caller.address,
      },
    ]);
    return codeShownTo !== null;
  });
  if (passedOn === null)
    throw new AppError("invalid", "Some fields need another look.", {
      code: mailIsSent()
        ? "This isn't the code of the newest message, or it is over. Check it, or have another one sent."
        : "This isn't the newest code, or it is over. Check it, or ask for another one.",
    });
  await giveBack(countedTry);
  return passedOn ? handedKey(signatory) : signatory.id;
}

/** What the cookie holds where the code was passed on by an owner. */
function handedKey({ id }: Pick<StoredSignatory, "id">): string {
  return `${id} handed`;
}

/**
 * How a browser proved that it is the signatory's: by a code mailed to their address, or by one that an owner passed
 * on. Null without a proof.
 */
function provedBy(proven: readonly string[], signatory: Pick<StoredSignatory, "id">): "code" | "handed" | null {
  return proven.includes(signatory.id) ? "code" : proven.includes(handedKey(signatory)) ? "handed" : null;
}

/** Signs or declines as the signatory of a personal link, whose address was proved. */
export async function signByLink(
  token: string,
  proven: readonly string[],
  form: SignInput,
  caller: Caller,
  now: Date,
): Promise<{ said: string }> {
  const { signing: loaded, signatory } = await signatoryByToken(token, caller, now);
  const proof = provedBy(proven, signatory);
  if (!proof) throw new AppError("forbidden", "Type your code first; what you wrote isn't sent yet.");
  const checked = checkSignForm(form, signatory);
  return write(async (tx) => {
    const signing = await signingLocked(tx, loaded, loaded.version.number);
    const current = signatoryOf(signing, signatory.id);
    const by = { id: current.id, name: current.name };
    return checked.kind === "sign"
      ? sign(tx, signing, current, checked, {
          proof,
          handedBy: proof === "handed" ? await handedBy(tx, current) : null,
          email: current.email,
          caller,
          now,
          by,
        })
      : decline(tx, signing, current, checked.reason, by, now);
  });
}

/** Who passed on the code that a signatory entered. */
async function handedBy(db: Reader, { id }: Pick<StoredSignatory, "id">): Promise<string> {
  return (await db.signatory.findUnique({ where: { id }, select: { handedBy: true } }))?.handedBy ?? "somebody";
}

/** The signatory whom a link belongs to. Every link that opens nothing is refused with the same sentence. */
async function signatoryByToken(
  token: string,
  caller: Caller,
  now: Date,
): Promise<{ signing: SigningProcess; signatory: StoredSignatory; codeExpires: Date | null }> {
  const hash = hashOfSecret(token);
  const row = await findBySecret(caller, () =>
    read.signatory.findFirst({
      where: { OR: [{ tokenHash: hash }, { agreedHash: hash }] },
      select: {
        id: true,
        tokenExpires: true,
        codeExpires: true,
        round: {
          select: {
            version: {
              select: {
                number: true,
                matrix: { select: { id: true, engagementId: true, revision: true, archivedAt: true } },
              },
            },
          },
        },
      },
    }),
  );
  if (!row || !row.tokenExpires || row.tokenExpires <= now) throw new AppError("not-found", NO_LINK);
  const { number, matrix } = row.round.version;
  const signing = await signingOf(
    read,
    { matrixId: matrix.id, engagementId: matrix.engagementId, revision: matrix.revision },
    number,
  );
  const target = signing.stored.register.versions.find((one) => one.number === number);
  if (matrix.archivedAt && target && checkSignable(signing.stored.register, target).ok)
    throw new AppError(
      "conflict",
      "The matrix of this version was put away, so nothing is signed on it now. Ask whoever sent you the link.",
    );
  return { signing, signatory: signatoryOf(signing, row.id), codeExpires: row.codeExpires };
}
