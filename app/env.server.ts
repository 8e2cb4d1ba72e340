import { z } from "zod";
import { parseDirectories } from "~/domain/account/directory-settings";
import { parseMailbox } from "~/domain/mail-address";
import { parseSmtpUrl } from "~/domain/mail/smtp-address";

/** An environment the application can't run in. The message says in whole sentences, on one line, what to change. */
export class SettingsError extends Error {
  override name = "SettingsError";
}

/** A variable that is set to nothing counts as not set. */
const optional = z
  .string()
  .trim()
  .optional()
  .transform((text) => text || undefined);

const smtpServer = optional.transform((text, context) => {
  if (text === undefined) return null;
  const read = parseSmtpUrl(text);
  if (read.ok) return read.value;
  context.addIssue({ code: "custom", message: read.rejection.message });
  return z.NEVER;
});

const sender = optional.transform((text, context) => {
  const mailbox = parseMailbox(text ?? "Demarc <demarc@localhost>");
  if (mailbox) return { ...mailbox, given: text !== undefined };
  context.addIssue({
    code: "custom",
    message: "MAIL_FROM is no e-mail address. Write it as demarc@example.com or as Demarc <demarc@example.com>.",
  });
  return z.NEVER;
});

const timestampAuthority = optional.transform((text, context) => {
  if (text === undefined) return null;
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  context.addIssue({
    code: "custom",
    message:
      "TIMESTAMP_URL is no address. Write the one your time-stamping authority names, as in https://tsa.example.com.",
  });
  return z.NEVER;
});

const passwordCost = optional.transform((text, context) => {
  const cost = Number(text ?? 14);
  if (Number.isInteger(cost) && cost >= 4 && cost <= 18) return cost;
  context.addIssue({
    code: "custom",
    message:
      "PASSWORD_COST is not a whole number from 4 to 18. Unset it for 14; each one more doubles what a guess at a password costs.",
  });
  return z.NEVER;
});

const directories = z.record(z.string(), z.string().optional()).transform((environment, context) => {
  const read = parseDirectories(environment);
  for (const message of read.problems) context.addIssue({ code: "custom", message });
  return read.directories;
});

const schema = z
  .object({
    DATABASE_URL: z
      .string({ error: "DATABASE_URL is not set." })
      .regex(/^(file:|postgres(ql)?:)/, "DATABASE_URL is neither a file: nor a postgresql: address."),
    /** Where PostgreSQL is listened to for what other processes write; the same as DATABASE_URL where it isn't set. */
    DATABASE_LISTEN_URL: optional.pipe(
      z
        .string()
        .regex(/^postgres(ql)?:/, "DATABASE_LISTEN_URL is no postgresql: address.")
        .optional(),
    ),
    /** What sessions and links are signed with. Changing it signs everybody out. */
    DEMARC_SECRET: z
      .string({ error: "DEMARC_SECRET is not set." })
      .min(
        32,
        "DEMARC_SECRET is shorter than 32 characters. Use a longer one, or unset it and one is made in the data folder.",
      ),
    /** The mail server; null where messages are kept as files. */
    SMTP_URL: smtpServer,
    /** Whom messages come from. */
    MAIL_FROM: sender,
    /** Where messages are kept as files while there is no mail server. */
    OUTBOX_FOLDER: optional.transform((folder) => folder ?? "data/outbox"),
    /** The PKCS #12 file that signed PDF files are signed with, and what opens it; without one this installation makes a key for itself. */
    SIGNING_P12: optional,
    SIGNING_PASSPHRASE: z
      .string()
      .optional()
      .transform((text) => text ?? ""),
    /** Where the key is kept that this installation makes for itself. */
    SIGNING_KEY_FILE: optional.transform((file) => file ?? "data/signing-key.pem"),
    /** The RFC 3161 authority that stamps agreed versions; null where none does. */
    TIMESTAMP_URL: timestampAuthority,
    /** What a guess at a stored password costs: the logarithm of scrypt's N. */
    PASSWORD_COST: passwordCost,
    /** The directories people may sign in with. */
    DIRECTORIES: directories,
  })
  .refine(({ SMTP_URL, MAIL_FROM }) => !SMTP_URL || MAIL_FROM.given, {
    message:
      "SMTP_URL is set and MAIL_FROM is not. Set MAIL_FROM to the address mail is sent from, as in Demarc <demarc@example.com>.",
  });

function settings() {
  const {
    DATABASE_URL,
    DATABASE_LISTEN_URL,
    DEMARC_SECRET,
    SMTP_URL,
    MAIL_FROM,
    OUTBOX_FOLDER,
    SIGNING_P12,
    SIGNING_PASSPHRASE,
    SIGNING_KEY_FILE,
    TIMESTAMP_URL,
    PASSWORD_COST,
  } = process.env;
  const read = schema.safeParse({
    DATABASE_URL,
    DATABASE_LISTEN_URL,
    DEMARC_SECRET,
    SMTP_URL,
    MAIL_FROM,
    OUTBOX_FOLDER,
    SIGNING_P12,
    SIGNING_PASSPHRASE,
    SIGNING_KEY_FILE,
    TIMESTAMP_URL,
    PASSWORD_COST,
    DIRECTORIES: { ...process.env },
  });
  if (read.success) return read.data;
  throw new SettingsError(read.error.issues.map(({ message }) => message).join(" "));
}

/** The settings the running application reads; the server resolves defaults before it loads the application. */
export const env = settings();

/** The address people reach this installation at, without a slash at its end. The server knows its own only once it listens, so it is read when it is needed. */
export function publicUrl(): string {
  return (process.env.PUBLIC_URL ?? "http://localhost:3000").replace(/\/+$/, "");
}
