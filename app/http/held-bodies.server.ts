import { AppError } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";

const MEGABYTE = 1_000_000;

/** What the bodies of all requests under way may come to, as far as they are more than an ordinary form's. Reading one takes its size again for a moment. */
const HELD = 60 * MEGABYTE;
/** How much of it visitors may take in all, each network of theirs, and everybody who is signed in. */
const SHARES = { visitors: 40 * MEGABYTE, network: 20.1 * MEGABYTE, account: 40 * MEGABYTE };
/** As many wait for a place at most, each as long as this. What they send stays with them until then. */
const WAITING = 200;
const PATIENCE = 20_000;

/** Whoever takes up a place has to fill it: so long at first, and longer by what a slow line needs. */
const FIRST_MS = 20_000;
const BYTES_PER_MS = 250;

/** Who sends a body, and the sign that they have gone. */
export type Sender = { account: string | null; network: string; closed: AbortSignal | undefined };

type Share = { name: string; most: number };
type Place = { bytes: number; shares: readonly Share[] };
type Waiting = Place & { admit: () => void };
/** A place that is taken up by what is arriving; `stop` ends that, and what is left of it is anybody's. */
type Held = Place & { stop: () => void };

const senders = new WeakMap<Request, Sender>();
const places = new WeakMap<Request, Held>();
const waiting: Waiting[] = [];
const taken = new Map<string, number>();

const EVERYBODY: Share = { name: "", most: HELD };

/** Runs what answers a request. What it holds of the request's body counts until then, however it ends. */
export async function holding<T>(request: Request, sender: Sender, run: () => Promise<T>): Promise<T> {
  senders.set(request, sender);
  try {
    return await run();
  } finally {
    const held = places.get(request);
    places.delete(request);
    if (held) {
      held.stop();
      giveBack(held);
    }
    void leftOver(request);
  }
}

/** Reads what nobody wanted of a body and lets it go: a browser hears no answer before it has sent everything. */
async function leftOver({ body }: Request): Promise<void> {
  if (!body || body.locked) return;
  const reader = body.getReader();
  // It ends when everything has come, or the connection does.
  while (
    await reader.read().then(
      ({ done }) => !done,
      () => false,
    )
  );
}

/**
 * The request as it may be read into memory, once there is room for its body of at most `largest` bytes. Throws `busy`
 * where none comes up in time; what is then read has to arrive in a time that its size allows.
 */
export async function admitted(request: Request, largest: number = LIMITS.batchBytes): Promise<Request> {
  const told = request.headers.get("content-length");
  const bytes = Math.min(told === null ? largest : Number(told), largest);
  const sender = senders.get(request);
  // A body is taken in once, whoever reads it; outside of `holding` nobody would give its place back.
  if (bytes <= LIMITS.formBytes || !request.body || !sender || places.has(request)) return request;
  const place = { bytes, shares: [EVERYBODY, ...sharesOf(sender)] };
  await room(place, sender.closed);
  const { arriving, stop } = arrivingIn(request, request.body, FIRST_MS + bytes / BYTES_PER_MS);
  places.set(request, { ...place, stop });
  return arriving;
}

function sharesOf({ account, network }: Sender): Share[] {
  if (account !== null) return [{ name: `account ${account}`, most: SHARES.account }];
  return [
    { name: "visitors", most: SHARES.visitors },
    { name: `network ${network}`, most: SHARES.network },
  ];
}

function room(place: Place, closed: AbortSignal | undefined): Promise<void> {
  if (waiting.length === 0 && fits(place, place.shares)) {
    take(place);
    return Promise.resolve();
  }
  if (waiting.length >= WAITING || closed?.aborted) return Promise.reject(busy());
  return new Promise((resolve, reject) => {
    const end = () => {
      clearTimeout(limit);
      closed?.removeEventListener("abort", leave);
    };
    const leave = () => {
      waiting.splice(waiting.indexOf(one), 1);
      end();
      reject(busy());
      // Whoever stood behind may fit where this one didn't.
      admitNext();
    };
    const one: Waiting = {
      ...place,
      admit: () => {
        end();
        resolve();
      },
    };
    const limit = setTimeout(leave, PATIENCE);
    closed?.addEventListener("abort", leave, { once: true });
    waiting.push(one);
    admitNext();
  });
}

/** Admits those who wait, in their turn. Somebody whose own share is used up holds nobody else up. */
function admitNext(): void {
  for (const one of [...waiting]) {
    if (!fits(one, one.shares.slice(1))) continue;
    if (!fits(one, [EVERYBODY])) return;
    waiting.splice(waiting.indexOf(one), 1);
    take(one);
    one.admit();
  }
}

function fits({ bytes }: Place, shares: readonly Share[]): boolean {
  return shares.every(({ name, most }) => (taken.get(name) ?? 0) + bytes <= most);
}

function take({ bytes, shares }: Place): void {
  for (const { name } of shares) taken.set(name, (taken.get(name) ?? 0) + bytes);
}

function giveBack({ bytes, shares }: Place): void {
  for (const { name } of shares) {
    const left = (taken.get(name) ?? 0) - bytes;
    if (left > 0) taken.set(name, left);
    else taken.delete(name);
  }
  admitNext();
}

function busy(): AppError {
  return new AppError(
    "busy",
    "Too much is being sent here at once. Nothing of yours was taken in; try again in a moment.",
  );
}

/** The same request with a body that breaks off where it takes longer than this to arrive. The connection stays, so that whoever sends can be answered. */
function arrivingIn(
  request: Request,
  body: ReadableStream<Uint8Array>,
  ms: number,
): { arriving: Request; stop: () => void } {
  const reader = body.getReader();
  let handedOn: ReadableStreamDefaultController<Uint8Array> | null = null;
  const stop = (why?: AppError) => {
    clearTimeout(limit);
    if (!handedOn) return;
    handedOn.error(why);
    handedOn = null;
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
      start: (line) => void (handedOn = line),
      async pull(line) {
        const { done, value } = await reader.read();
        if (!done) line.enqueue(value);
        else {
          clearTimeout(limit);
          line.close();
        }
      },
    },
    { highWaterMark: 0 },
  );
  return {
    arriving: new Request(request.url, {
      method: request.method,
      headers: request.headers,
      body: readable,
      duplex: "half",
    }),
    stop,
  };
}
