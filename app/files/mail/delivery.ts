/** A file that goes with a message. */
export type MailFile = { name: string; type: string; bytes: Uint8Array };

/** A message with everything that its delivery needs. The id is the same for all attempts. */
export type MailMessage = {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string | null;
  kind: string;
  /** The attachments, in order. */
  files: readonly MailFile[];
  createdAt: Date;
};

/**
 * The result of an attempt. `permanent` means that the server would refuse the same message again. `reason` is for
 * people who may see the addressee; `code` contains no part of the message or the address and may be logged.
 */
export type Delivery = { ok: true } | { ok: false; permanent: boolean; code: string; reason: string };

/** Delivers one message within a bounded time. It never rejects. */
export type Deliver = (mail: MailMessage) => Promise<Delivery>;
