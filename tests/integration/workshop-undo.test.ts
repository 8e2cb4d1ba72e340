import { describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { eventsOf, loadWorkshop } from "~/db/workshop/workshop-store.server";
import { agreementOf } from "~/domain/agreement/agreement";
import type { MatrixCommand } from "~/domain/editing/commands";
import { workshopOf } from "~/domain/workshop/apply-workshop";
import type { Settlement } from "~/domain/workshop/shapes";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import {
  actorOf,
  ask,
  aWorkshop,
  CLIENT,
  dutyNow,
  go,
  look,
  proposeAll,
  PROVIDER,
  settle,
  type Ground,
} from "../support/workshops";

/** Somebody edits the board beside the workshop. */
async function edit({ matrixId, client }: Ground, command: MatrixCommand): Promise<void> {
  const step = { id: crypto.randomUUID(), commands: [command] };
  const { revision: baseRevision } = await read.matrix.findUniqueOrThrow({
    where: { id: matrixId },
    select: { revision: true },
  });
  const { rejected } = await runCommands(actorOf(client), matrixId, { baseRevision, steps: [step] }, new Date());
  expect(rejected).toEqual([]);
}

/** What the stored events lead to is what is stored. */
async function expectReplayed(workshopId: string): Promise<void> {
  const stored = await loadWorkshop(read, workshopId);
  expect(workshopOf(await eventsOf(read, workshopId))).toEqual({ ok: true, value: stored?.workshop });
}

describe("the facilitator takes back their own last step", () => {
  const park = (ground: Ground, itemId = "i1") =>
    ask(ground.facilitator, ground.workshopId, { type: "park", itemId, owner: "Helen Marsh", until: "2027-03-01" });
  const undo = (ground: Ground) => ask(ground.facilitator, ground.workshopId, { type: "undo" });
  const undoable = async ({ facilitator, workshopId }: Ground) => (await look(facilitator, workshopId)).yours?.may.undo;

  it("parking: the item is open again, and the board has the duty's standing of before, logged as one step", async () => {
    const ground = await aWorkshop();
    await go(ground, "i1");
    const before = (await dutyNow(ground, "d1")).duty.standing;
    expect(await park(ground)).toBe("");
    expect((await dutyNow(ground, "d1")).duty.standing).toMatchObject({ kind: "parked", owner: "Helen Marsh" });
    expect(await undoable(ground)).toBe("SUP-01 was parked.");
    expect((await look(ground.client, ground.workshopId)).yours?.may.undo).toBeNull();
    expect(await undo(ground)).toBe("");
    expect((await dutyNow(ground, "d1")).duty.standing).toEqual(before);
    expect((await look(ground.facilitator, ground.workshopId)).current?.status).toBe("proposing");
    const log = await read.logEntry.findMany({
      where: { matrixId: ground.matrixId, event: "draft.edited" },
      orderBy: { revision: "asc" },
    });
    expect(log.map(({ actorName, detail }) => ({ actorName, detail }))).toEqual(
      ["parked", "unparked"].map((as) => ({ actorName: "Priya Nair", detail: { workshop: 1, as } })),
    );
    await expectReplayed(ground.workshopId);
  });

  it("parking, and the board stays where somebody changed it since", async () => {
    const ground = await aWorkshop();
    await go(ground, "i1");
    await park(ground);
    const { duty } = await dutyNow(ground, "d1");
    const until = "2027-05-05";
    await edit(ground, {
      type: "duty.edit",
      dutyId: duty.id,
      set: { standing: { kind: "parked", owner: "Ann", until } },
    });
    expect(await undoable(ground)).toMatch(/The board was changed since, and stays as it is/);
    expect(await undo(ground)).toBe("");
    expect((await dutyNow(ground, "d1")).duty.standing).toEqual({ kind: "parked", owner: "Ann", until });
    expect((await look(ground.facilitator, ground.workshopId)).current?.status).toBe("proposing");
  });

  it("nothing of it where the board refuses: the item of an archived matrix stays parked", async () => {
    const ground = await aWorkshop();
    await go(ground, "i1");
    await park(ground);
    await write((tx) =>
      tx.matrix.update({ where: { id: ground.matrixId }, data: { archivedAt: new Date() }, select: { id: true } }),
    );
    expect(await undo(ground)).toMatch(/archived/);
    expect((await look(ground.facilitator, ground.workshopId)).current?.status).toBe("parked");
    await expectReplayed(ground.workshopId);
  });

  it("a settlement that one host has confirmed, but not what both have", async () => {
    const ground = await aWorkshop();
    const { workshopId, client, facilitator } = ground;
    await go(ground, "i1");
    await proposeAll(ground, "i1", CLIENT, PROVIDER);
    const settlement = { ...CLIENT, boundary: "" } as Settlement;
    await ask(facilitator, workshopId, { type: "settle", itemId: "i1", settlement, terms: null });
    const number = (await look(client, workshopId)).yours?.may.confirm ?? 0;
    await ask(client, workshopId, { type: "confirm", itemId: "i1", number });
    expect(await undo(ground)).toBe("");
    expect((await look(client, workshopId)).current).toMatchObject({ status: "revealed", settling: null });
    expect(await ask(facilitator, workshopId, { type: "confirm", itemId: "i1", number })).toMatch(/nothing to confirm/);
    await settle(ground, "i1", settlement);
    expect(await undo(ground)).toMatch(/Both hosts have confirmed this. Reopen it/);
    expect(await undoable(ground)).toBeNull();
    expect(agreementOf((await dutyNow(ground, "d1")).matrix, (await dutyNow(ground, "d1")).duty)).toBe("agreed");
    await expectReplayed(workshopId);
  });
});
