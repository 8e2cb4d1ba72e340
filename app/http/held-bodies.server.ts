import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";

const MEGABYTE = 1_000_000;

/**
 * How many bytes the bodies of all running requests may hold in memory together, not counting bodies of an ordinary
 * form's size. Reading one briefly takes twice its size.
 */
const MOST_BYTES = 60 * MEGABYTE;
/** How many of these bytes all visitors together may hold, each of their networks, and each account. */
const SHARES = { visitors: 40 * MEGABYTE, network: 20.1 * MEGABYTE, account: 40 * MEGABYTE };
/**
 * How many requests may wait for room, and for how many milliseconds each. Their bodies stay with the sender until
 * then.
 */
const MOST_WAITING = 200;
const WAIT_MS = 20_000;

/** How long an admitted body may take to arrive: this many milliseconds, and more for its size at this rate. */
const FIRST_MS = 20_000;
const BYTES_PER_MS = 250;

/** The sender of a body. `closed` is aborted when they have gone. */
export type Sender = { account: string | null; network: string; closed: AbortSignal | undefined };

type Share = { name: string; most: number };
/** Room for a body of this size, taken from each of these shares. */
type Reservation = { bytes: number; shares: readonly Share[] };
type WaitingRequest = Reservation & { admit: () => void };
/** Room that an arriving body takes; `stop` ends the reading of it. */
type AdmittedBody = Reservation & { stop: () => void };

const senders = new WeakMap<Request, Sender>();
const admittedBodies = new WeakMap<Request, AdmittedBody>();
const waiting: WaitingRequest[] = [];
const bytesByShare = new Map<string, number>();

const EVERYBODY: Share = { name: "", most: MOST_BYTES };

/** Runs the answer to a request. When it has ended, in whichever way, the room for the request's body is free again. */
export async function withBodyRoom<T>(request: Request, sender: Sender, run: () => Promise<T>): Promise<T> {
  senders.set(request, sender);
  try {
    return await run();
  } finally {
    const body = admittedBodies.get(request);
    admittedBodies.delete(request);
    if (body) {
      body.stop();
      release(body);
    }
    void discardRest(request);
  }
}

/** Reads the rest of a body and discards it: a browser reads no answer before it has sent everything. */
async function discardRest({ body }: Request): Promise<void> {
  if (!body || body.locked) return;
  const reader = body.getReader();
  // The loop ends when the body or the connection does.
  while (
    await reader.read().then(
      ({ done }) => !done,
      () => false,
    )
  );
}

/**
 * Waits for room for a body of at most `largest` bytes, and returns a request whose body can be read. Throws `busy`
 * where no room becomes free in time. The body must then arrive in the time that its size allows.
 */
export async function admitted(request: Request, largest: number = LIMITS.batchBytes): Promise<Request> {
  const declaredLength = request.headers.get("content-length");
  const bytes = Math.min(declaredLength === null ? largest : Number(declaredLength), largest);
  const sender = senders.get(request);
  // A body is admitted once, whoever reads it. Outside of `withBodyRoom` nothing would release its room.
  if (bytes <= LIMITS.formBytes || !request.body || !sender || admittedBodies.has(request)) return request;
  const reservation = { bytes, shares: [EVERYBODY, ...sharesOf(sender)] };
  await waitForRoom(reservation, sender.closed);
  const { limited, stop } = withTimeLimit(request, request.body, FIRST_MS + bytes / BYTES_PER_MS);
  admittedBodies.set(request, { ...reservation, stop });
  return limited;
}

function sharesOf({ account, network }: Sender): Share[] {
  if (account !== null) return [{ name: `account ${account}`, most: SHARES.account }];
  return [
    { name: "visitors", most: SHARES.visitors },
    { name: `network ${network}`, most: SHARES.network },
  ];
}

function waitForRoom(reservation: Reservation, closed: AbortSignal | undefined): Promise<void> {
  if (waiting.length === 0 && fits(reservation, reservation.shares)) {
    take(reservation);
    return Promise.resolve();
  }
  if (waiting.length >= MOST_WAITING || closed?.aborted) return Promise.reject(busy());
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(limit);
      closed?.removeEventListener("abort", leave);
    };
    const leave = () => {
      waiting.splice(waiting.indexOf(request), 1);
      end();
      reject(busy());
      // A request behind this one may fit where this one didn't.
      admitNext();
    };
    const request: WaitingRequest = {
      ...reservation,
      admit: () => {
        end();
        resolve();
      },
    };
    const limit = setTimeout(leave, WAIT_MS);
    closed?.addEventListener("abort", leave, { once: true });
    waiting.push(request);
    admitNext();
  });
}

/** Admits waiting requests in order. One whose own share is full doesn't delay the others. */
function admitNext(): void {
  for (const request of [...waiting]) {
    if (!fits(request, request.shares.slice(1))) continue;
    if (!fits(request, [EVERYBODY])) return;
    waiting.splice(waiting.indexOf(request), 1);
    take(request);
    request.admit();
  }
}

function fits({ bytes }: Reservation, shares: readonly Share[]): boolean {
  return shares.every(({ name, most }) => (bytesByShare.get(name) ?? 0) + bytes <= most);
}

function take({ bytes, shares }: Reservation): void {
  for (const { name } of shares) bytesByShare.set(name, (bytesByShare.get(name) ?? 0) + bytes);
}

function release({ bytes, shares }: Reservation): void {
  for (const { name } of shares) {
    const left = (bytesByShare.get(name) ?? 0) - bytes;
    if (left > 0) bytesByShare.set(name, left);
    else bytesByShare.delete(name);
  }
  admitNext();
}

function busy(): AppError {
  return new AppError(
    "busy",
    "Too much is being sent here at once. Nothing of yours was taken in; try again in a moment.",
  );
}

/**
 * The same request with a body that fails where it takes longer than `ms` milliseconds. The connection stays open, so
 * that the sender gets an answer.
 */
function withTimeLimit(
  request: Request,
  body: ReadableStream<Uint8Array>,
  ms: number,
): { limited: Request; stop: () => void } {
  const reader = body.getReader();
  let output: ReadableStreamDefaultController<Uint8Array> | null = null;
  const stop = (why?: AppError) => {
    clearTimeout(limit);
    if (!output) return;
    output.error(why);
    output = null;
    reader.releaseLock();
  };
  const limit = setTimeout(
    () =>
      stop(
        new AppError(
          "invalid",
          "This took too long to arrive, and others wait. Nothing of it was kept; send it again over a faster line.",
        ),
      ),
    ms,
  );
  const readable = new ReadableStream<Uint8Array>(
    {
      start: (controller) => void (output = controller),
      async pull(controller) {
        const { done, value } = await reader.read();
        if (!done) controller.enqueue(value);
        else {
          clearTimeout(limit);
          controller.close();
        }
      },
    },
    { highWaterMark: 0 },
  );
  return {
    limited: new Request(request.url, {
      method: request.method,
      headers: request.headers,
      body: readable,
      duplex: "half",
    }),
    stop,
  };
}
