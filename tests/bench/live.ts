import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { read, write } from "~/db/client.server";
import { eventsOf } from "../support/events";
import { signedIn } from "../support/stored";
import { benchOwner, seed } from "./data";
import { otherParty } from "./matrices";
import { figureOf, ratio, type Figure } from "./measure";
import { startServer, type Running } from "./server";

const NEAR = 50;
const MANY = 200;
const EDITS = 60;
/** Of one person in a process there are twelve streams at most. */
const STREAMS_OF_ONE = 10;
const EDITS_A_SECOND = 5;
const SECONDS = 8;

/** A process that streams what it is given to everybody who listens, and does nothing else: the floor of any live update. */
const BARE = `
  const http = require("node:http");
  const open = new Set();
  http.createServer((request, response) => {
    if (request.method === "GET") {
      response.writeHead(200, { "Content-Type": "text/event-stream" });
      response.write("retry: 1000\\n\\n");
      open.add(response);
      return;
    }
    let body = "";
    request.on("data", (piece) => (body += piece));
    request.on("end", () => {
      for (const one of open) one.write(body);
      response.end("{}");
    });
  }).listen(0, "127.0.0.1", function () { console.log("http://localhost:" + this.address().port); });
`;

function startBare(): Promise<Running> {
  const child = spawn(process.execPath, ["-e", BARE], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("The bare server ended.")));
    child.stdout.on("data", (text: Buffer) => {
      const found = /http:\/\/localhost:(\d+)/.exec(text.toString());
      if (found) resolve({ url: `http://127.0.0.1:${found[1]}`, pid: child.pid ?? 0, stop: () => child.kill() });
    });
  });
}

type Watcher = { cookie: string };

/** Members of a matrix, so many that each has few streams. */
async function watchers(engagementId: string, count: number): Promise<Watcher[]> {
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

const moveOf = (i: number) =>
  JSON.stringify({
    baseRevision: 0,
    steps: [
      {
        id: crypto.randomUUID(),
        commands: [{ type: "duty.assign", dutyId: `duty-${i}`, lens: "does", to: { partyId: otherParty(i, 0) } }],
      },
    ],
  });

/** The time from sending to the arrival of what was sent on each of the streams, over all edits and streams. */
async function arrivals(
  streams: readonly { next(): Promise<unknown> }[],
  send: (i: number) => Promise<unknown>,
): Promise<Figure> {
  const times: number[] = [];
  for (let i = 0; i < EDITS; i++) {
    const begun = performance.now();
    const arrived = streams.map((stream) => stream.next().then(() => times.push(performance.now() - begun)));
    await Promise.all([send(i), ...arrived]);
  }
  return figureOf(times);
}

/** Processor time that a process has used, in milliseconds; the kernel counts hundredths of a second. */
function processorMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** A change seen on fifty other screens, beside bare Node streaming the same bytes; and what 200 viewers of one matrix cost. */
export async function benchLive() {
  const owner = await benchOwner();
  const [near, many] = await seed(owner, [1_000, 1_000]);
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
    };
  } finally {
    server.stop();
    bare.stop();
  }

  async function openStreams(matrixId: string, count: number) {
    const { engagementId } = await read.matrix.findUniqueOrThrow({
      where: { id: matrixId },
      select: { engagementId: true },
    });
    return Promise.all(
      (await watchers(engagementId, count)).map(({ cookie }) =>
        eventsOf(`${server.url}/live?protocol=1&at=${matrixId}.0`, { Cookie: cookie }),
      ),
    );
  }

  async function seenBy(count: number) {
    const matrixId = near?.matrixId ?? "";
    const readers = await openStreams(matrixId, count);
    let sample = "";
    const streams = readers.map((reader) => ({
      next: async () => {
        const event = await reader.next("steps");
        sample = JSON.stringify(event?.data);
      },
    }));
    const answered: number[] = [];
    const seen = await arrivals(streams, async (i) => {
      const begun = performance.now();
      await post(matrixId, moveOf(i));
      answered.push(performance.now() - begun);
    });
    for (const reader of readers) reader.close();
    const bareReaders = await Promise.all(Array.from({ length: count }, () => eventsOf(`${bare.url}/`, {})));
    const floor = await arrivals(
      bareReaders.map((reader) => ({ next: () => reader.next("steps") })),
      () =>
        fetch(bare.url, { method: "POST", body: `id: near.1\ndata: ${sample}\n\n` }).then((answer) => answer.text()),
    );
    for (const reader of bareReaders) reader.close();
    return { seen, answered: figureOf(answered), floor, ratio: ratio(seen, floor), bytes: sample.length };
  }

  async function costOf(count: number) {
    const matrixId = many?.matrixId ?? "";
    const readers = await openStreams(matrixId, count);
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
}
