import { read, write, type Transaction } from "~/db/client.server";
import { queueMail } from "~/db/mail-store.server";
import { composeMail, type MailWords } from "~/domain/mail/compose-mail";
import { momentWords } from "~/domain/day-words";
import { shortNameList } from "~/domain/name-list";
import { publicUrl } from "~/env.server";
import { paths } from "~/paths";

/** For how many minutes a link to sign in works. */
export const LINK_MINUTES = 15;

type Addressee = { email: string; name: string };

const send = (tx: Transaction, to: string, kind: string, words: MailWords, at: Date) =>
  queueMail(tx, { ...composeMail(words), to, kind, at });

const NOT_YOU = "If it wasn't you, do nothing: without this link nothing happens.";

/**
 * Mails a link to sign in; to an account with a second factor, the advice to use the password instead. Mails nothing
 * where there is no account.
 */
export async function mailLink(email: string, token: string, now: Date): Promise<void> {
  const user = await read.user.findUnique({
    where: { email: email.toLowerCase() },
    select: { email: true, twoFactorEnabled: true },
  });
  if (!user) return;
  const words: MailWords = user.twoFactorEnabled
    ? {
        subject: "Sign in to Demarc",
        paragraphs: [
          "Somebody, probably you, asked for a link to sign in to Demarc.",
          "Your account has a second factor, and a link would go round it. Sign in with your password and a code.",
          "If you have lost the second factor, or never set one up, ask whoever runs your Demarc to let you back in.",
        ],
        link: { label: "Go to the sign-in page", url: `${publicUrl()}${paths.signIn()}` },
        closing: ["If it wasn't you, do nothing."],
      }
    : {
        subject: "Sign in to Demarc",
        paragraphs: ["Somebody, probably you, asked for a link to sign in to Demarc."],
        link: { label: "Sign in", url: `${publicUrl()}${paths.openLink(token)}` },
        closing: [`The link works once, for ${LINK_MINUTES} minutes.`, NOT_YOU],
      };
  await write((tx) => send(tx, user.email, "sign-in-link", words, now));
}

/** Mails a link to choose a new password. */
export async function mailReset({ email }: Addressee, token: string, now: Date): Promise<void> {
  const words: MailWords = {
    subject: "Choose a new password for Demarc",
    paragraphs: ["Somebody, probably you, asked to choose a new password for Demarc."],
    link: { label: "Choose a new password", url: `${publicUrl()}${paths.resetPassword(token)}` },
    closing: ["The link works once, for an hour. A new password signs you out everywhere.", NOT_YOU],
  };
  await write((tx) => send(tx, email, "password-reset", words, now));
}

/** Mails a new address a link that confirms it. */
export async function mailEmailChange({ email, name }: Addressee, token: string, now: Date): Promise<void> {
  const words: MailWords = {
    subject: "Confirm your new address for Demarc",
    paragraphs: [`${name} wants to use this address for Demarc from now on.`],
    link: { label: "Confirm the address", url: `${publicUrl()}${paths.confirmEmail(token)}` },
    closing: ["The link works for an hour.", NOT_YOU],
  };
  await write((tx) => send(tx, email, "email-change", words, now));
}

/** Mails the address that an account had before that the account has another one. */
export async function mailEmailChanged(tx: Transaction, { email }: Addressee, to: string, now: Date): Promise<void> {
  await send(
    tx,
    email,
    "email-changed",
    {
      subject: "Your address for Demarc was changed",
      paragraphs: [`Your Demarc account uses ${to} from now on. This address no longer signs in.`],
      link: null,
      closing: ["If you didn't do this, tell whoever runs your Demarc at once."],
    },
    now,
  );
}

/**
 * Mails somebody who has just proved their address what opened the account before and still does: a password set at
 * `since`, and a number of open sessions.
 */
export async function mailAddressConfirmed(
  tx: Transaction,
  { email }: Addressee,
  { since, sessions }: { since: Date | null; sessions: number },
  now: Date,
): Promise<void> {
  const ways = [
    ...(since ? [`a password, set on ${momentWords(since.toISOString())}`] : []),
    ...(sessions > 0 ? [sessions === 1 ? "an open session" : `${sessions} open sessions`] : []),
  ];
  const paragraphs = [
    "You signed in with a link that we sent here, which shows that this address is yours. Nobody had shown that before.",
    `The account had ${shortNameList(ways)} before that. We took nothing of it away, so it still opens the account.`,
    "If that was you, there is nothing to do. If it wasn't, choose a new password: it takes the place of the one before, and ends every session.",
  ];
  await send(
    tx,
    email,
    "address-confirmed",
    {
      subject: "Your address for Demarc is confirmed",
      paragraphs,
      link: { label: "Choose a new password", url: `${publicUrl()}${paths.forgotPassword()}` },
      closing: [],
    },
    now,
  );
}

/** Mails somebody that whoever runs the installation took their second factor away. */
export async function mailRecovered(tx: Transaction, { email }: Addressee, now: Date): Promise<void> {
  const paragraphs = [
    "Whoever runs your Demarc took the second factor of your account away, because it was said to be lost. You are signed out everywhere.",
    "Sign in with your password or a link, then set up a new second factor on the page of your account.",
  ];
  await send(
    tx,
    email,
    "account-changed",
    {
      subject: "Your second factor for Demarc was taken away",
      paragraphs,
      link: { label: "Go to the sign-in page", url: `${publicUrl()}${paths.signIn()}` },
      closing: ["If you didn't ask for this, tell whoever runs your Demarc at once, and choose a new password."],
    },
    now,
  );
}

/** Mails somebody that an owner of their side ended their sessions. */
export async function mailSignedOut(
  tx: Transaction,
  { email }: Addressee,
  by: { name: string; engagementId: string; names: string },
  now: Date,
): Promise<void> {
  const paragraphs = [
    `${by.name}, an owner of your side in ${by.names}, signed you out of Demarc everywhere.`,
    "Nothing else of your account was changed. You can sign in again.",
  ];
  const mail = composeMail({
    subject: "You were signed out of Demarc",
    paragraphs,
    link: { label: "Go to the sign-in page", url: `${publicUrl()}${paths.signIn()}` },
    closing: [
      "If you don't know why, ask them. Where you think that somebody else uses your account, choose a new password.",
    ],
  });
  await queueMail(tx, { ...mail, to: email, kind: "signed-out", engagementId: by.engagementId, at: now });
}

/** Mails somebody that a directory signs them in too from this moment on. */
export async function mailDirectoryLinked(
  tx: Transaction,
  { email }: Addressee,
  directory: string,
  now: Date,
): Promise<void> {
  await send(
    tx,
    email,
    "account-changed",
    {
      subject: "A new way in to your Demarc account",
      paragraphs: [
        `${directory} signs you in to Demarc from now on, since it vouches for this address. What signed you in before still does.`,
      ],
      link: null,
      closing: ["If you didn't sign in there, tell whoever runs your Demarc at once."],
    },
    now,
  );
}

const NOT_YOURS = "If you didn't do this, choose a new password at once.";
const PROTECTION = {
  password: {
    subject: "Your Demarc password was changed",
    line: "The password of your Demarc account was changed, and every other session was ended.",
    closing: NOT_YOURS,
  },
  "second-factor-on": {
    subject: "Your second factor for Demarc was turned on",
    line: "Your Demarc account has a second factor now: a code is asked for after the password, a link by e-mail no longer signs in, and every other session was ended.",
    closing:
      "If you didn't do this, choose a new password at once, and ask whoever runs your Demarc to take the second factor away.",
  },
  "second-factor-off": {
    subject: "Your second factor for Demarc was turned off",
    line: "The second factor of your Demarc account was turned off. The password alone signs in now.",
    closing: NOT_YOURS,
  },
} as const;

/** Mails somebody that their password or second factor was changed. */
export async function mailProtectionChanged(
  tx: Transaction,
  { email }: Addressee,
  change: keyof typeof PROTECTION,
  now: Date,
): Promise<void> {
  const words = PROTECTION[change];
  await send(
    tx,
    email,
    "account-changed",
    {
      subject: words.subject,
      paragraphs: [words.line],
      link: { label: "Choose a new password", url: `${publicUrl()}${paths.forgotPassword()}` },
      closing: [words.closing],
    },
    now,
  );
}
