import type { Reader, Transaction } from "~/db/client.server";
import { queueMail } from "~/db/mail-store.server";
import { ownersOf } from "~/db/owner-store.server";
import type { StoredSignatory } from "~/db/sign-off-store.server";
import { composeMail, type MailWords } from "~/domain/mail/compose-mail";
import { isMailAddress } from "~/domain/mail-address";
import { dayWords } from "~/domain/day-words";
import { DAY_MS } from "~/domain/days";
import { isTheirTurn } from "~/domain/signing/sign-off";
import { publicUrl } from "~/env.server";
import { paths } from "~/paths";
import { hashOfSecret, newLinkSecret } from "../who/link-secret.server";
import { mailIsSent } from "../mail/mailer.server";
import { partyOf, proposedIn, type Doer, type SigningProcess } from "./signing-core.server";

/** In milliseconds: how long a personal link is valid after it was sent. */
const LINK_MS = 30 * DAY_MS;

/** A signatory's link, which an owner hands over where no mail is sent. */
export type LinkToHandOver = { name: string; link: string };

/**
 * Where a signatory signs: with their account, or by a new personal link, which ends the one before it. `email` is the
 * account's current address, where there is an account.
 */
async function wayToSign(
  tx: Transaction,
  signing: SigningProcess,
  signatory: StoredSignatory,
  now: Date,
): Promise<{ url: string; email: string; personal: boolean }> {
  const account = await accountOf(tx, signatory);
  if (account)
    return {
      url: `${publicUrl()}${paths.sign(signing.matrixId, signing.version.number)}`,
      email: account,
      personal: false,
    };
  return { url: await personalLink(tx, signatory, "tokenHash", now), email: signatory.email, personal: true };
}

/**
 * Makes a new personal link, which replaces the one before it of the same kind: "tokenHash" to sign, "agreedHash" to
 * read what was signed.
 */
async function personalLink(
  tx: Transaction,
  { id }: StoredSignatory,
  kind: "tokenHash" | "agreedHash",
  now: Date,
): Promise<string> {
  const token = newLinkSecret();
  await tx.signatory.update({
    where: { id },
    data: { [kind]: hashOfSecret(token), tokenExpires: new Date(now.getTime() + LINK_MS) },
  });
  return `${publicUrl()}${paths.signByLink(token)}`;
}

/** The current address of a signatory's account; null where they have none. */
async function accountOf(db: Reader, { userId }: StoredSignatory): Promise<string | null> {
  return userId === null
    ? null
    : ((await db.user.findUnique({ where: { id: userId }, select: { email: true } }))?.email ?? null);
}

/**
 * Mails every signatory whose turn it is and who wasn't asked before. Returns the links to hand over where no mail is
 * sent.
 */
export async function askNext(tx: Transaction, signing: SigningProcess, now: Date): Promise<LinkToHandOver[]> {
  const { round, register } = signing.stored;
  const orderedRound = register.versions.find(({ number }) => number === signing.version.number)?.round;
  if (!round || !orderedRound || !round.mailed || round.outcome !== null) return [];
  const due = round.signatories.filter(
    (one) => one.state === "waiting" && one.askedAt === null && isTheirTurn(register, orderedRound, one),
  );
  const links: LinkToHandOver[] = [];
  for (const signatory of due) {
    links.push(...(await askSignatory(tx, signing, signatory, "signing-request", now)));
    await tx.signatory.update({ where: { id: signatory.id }, data: { askedAt: now } });
  }
  return links;
}

/** Mails one signatory the request to sign, or a reminder. Returns the link to hand over where no mail is sent. */
export async function askSignatory(
  tx: Transaction,
  signing: SigningProcess,
  signatory: StoredSignatory,
  kind: "signing-request" | "signing-reminder",
  now: Date,
): Promise<LinkToHandOver[]> {
  const { round } = signing.stored;
  const way = await wayToSign(tx, signing, signatory, now);
  const isReminder = kind === "signing-reminder";
  const due = round?.dueDate ? ` It is due by ${dayWords(round.dueDate)}.` : "";
  await queueSigningMail(tx, signing, way.email, kind, now, {
    subject: `${isReminder ? "Reminder: sign" : "Please sign"} version ${signing.version.number}: ${partyNames(signing)}`,
    paragraphs: [
      `${isReminder ? "A reminder: " : ""}${round?.sentBy ?? "Somebody"} asks you to sign version ${signing.version.number} of who owns what in IT between ${partyNames(signing)}, for ${partyOf(signing, signatory.partyId).name}.${due}`,
      ...(round?.message ? [round.message] : []),
    ],
    link: { label: "Read and sign", url: way.url },
    closing: [
      way.personal
        ? `The link is yours alone, for 30 days. It asks for a code that comes to this address, so don't pass it on.`
        : "Sign in with your account to read and sign it.",
      "If you don't agree, decline on the same page and say why.",
    ],
  });
  return mailIsSent() || !way.personal ? [] : [{ name: signatory.name, link: way.url }];
}

/**
 * Mails the owners of both sides, except `by`, that a version was sent: by whom, who is named for whom, and who needs
 * their confirmation.
 */
export async function tellSent(tx: Transaction, signing: SigningProcess, by: Doer, now: Date): Promise<void> {
  for (const owner of await ownersOf(tx, signing.engagementId))
    if (owner.userId !== by.id) await tellOut(tx, signing, owner, now);
}

/** Mails one owner that a version is out for signing. */
export async function tellOut(
  tx: Transaction,
  signing: SigningProcess,
  { email, side }: { email: string; side: string },
  now: Date,
): Promise<void> {
  const { stored, version, client, provider } = signing;
  const own = side === "client" ? client : provider;
  const signatories = (stored.round?.signatories ?? []).filter(({ state }) => state !== "removed");
  const proposed = proposedIn(signing).filter(({ partyId }) => partyId === own.id);
  const lines = [client, provider].map(({ id, name }) => {
    const ofParty = signatories
      .filter(({ partyId }) => partyId === id)
      .map((one) => (one.title ? `${one.name} (${one.title}, ${one.email})` : `${one.name} (${one.email})`));
    return `For ${name}: ${ofParty.length > 0 ? ofParty.join("; ") : "nobody yet"}.`;
  });
  const sideHasSignatory = signatories.some(({ partyId }) => partyId === own.id);
  await queueSigningMail(tx, signing, email, "signing-sent", now, {
    subject:
      proposed.length > 0
        ? `Confirm who signs version ${version.number}: ${partyNames(signing)}`
        : `Version ${version.number} was sent for signing: ${partyNames(signing)}`,
    paragraphs: [
      `${stored.round?.sentBy ?? "Somebody"} sent version ${version.number} of who owns what in IT between ${partyNames(signing)} for signing.`,
      ...lines,
      ...(proposed.length > 0
        ? [
            `${proposed.map(({ name }) => name).join(", ")} ${proposed.length === 1 ? "was" : "were"} named for ${own.name} by the other side. Nothing ${proposed.length === 1 ? "they do" : "any of them does"} counts before an owner of ${own.name} confirms it: confirm, or name somebody else, on the version's page.`,
          ]
        : []),
      ...(sideHasSignatory ? [] : [`Nobody is named for ${own.name} yet. Name who signs on the version's page.`]),
    ],
    link: { label: "Open the version", url: versionUrl(signing) },
    closing: ["An owner of either side can withdraw it, with a reason, until everybody has signed."],
  });
}

/** Mails the owners of both sides, except `by`, that the signatories changed. */
export async function tellSignatories(
  tx: Transaction,
  signing: SigningProcess,
  sentence: string,
  by: Doer,
  now: Date,
): Promise<void> {
  for (const { userId, email } of await ownersOf(tx, signing.engagementId)) {
    if (userId === by.id) continue;
    await queueSigningMail(tx, signing, email, "signing-changed", now, {
      subject: `Who signs version ${signing.version.number} changed: ${partyNames(signing)}`,
      paragraphs: [
        sentence,
        `It is version ${signing.version.number} of who owns what in IT between ${partyNames(signing)}.`,
      ],
      link: { label: "Open the version", url: versionUrl(signing) },
      closing: ["Each side says who signs for it. If this isn't right, withdraw the version and say why."],
    });
  }
}

/**
 * Mails everybody but `by` that the signing of a version ended, because it was declined or withdrawn, with the reason.
 */
export async function tellEnded(
  tx: Transaction,
  signing: SigningProcess,
  kind: "signing-declined" | "signing-withdrawn",
  { by, reason }: { by: Doer; reason: string },
  now: Date,
): Promise<void> {
  const verb = kind === "signing-declined" ? "declined to sign" : "withdrew";
  const signatories = (signing.stored.round?.signatories ?? []).filter(
    ({ state, askedAt, id, userId }) => state !== "removed" && askedAt !== null && id !== by.id && userId !== by.id,
  );
  const owners = (await ownersOf(tx, signing.engagementId)).filter(({ userId }) => userId !== by.id);
  // Whoever has no account gets no link: the message itself holds the reason.
  const hasAccount = new Map<string, boolean>();
  for (const signatory of signatories)
    hasAccount.set((await accountOf(tx, signatory)) ?? signatory.email, signatory.userId !== null);
  for (const { email } of owners) hasAccount.set(email, true);
  for (const [email, account] of hasAccount) {
    await queueSigningMail(tx, signing, email, kind, now, {
      subject: `Version ${signing.version.number} was ${kind === "signing-declined" ? "declined" : "withdrawn"}: ${partyNames(signing)}`,
      paragraphs: [
        `${by.name} ${verb} version ${signing.version.number} of ${partyNames(signing)}.`,
        `The reason: ${reason}`,
      ],
      link: account ? { label: "Open the version", url: versionUrl(signing) } : null,
      closing: ["Nobody signs it any more. The next version takes its place, and every signature is given anew."],
    });
  }
}

/** Mails every signatory and owner that a version is agreed, with a link to its files. */
export async function tellAgreed(tx: Transaction, signing: SigningProcess, now: Date): Promise<void> {
  const notified = new Set<string>();
  const notify = async (email: string, url: string, fileOf: string | null = null) => {
    if (notified.has(email)) return;
    notified.add(email);
    const words = {
      subject: `Version ${signing.version.number} is agreed: ${partyNames(signing)}`,
      paragraphs: [
        `Everybody has signed version ${signing.version.number} of ${partyNames(signing)}. It is agreed${signing.version.matrix.terms.effectiveDate ? ` and takes effect on ${dayWords(signing.version.matrix.terms.effectiveDate)}` : ""}.`,
        `Its fingerprint is ${signing.version.fingerprint}.`,
      ],
      link: { label: "Open what was signed", url },
      closing: ["Keep this message: the fingerprint in it tells whether a file still says what was signed."],
    };
    await queueSigningMail(tx, signing, email, "signing-agreed", now, words, fileOf);
  };
  for (const signatory of signing.stored.round?.signatories ?? []) {
    if (signatory.state !== "signed") continue;
    const account = await accountOf(tx, signatory);
    await notify(
      account ?? signatory.email,
      account === null ? await personalLink(tx, signatory, "agreedHash", now) : versionUrl(signing),
      // A signatory without an account can't come back to the files, so the signed PDF goes with the message.
      account === null ? signing.version.id : null,
    );
  }
  for (const { email } of await ownersOf(tx, signing.engagementId)) await notify(email, versionUrl(signing));
}

/** Mails the code that proves a signatory's address. */
export async function sendCode(
  tx: Transaction,
  signing: SigningProcess,
  { email }: StoredSignatory,
  code: string,
  minutes: number,
  now: Date,
): Promise<void> {
  await queueSigningMail(tx, signing, email, "signing-code", now, {
    subject: `${code} is your code to sign`,
    paragraphs: [
      `Your code is ${code}. Type it on the page where you sign version ${signing.version.number} of ${partyNames(signing)}.`,
    ],
    link: null,
    closing: [
      `It holds for ${minutes} minutes. If you didn't ask for it, somebody else has your link: tell whoever sent it to you.`,
    ],
  });
}

function versionUrl({ matrixId, version }: SigningProcess): string {
  return `${publicUrl()}${paths.version(matrixId, version.number)}`;
}

function partyNames({ client, provider }: SigningProcess): string {
  return `${client.name} and ${provider.name}`;
}

async function queueSigningMail(
  tx: Transaction,
  { engagementId }: SigningProcess,
  to: string,
  kind: string,
  at: Date,
  words: MailWords,
  fileOf: string | null = null,
): Promise<void> {
  // The user of an installation from before there were accounts has no address.
  if (isMailAddress(to)) await queueMail(tx, { ...composeMail(words), to, kind, engagementId, fileOf, at });
}
