import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { eventsOf as storedEvents, loadWorkshop } from "~/db/workshop/workshop-store.server";
import { workshopOf } from "~/domain/workshop/apply-workshop";
import type { Asked } from "~/domain/workshop/asked";
import type { WorkshopLiveEvent, WorkshopShown } from "~/domain/workshop/view/live";
import { startServer, type ServerProcess } from "../support/server-process";
import { anEngagement, signedIn } from "../support/stored";
import { matrixOf } from "../support/workshop-matrix";
import { CLIENT, propose, PROVIDER } from "../support/workshops";

/**
 * A whole workshop over the server's own addresses: on SQLite by one process that is killed and started again, on
 * PostgreSQL by two, of which one is killed while the other goes on.
 */

const POSTGRESQL = process.env.DEMARC_TEST_DATABASE === "postgresql";
const url = process.env.DATABASE_URL ?? "";
let servers: ServerProcess[] = [];
beforeAll(async () => {
  servers = await Promise.all(Array.from({ length: POSTGRESQL ? 2 : 1 }, () => startServer(url)));
});
afterAll(() => Promise.all(servers.map((server) => server.kill())));

const here = () => servers[0]?.url ?? "";
const there = () => servers.at(-1)?.url ?? "";

async function post(address: string, cookie: string, body: URLSearchParams | object): Promise<Response> {
  const isForm = body instanceof URLSearchParams;
  return fetch(address, {
    method: "POST",
    redirect: "manual",
    headers: { Cookie: cookie, ...(isForm ? {} : { "Content-Type": "application/json" }) },
    body: isForm ? body : JSON.stringify(body),
  });
}

const asked = async (base: string, workshopId: string, cookie: string, ...list: Asked[]) => {
  const response = await post(`${base}/workshop/${workshopId}/asked`, cookie, { asked: list });
  return (await response.json()) as { sequence: number; rejected: { rejection: { message: string } }[] };
};

/** How a page answers. */
const statusOf = async (path: string, cookie: string) =>
  (await fetch(`${here()}${path}`, { headers: { Cookie: cookie } })).status;

/** The stream of a page, as what it shows after each event. */
async function watch(base: string, workshopId: string, cookie: string, as = "") {
  const closer = new AbortController();
  const response = await fetch(`${base}/workshop/${workshopId}/live?protocol=1${as}`, {
    headers: { Cookie: cookie },
    signal: closer.signal,
  });
  const chunks = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  let shown: Partial<WorkshopShown> = {};
  return {
    headers: response.headers,
    close: () => closer.abort(),
    /** Reads on until what is shown has this, or the stream ends, which gives null. */
    async until(holds: (shown: Partial<WorkshopShown>) => boolean): Promise<Partial<WorkshopShown> | null> {
      while (!holds(shown)) {
        const end = text.indexOf("\n\n");
        if (end < 0) {
          const { value, done } = (await chunks?.read()) ?? { done: true, value: "" };
          if (done) return null;
          text += value;
          continue;
        }
        const data = /^data: (.*)$/m.exec(text.slice(0, end))?.[1];
        text = text.slice(end + 2);
        const event = data === undefined ? null : (JSON.parse(data) as WorkshopLiveEvent);
        if (event?.kind === "view") shown = { ...shown, ...event.parts };
        if (event?.kind === "ended") return null;
      }
      return shown;
    },
  };
}

/** Everything that a page shows at this moment. */
async function shownAt(base: string, workshopId: string, cookie: string, as = ""): Promise<Partial<WorkshopShown>> {
  const watched = await watch(base, workshopId, cookie, as);
  const shown = await watched.until(({ stage }) => stage !== undefined);
  watched.close();
  return shown ?? {};
}

const cookieOf = (response: Response) => (response.headers.get("Set-Cookie") ?? "").split(";", 1)[0] ?? "";

async function ground() {
  const maya = await signedIn("Maya Lindqvist");
  const priya = await signedIn("Priya Nair");
  const { matrixId, engagementId } = await anEngagement(maya, matrixOf(3));
  await write((tx) =>
    tx.member.create({ data: { engagementId, userId: priya.userId, side: "provider", permission: "owner" } }),
  );
  const title = new URLSearchParams({ title: "Onboarding" });
  const created = await post(`${here()}/matrices/${matrixId}/workshops`, priya.cookie, title);
  const workshopId = created.headers.get("Location")?.split("/").at(-1) ?? "";
  const leader = (await shownAt(here(), workshopId, priya.cookie)).yours?.participantId ?? "";
  const items = [1, 2, 3].map((n) => ({ id: `i${n}`, subject: { kind: "duty" as const, id: `d${n}` }, minutes: 3 }));
  await asked(
    here(),
    workshopId,
    priya.cookie,
    { type: "plan", title: "Onboarding", minutes: 90, items },
    { type: "open" },
    { type: "host", participantId: leader },
    { type: "go", itemId: "i1" },
  );
  const entered = await post(`${there()}/workshop/${workshopId}/enter`, maya.cookie, new URLSearchParams());
  const { participantId } = (await entered.json()) as { participantId: string };
  await asked(there(), workshopId, maya.cookie, { type: "host", participantId });
  return { maya, priya, matrixId, workshopId };
}

/** A guest comes by the digits on the projector, and is let in. */
async function aGuest(workshopId: string, priya: { cookie: string }, name: string, partyId: string): Promise<string> {
  const code = (await shownAt(here(), workshopId, priya.cookie, "&as=projector")).door?.code ?? "";
  const door = await post(`${there()}/join`, "", new URLSearchParams({ code }));
  expect(await door.text()).toContain("Onboarding");
  const joined = await post(`${there()}/join`, "", new URLSearchParams({ code, name, partyId, email: "" }));
  expect(joined.status).toBe(302);
  const cookie = cookieOf(joined);
  expect(joined.headers.get("Set-Cookie")).toContain("HttpOnly");
  const { yours } = await shownAt(here(), workshopId, priya.cookie);
  const participantIds = yours?.waiting.map((one) => one.participantId) ?? [];
  expect((await asked(here(), workshopId, priya.cookie, { type: "admit", participantIds })).rejected).toEqual([]);
  return cookie;
}

describe("over the server", () => {
  it("a guest comes by digits, proposes on the phone, and sees the reveal on the stream at once, as the projector does", async () => {
    const { maya, priya, workshopId } = await ground();
    const tom = await aGuest(workshopId, priya, "Tom", "provider");
    const phone = await watch(there(), workshopId, tom);
    const projector = await watch(here(), workshopId, priya.cookie, "&as=projector");
    expect(phone.headers.get("Cache-Control")).toBe("no-store, no-transform");
    await phone.until(({ current }) => current?.itemId === "i1");
    expect((await asked(there(), workshopId, tom, propose("i1", PROVIDER, "Tom's reason"))).rejected).toEqual([]);
    const sealed = await projector.until(({ current }) => current?.seats.some((seat) => seat.sealed) ?? false);
    expect(JSON.stringify(sealed)).not.toContain("Tom's reason");
    await asked(here(), workshopId, priya.cookie, propose("i1", PROVIDER));
    await asked(there(), workshopId, maya.cookie, propose("i1", CLIENT, "Maya's reason"));
    for (const one of [phone, projector]) {
      const shown = await one.until(({ current }) => current?.revealed !== null && current !== undefined);
      expect(shown?.current?.revealed).toMatchObject({ outcome: "overlap", why: "all" });
      expect(shown?.current?.revealed?.voices.map(({ reason }) => reason).sort()).toEqual([
        "",
        "Maya's reason",
        "Tom's reason",
      ]);
    }
    await asked(here(), workshopId, priya.cookie, { type: "end" });
    expect(await phone.until(() => false)).toBeNull();
    expect(await statusOf(`/workshop/${workshopId}`, tom)).toBe(403);
    projector.close();
  });

  it("a guest's cookie opens nothing else, and a changed one nothing at all", async () => {
    const { priya, workshopId, matrixId } = await ground();
    const tom = await aGuest(workshopId, priya, "Tom", "provider");
    for (const path of [`/matrices/${matrixId}/workshops`, `/matrices/${matrixId}/board`, "/account"])
      expect((await fetch(`${here()}${path}`, { headers: { Cookie: tom }, redirect: "manual" })).status).toBe(302);
    expect((await fetch(`${here()}/matrices/${matrixId}/draft?since=0`, { headers: { Cookie: tom } })).status).toBe(
      401,
    );
    expect(await statusOf(`/workshop/${workshopId}`, `${tom.slice(0, -4)}AAAA`)).toBe(404);
  });

  it("what is acknowledged is there after the server was killed, and each phone is where it was", async () => {
    const { maya, priya, workshopId } = await ground();
    const tom = await aGuest(workshopId, priya, "Tom", "provider");
    let acknowledged = 0;
    const proposing = (async () => {
      for (let n = 1; ; n++) {
        const answer = await asked(here(), workshopId, tom, propose("i1", PROVIDER, `Reason ${n}`)).catch(() => null);
        if (!answer) return;
        if (answer.rejected.length === 0) acknowledged = n;
      }
    })();
    await expect.poll(() => acknowledged, { timeout: 60_000 }).toBeGreaterThan(5);
    await servers[0]?.kill();
    await proposing;
    if (POSTGRESQL) servers.shift();
    else servers = [await startServer(url)];
    const stored = await loadWorkshop(read, workshopId);
    expect(workshopOf(await storedEvents(read, workshopId))).toEqual({ ok: true, value: stored?.workshop });
    const shown = await shownAt(there(), workshopId, tom);
    const reason = shown.yours?.proposals[0]?.proposal.reason ?? "";
    // The last one may have been stored without its answer.
    expect([`Reason ${acknowledged}`, `Reason ${acknowledged + 1}`]).toContain(reason);
    expect(shown.current).toMatchObject({ itemId: "i1" });
    await asked(there(), workshopId, priya.cookie, propose("i1", PROVIDER));
    await asked(there(), workshopId, maya.cookie, propose("i1", PROVIDER));
    const after = (await shownAt(there(), workshopId, maya.cookie)).current;
    expect(after?.revealed).toMatchObject({ outcome: "agree" });
    expect(after?.revealed?.voices.map((voice) => voice.reason)).toContain(reason);
  });
});
