import { read, write } from "~/db/client.server";
import { loadMatrix } from "~/db/matrix-store.server";
import type { PartyKind } from "~/domain/matrix/shapes";
import type { Permission } from "~/domain/engagement/permissions";
import type { Asked } from "~/domain/workshop/asked";
import type { Choice, Settlement } from "~/domain/workshop/shapes";
import { changeWorkshop } from "~/services/workshop/changing.server";
import { codeOf } from "~/services/workshop/door.server";
import type { Entrant } from "~/services/workshop/entrant.server";
import { enterWorkshop, joinWorkshop } from "~/services/workshop/joining.server";
import { viewWorkshop } from "~/services/workshop/viewing.server";
import { createWorkshop } from "~/services/workshop/workshops.server";
import type { Actor } from "~/services/who/actor.server";
import { anEngagement, aUser } from "./stored";
import { matrixOf } from "./workshop-matrix";

export const HERE = { address: "127.0.0.1", userAgent: "", cookie: "" };

export const split = (does: string | string[], answers: string): Choice => ({
  kind: "split",
  does: [does].flat(),
  answers,
});
export const CLIENT = split("client", "client");
export const PROVIDER = split("provider", "provider");

/** Somebody in a workshop: how their browser comes, and as whom they are in it. */
export type Seat = { entrant: Entrant; participantId: string; name: string };

export async function aMember(
  engagementId: string,
  name: string,
  side: PartyKind,
  permission: Permission,
): Promise<Actor> {
  const actor = await aUser(name);
  await write((tx) => tx.member.create({ data: { engagementId, userId: actor.userId, side, permission } }));
  return actor;
}

export async function comeIn(actor: Actor, workshopId: string, now = new Date()): Promise<Seat> {
  const { participantId } = await enterWorkshop(actor, workshopId, null, now);
  return { entrant: { actor, passes: [] }, participantId, name: actor.name };
}

/** A guest at the door, not yet let in. */
export async function atTheDoor(workshopId: string, name: string, partyId: string, email = ""): Promise<Seat> {
  const { pass } = await joinWorkshop(
    { actor: null, passes: [] },
    { code: await codeNow(workshopId) },
    { name, partyId, email },
    HERE,
    new Date(),
  );
  const participantId = pass?.split(" ")[1] ?? "";
  return { entrant: { actor: null, passes: pass ? [pass] : [] }, participantId, name };
}

export async function codeNow(workshopId: string): Promise<string> {
  const { codeSeed } = await read.workshop.findUniqueOrThrow({ where: { id: workshopId }, select: { codeSeed: true } });
  return codeSeed === null ? "" : codeOf(codeSeed);
}

/** Asks for something, and gives the sentence of the first refusal; empty where everything was done. */
export async function ask(seat: Seat, workshopId: string, asked: Asked | Asked[], now = new Date()): Promise<string> {
  const { rejected } = await changeWorkshop(seat.entrant, workshopId, [asked].flat(), now);
  return rejected[0]?.rejection.message ?? "";
}

export const look = async (seat: Seat, workshopId: string, now = new Date()) =>
  (await viewWorkshop(seat.entrant, workshopId, "participant", now)).shown;

export const propose = (itemId: string, choice: Choice, reason = "", forParty = false): Asked => ({
  type: "seal",
  itemId,
  forParty,
  proposal: { choice, reason },
});

/**
 * An open workshop about the duties `d1`… as items `i1`…, led by Priya of the provider, who is its host. Maya is the
 * client's host; Ruth of the client and Tom of the provider are guests who were let in.
 */
export async function aWorkshop({ duties = 3, now = new Date() } = {}) {
  const maya = await aUser("Maya Lindqvist");
  const { engagementId, matrixId } = await anEngagement(maya, matrixOf(duties));
  const priya = await aMember(engagementId, "Priya Nair", "provider", "owner");
  const { workshopId } = await createWorkshop(priya, matrixId, { title: "Workshop" }, now);
  const facilitator = await comeIn(priya, workshopId, now);
  const items = Array.from({ length: duties }, (_, i) => ({
    id: `i${i + 1}`,
    subject: { kind: "duty" as const, id: `d${i + 1}` },
    minutes: 4,
  }));
  await ask(
    facilitator,
    workshopId,
    [
      { type: "plan", title: "Workshop", minutes: 90, items },
      { type: "open" },
      { type: "host", participantId: facilitator.participantId },
    ],
    now,
  );
  const client = await comeIn(maya, workshopId, now);
  await ask(client, workshopId, { type: "host", participantId: client.participantId }, now);
  const ruth = await atTheDoor(workshopId, "Ruth", "client");
  const tom = await atTheDoor(workshopId, "Tom", "provider", "tom@people.example");
  await ask(facilitator, workshopId, { type: "admit", participantIds: [ruth.participantId, tom.participantId] }, now);
  return { engagementId, matrixId, workshopId, facilitator, client, ruth, tom };
}

/** Everybody proposes, so that the current item is revealed. */
export async function proposeAll(
  { workshopId, facilitator, client, ruth, tom }: Awaited<ReturnType<typeof aWorkshop>>,
  itemId: string,
  byClient: Choice,
  byProvider: Choice,
  now = new Date(),
): Promise<void> {
  for (const seat of [client, ruth])
    await ask(seat, workshopId, propose(itemId, byClient, `${seat.name} says so.`), now);
  for (const seat of [facilitator, tom])
    await ask(seat, workshopId, propose(itemId, byProvider, `${seat.name} says so.`), now);
}

export type Ground = Awaited<ReturnType<typeof aWorkshop>>;

export function actorOf({ entrant: { actor } }: Seat) {
  if (!actor) throw new Error("A guest has no account.");
  return actor;
}

/** The facilitator goes to an item. */
export const go = (ground: Ground, itemId: string) =>
  ask(ground.facilitator, ground.workshopId, { type: "go", itemId });

/** The facilitator puts something on the table, and both hosts confirm it; the sentences of what was refused. */
export async function settle(ground: Ground, itemId: string, settlement: Settlement): Promise<string[]> {
  const { workshopId, facilitator, client } = ground;
  const first = await ask(facilitator, workshopId, { type: "settle", itemId, settlement, terms: null });
  const number = (await look(client, workshopId)).current?.settling?.number ?? 0;
  const said = [first];
  for (const seat of [client, facilitator]) said.push(await ask(seat, workshopId, { type: "confirm", itemId, number }));
  return said.filter(Boolean);
}

/** A duty as the board has it. */
export const dutyNow = async ({ matrixId }: Ground, id: string) => {
  const draft = await loadMatrix(read, matrixId);
  const duty = draft?.matrix.duties.find((one) => one.id === id);
  if (!draft || !duty) throw new Error("No such duty.");
  return { matrix: draft.matrix, duty };
};
