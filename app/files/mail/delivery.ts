/** A message with everything its sending needs. The id stays the same over all attempts. */
export type Letter = {
  id: string;
  to: string;
  subject: string;
  text: string;
  html: string | null;
  kind: string;
  /** A file that goes with it. */
  file: { name: string; type: string; bytes: Uint8Array } | null;
  createdAt: Date;
};

/**
 * How an attempt ended. `permanent`: the same message would be refused again. `reason` is for whoever may see the
 * message's addressee; `code` holds no part of message or address and may be logged.
 */
export type Delivery = { ok: true } | { ok: false; permanent: boolean; code: string; reason: string };

/** Brings one message on its way, within a bounded time; never rejects. */
export type Deliver = (letter: Letter) => Promise<Delivery>;
