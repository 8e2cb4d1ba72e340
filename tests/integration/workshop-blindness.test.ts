import { beforeAll, describe, expect, it, vi } from "vitest";
import { onAnnouncement } from "~/db/announcements.server";
import { read, write } from "~/db/client.server";
import { ownSealed } from "~/db/workshop/sealed-store.server";
import { eventsOf } from "~/db/workshop/workshop-store.server";
import type { Asked } from "~/domain/workshop/asked";
import type { Choice } from "~/domain/workshop/shapes";
import { workshopView } from "~/domain/workshop/view/view";
import { changeWorkshop } from "~/services/workshop/changing.server";
import { workshopFor } from "~/services/workshop/entrant.server";
import { joinWorkshop } from "~/services/workshop/joining.server";
import { viewMinutes, viewWorkshop } from "~/services/workshop/viewing.server";
import { workshopLines } from "~/services/workshop/workshop-stream.server";
import { createWorkshop } from "~/services/workshop/workshops.server";
import type { Actor } from "~/services/who/actor.server";
import { anEngagement, aUser } from "../support/stored";
import { matrixOf } from "../support/workshop-matrix";
import { aMember, ask, comeIn, HERE, type Seat } from "../support/workshops";

/** The same code builds the views on both databases, so that the second one is searched in fewer workshops. */
const WORKSHOPS = process.env.DEMARC_TEST_DATABASE === "postgresql" ? 40 : 200;
const ASKS = 9;
const ITEMS = ["i1", "i2", "i3"] as const;

/** A repeatable sequence of numbers below `below`. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A proposal as it would show up in bytes: its reason, and its choice, of which nobody makes the same. */
type Secret = { itemId: string; owner: string; texts: string[] };
/** Something that was given out: to whom, and the number of the newest event in it. `null` is everybody, at any time. */
type Given = { to: string | null; sequence: number; text: string };

/** The parties that choices are made of, so many that no two people in a workshop choose alike. */
const VENDORS = ["v1", "v2", "v3", "v4", "v5", "v6", "v7"] as const;

let matrixId = "";
let facilitators: Actor[] = [];
let maya: Actor;

beforeAll(async () => {
  maya = await aUser("Maya Lindqvist");
  const base = matrixOf(ITEMS.length);
  const matrix = {
    ...base,
    parties: [
      ...base.parties,
      ...VENDORS.map((id) => ({
        id,
        kind: "third-party" as const,
        name: `Vendor ${id}`,
        engagedBy: "client",
        legal: {},
      })),
    ],
    roles: [...base.roles, ...VENDORS.map((id) => ({ id: `role-${id}`, partyId: id, name: id, lead: true }))],
  };
  const engagement = await anEngagement(maya, matrix);
  matrixId = engagement.matrixId;
  facilitators = await Promise.all(
    Array.from({ length: 5 }, (_, n) => aMember(engagement.engagementId, `Priya ${n}`, "provider", "owner")),
  );
});

/** Leads one workshop through random steps, and gives back all that left the server, and what was secret. */
async function randomWorkshop(seed: number): Promise<{ workshopId: string; given: Given[]; secrets: Secret[] }> {
  const next = numbersFrom(seed);
  const priya = facilitators[seed % facilitators.length];
  if (!priya) throw new Error("Nobody leads.");
  const given: Given[] = [];
  const secrets: Secret[] = [];
  const { workshopId } = await createWorkshop(priya, matrixId, { title: "Workshop" }, new Date());
  const facilitator = await comeIn(priya, workshopId);
  const items = ITEMS.map((id, n) => ({ id, subject: { kind: "duty" as const, id: `d${n + 1}` }, minutes: 60 }));
  await ask(facilitator, workshopId, [
    { type: "plan", title: "Workshop", minutes: null, items },
    { type: "open" },
    { type: "host", participantId: facilitator.participantId },
    { type: "go", itemId: "i1" },
  ]);
  const token = (await viewWorkshop(facilitator.entrant, workshopId, "participant", new Date())).shown.door?.link;
  const client = await comeIn(maya, workshopId);
  const { pass } = await joinWorkshop(
    { actor: null, passes: [] },
    { token: token?.split("/").at(-1) ?? "" },
    { name: "Tom", partyId: "provider", email: "" },
    HERE,
    new Date(),
  );
  const tom: Seat = {
    entrant: { actor: null, passes: pass ? [pass] : [] },
    participantId: pass?.split(" ")[1] ?? "",
    name: "Tom",
  };
  await ask(client, workshopId, { type: "host", participantId: client.participantId });
  await ask(facilitator, workshopId, { type: "admit", participantIds: [tom.participantId] });
  const seats = [facilitator, client, tom];

  const closed = new AbortController();
  const streams = [
    ...seats.map((seat) => ({ seat, looking: "participant" as const })),
    { seat: facilitator, looking: "projector" as const },
  ].map(async ({ seat, looking }) => {
    const lines = workshopLines({
      entrant: seat.entrant,
      workshopId,
      looking,
      actorNow: async () => seat.entrant.actor,
      closed: closed.signal,
    });
    const to = looking === "projector" ? "projector" : seat.participantId;
    for await (const line of lines)
      if (line.kind === "event") given.push({ to, sequence: Number(line.id), text: line.json });
  });

  for (let n = 0; n < ASKS; n++) {
    const seat = seats[next(seats.length)] ?? facilitator;
    const asked = randomAsk(next, seat, secrets, `${seed}-${n}`);
    const answer = await changeWorkshop(seat.entrant, workshopId, [asked], new Date()).catch(
      (error: Error) => error.message,
    );
    given.push({ to: null, sequence: 0, text: JSON.stringify(answer) });
    const one = seats[next(seats.length)] ?? facilitator;
    const page = await viewWorkshop(one.entrant, workshopId, "participant", new Date());
    given.push({ to: one.participantId, sequence: page.sequence, text: JSON.stringify(page) });
    const row = await read.workshop.findUniqueOrThrow({ where: { id: workshopId } });
    given.push({ to: "database", sequence: row.sequence, text: JSON.stringify(row) });
  }
  const { sequence } = await read.workshop.findUniqueOrThrow({ where: { id: workshopId }, select: { sequence: true } });
  given.push({ to: "minutes", sequence, text: JSON.stringify(await viewMinutes(client.entrant, workshopId)) });
  const projected = await viewWorkshop(facilitator.entrant, workshopId, "projector", new Date());
  given.push({ to: "projector", sequence: projected.sequence, text: JSON.stringify(projected) });
  closed.abort();
  await Promise.all(streams);
  return { workshopId, given, secrets };
}

function randomAsk(next: (below: number) => number, seat: Seat, secrets: Secret[], tag: string): Asked {
  const itemId = ITEMS[next(10) < 7 ? 0 : next(ITEMS.length)] ?? "i1";
  switch (next(10)) {
    case 0:
      return { type: "reveal", itemId };
    case 1:
      return { type: "unseal", itemId };
    case 2:
      return { type: "go", itemId };
    case 3:
      return { type: "reopen", itemId };
    default: {
      const reason = `secret-${tag}-of-${seat.name}`;
      const choice: Choice = { kind: "split", does: ["client", ...vendorsOf(secrets.length)], answers: "client" };
      secrets.push({ itemId, owner: seat.participantId, texts: [reason, JSON.stringify(choice.does)] });
      // Now and then one is refused, whose sentence mustn't carry it either.
      const long = next(12) === 0 ? "x".repeat(400) : "";
      return { type: "seal", itemId, forParty: next(4) === 0, proposal: { choice, reason: reason + long } };
    }
  }
}

/** The vendors of the nth choice in a workshop, which no other choice in it has in this order. */
function vendorsOf(n: number): string[] {
  return [0, 1, 2].map((digit) => VENDORS[Math.floor(n / VENDORS.length ** digit) % VENDORS.length] ?? "v1");
}

/** What was given out too early: every text of a proposal in whatever was made before its reveal, but to its owner. */
async function leaksIn({ workshopId, given, secrets }: Awaited<ReturnType<typeof randomWorkshop>>): Promise<string[]> {
  const reveals = (await eventsOf(read, workshopId)).flatMap(({ change }, index) =>
    change.type === "reveal" ? [{ sequence: index + 1, text: JSON.stringify(change.voices) }] : [],
  );
  return secrets.flatMap(({ owner, texts }) =>
    texts.flatMap((text) => {
      const revealedAt = reveals.find((reveal) => reveal.text.includes(text))?.sequence ?? Infinity;
      return given.flatMap(({ to, sequence, text: bytes }) =>
        to !== owner && (to === null || sequence < revealedAt) && bytes.includes(text)
          ? [`${to ?? "everybody"} at ${sequence}: ${text}, revealed at ${revealedAt}`]
          : [],
      );
    }),
  );
}

describe("what is sealed", () => {
  it(`is in no view, stream, announcement, answer, log line or stored row but its own before its reveal, in ${WORKSHOPS} random workshops`, async () => {
    const outside: string[] = [];
    const stop = onAnnouncement((heard) => outside.push(JSON.stringify(heard)));
    const spies = (["info", "log", "warn", "error"] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation((...words) => void outside.push(words.map(String).join(" "))),
    );
    const leaks: string[] = [];
    let secrets = 0;
    let reveals = 0;
    let given = 0;
    try {
      for (let seed = 1; seed <= WORKSHOPS; seed++) {
        const one = await randomWorkshop(seed);
        one.given.push(...outside.splice(0).map((text) => ({ to: null, sequence: 0, text })));
        leaks.push(...(await leaksIn(one)));
        secrets += one.secrets.length;
        given += one.given.length;
        const events = await eventsOf(read, one.workshopId);
        reveals += events.filter(({ change }) => change.type === "reveal").length;
        if (seed % 40 === 0) await write((tx) => tx.attempt.deleteMany({}));
      }
    } finally {
      stop();
      for (const spy of spies) spy.mockRestore();
    }
    expect(leaks).toEqual([]);
    // There was something to find.
    expect(secrets).toBeGreaterThan(WORKSHOPS);
    expect(reveals).toBeGreaterThan(WORKSHOPS / 4);
    expect(given).toBeGreaterThan(WORKSHOPS * ASKS * 3);
  }, 600_000);

  it("is found by this search where a leak is planted: a view with another's proposal, and an announcement", async () => {
    for (let seed = 1_001; ; seed++) {
      const one = await randomWorkshop(seed);
      const entered = await workshopFor(read, { actor: maya, passes: [] }, one.workshopId);
      const { workshop, sequence } = entered.stored;
      const sealed = workshop.items.flatMap(({ id, revealed, sealed }) =>
        revealed
          ? []
          : sealed.filter(({ participantId }) => participantId !== entered.participantId).map((s) => ({ id, ...s })),
      )[0];
      if (!sealed || !entered.participantId) continue;
      const own = await ownSealed(read, { workshopId: one.workshopId, participantId: sealed.participantId });
      const viewer = { kind: "participant" as const, participantId: entered.participantId, own };
      const text = JSON.stringify(workshopView(workshop, { matrix: entered.matrix, archived: false }, viewer));
      expect(await leaksIn(one)).toEqual([]);
      expect(await leaksIn({ ...one, given: [{ to: entered.participantId, sequence, text }] })).not.toEqual([]);
      expect(await leaksIn({ ...one, given: [{ to: null, sequence: 0, text: JSON.stringify(own) }] })).not.toEqual([]);
      return;
    }
  }, 60_000);
});
