import type { Reader, Writer } from "~/db/client.server";
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
import { partyOf, proposedIn, type Doer, type Signing } from "./signing-core.server";

/** How long a personal link opens after it was sent. */
const LINK_MS = 30 * DAY_MS;

/** A link to hand over where no mail carries it. */
export type Handed = { name: string; link: string };

/** Where a signatory signs: with their account, or by a new personal link; the link before it ends. Says their address too, which an account may have changed. */
async function wayToSign(
  tx: Writer,
  signing: Signing,
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

/** A new personal link in the place of the one before it of its kind. */
async function personalLink(
  tx: Writer,
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

/** The address of a signatory's account as it is now; null where they have none. */
async function accountOf(db: Reader, { userId }: StoredSignatory): Promise<string | null> {
  return userId === null
    ? null
    : ((await db.user.findUnique({ where: { id: userId }, select: { email: true } }))?.email ?? null);
}

/** Writes to everybody whose turn it is and who wasn't written to yet. Returns the links to hand over where no mail is sent. */
export async function askNext(tx: Writer, signing: Signing, now: Date): Promise<Handed[]> {
  const { round, register } = signing.stored;
  const order = register.versions.find(({ number }) => number === signing.version.number)?.round;
  if (!round || !order || !round.mailed || round.outcome !== null) return [];
  const due = round.signatories.filter(
    (one) => one.state === "waiting" && one.askedAt === null && isTheirTurn(register, order, one),
  );
  const handed: Handed[] = [];
  for (const signatory of due) {
    handed.push(...(await ask(tx, signing, signatory, "signing-request", now)));
    await tx.signatory.update({ where: { id: signatory.id }, data: { askedAt: now } });
  }
  return handed;
}

/** Asks one signatory, for the first time or again. */
export async function ask(
  tx: Writer,
  signing: Signing,
  signatory: StoredSignatory,
  kind: "signing-request" | "signing-reminder",
  now: Date,
): Promise<Handed[]> {
  const { round } = signing.stored;
  const way = await wayToSign(tx, signing, signatory, now);
  const again = kind === "signing-reminder";
  const due = round?.dueDate ? ` It is due by ${dayWords(round.dueDate)}.` : "";
  await post(tx, signing, way.email, kind, now, {
    subject: `${again ? "Reminder: sign" : "Please sign"} version ${signing.version.number}: ${placeOf(signing)}`,
    paragraphs: [
      `${again ? "A reminder: " : ""}${round?.sentBy ?? "Somebody"} asks you to sign version ${signing.version.number} of who owns what in IT between ${placeOf(signing)}, for ${partyOf(signing, signatory.partyId).name}.${due}`,
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

/** Tells the owners of both sides, but for whoever did it, that a version was sent: by whom, who is named for whom, and what waits for their confirmation. */
export async function tellSent(tx: Writer, signing: Signing, by: Doer, now: Date): Promise<void> {
  for (const owner of await ownersOf(tx, signing.engagementId))
    if (owner.userId !== by.id) await tellOut(tx, signing, owner, now);
}

/** Tells one owner of a version that is out for signing. */
export async function tellOut(
  tx: Writer,
  signing: Signing,
  { email, side }: { email: string; side: string },
  now: Date,
): Promise<void> {
  const { stored, version, client, provider } = signing;
  const own = side === "client" ? client : provider;
  const asked = (stored.round?.signatories ?? []).filter(({ state }) => state !== "removed");
  const proposed = proposedIn(signing).filter(({ partyId }) => partyId === own.id);
  const lines = [client, provider].map(({ id, name }) => {
    const theirs = asked
      .filter(({ partyId }) => partyId === id)
      .map((one) => (one.title ? `${one.name} (${one.title}, ${one.email})` : `${one.name} (${one.email})`));
    return `For ${name}: ${theirs.length > 0 ? theirs.join("; ") : "nobody yet"}.`;
  });
  const named = asked.some(({ partyId }) => partyId === own.id);
  await post(tx, signing, email, "signing-sent", now, {
    subject:
      proposed.length > 0
        ? `Confirm who signs version ${version.number}: ${placeOf(signing)}`
        : `Version ${version.number} was sent for signing: ${placeOf(signing)}`,
    paragraphs: [
      `${stored.round?.sentBy ?? "Somebody"} sent version ${version.number} of who owns what in IT between ${placeOf(signing)} for signing.`,
      ...lines,
      ...(proposed.length > 0
        ? [
            `${proposed.map(({ name }) => name).join(", ")} ${proposed.length === 1 ? "was" : "were"} named for ${own.name} by the other side. Nothing ${proposed.length === 1 ? "they do" : "any of them does"} counts before an owner of ${own.name} confirms it: confirm, or name somebody else, on the version's page.`,
          ]
        : []),
      ...(named ? [] : [`Nobody is named for ${own.name} yet. Name who signs on the version's page.`]),
    ],
    link: { label: "Open the version", url: versionUrl(signing) },
    closing: ["An owner of either side can withdraw it, with a reason, until everybody has signed."],
  });
}

/** Tells the owners of both sides, but for whoever did it, that others sign than before. */
export async function tellSignatories(
  tx: Writer,
  signing: Signing,
  sentence: string,
  by: Doer,
  now: Date,
): Promise<void> {
  for (const { userId, email } of await ownersOf(tx, signing.engagementId)) {
    if (userId === by.id) continue;
    await post(tx, signing, email, "signing-changed", now, {
      subject: `Who signs version ${signing.version.number} changed: ${placeOf(signing)}`,
      paragraphs: [
        sentence,
        `It is version ${signing.version.number} of who owns what in IT between ${placeOf(signing)}.`,
      ],
      link: { label: "Open the version", url: versionUrl(signing) },
      closing: ["Each side says who signs for it. If this isn't right, withdraw the version and say why."],
    });
  }
}

/** Tells everybody else that a version ended unsigned: declined or withdrawn, by whom and why. */
export async function tellEnded(
  tx: Writer,
  signing: Signing,
  kind: "signing-declined" | "signing-withdrawn",
  { by, reason }: { by: Doer; reason: string },
  now: Date,
): Promise<void> {
  const verb = kind === "signing-declined" ? "declined to sign" : "withdrew";
  const asked = (signing.stored.round?.signatories ?? []).filter(
    ({ state, askedAt, id, userId }) => state !== "removed" && askedAt !== null && id !== by.id && userId !== by.id,
  );
  const owners = (await ownersOf(tx, signing.engagementId)).filter(({ userId }) => userId !== by.id);
  // Who has no account reads the reason in the message itself.
  const told = new Map<string, boolean>();
  for (const signatory of asked)
    told.set((await accountOf(tx, signatory)) ?? signatory.email, signatory.userId !== null);
  for (const { email } of owners) told.set(email, true);
  for (const [email, account] of told) {
    await post(tx, signing, email, kind, now, {
      subject: `Version ${signing.version.number} was ${kind === "signing-declined" ? "declined" : "withdrawn"}: ${placeOf(signing)}`,
      paragraphs: [
        `${by.name} ${verb} version ${signing.version.number} of ${placeOf(signing)}.`,
        `The reason: ${reason}`,
      ],
      link: account ? { label: "Open the version", url: versionUrl(signing) } : null,
      closing: ["Nobody signs it any more. The next version takes its place, and every signature is given anew."],
    });
  }
}

/** Tells everybody that a version is agreed, and where its files are. */
export async function tellAgreed(tx: Writer, signing: Signing, now: Date): Promise<void> {
  const told = new Set<string>();
  const tell = async (email: string, url: string, fileOf: string | null = null) => {
    if (told.has(email)) return;
    told.add(email);
    const agreed = {
      subject: `Version ${signing.version.number} is agreed: ${placeOf(signing)}`,
      paragraphs: [
        `Everybody has signed version ${signing.version.number} of ${placeOf(signing)}. It is agreed${signing.version.matrix.terms.effectiveDate ? ` and takes effect on ${dayWords(signing.version.matrix.terms.effectiveDate)}` : ""}.`,
        `Its fingerprint is ${signing.version.fingerprint}.`,
      ],
      link: { label: "Open what was signed", url },
      closing: ["Keep this message: the fingerprint in it tells whether a file still says what was signed."],
    };
    await post(tx, signing, email, "signing-agreed", now, agreed, fileOf);
  };
  for (const signatory of signing.stored.round?.signatories ?? []) {
    if (signatory.state !== "signed") continue;
    const account = await accountOf(tx, signatory);
    await tell(
      account ?? signatory.email,
      account === null ? await personalLink(tx, signatory, "agreedHash", now) : versionUrl(signing),
      // Whoever signed by a link has no account to come back with: the signed file goes to them.
      account === null ? signing.version.id : null,
    );
  }
  for (const { email } of await ownersOf(tx, signing.engagementId)) await tell(email, versionUrl(signing));
}

/** Sends the code that proves a signatory's address. */
export async function sendCode(
  tx: Writer,
  signing: Signing,
  { email }: StoredSignatory,
  code: string,
  minutes: number,
  now: Date,
): Promise<void> {
  await post(tx, signing, email, "signing-code", now, {
    subject: `${code} is your code to sign`,
    paragraphs: [
      `Your code is ${code}. Type it on the page where you sign version ${signing.version.number} of ${placeOf(signing)}.`,
    ],
    link: null,
    closing: [
      `It holds for ${minutes} minutes. If you didn't ask for it, somebody else has your link: tell whoever sent it to you.`,
    ],
  });
}

function versionUrl({ matrixId, version }: Signing): string {
  return `${publicUrl()}${paths.version(matrixId, version.number)}`;
}

function placeOf({ client, provider }: Signing): string {
  return `${client.name} and ${provider.name}`;
}

async function post(
  tx: Writer,
  { engagementId }: Signing,
  to: string,
  kind: string,
  at: Date,
  words: MailWords,
  fileOf: string | null = null,
): Promise<void> {
  // An installation from before there were accounts has a person without an address.
  if (isMailAddress(to)) await queueMail(tx, { ...composeMail(words), to, kind, engagementId, fileOf, at });
}
