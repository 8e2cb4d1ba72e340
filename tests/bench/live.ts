import { read, write } from "~/db/client.server";
import { publishVersion } from "~/services/version/versions.server";
import { eventsOf, type EventReader } from "../support/events";
import { signedIn } from "../support/stored";
import { benchOwner, seed } from "./data";
import { otherParty } from "./matrices";
import { arrivals, sendBare, startBare } from "./bare-stream";
import { figureOf, ratio } from "./measure";
import { courseOf, processorMs, startServer, type Held } from "./server";

const NEAR = 50;
const MANY = 200;
const EDITS = 60;
/** Of one person in a process there are twelve streams at most. */
const STREAMS_OF_ONE = 10;
const EDITS_A_SECOND = 5;
const SECONDS = 8;
/** 90 minutes with an edit every three seconds and streams that live five minutes each. */
const LONG = { edits: 1_800, reopened: 18, viewers: 30 };

type Watcher = { cookie: string };

/** Members of a matrix, so many that each has few streams. */
async function watchers(matrixId: string, count: number): Promise<Watcher[]> {
  const { engagementId } = await read.matrix.findUniqueOrThrow({
    where: { id: matrixId },
    select: { engagementId: true },
  });
  const people = await Promise.all(
    Array.from({ length: Math.ceil(count / STREAMS_OF_ONE) }, (_, i) => signedIn(`Watcher ${i}`)),
  );
  await write((tx) =>
    tx.member.createMany({
      data: people.map(({ userId }) => ({ engagementId, userId, side: "provider", permission: "viewer" })),
    }),
  );
  return Array.from({ length: count }, (_, i) => ({ cookie: people[Math.floor(i / STREAMS_OF_ONE)]?.cookie ?? "" }));
}

const moveOf = (i: number, visit = 0) =>
  JSON.stringify({
    baseRevision: 0,
    steps: [
      {
        id: crypto.randomUUID(),
        commands: [{ type: "duty.assign", dutyId: `duty-${i}`, lens: "does", to: { partyId: otherParty(i, visit) } }],
      },
    ],
  });

/** A change seen on fifty other screens, beside bare Node streaming the same bytes; and what 200 viewers of one matrix cost. */
export async function benchLive() {
  const owner = await benchOwner();
  const [near, many, long] = await seed(owner, [1_000, 1_000, 133]);
  const server = await startServer();
  const bare = await startBare();
  const post = (matrixId: string, body: string) =>
    fetch(`${server.url}/matrices/${matrixId}/commands`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Cookie: owner.cookie },
      body,
    }).then((answer) => answer.text());
  try {
    return {
      near: await seenBy(NEAR),
      many: await costOf(MANY),
      counting: await countingOf(MANY),
      ninetyMinutes: await heldOver(LONG),
    };
  } finally {
    server.stop();
    bare.stop();
  }

  function openStreams(matrixId: string, people: readonly Watcher[], revision = 0) {
    return Promise.all(
      people.map(({ cookie }) =>
        eventsOf(`${server.url}/live?protocol=1&at=${matrixId}.${revision}`, { Cookie: cookie }),
      ),
    );
  }

  async function seenBy(count: number) {
    const matrixId = near?.matrixId ?? "";
    const readers = await openStreams(matrixId, await watchers(matrixId, count));
    let sample = "";
    const streams = readers.map((reader) => ({
      next: async () => {
        const event = await reader.next("steps");
        sample = JSON.stringify(event?.data);
      },
    }));
    const answered: number[] = [];
    const seen = await arrivals(EDITS, streams, async (i) => {
      const begun = performance.now();
      await post(matrixId, moveOf(i));
      answered.push(performance.now() - begun);
    });
    for (const reader of readers) reader.close();
    const bareReaders = await Promise.all(Array.from({ length: count }, () => eventsOf(`${bare.url}/`, {})));
    const floor = await arrivals(
      EDITS,
      bareReaders.map((reader) => ({ next: () => reader.next("steps") })),
      () => sendBare(bare, `id: near.1\ndata: ${sample}\n\n`),
    );
    for (const reader of bareReaders) reader.close();
    return { seen, answered: figureOf(answered), floor, ratio: ratio(seen, floor), bytes: sample.length };
  }

  async function costOf(count: number) {
    const matrixId = many?.matrixId ?? "";
    const readers = await openStreams(matrixId, await watchers(matrixId, count));
    const before = processorMs(server.pid);
    const edits = EDITS_A_SECOND * SECONDS;
    for (let i = 0; i < edits; i++) {
      await Promise.all([
        post(matrixId, moveOf(i)),
        new Promise((resolve) => setTimeout(resolve, 1_000 / EDITS_A_SECOND)),
      ]);
    }
    // Every stream has to have brought every edit before the time is read.
    let bytes = 0;
    await Promise.all(
      readers.map(async (reader) => {
        for (let revision = 0; revision < edits;) {
          const event = await reader.next("steps");
          if (event?.data.kind !== "steps") throw new Error("A stream ended.");
          bytes += JSON.stringify(event.data).length + event.id.length;
          revision = event.data.steps.at(-1)?.revision ?? revision;
        }
      }),
    );
    const used = processorMs(server.pid) - before;
    for (const reader of readers) reader.close();
    return {
      viewers: count,
      editsASecond: EDITS_A_SECOND,
      processorShare: Math.round((used / (SECONDS * 1_000)) * 100) / 100,
      bytesAViewerAndEdit: Math.round(bytes / count / edits),
    };
  }

  /** Everybody who has a matrix open counts once, some seconds after an edit, what differs from the last version. */
  async function countingOf(count: number) {
    const matrixId = many?.matrixId ?? "";
    await publishVersion(owner, matrixId, await publicationOf(matrixId), new Date());
    await post(matrixId, moveOf(500));
    const { revision } = await read.matrix.findUniqueOrThrow({ where: { id: matrixId }, select: { revision: true } });
    const before = processorMs(server.pid);
    const times: number[] = [];
    await Promise.all(
      Array.from({ length: count }, async () => {
        const begun = performance.now();
        const answer = await fetch(`${server.url}/matrices/${matrixId}/draft?since=${revision}`, {
          headers: { Cookie: owner.cookie },
        });
        await answer.text();
        times.push(performance.now() - begun);
      }),
    );
    return { viewers: count, processorMs: processorMs(server.pid) - before, answered: figureOf(times) };
  }

  /** What the server holds at each quarter of so many edits that viewers follow, whose streams are opened anew as they end. */
  async function heldOver({ edits, reopened, viewers }: typeof LONG) {
    const matrixId = long?.matrixId ?? "";
    const people = await watchers(matrixId, viewers);
    let readers: EventReader[] = [];
    const held: Held[] = [];
    for (let i = 0; i <= edits; i++) {
      if (i % Math.floor(edits / reopened) === 0) {
        for (const reader of readers) reader.close();
        readers = await openStreams(matrixId, people, i);
        // What a reader doesn't take isn't sent, so that each takes everything.
        for (const reader of readers) void takeAll(reader);
      }
      if (i % (edits / 4) === 0) held.push(await server.held());
      await post(matrixId, moveOf(i % 133, Math.floor(i / 133)));
    }
    for (const reader of readers) reader.close();
    return courseOf(held);
  }
}

async function takeAll(reader: EventReader): Promise<void> {
  try {
    while (await reader.next("steps"));
  } catch {
    // It was closed.
  }
}

async function publicationOf(matrixId: string) {
  const { revision } = await read.matrix.findUniqueOrThrow({ where: { id: matrixId }, select: { revision: true } });
  return {
    revision,
    reason: "First",
    agreementReference: "",
    exhibit: "",
    precedence: "",
    effectiveDate: null,
    reviewDate: null,
  };
}
