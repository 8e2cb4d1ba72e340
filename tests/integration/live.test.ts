import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { write } from "~/db/client.server";
import type { LiveEvent } from "~/domain/live/live-event";
import { liveLines } from "~/services/live/live-stream.server";
import { bePresent } from "~/services/live/presence.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { changePeople, peopleFormSchema } from "~/services/people/people.server";
import { sessionHolder, type Actor } from "~/services/who/actor.server";
import { eventsOf, type EventReader } from "../support/events";
import { aDuty, aMatrix } from "../support/matrices";
import { startServer, sendStep, type ServerProcess } from "../support/server-process";
import { anEngagement, aUser, signedIn } from "../support/stored";

const POSTGRESQL = process.env.DEMARC_TEST_DATABASE === "postgresql";
let owner: Actor;
const closers: (() => void)[] = [];

beforeAll(async () => {
  owner = await aUser("Maya Lindqvist");
});
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

const duty = aDuty({ id: "d1", text: "Back up the servers" });

function open(
  actor: Actor,
  positions: [string, number][],
  { heartbeat = 60_000, life = 60_000, actorNow = async (): Promise<Actor | null> => actor } = {},
) {
  const closer = new AbortController();
  const lines = liveLines({ actor, positions: new Map(positions), actorNow, closed: closer.signal, heartbeat, life });
  const close = () => {
    closer.abort();
    void lines.return();
  };
  closers.push(close);
  return {
    close,
    /** The next event of these kinds; null at the end of the stream. */
    async next(...kinds: LiveEvent["kind"][]): Promise<LiveEvent | null> {
      for (;;) {
        const { value, done } = await lines.next();
        if (done || !value) return null;
        if (value.kind === "heartbeat") continue;
        const event = JSON.parse(value.json) as LiveEvent;
        if (kinds.includes(event.kind)) return event;
      }
    },
  };
}

const edit = (matrixId: string, text: string, actor = owner) =>
  runCommands(
    actor,
    matrixId,
    {
      baseRevision: 0,
      steps: [{ id: crypto.randomUUID(), commands: [{ type: "duty.edit", dutyId: "d1", set: { text } }] }],
    },
    new Date(),
  );

describe("a stream", () => {
  it("brings every step from the revision that its reader has, and each once", async () => {
    const { matrixId } = await anEngagement(owner, aMatrix({ duties: [duty] }));
    for (const text of ["One", "Two"]) await edit(matrixId, text);
    const stream = open(owner, [[matrixId, 1]]);
    const first = await stream.next("steps");
    expect(first).toMatchObject({ matrixId, steps: [{ revision: 2, actorName: "Maya Lindqvist" }] });
    const waiting = stream.next("steps");
    await edit(matrixId, "Three");
    expect(await waiting).toMatchObject({
      steps: [
        {
          revision: 3,
          diff: { duties: { changed: [{ id: "d1", fields: { text: { before: "Two", after: "Three" } } }] } },
        },
      ],
    });
  });

  it("tells a reader who is more than a hundred steps behind to read the draft anew", async () => {
    const { matrixId } = await anEngagement(owner, aMatrix({ duties: [duty] }));
    const steps = Array.from({ length: 101 }, (_, i) => ({
      id: crypto.randomUUID(),
      commands: [{ type: "duty.edit" as const, dutyId: "d1", set: { text: `Text ${i}` } }],
    }));
    await runCommands(owner, matrixId, { baseRevision: 0, steps: steps.slice(0, 60) }, new Date());
    await runCommands(owner, matrixId, { baseRevision: 0, steps: steps.slice(60) }, new Date());
    expect(await open(owner, [[matrixId, 0]]).next("steps", "refetch")).toEqual({
      kind: "refetch",
      matrixId,
      revision: 101,
    });
    expect(await open(owner, [[matrixId, 1]]).next("steps", "refetch")).toMatchObject({ kind: "steps" });
  });

  it("of several matrices says which one each event is about", async () => {
    const [one, two] = [
      await anEngagement(owner, aMatrix({ duties: [duty] })),
      await anEngagement(owner, aMatrix({ duties: [duty] })),
    ];
    const stream = open(owner, [
      [one.matrixId, 0],
      [two.matrixId, 0],
    ]);
    await stream.next("present");
    await edit(two.matrixId, "Second");
    expect(await stream.next("steps")).toMatchObject({ matrixId: two.matrixId });
    await edit(one.matrixId, "First");
    expect(await stream.next("steps")).toMatchObject({ matrixId: one.matrixId });
  });

  it("says that people changed, which the draft doesn't hold", async () => {
    const { matrixId } = await anEngagement(owner, aMatrix({ duties: [duty] }));
    const stream = open(owner, [[matrixId, 0]]);
    await stream.next("present");
    const changed = stream.next("steps", "beside");
    await addPerson(matrixId);
    expect(await changed).toEqual({ kind: "beside", matrixId });
  });

  it("isn't opened for a matrix of others, nor for one that doesn't exist, with the same words", async () => {
    const { matrixId } = await anEngagement(owner, aMatrix());
    const stranger = await aUser("Somebody Else");
    const words = await Promise.all(
      [matrixId, crypto.randomUUID()].map((id) =>
        open(stranger, [[id, 0]])
          .next("present")
          .catch((error: Error) => error.message),
      ),
    );
    expect(words[0]).toBe("There is no such matrix, or it isn't shared with you.");
    expect(words[1]).toBe(words[0]);
  });

  it("ends within a heartbeat of lost access, and brings nothing of what happened since", async () => {
    const { matrixId, engagementId } = await anEngagement(owner, aMatrix({ duties: [duty] }));
    const reader = await aUser("Tom Brandt");
    await write((tx) =>
      tx.member.create({ data: { engagementId, userId: reader.userId, side: "provider", permission: "viewer" } }),
    );
    const stream = open(reader, [[matrixId, 0]], { heartbeat: 50 });
    await stream.next("present");
    await write((tx) => tx.member.delete({ where: { engagementId_userId: { engagementId, userId: reader.userId } } }));
    expect(await stream.next("ended", "steps")).toEqual({
      kind: "ended",
      matrixId,
      message: "There is no such matrix, or it isn't shared with you.",
    });
    await edit(matrixId, "A secret");
    expect(await stream.next("steps")).toBeNull();
  });

  it("ends within a heartbeat of signing out", async () => {
    const { matrixId } = await anEngagement(owner, aMatrix());
    const stream = open(owner, [[matrixId, 0]], { heartbeat: 50, actorNow: async () => null });
    expect(await stream.next("ended")).toMatchObject({
      message: "You are signed out. Sign in again; what you did here is kept.",
    });
    expect(await stream.next("ended")).toBeNull();
  });

  it("ends when its life is over", async () => {
    const { matrixId } = await anEngagement(owner, aMatrix());
    expect(await open(owner, [[matrixId, 0]], { life: 50 }).next("ended")).toBeNull();
  });

  it("is refused beyond twelve of one person, and allowed again once one of them ends", async () => {
    const { matrixId } = await anEngagement(owner, aMatrix());
    const person = owner;
    const streams = Array.from({ length: 12 }, () => open(person, [[matrixId, 0]]));
    for (const stream of streams) await stream.next("present");
    await expect(open(person, [[matrixId, 0]]).next("present")).rejects.toThrow(
      "Too many browsers are kept current at once",
    );
    streams[0]?.close();
    expect(await streams[0]?.next("present")).toBeNull();
    expect(await open(person, [[matrixId, 0]]).next("present")).not.toBeNull();
  });
});

describe("presence", () => {
  const tab = crypto.randomUUID();

  it("shows who has the matrix open and on which duty, until they leave", async () => {
    const { matrixId } = await anEngagement(owner, aMatrix({ duties: [duty] }));
    const stream = open(owner, [[matrixId, 0]]);
    expect(await stream.next("present")).toMatchObject({ present: [] });
    await bePresent(owner, matrixId, { tab, place: "d1", left: false }, new Date());
    expect(await stream.next("present")).toEqual({
      kind: "present",
      matrixId,
      present: [{ tab, userId: owner.userId, name: "Maya Lindqvist", side: "client", place: "d1" }],
    });
    await bePresent(owner, matrixId, { tab, place: null, left: true }, new Date());
    expect(await stream.next("present")).toMatchObject({ present: [] });
  });

  it("isn't taken from strangers, who can't send anybody else away either", async () => {
    const { matrixId, engagementId } = await anEngagement(owner, aMatrix({ duties: [duty] }));
    const stranger = await aUser("Somebody Else");
    await expect(bePresent(stranger, matrixId, { tab, place: null, left: false }, new Date())).rejects.toThrow(
      "no such matrix",
    );
    await write((tx) =>
      tx.member.create({ data: { engagementId, userId: stranger.userId, side: "provider", permission: "viewer" } }),
    );
    const stream = open(owner, [[matrixId, 0]]);
    await stream.next("present");
    await bePresent(owner, matrixId, { tab, place: null, left: false }, new Date());
    await stream.next("present");
    await bePresent(stranger, matrixId, { tab, place: null, left: true }, new Date());
    await bePresent(stranger, matrixId, { tab: crypto.randomUUID(), place: null, left: false }, new Date());
    expect((await stream.next("present")) as { present: unknown[] }).toMatchObject({
      present: [{ userId: owner.userId }, { userId: stranger.userId }],
    });
  });

  it("forgets whoever has said nothing for a minute", async () => {
    const { matrixId } = await anEngagement(owner, aMatrix({ duties: [duty] }));
    const stream = open(owner, [[matrixId, 0]], { heartbeat: 50 });
    await stream.next("present");
    await bePresent(owner, matrixId, { tab, place: null, left: false }, new Date(Date.now() - 61_000));
    await bePresent(
      owner,
      matrixId,
      { tab: crypto.randomUUID(), place: null, left: false },
      new Date(Date.now() - 59_900),
    );
    expect(await stream.next("present")).toMatchObject({ present: [{ userId: owner.userId }] });
    expect(await stream.next("present")).toMatchObject({ present: [] });
  });
});

describe("the server's stream", () => {
  let servers: ServerProcess[] = [];
  let readers: EventReader[] = [];
  beforeAll(async () => {
    const count = POSTGRESQL ? 2 : 1;
    servers = await Promise.all(Array.from({ length: count }, () => startServer(process.env.DATABASE_URL ?? "")));
  });
  afterEach(() => {
    for (const reader of readers.splice(0)) reader.close();
  });
  afterAll(() => Promise.all(servers.map((server) => server.kill())));

  async function listen(
    server: ServerProcess | undefined,
    cookie: string,
    at: string,
    headers: Record<string, string> = {},
  ) {
    const reader = await eventsOf(`${server?.url}/live?protocol=1&at=${at}`, { Cookie: cookie, ...headers });
    readers.push(reader);
    return reader;
  }

  it("brings an edit that was made through another process, and goes on from where a browser was", async () => {
    const maya = await signedIn("Maya Lindqvist");
    const { matrixId } = await anEngagement(maya, aMatrix({ duties: [duty] }));
    const [here] = servers;
    const there = servers.at(-1);
    const reader = await listen(here, maya.cookie, `${matrixId}.0`);
    await reader.next("present");
    await sendStep(there?.url ?? "", maya.cookie, matrixId, crypto.randomUUID(), "d1", "One");
    const event = await reader.next("steps");
    expect(event).toMatchObject({ id: `${matrixId}.1`, data: { steps: [{ revision: 1 }] } });
    await sendStep(there?.url ?? "", maya.cookie, matrixId, crypto.randomUUID(), "d1", "Two");
    const again = await listen(there, maya.cookie, `${matrixId}.0`, { "Last-Event-ID": event?.id ?? "" });
    expect(await again.next("steps")).toMatchObject({ data: { steps: [{ revision: 2 }] } });
  });

  it.runIf(POSTGRESQL)(
    "goes on when the connection that it listens on is lost, with what happened meanwhile",
    async () => {
      const maya = await signedIn("Maya Lindqvist");
      const { matrixId } = await anEngagement(maya, aMatrix({ duties: [duty] }));
      const reader = await listen(servers[0], maya.cookie, `${matrixId}.0`);
      await reader.next("present");
      const database = new Client({ connectionString: process.env.DATABASE_URL });
      await database.connect();
      const { rowCount } = await database.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
      );
      await database.end();
      expect(rowCount).toBeGreaterThan(0);
      await sendStep(servers.at(-1)?.url ?? "", maya.cookie, matrixId, crypto.randomUUID(), "d1", "Meanwhile");
      expect(await reader.next("steps")).toMatchObject({ data: { steps: [{ revision: 1 }] } });
    },
  );

  it("asks at each heartbeat whom the session belongs to, who is nobody once it is ended", async () => {
    const maya = await signedIn("Maya Lindqvist");
    const caller = { address: "", userAgent: "", cookie: maya.cookie };
    expect(await sessionHolder(caller)).toMatchObject({ userId: maya.userId });
    await write((tx) => tx.session.deleteMany({ where: { userId: maya.userId } }));
    expect(await sessionHolder(caller)).toBeNull();
  });

  it("can't be held back by compression or by a proxy, nor kept", async () => {
    const maya = await signedIn("Maya Lindqvist");
    const { matrixId } = await anEngagement(maya, aMatrix());
    const { headers } = await listen(servers[0], maya.cookie, `${matrixId}.0`, { "Accept-Encoding": "gzip, br" });
    expect(headers.get("cache-control")).toBe("no-store, no-transform");
    expect(headers.get("x-accel-buffering")).toBe("no");
    expect(headers.get("content-encoding")).toBeNull();
    expect(headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  });

  it.each([
    ["a page of another release", "protocol=2&at=ID.0", 409],
    ["an address that says nothing", "protocol=1", 422],
    ["a revision that is no number", "protocol=1&at=ID.-1", 422],
    ["a matrix that isn't there", "protocol=1&at=none.0", 404],
    [
      "more matrices than a browser shows",
      `protocol=1&at=${Array.from({ length: 21 }, (_, i) => `m${i}.0`).join(",")}`,
      422,
    ],
  ])("is refused with a sentence: %s", async (_, query, status) => {
    const maya = await signedIn("Maya Lindqvist");
    const { matrixId } = await anEngagement(maya, aMatrix());
    const answer = await fetch(`${servers[0]?.url}/live?${query.replace("ID", matrixId)}`, {
      headers: { Cookie: maya.cookie },
    });
    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { message: string }).message).toMatch(/\.$/);
  });

  it("is refused to whoever isn't signed in", async () => {
    expect((await fetch(`${servers[0]?.url}/live?protocol=1&at=m.0`)).status).toBe(401);
  });

  it("ends when the server stops, and doesn't keep it from stopping", async () => {
    const maya = await signedIn("Maya Lindqvist");
    const { matrixId } = await anEngagement(maya, aMatrix({ duties: [duty] }));
    if (!POSTGRESQL) await servers.pop()?.kill();
    const server = await startServer(process.env.DATABASE_URL ?? "");
    servers.unshift(server);
    const reader = await listen(server, maya.cookie, `${matrixId}.0`);
    await reader.next("present");
    const ended = new Promise((resolve) => server.child.once("exit", resolve));
    server.child.kill("SIGTERM");
    expect(await reader.next("steps")).toBeNull();
    expect(await ended).toBe(0);
    servers.shift();
  });
});

async function addPerson(matrixId: string): Promise<void> {
  const form = { intent: "add", id: "p1", side: "client", name: "Helen Marsh", email: "helen@example.com" };
  await changePeople(owner, matrixId, peopleFormSchema.parse(form), new Date());
}
