import { expect, it } from "vitest";
import { read } from "~/db/client.server";
import { ownData } from "~/services/account/own-data.server";
import { actorOf, ask, aWorkshop, CLIENT, go, look, propose, proposeAll, PROVIDER } from "../support/workshops";

/** Every row of every table that a workshop writes to, as text. */
async function everything(): Promise<string> {
  const rows = await Promise.all([
    read.workshop.findMany(),
    read.workshopEvent.findMany(),
    read.sealedProposal.findMany(),
    read.workshopPerson.findMany(),
    read.outgoingMail.findMany(),
    read.logEntry.findMany(),
  ]);
  return JSON.stringify(rows);
}

it("what was sealed and never revealed outlives a day's break, and is nowhere once the workshop has ended", async () => {
  const ground = await aWorkshop();
  const { workshopId, facilitator, client, ruth } = ground;
  const secrets = ["secret-of-maya-7f31", "secret-of-ruth-7f32"] as const;
  await ask(client, workshopId, propose("i2", CLIENT, secrets[0]));
  await ask(ruth, workshopId, propose("i3", PROVIDER, secrets[1]));
  await go(ground, "i1");
  await proposeAll(ground, "i1", CLIENT, CLIENT);

  await ask(facilitator, workshopId, { type: "adjourn" });
  const adjourned = await everything();
  for (const secret of secrets) expect(adjourned).toContain(secret);
  await ask(facilitator, workshopId, { type: "open" });
  expect((await look(client, workshopId)).yours?.proposals).toMatchObject([{ itemId: "i2" }]);

  expect(await ask(facilitator, workshopId, { type: "end" })).toBe("");
  const ended = await everything();
  const own = new TextDecoder().decode((await ownData(actorOf(client), new Date())).bytes);
  for (const secret of secrets) {
    expect(ended).not.toContain(secret);
    expect(own).not.toContain(secret);
  }
  // What was revealed is in the minutes, and stays.
  expect(ended).toContain("Ruth says so.");
  expect((await look(client, workshopId)).yours?.proposals).toEqual([]);
});
