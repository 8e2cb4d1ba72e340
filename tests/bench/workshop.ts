import { read, write } from "~/db/client.server";
import type { Asked } from "~/domain/workshop/asked";
import type { WorkshopLiveEvent } from "~/domain/workshop/view/live";
import { guestCookie } from "~/http/link-cookie.server";
import { viewWorkshop } from "~/services/workshop/viewing.server";
import { createWorkshop } from "~/services/workshop/workshops.server";
import { eventsOf, type EventReader } from "../support/events";
import { anEngagement, signedIn } from "../support/stored";
import { ask, atTheDoor, CLIENT, comeIn, propose, PROVIDER, type Seat } from "../support/workshops";
import { arrivals, sendBare, startBare } from "./bare-stream";
import { benchMatrix } from "./matrices";
import { figureOf, ratio } from "./measure";
import { courseOf, processorMs, startServer, type Held } from "./server";

const PARTICIPANTS = 60;
const ITEMS = 40;
/** The first items are revealed to measure how soon, the others make up the 90 minutes. */
const REVEALS = 12;
/** Each stream lives five minutes, which is about an item. */
const LONG = 20;

type InRoom = Seat & { cookie: string };

/** Sixty people in a workshop of forty duties, two of them members and hosts, the others guests. */
async function aFullRoom() {
  const client = await signedIn("Client host");
  const facilitator = await signedIn("Facilitator");
  const { engagementId, matrixId } = await anEngagement(client, benchMatrix(133));
  await write((tx) =>
    tx.member.create({
      data: { engagementId, userId: facilitator.userId, side: "provider", permission: "owner" },
    }),
  );
  const now = new Date();
  const { workshopId } = await createWorkshop(facilitator, matrixId, { title: "Sixty" }, now);
  const leads = { ...(await comeIn(facilitator, workshopId, now)), cookie: facilitator.cookie };
  const items = Array.from({ length: ITEMS }, (_, i) => ({
    id: `item-${i}`,
    subject: { kind: "duty" as const, id: `duty-${i}` },
    minutes: 60,
  }));
  await done(leads, workshopId, [
    { type: "plan", title: "Sixty", minutes: 600, items },
    { type: "open" },
    { type: "host", participantId: leads.participantId },
  ]);
  const hosts = { ...(await comeIn(client, workshopId, now)), cookie: client.cookie };
  await done(hosts, workshopId, [{ type: "host", participantId: hosts.participantId }]);
  const people: InRoom[] = [leads, hosts];
  for (let i = people.length; i < PARTICIPANTS; i++) {
    const seat = await atTheDoor(workshopId, `Guest ${i}`, i % 2 === 0 ? "client" : "provider");
    people.push({ ...seat, cookie: (await guestCookie.write(seat.entrant.passes)).split(";", 1)[0] ?? "" });
  }
  await done(leads, workshopId, [
    { type: "admit", participantIds: people.slice(2).map(({ participantId }) => participantId) },
  ]);
  return { workshopId, matrixId, leads, hosts, people };
}

async function done(seat: Seat, workshopId: string, asked: Asked[]): Promise<void> {
  const refused = await ask(seat, workshopId, asked);
  if (refused) throw new Error(`The bench was refused: ${refused}`);
}

/**
 * A reveal on the screens of sixty participants, beside bare Node streaming as many bytes to as many; and what the server
 * holds over a whole workshop.
 */
export async function benchWorkshop() {
  const room = await aFullRoom();
  const { workshopId, leads, hosts, people } = room;
  const server = await startServer();
  const bare = await startBare();
  try {
    const streams = await Promise.all(people.map(openStream));
    const reveal = await revealed(streams);
    for (const stream of streams) stream.close();
    const ninetyMinutes = await heldOver();
    const events = await read.workshopEvent.count({ where: { workshopId } });
    return { participants: PARTICIPANTS, items: ITEMS, reveal, ninetyMinutes, events };
  } finally {
    server.stop();
    bare.stop();
  }

  function openStream({ cookie }: InRoom) {
    return eventsOf<WorkshopLiveEvent>(`${server.url}/workshop/${workshopId}/live?protocol=1`, { Cookie: cookie });
  }

  async function post({ cookie }: InRoom, ...asked: Asked[]): Promise<void> {
    const response = await fetch(`${server.url}/workshop/${workshopId}/asked`, {
      method: "POST",
      headers: { "Content-Type": "application/json", Cookie: cookie },
      body: JSON.stringify({ asked }),
    });
    const answer = (await response.json()) as { rejected?: { rejection: { message: string } }[]; message?: string };
    const refused = answer.message ?? answer.rejected?.[0]?.rejection.message;
    if (refused) throw new Error(`The bench was refused: ${refused}`);
  }

  /** Everybody but the facilitator proposes, whose own proposal then reveals the item. */
  async function allButOnePropose(itemId: string) {
    await post(leads, { type: "go", itemId });
    await Promise.all(people.slice(1).map((seat, i) => post(seat, proposalOf(i, itemId))));
  }

  async function revealed(streams: readonly EventReader<WorkshopLiveEvent>[]) {
    let sample = "";
    const times: number[] = [];
    let processor = 0;
    for (let i = 0; i < REVEALS; i++) {
      const itemId = `item-${i}`;
      await allButOnePropose(itemId);
      const used = processorMs(server.pid);
      const begun = performance.now();
      const shown = streams.map(async (stream) => {
        for (;;) {
          const event = await stream.next("view");
          if (event?.data.kind !== "view") throw new Error("A stream ended.");
          const { current } = event.data.parts;
          if (current?.itemId !== itemId || !current.revealed) continue;
          times.push(performance.now() - begun);
          sample = JSON.stringify(event.data);
          return;
        }
      });
      await Promise.all([post(leads, proposalOf(0, itemId)), ...shown]);
      processor += processorMs(server.pid) - used;
    }
    const readers = await Promise.all(streams.map(() => eventsOf<WorkshopLiveEvent>(`${bare.url}/`, {})));
    const floor = await arrivals(
      REVEALS,
      readers.map((reader) => ({ next: () => reader.next("view") })),
      () => sendBare(bare, `id: 1\ndata: ${sample}\n\n`),
    );
    for (const reader of readers) reader.close();
    const seen = figureOf(times);
    return {
      seen,
      floor,
      ratio: ratio(seen, floor),
      bytes: sample.length,
      processorMsAReveal: Math.round(processor / REVEALS),
    };
  }

  /** Everybody proposes, it is revealed and settled by both hosts, while streams are opened anew: what the server holds at each quarter. */
  async function heldOver() {
    const held: Held[] = [];
    let streams: EventReader<WorkshopLiveEvent>[] = [];
    for (let i = 0; i <= LONG; i++) {
      if (i % (LONG / 4) === 0) held.push(await server.held());
      if (i === LONG) break;
      for (const stream of streams) stream.close();
      streams = await Promise.all(people.map(openStream));
      for (const stream of streams) void takeAll(stream);
      const itemId = `item-${REVEALS + i}`;
      await allButOnePropose(itemId);
      await post(leads, proposalOf(0, itemId));
      const { shown } = await viewWorkshop(leads.entrant, workshopId, "participant", new Date());
      const terms = shown.current?.terms ?? null;
      await post(leads, { type: "settle", itemId, settlement: { ...PROVIDER_DOES, boundary: "" }, terms });
      const number = (await viewWorkshop(hosts.entrant, workshopId, "participant", new Date())).shown.yours?.may
        .confirm;
      if (number === null || number === undefined) throw new Error("Nothing is to be confirmed.");
      await post(hosts, { type: "confirm", itemId, number });
      const open = (await viewWorkshop(leads.entrant, workshopId, "participant", new Date())).shown.yours?.may.confirm;
      if (open) await post(leads, { type: "confirm", itemId, number });
    }
    for (const stream of streams) stream.close();
    return courseOf(held);
  }
}

const proposalOf = (i: number, itemId: string) =>
  propose(itemId, i % 3 === 0 ? PROVIDER : CLIENT, `Reason of ${i}: whoever patches them knows them best.`);
const PROVIDER_DOES = { kind: "split" as const, does: ["provider"], answers: "provider" };

async function takeAll(stream: EventReader<WorkshopLiveEvent>): Promise<void> {
  try {
    while (await stream.next("view"));
  } catch {
    // It was closed.
  }
}
