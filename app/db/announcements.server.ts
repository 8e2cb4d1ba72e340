import { z } from "zod";
import { env } from "~/env.server";
import { DATABASE_PROVIDER, onCommit, sendOutside, type Transaction } from "./client.server";

/**
 * What committed writes are announced as, to this process and on PostgreSQL to every other one. An announcement carries
 * ids and numbers alone; whoever needs more reads it, with the access they have.
 */
const announcementSchema = z.discriminatedUnion("kind", [
  /** The activity log of a matrix has grown. `beside` says that something beside its draft changed, such as people. */
  z.object({ kind: z.literal("logged"), matrixId: z.string(), revision: z.number(), beside: z.boolean() }),
  /** Somebody has a matrix open in a tab, or has left it. `at` is in milliseconds since 1970. */
  z.object({
    kind: z.literal("present"),
    matrixId: z.string(),
    tab: z.string(),
    userId: z.string(),
    place: z.string().nullable(),
    left: z.boolean(),
    at: z.number(),
  }),
  /** Something happened in a workshop: the number of its newest event. */
  z.object({ kind: z.literal("workshop"), workshopId: z.string(), sequence: z.number() }),
]);

export type Announcement = z.infer<typeof announcementSchema>;

/** What a listener hears: an announcement, or that some may have been missed while the connection was down. */
export type Heard = Announcement | { kind: "missed" };

const listeners = new Set<(heard: Heard) => void>();

function tellListeners(heard: Heard): void {
  for (const listener of listeners) listener(heard);
}

/**
 * Announces once the transaction is committed. PostgreSQL locks the whole database from a NOTIFY in a transaction until
 * its commit, so it is sent outside of any.
 */
export function announceOnCommit(tx: Transaction, announcement: Announcement): void {
  onCommit(tx, () => announce(announcement));
}

/** Announces what no transaction stores. */
export function announce(announcement: Announcement): void {
  tellListeners(announcement);
  if (DATABASE_PROVIDER === "sqlite") return;
  const payload = JSON.stringify({ from: PROCESS_ID, announcement });
  // The write is stored. Where the announcement can't be sent, other processes find the change at their next heartbeat.
  sendOutside(CHANNEL, payload).catch(() => undefined);
}

/** Calls `listener` for every announcement from now on, until the function it returns is called. */
export function onAnnouncement(listener: (heard: Heard) => void): () => void {
  listeners.add(listener);
  if (DATABASE_PROVIDER === "postgresql") listening ??= listen();
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || !listening) return;
    listening.stop();
    listening = null;
  };
}

const CHANNEL = "demarc";
/** Tells this process's own notifications from those of others. */
const PROCESS_ID = crypto.randomUUID();
const messageSchema = z.object({ from: z.string(), announcement: announcementSchema });

const RECONNECT_MS = [250, 1_000, 2_000, 4_000, 8_000];
/** A connection that a firewall dropped reports nothing, so that it is asked this often, and given this long to answer. */
const PROBE_MS = 20_000;
const PROBE_ANSWER_MS = 5_000;

type Listening = { stop(): void };
let listening: Listening | null = null;

/**
 * Listens on a connection of its own, for as long as somebody does, and connects again when it is lost. Its address may
 * differ from that of the pool, because a pooler in transaction mode never passes notifications on.
 */
function listen(): Listening {
  let stopped = false;
  let failures = 0;
  let close: () => void = () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function connect() {
    const { Client } = (await import("pg")).default;
    const client = new Client({
      connectionString: env.DATABASE_LISTEN_URL ?? env.DATABASE_URL,
      keepAlive: true,
      connectionTimeoutMillis: PROBE_ANSWER_MS,
      query_timeout: PROBE_ANSWER_MS,
    });
    let probe: ReturnType<typeof setInterval> | undefined;
    let lost = false;
    const lose = () => {
      if (lost) return;
      lost = true;
      clearInterval(probe);
      client.end().catch(() => undefined);
      if (stopped) return;
      timer = setTimeout(() => void connect(), RECONNECT_MS[Math.min(failures, RECONNECT_MS.length - 1)]);
      timer.unref();
      failures += 1;
    };
    close = lose;
    client.on("error", lose);
    client.on("end", lose);
    client.on("notification", ({ payload }) => hear(payload ?? ""));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch {
      return lose();
    }
    if (stopped) return lose();
    failures = 0;
    probe = setInterval(() => client.query("SELECT 1").catch(lose), PROBE_MS);
    probe.unref();
    // Whatever was announced while nobody listened is found by asking.
    tellListeners({ kind: "missed" });
  }

  void connect();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
      close();
    },
  };
}

/** A notification that isn't understood, such as one of a later release, counts as missed. */
function hear(payload: string): void {
  const message = messageSchema.safeParse(parsed(payload));
  if (!message.success) return tellListeners({ kind: "missed" });
  if (message.data.from !== PROCESS_ID) tellListeners(message.data.announcement);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
