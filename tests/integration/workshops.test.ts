import { describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { eventsOf, loadWorkshop } from "~/db/workshop/workshop-store.server";
import { agreementOf } from "~/domain/agreement/agreement";
import { partiesHolding, ownerOf } from "~/domain/matrix/owner";
import { workshopOf } from "~/domain/workshop/apply-workshop";
import type { Settlement } from "~/domain/workshop/shapes";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { createWorkshop, listWorkshops } from "~/services/workshop/workshops.server";
import { forgetAccount } from "~/services/account/forget-account.server";
import { ownData } from "~/services/account/own-data.server";
import { viewMinutes, viewWorkshop } from "~/services/workshop/viewing.server";
import type { WorkshopLiveEvent } from "~/domain/workshop/view/live";
import { workshopLines } from "~/services/workshop/workshop-stream.server";
import { joinWorkshop, lookThroughDoor } from "~/services/workshop/joining.server";
import {
  actorOf,
  ask,
  atTheDoor,
  aWorkshop,
  CLIENT,
  codeNow,
  comeIn,
  dutyNow,
  go,
  HERE,
  look,
  aMember,
  propose,
  proposeAll,
  PROVIDER,
  settle,
  split,
  type Ground,
  type Seat,
} from "../support/workshops";

describe("a workshop", () => {
  it("goes through agree, gap, overlap, parked and disputed, and the board has what was settled with both marks", async () => {
    const ground = await aWorkshop({ duties: 5 });
    const { workshopId, facilitator, client, matrixId } = ground;

    await go(ground, "i1");
    await proposeAll(ground, "i1", PROVIDER, PROVIDER);
    expect((await look(client, workshopId)).current?.revealed).toMatchObject({
      outcome: "agree",
      why: "all",
      leftOut: [],
    });
    expect(await settle(ground, "i1", { ...PROVIDER, boundary: "" } as Settlement)).toEqual([]);

    await go(ground, "i2");
    await proposeAll(ground, "i2", PROVIDER, CLIENT);
    expect((await look(client, workshopId)).current?.revealed?.outcome).toBe("gap");
    const shared = { ...split(["client", "provider"], "client"), boundary: "" } as Settlement;
    expect(
      await ask(facilitator, workshopId, { type: "settle", itemId: "i2", settlement: shared, terms: null }),
    ).toMatch(/Write the boundary in one line/);
    expect(await settle(ground, "i2", { ...shared, boundary: "HR starts the clock." } as Settlement)).toEqual([]);

    await go(ground, "i3");
    await proposeAll(ground, "i3", CLIENT, PROVIDER);
    expect((await look(client, workshopId)).current?.revealed?.outcome).toBe("overlap");
    expect(
      await settle(ground, "i3", { ...split(["client", "vendors"], "client"), boundary: "" } as Settlement),
    ).toEqual([]);

    await go(ground, "i4");
    expect(
      await ask(facilitator, workshopId, { type: "park", itemId: "i4", owner: "Helen Marsh", until: "2027-03-01" }),
    ).toBe("");
    await go(ground, "i5");
    await proposeAll(ground, "i5", CLIENT, PROVIDER);
    expect(
      await settle(ground, "i5", { kind: "dispute", positions: { client: "It is ours.", provider: "It is ours." } }),
    ).toEqual([]);

    const { matrix } = await dutyNow(ground, "d1");
    const shown = matrix.duties.map((duty) => ({
      does: partiesHolding(matrix, duty, "R").map(({ id }) => id),
      answers: ownerOf(matrix, duty)?.id ?? null,
      agreement: agreementOf(matrix, duty),
      marks: Object.keys(duty.marks).sort(),
    }));
    const both = ["client", "provider"];
    expect(shown).toEqual([
      { does: ["provider"], answers: "provider", agreement: "agreed", marks: both },
      { does: both, answers: "client", agreement: "agreed", marks: both },
      { does: ["client", "vendors"], answers: "client", agreement: "agreed", marks: both },
      { does: [], answers: null, agreement: "parked", marks: [] },
      { does: [], answers: null, agreement: "disputed", marks: both },
    ]);
    expect(matrix.duties[1]?.boundary).toBe("HR starts the clock.");

    const log = await read.logEntry.findMany({
      where: { matrixId, event: "draft.edited" },
      orderBy: { revision: "asc" },
    });
    expect(log.map(({ actorName, detail }) => ({ actorName, detail }))[0]).toEqual({
      actorName: "Priya Nair",
      detail: { workshop: 1, as: "settled", client: "Maya Lindqvist", provider: "Priya Nair" },
    });
    expect(log).toHaveLength(5);

    expect(await ask(facilitator, workshopId, { type: "end" })).toBe("");
    const minutes = await viewMinutes(client.entrant, workshopId);
    expect(minutes.settled.map(({ code, words }) => [code, words])).toEqual([
      ["SUP-01", "Harbour IT answers, Harbour IT does it."],
      ["SUP-02", "Northwind answers, Northwind and Harbour IT do it. Boundary: HR starts the clock."],
      ["SUP-03", "Northwind answers, Northwind and Line vendor do it."],
    ]);
    expect(minutes.parked[0]?.words).toBe("Parked until 1 Mar 2027 with Helen Marsh.");
    expect(minutes.disputed[0]?.words).toContain("Northwind: “It is ours.”");
    expect(minutes.tookPart.map(({ label }) => label)).toEqual(["Priya Nair", "Maya Lindqvist", "Ruth", "Tom"]);
    const mails = await read.outgoingMail.findMany({
      where: { engagementId: ground.engagementId, kind: "workshop-minutes" },
    });
    expect(mails.map(({ to }) => to)).toContain("tom@people.example");
    expect(mails).toHaveLength(3);
    expect(await read.workshopPerson.count({ where: { workshopId, email: { not: null } } })).toBe(0);
    const list = await listWorkshops(actorOf(client), matrixId);
    expect(list.workshops[0]).toMatchObject({ stage: "ended", settled: 3, parked: 1, disputed: 1 });
  });

  it("is, replayed from its events, the one that is stored", async () => {
    const ground = await aWorkshop();
    await go(ground, "i1");
    await proposeAll(ground, "i1", CLIENT, PROVIDER);
    await settle(ground, "i1", { ...CLIENT, boundary: "" } as Settlement);
    const stored = await loadWorkshop(read, ground.workshopId);
    expect(workshopOf(await eventsOf(read, ground.workshopId))).toEqual({ ok: true, value: stored?.workshop });
    expect(stored?.sequence).toBe((await eventsOf(read, ground.workshopId)).length);
  });

  it("of two reveals at once, and of a proposal beside a reveal, has one reveal with every voice that was in time", async () => {
    const ground = await aWorkshop();
    const { workshopId, facilitator, client, ruth, tom } = ground;
    await go(ground, "i1");
    await ask(client, workshopId, propose("i1", CLIENT));
    const said = await Promise.all([
      ask(facilitator, workshopId, { type: "reveal", itemId: "i1" }),
      ask(facilitator, workshopId, { type: "reveal", itemId: "i1" }),
      ask(ruth, workshopId, propose("i1", CLIENT)),
      ask(tom, workshopId, propose("i1", PROVIDER)),
    ]);
    expect(said.slice(0, 2)).toEqual(["", ""]);
    const events = await eventsOf(read, workshopId);
    expect(events.filter(({ change }) => change.type === "reveal")).toHaveLength(1);
    const { revealed } = (await look(ruth, workshopId)).current ?? {};
    const heard = revealed?.voices.map(({ label }) => label) ?? [];
    for (const [index, { name }] of [ruth, tom].entries())
      expect(heard.includes(name), `${name}: ${said[index + 2]}`).toBe(said[index + 2] === "");
    expect([...heard, ...(revealed?.leftOut ?? [])].sort()).toEqual(["Maya Lindqvist", "Priya Nair", "Ruth", "Tom"]);
    expect(await read.sealedProposal.count({ where: { workshopId, itemId: "i1" } })).toBe(0);
  });

  it("takes no proposal after the reveal, and says so", async () => {
    const ground = await aWorkshop();
    await go(ground, "i1");
    await proposeAll(ground, "i1", CLIENT, PROVIDER);
    expect(await ask(ground.tom, ground.workshopId, propose("i1", CLIENT))).toBe(
      "This was revealed a moment ago, so no proposal is taken any more. Say it to the room.",
    );
  });

  it("reveals by itself when the time to propose is over, whoever looks, and leaves the others out by name", async () => {
    const now = new Date();
    const ground = await aWorkshop({ now });
    const { workshopId, facilitator, client, ruth } = ground;
    await ask(facilitator, workshopId, { type: "go", itemId: "i1" }, now);
    await ask(client, workshopId, propose("i1", CLIENT), now);
    const before = new Date(now.getTime() + 119_000);
    expect((await look(ruth, workshopId, before)).current?.revealed).toBeNull();
    const after = new Date(now.getTime() + 121_000);
    const [one, other] = await Promise.all([look(ruth, workshopId, after), look(client, workshopId, after)]);
    expect(one.current?.revealed).toMatchObject({ why: "timer", leftOut: ["Priya Nair", "Ruth", "Tom"] });
    expect(other.current?.revealed).toEqual(one.current?.revealed);
  });

  it("refuses a confirmation where the duty was changed on the board, and settles once the facilitator looked again", async () => {
    const ground = await aWorkshop();
    const { workshopId, client, matrixId } = ground;
    await go(ground, "i1");
    await proposeAll(ground, "i1", CLIENT, PROVIDER);
    const settlement = { ...CLIENT, boundary: "" } as Settlement;
    await ask(ground.facilitator, workshopId, { type: "settle", itemId: "i1", settlement, terms: null });
    await edit(ground, matrixId, { type: "duty.edit", dutyId: "d1", set: { text: "Something else" } });
    const shown = (await look(client, workshopId)).current?.settling;
    expect(shown?.outdated).toBe(true);
    expect(await ask(client, workshopId, { type: "confirm", itemId: "i1", number: shown?.number ?? 0 })).toMatch(
      /changed on the board a moment ago/,
    );
    expect(await settle(ground, "i1", settlement)).toEqual([]);
    expect((await dutyNow(ground, "d1")).duty.marks).toHaveProperty("provider");
  });

  it("goes on where a duty was deleted from the board, or the matrix was archived", async () => {
    const ground = await aWorkshop();
    const { workshopId, facilitator, client, matrixId } = ground;
    await go(ground, "i1");
    await edit(ground, matrixId, { type: "duty.delete", dutyId: "d1" });
    expect(await ask(client, workshopId, propose("i1", CLIENT))).toBe(
      "This was deleted from the board meanwhile. Skip it, or bring it back there.",
    );
    expect((await look(client, workshopId)).plan[0]).toMatchObject({ deleted: true });
    expect(await ask(facilitator, workshopId, { type: "skip", itemId: "i1" })).toBe("");
    await proposeAll(ground, "i2", CLIENT, PROVIDER);
    await ask(facilitator, workshopId, {
      type: "settle",
      itemId: "i2",
      settlement: { ...CLIENT, boundary: "" } as Settlement,
      terms: null,
    });
    const number = (await look(client, workshopId)).current?.settling?.number ?? 0;
    await write((tx) => tx.matrix.update({ where: { id: matrixId }, data: { archivedAt: new Date() } }));
    expect(await ask(client, workshopId, { type: "confirm", itemId: "i2", number })).toMatch(/was archived/);
    expect((await look(client, workshopId)).room?.archived).toBe(true);
    expect(await ask(facilitator, workshopId, { type: "go", itemId: "i3" })).toBe("");
    expect(await ask(facilitator, workshopId, { type: "end" })).toBe("");
  });

  it("has a number of its own in its matrix, also where two are prepared at once", async () => {
    const ground = await aWorkshop();
    const actor = actorOf(ground.facilitator);
    await Promise.all([1, 2, 3].map((n) => createWorkshop(actor, ground.matrixId, { title: `W${n}` }, new Date())));
    const { workshops } = await listWorkshops(actor, ground.matrixId);
    expect(workshops.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
  });

  it("is deleted with its engagement, with its events and everything sealed", async () => {
    const ground = await aWorkshop();
    await go(ground, "i1");
    await ask(ground.client, ground.workshopId, propose("i1", CLIENT));
    await write((tx) => tx.engagement.delete({ where: { id: ground.engagementId } }));
    const { workshopId } = ground;
    expect(await read.workshopEvent.count({ where: { workshopId } })).toBe(0);
    expect(await read.sealedProposal.count({ where: { workshopId } })).toBe(0);
    expect(await read.workshopPerson.count({ where: { workshopId } })).toBe(0);
  });
});

async function edit(
  ground: Ground,
  matrixId: string,
  command: Parameters<typeof runCommands>[2]["steps"][number]["commands"][number],
) {
  const actor = actorOf(ground.facilitator);
  const answer = await runCommands(
    actor,
    matrixId,
    { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands: [command] }] },
    new Date(),
  );
  expect(answer.rejected).toEqual([]);
}

describe("roles", () => {
  it("stay with a facilitator, of whom only a named second takes over", async () => {
    const ground = await aWorkshop();
    const { workshopId, facilitator, client, ruth } = ground;
    for (const seat of [client, ruth])
      expect(await ask(seat, workshopId, { type: "take-over" })).toMatch(/Only whom the facilitator has named/);
    expect(
      await ask(facilitator, workshopId, { type: "second", participantId: ruth.participantId, may: true }),
    ).toMatch(/is a guest/);
    expect(await ask(facilitator, workshopId, { type: "second", participantId: client.participantId, may: true })).toBe(
      "",
    );
    expect(await ask(client, workshopId, { type: "take-over" })).toBe("");
    expect((await look(ruth, workshopId)).room?.facilitator).toBe("Maya Lindqvist");
    expect(await ask(facilitator, workshopId, { type: "go", itemId: "i1" })).toBe(
      "Only the facilitator does that. Ask them.",
    );
    const log = await read.logEntry.findMany({ where: { matrixId: ground.matrixId, event: "workshop.led-by" } });
    expect(log.map(({ actorName, detail }) => ({ actorName, detail }))).toEqual([
      { actorName: "Maya Lindqvist", detail: { workshop: 1, before: "Priya Nair" } },
    ]);
  });

  it("of a host are one person's of each party, who needs the right to agree for it", async () => {
    const ground = await aWorkshop();
    const { workshopId, engagementId, client, tom } = ground;
    const second = await comeIn(await aMember(engagementId, "Ines", "client", "editor"), workshopId);
    const reader = await comeIn(await aMember(engagementId, "Ole", "client", "viewer"), workshopId);
    expect(await ask(second, workshopId, { type: "host", participantId: second.participantId })).toBe(
      "Maya Lindqvist is the host of your party and can hand that over.",
    );
    expect(await ask(client, workshopId, { type: "host", participantId: reader.participantId })).toMatch(
      /can read the matrix/,
    );
    expect(await ask(tom, workshopId, { type: "host", participantId: tom.participantId })).toMatch(/is a guest/);
    expect(await ask(client, workshopId, { type: "host", participantId: second.participantId })).toBe("");
    expect((await look(tom, workshopId)).room?.parties[0]).toMatchObject({ hostId: second.participantId });
  });

  it("of a host who leaves are free for somebody else, and until then it can be parked", async () => {
    const ground = await aWorkshop();
    const { workshopId, facilitator, client } = ground;
    await go(ground, "i1");
    await proposeAll(ground, "i1", CLIENT, PROVIDER);
    expect(await ask(client, workshopId, { type: "leave" })).toBe("");
    await ask(facilitator, workshopId, {
      type: "settle",
      itemId: "i1",
      settlement: { ...CLIENT, boundary: "" } as Settlement,
      terms: null,
    });
    const { current, room } = await look(facilitator, workshopId);
    expect(room?.parties[0]?.hostId).toBeNull();
    expect(
      await ask(facilitator, workshopId, { type: "confirm", itemId: "i1", number: current?.settling?.number ?? 0 }),
    ).toBe("");
    expect((await look(facilitator, workshopId)).current?.status).toBe("confirming");
    expect(await ask(facilitator, workshopId, { type: "park", itemId: "i1", owner: "Maya", until: "2027-01-01" })).toBe(
      "",
    );
  });

  it("give nobody the other party's word: a facilitator can't confirm for a party that they don't host", async () => {
    const ground = await aWorkshop();
    const { workshopId, facilitator, engagementId } = ground;
    const other = await comeIn(await aMember(engagementId, "Tove", "provider", "owner"), workshopId);
    await ask(facilitator, workshopId, { type: "host", participantId: other.participantId });
    await go(ground, "i1");
    await ask(other, workshopId, propose("i1", PROVIDER));
    await proposeAll(ground, "i1", CLIENT, PROVIDER);
    await ask(facilitator, workshopId, {
      type: "settle",
      itemId: "i1",
      settlement: { ...CLIENT, boundary: "" } as Settlement,
      terms: null,
    });
    const number = (await look(facilitator, workshopId)).current?.settling?.number ?? 0;
    expect(number).toBeGreaterThan(0);
    expect(await ask(facilitator, workshopId, { type: "confirm", itemId: "i1", number })).toBe(
      "The hosts of both sides confirm, each on their own screen.",
    );
  });

  it("end with the access behind them: whoever lost it confirms nothing", async () => {
    const ground = await aWorkshop();
    const { workshopId, facilitator, client, engagementId } = ground;
    await go(ground, "i1");
    await proposeAll(ground, "i1", CLIENT, PROVIDER);
    await ask(facilitator, workshopId, {
      type: "settle",
      itemId: "i1",
      settlement: { ...CLIENT, boundary: "" } as Settlement,
      terms: null,
    });
    const number = (await look(client, workshopId)).current?.settling?.number ?? 0;
    expect(await ask(client, workshopId, { type: "confirm", itemId: "i1", number })).toBe("");
    const userId = client.entrant.actor?.userId ?? "";
    await write((tx) => tx.member.delete({ where: { engagementId_userId: { engagementId, userId } } }));
    expect(await ask(facilitator, workshopId, { type: "confirm", itemId: "i1", number })).toMatch(
      /Maya Lindqvist can't agree for their party any more/,
    );
    expect((await dutyNow(ground, "d1")).duty.marks).toEqual({});
    await expect(look(client, workshopId)).rejects.toThrow("There is no such workshop");
  });
});

describe("the door", () => {
  const sentenceOf = (run: Promise<unknown>) =>
    run.then(
      () => "",
      (error: Error) => error.message,
    );
  const nobody = { actor: null, passes: [] };

  it("looks alike for digits that are wrong, that died with their workshop, and that are none", async () => {
    const ground = await aWorkshop();
    const code = await codeNow(ground.workshopId);
    const wrong = code === "000000" ? "000001" : "000000";
    await ask(ground.facilitator, ground.workshopId, { type: "end" });
    const words = new Set<string>();
    for (const typed of [wrong, code, "12", "x".repeat(10_000)])
      words.add(await sentenceOf(lookThroughDoor(nobody, { code: typed }, HERE)));
    words.add(await sentenceOf(lookThroughDoor(nobody, { token: "nothing" }, HERE)));
    words.add(await sentenceOf(lookThroughDoor(ground.tom.entrant, { code }, HERE)));
    expect([...words]).toEqual([
      "This opens no workshop. Look at the screen again, or ask whoever leads the workshop.",
    ]);
  });

  it("has other digits each time it is opened, and the same link", async () => {
    const { workshopId, facilitator } = await aWorkshop();
    const before = (await look(facilitator, workshopId)).door;
    await ask(facilitator, workshopId, [{ type: "adjourn" }]);
    expect((await look(facilitator, workshopId)).door?.code).toBeNull();
    await ask(facilitator, workshopId, { type: "open" });
    const after = (await look(facilitator, workshopId)).door;
    expect(after?.code).toMatch(/^\d{6}$/);
    expect(after?.link).toBe(before?.link);
    expect(await sentenceOf(lookThroughDoor(nobody, { code: before?.code ?? "" }, HERE))).toMatch(/opens no workshop/);
    const token = after?.link.split("/").at(-1) ?? "";
    expect(await lookThroughDoor(nobody, { token }, HERE)).toMatchObject({ workshopId, title: "Workshop" });
  });

  it("is shown to whoever leads alone", async () => {
    const { workshopId, client, tom } = await aWorkshop();
    for (const seat of [client, tom]) expect((await look(seat, workshopId)).door).toBeNull();
  });

  it("stops guesses from many addresses at once, and a right one resets nothing", async () => {
    const { workshopId } = await aWorkshop();
    const code = await codeNow(workshopId);
    const wrong = code === "000000" ? "000001" : "000000";
    const guess = (n: number, typed: string) =>
      sentenceOf(
        lookThroughDoor(nobody, { code: typed }, { ...HERE, address: `10.${n % 200}.${Math.floor(n / 200)}.1` }),
      );
    let refused = 0;
    for (let n = 0; n < 205 && refused === 0; n++) {
      if (n === 100) expect(await guess(n, code)).toBe("");
      if (/Too many tries/.test(await guess(n, wrong))) refused = n;
    }
    expect(refused).toBeGreaterThan(150);
    expect(refused).toBeLessThanOrEqual(200);
    expect(await guess(9_999, code)).toMatch(/Too many tries/);
    await write((tx) => tx.attempt.deleteMany({}));
  });

  it("distinguishes the same name twice, and refuses one of 10,000 characters in a sentence", async () => {
    const { workshopId, facilitator } = await aWorkshop();
    await atTheDoor(workshopId, "tom", "client");
    await atTheDoor(workshopId, "<b>Tom</b>", "client");
    const waiting = (await look(facilitator, workshopId)).yours?.waiting ?? [];
    expect(waiting.map(({ label }) => label)).toEqual(["tom (2)", "<b>Tom</b>"]);
    expect(await sentenceOf(atTheDoor(workshopId, "x".repeat(10_000), "client"))).toBe(
      "Your name has 10000 characters; at most 120 fit. Shorten it.",
    );
    expect(await sentenceOf(atTheDoor(workshopId, "Somebody", "nowhere"))).toBe("Some fields need another look.");
  });

  it("lets 200 people in within a minute", async () => {
    const { workshopId, engagementId, facilitator } = await aWorkshop();
    for (let round = 0; round < 10; round++)
      await Promise.all(
        Array.from({ length: 20 }, (_, n) => atTheDoor(workshopId, `Guest ${round * 20 + n}`, "client")),
      );
    const waiting = (await look(facilitator, workshopId)).yours?.waiting ?? [];
    expect(waiting).toHaveLength(200);
    await ask(facilitator, workshopId, {
      type: "admit",
      participantIds: waiting.map(({ participantId }) => participantId),
    });
    expect((await look(facilitator, workshopId)).room?.people).toHaveLength(204);
    expect(await read.recordEntry.count({ where: { engagementId, event: "workshop.guest-admitted" } })).toBe(202);
  });

  it("gives a guest who waits nothing but the title, and lets the host of their party in turn admit them", async () => {
    const { workshopId, client, facilitator } = await aWorkshop();
    const guest = await atTheDoor(workshopId, "Daniel", "client");
    expect(await look(guest, workshopId)).toMatchObject({
      title: "Workshop",
      room: null,
      plan: [],
      current: null,
      door: null,
    });
    await expect(viewMinutes(guest.entrant, workshopId)).rejects.toThrow("You aren't let in yet");
    expect(await ask(guest, workshopId, propose("i1", CLIENT))).toMatch(/You aren't let in yet/);
    expect(await ask(client, workshopId, { type: "admit", participantIds: [guest.participantId] })).toBe("");
    expect((await look(guest, workshopId)).room?.people.map(({ label }) => label)).toContain("Daniel");
    const other = await atTheDoor(workshopId, "Eve", "provider");
    expect(await ask(client, workshopId, { type: "admit", participantIds: [other.participantId] })).toMatch(
      /The facilitator or the host of their party/,
    );
    expect(await ask(facilitator, workshopId, { type: "refuse", participantId: other.participantId })).toBe("");
    await expect(look(other, workshopId)).rejects.toThrow("There is no such workshop");
  });

  it("tells a member for whom they may come in, gives each item to read to whoever is in, and none of it at the door", async () => {
    const { workshopId, engagementId, facilitator, ruth } = await aWorkshop({ duties: 2 });
    const page = async (actor: NonNullable<Seat["entrant"]["actor"]>) =>
      viewWorkshop({ actor, passes: [] }, workshopId, "participant", new Date());
    const line = await aMember(engagementId, "Lena Line", "third-party", "viewer");
    expect(await page(line)).toMatchObject({
      inside: false,
      comesFor: [{ partyId: "vendors", kind: "third-party" }],
      shown: { yours: null, reading: [] },
    });
    const maya = await aMember(engagementId, "Noor", "client", "viewer");
    expect((await page(maya)).comesFor.map(({ partyId }) => partyId)).toEqual(["client"]);
    const seat = await comeIn(line, workshopId);
    expect(await page(line)).toMatchObject({ inside: true });
    await ask(seat, workshopId, { type: "leave" });
    expect(await page(line)).toMatchObject({ inside: false, comesFor: [{ partyId: "vendors" }] });
    expect((await viewWorkshop(ruth.entrant, workshopId, "participant", new Date())).comesFor).toEqual([]);
    expect((await look(ruth, workshopId)).reading.map(({ itemId }) => itemId)).toEqual(["i1", "i2"]);
    expect((await look(await atTheDoor(workshopId, "Eve", "provider"), workshopId)).reading).toEqual([]);
    const host = propose("i1", PROVIDER, "", true);
    await ask(facilitator, workshopId, host);
    expect((await look(facilitator, workshopId)).yours?.proposals).toMatchObject([{ itemId: "i1", forParty: true }]);
  });

  it("brings a guest back to where they were, and shuts them out after the end", async () => {
    const ground = await aWorkshop();
    const { workshopId, tom, facilitator } = ground;
    await go(ground, "i1");
    await ask(tom, workshopId, propose("i1", PROVIDER, "Because."));
    const code = await codeNow(workshopId);
    expect(
      await joinWorkshop(tom.entrant, { code }, { name: "Tom", partyId: "provider", email: "" }, HERE, new Date()),
    ).toEqual({
      workshopId,
      pass: null,
    });
    expect((await look(tom, workshopId)).yours?.proposals).toEqual([
      { itemId: "i1", proposal: { choice: PROVIDER, reason: "Because." }, forParty: false },
    ]);
    await ask(facilitator, workshopId, { type: "end" });
    await expect(look(tom, workshopId)).rejects.toThrow("This workshop has ended");
  });

  it("opens one workshop: a pass for one is worth nothing in another", async () => {
    const [one, other] = [await aWorkshop(), await aWorkshop()];
    await expect(viewWorkshop(one.tom.entrant, other.workshopId, "participant", new Date())).rejects.toThrow(
      "There is no such workshop",
    );
    const forged: Seat = {
      ...one.tom,
      entrant: { actor: null, passes: [`${other.workshopId} ${other.facilitator.participantId}`] },
    };
    await expect(look(forged, other.workshopId)).rejects.toThrow("There is no such workshop");
  });
});

type Opened = Pick<Parameters<typeof workshopLines>[0], "heartbeat" | "looking" | "actorNow">;

describe("a stream", () => {
  function open(
    seat: Seat,
    workshopId: string,
    { heartbeat = 60_000, looking = "participant", actorNow = async () => seat.entrant.actor }: Partial<Opened> = {},
  ) {
    const closed = new AbortController();
    const lines = workshopLines({
      entrant: seat.entrant,
      workshopId,
      looking,
      actorNow,
      closed: closed.signal,
      heartbeat,
    });
    return {
      async next(): Promise<WorkshopLiveEvent | null> {
        for (;;) {
          const { value, done } = await lines.next();
          if (done || !value) return null;
          if (value.kind === "event") return JSON.parse(value.json) as WorkshopLiveEvent;
        }
      },
      async close() {
        closed.abort();
        await lines.return();
      },
    };
  }

  it("brings everything first, then the parts that changed, and what happens on the board too", async () => {
    const ground = await aWorkshop();
    const stream = open(ground.tom, ground.workshopId);
    const first = await stream.next();
    expect(first).toMatchObject({ kind: "view", parts: { title: "Workshop", current: null, yours: { label: "Tom" } } });
    await go(ground, "i1");
    const second = await stream.next();
    if (second?.kind !== "view") throw new Error("No view.");
    expect(Object.keys(second.parts).sort()).toEqual(["current", "plan", "timer"]);
    await edit(ground, ground.matrixId, { type: "duty.edit", dutyId: "d1", set: { workshopQuestion: "Who starts?" } });
    expect(await stream.next()).toMatchObject({ parts: { current: { question: "Who starts?" } } });
    await stream.close();
  });

  it("reveals by itself at the moment when the time to propose is over", async () => {
    const ground = await aWorkshop({ now: new Date(Date.now() - 119_000) });
    const { workshopId, facilitator, client, tom } = ground;
    const began = new Date(Date.now() - 119_000);
    await ask(facilitator, workshopId, { type: "go", itemId: "i1" }, began);
    await ask(client, workshopId, propose("i1", CLIENT), began);
    const stream = open(tom, workshopId);
    expect(await stream.next()).toMatchObject({ parts: { current: { revealed: null } } });
    expect(await stream.next()).toMatchObject({ parts: { current: { revealed: { why: "timer" } } } });
    await stream.close();
  });

  it("of a member who comes in is theirs from then on, and of a projector ends with the lead", async () => {
    const ground = await aWorkshop();
    const { workshopId, facilitator, client, engagementId } = ground;
    const ines = await aMember(engagementId, "Ines", "client", "editor");
    const outside = open({ entrant: { actor: ines, passes: [] }, participantId: "", name: "Ines" }, workshopId);
    expect(await outside.next()).toMatchObject({ parts: { yours: null, room: null } });
    await comeIn(ines, workshopId);
    expect(await outside.next()).toMatchObject({ parts: { yours: { label: "Ines" } } });
    await outside.close();
    const projector = open(facilitator, workshopId, { looking: "projector" });
    expect(await projector.next()).toMatchObject({ parts: { door: { link: expect.any(String) } } });
    await ask(facilitator, workshopId, { type: "hand-over", participantId: client.participantId });
    expect(await projector.next()).toEqual({
      kind: "ended",
      message: "The projector is the facilitator's. Open the workshop as yourself.",
    });
    expect(await projector.next()).toBeNull();
  });

  it("ends for a guest who is sent away, for all guests at the end, and within a heartbeat of lost access", async () => {
    const ground = await aWorkshop();
    const { workshopId, facilitator, client, ruth, tom, engagementId } = ground;
    const streams = [
      open(ruth, workshopId),
      open(tom, workshopId),
      open(client, workshopId, { heartbeat: 50 }),
    ] as const;
    for (const stream of streams) await stream.next();
    await ask(facilitator, workshopId, { type: "refuse", participantId: ruth.participantId });
    expect(await streams[0].next()).toEqual({ kind: "ended", message: "You aren't in this workshop any more." });
    expect(await streams[0].next()).toBeNull();
    const { userId } = actorOf(client);
    await write((tx) => tx.member.delete({ where: { engagementId_userId: { engagementId, userId } } }));
    let event = await streams[2].next();
    while (event?.kind === "view") event = await streams[2].next();
    expect(event).toEqual({ kind: "ended", message: "There is no such workshop, or it isn't open to you." });
    await ask(facilitator, workshopId, { type: "end" });
    event = await streams[1].next();
    while (event?.kind === "view") event = await streams[1].next();
    expect(event).toEqual({ kind: "ended", message: expect.stringMatching(/^This workshop has ended/) });
  });
});

describe("an account", () => {
  it("hands over what its person proposed in workshops, sealed and revealed, and leaves no trace of itself when it is deleted", async () => {
    const ground = await aWorkshop();
    const { workshopId, client } = ground;
    await go(ground, "i1");
    await proposeAll(ground, "i1", CLIENT, PROVIDER);
    await ask(client, workshopId, propose("i2", PROVIDER, "For later."));
    const file = new TextDecoder().decode((await ownData(actorOf(client), new Date())).bytes);
    expect(JSON.parse(file)).toMatchObject({
      workshops: [
        {
          workshop: "Workshop",
          as: "Maya Lindqvist",
          proposals: [
            { itemId: "i2", proposal: { choice: PROVIDER, reason: "For later." } },
            { itemId: "i1", proposal: { choice: CLIENT } },
          ],
        },
      ],
    });
    expect(file).not.toContain("Ruth says so.");
    const { userId } = actorOf(client);
    const { engagementId } = ground;
    const heir = await aMember(engagementId, "Ines", "client", "owner");
    await forgetAccount(userId, new Date());
    expect(await read.workshopPerson.count({ where: { userId } })).toBe(0);
    expect((await viewMinutes({ actor: heir, passes: [] }, workshopId)).tookPart.map(({ label }) => label)).toContain(
      "Maya Lindqvist",
    );
  });
});

describe("the sealed proposals", () => {
  it("are read and written by one file alone", () => {
    const sources = import.meta.glob<string>("../../app/**/*.{ts,tsx}", {
      query: "?raw",
      import: "default",
      eager: true,
    });
    const naming = Object.entries(sources).flatMap(([file, text]) =>
      !file.includes("/generated/") && /sealedProposal/i.test(text) ? [file.replace("../../", "")] : [],
    );
    expect(naming.sort()).toEqual(["app/db/client.server.ts", "app/db/workshop/sealed-store.server.ts"]);
  });
});
