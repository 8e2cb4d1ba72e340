import { appendLog } from "~/db/activity-log.server";
import { read, write, type Transaction } from "~/db/client.server";
import { insertMatrix } from "~/db/matrix-store.server";
import { insertAbsence, insertHoldings, insertPeople, storeRota } from "~/db/people-store.server";
import { appendRecord } from "~/db/record-store.server";
import { insertWorkshop, storeEvents } from "~/db/workshop/workshop-store.server";
import { utcDay } from "~/domain/days";
import type { Behind } from "~/domain/escalation/staffing-of";
import { TERMS } from "~/domain/parts/frame";
import { PARTY_FIELDS } from "~/domain/parts/parties";
import { AppError } from "~/domain/errors";
import type { Matrix } from "~/domain/matrix/matrix";
import type { PartyKind } from "~/domain/matrix/shapes";
import { sideOf } from "~/domain/engagement/permissions";
import { checkText, type TextRule } from "~/domain/text";
import { begunWorkshop } from "~/domain/workshop/apply-workshop";
import { sampleMatrix } from "~/library/sample";
import { samplePeople } from "~/library/sample-people";
import { sampleWorkshop, type HeldWorkshop } from "~/library/sample-workshop";
import type { Actor } from "../who/actor.server";
import { countMade } from "../who/attempts.server";
import { organisationOf } from "../who/organisation-access.server";
import { startingMatrix } from "../organisation/presets.server";
import { newLink } from "../workshop/door.server";

/**
 * The form for a new engagement; `preset` is one of the library's, "own:<id>" for one of the actor's organisation, or
 * "blank".
 */
export type NewEngagement = {
  clientName: string;
  providerName: string;
  agreementReference: string;
  preset: string;
  side: string;
};

/**
 * Creates an engagement with its first matrix, owned by the actor, and returns the matrix's id. Where the actor is on
 * the provider's side, it becomes a client of their organisation.
 */
export async function createEngagement(actor: Actor, form: NewEngagement, now: Date): Promise<string> {
  const { clientName: client, providerName: provider, agreementReference } = checkForm(form);
  const side = sideOf(form.side);
  if (!side || side === "third-party")
    throw new AppError("invalid", "Say which side you are on.", { side: "Choose the side you belong to." });
  const matrix = await startingMatrix(read, actor, form.preset, { client, provider, agreementReference });
  if (!matrix) throw new AppError("invalid", "Choose how to start.", { preset: "Choose one of those offered here." });
  await countMade("engagement", actor.userId);
  return insertEngagement(actor, side, matrix, null, now);
}

/** The actor's side in the newest engagement they belong to; the provider's where there is none. */
export async function usualSide(actor: Actor): Promise<"client" | "provider"> {
  const last = await read.member.findFirst({
    where: { userId: actor.userId, engagement: { sample: false } },
    orderBy: { engagement: { createdAt: "desc" } },
    select: { side: true },
  });
  return last?.side === "client" ? "client" : "provider";
}

/** Returns the matrix id of the actor's sample engagement, which is created on first use. */
export async function openSample(actor: Actor, now: Date): Promise<string> {
  const existing = await read.matrix.findFirst({
    where: { engagement: { sample: true, members: { some: { userId: actor.userId } } } },
    select: { id: true },
  });
  if (existing) return existing.id;
  await countMade("engagement", actor.userId);
  const today = utcDay(now);
  const held = sampleWorkshop(sampleMatrix(today), today);
  return insertEngagement(actor, "client", held.matrix, { behind: samplePeople(today), held }, now);
}

async function insertEngagement(
  actor: Actor,
  side: PartyKind,
  matrix: Matrix,
  sample: { behind: Behind; held: HeldWorkshop } | null,
  now: Date,
): Promise<string> {
  const engagementId = crypto.randomUUID();
  const matrixId = crypto.randomUUID();
  await write(async (tx) => {
    const organisation = side === "provider" && !sample ? await organisationOf(tx, actor) : null;
    await tx.engagement.create({
      data: {
        id: engagementId,
        sample: sample !== null,
        createdAt: now,
        organisationId: organisation?.organisationId ?? null,
        members: { create: { userId: actor.userId, side, permission: "owner", createdAt: now } },
      },
    });
    await appendRecord(tx, [
      {
        engagementId,
        at: now,
        event: "engagement.created",
        actorId: actor.userId,
        actorName: actor.name,
        detail: { side },
      },
    ]);
    await insertMatrix(tx, { id: matrixId, engagementId, matrix });
    if (sample) {
      await insertBehind(tx, { engagementId, matrixId }, sample.behind, now);
      await insertHeld(tx, matrixId, sample.held);
    }
    await appendLog(tx, matrixId, [
      {
        stepId: crypto.randomUUID(),
        revision: 0,
        event: "matrix.created",
        actorId: actor.userId,
        actorName: actor.name,
        at: now,
        commands: [],
        diff: null,
        detail: { duties: matrix.duties.length },
      },
    ]);
  });
  return matrixId;
}

/** Stores a workshop that has ended, with its events. Nobody who took part has an account here. */
async function insertHeld(tx: Transaction, matrixId: string, { events, workshop }: HeldWorkshop): Promise<void> {
  const [event, ...others] = events;
  if (event?.change.type !== "begin") return;
  const begun = begunWorkshop(event.change);
  if (!begun.ok) return;
  const id = crypto.randomUUID();
  await insertWorkshop(tx, { id, matrixId, workshop: begun.value, event, ...newLink() });
  const door = { codeSeed: null, codeHash: null, linkHash: null };
  await storeEvents(tx, { id, sequence: 1 }, { events: others, workshop, door });
}

/** Stores people with holdings, rotas and absences, under ids that nobody else has. */
async function insertBehind(
  tx: Transaction,
  { engagementId, matrixId }: { engagementId: string; matrixId: string },
  { people, holdings, rotas, absences }: Behind,
  now: Date,
): Promise<void> {
  const ids = new Map(people.map(({ id }) => [id, crypto.randomUUID()]));
  const idOf = (id: string) => ids.get(id) ?? id;
  const idsOf = (personIds: readonly string[]) => personIds.map(idOf);
  await insertPeople(
    tx,
    engagementId,
    people.map((person) => ({
      ...person,
      id: idOf(person.id),
      deputyId: person.deputyId === null ? null : idOf(person.deputyId),
    })),
    now,
  );
  await insertHoldings(
    tx,
    matrixId,
    holdings.map((holding) => ({ ...holding, id: crypto.randomUUID(), personId: idOf(holding.personId) })),
  );
  for (const { roleId, rota } of rotas) {
    const overrides = rota.overrides.map((override) => ({ ...override, personIds: idsOf(override.personIds) }));
    await storeRota(tx, matrixId, { roleId, rota: { ...rota, turns: rota.turns.map(idsOf), overrides } }, null);
  }
  for (const absence of absences)
    await insertAbsence(tx, engagementId, { ...absence, id: crypto.randomUUID(), personId: idOf(absence.personId) });
}

const FORM_TEXTS: Record<"clientName" | "providerName" | "agreementReference", TextRule> = {
  clientName: { ...PARTY_FIELDS.name.rule, called: "The client's name" },
  providerName: { ...PARTY_FIELDS.name.rule, called: "The provider's name" },
  agreementReference: TERMS.agreementReference.rule,
};

function checkForm(form: NewEngagement) {
  const errors: Record<string, string> = {};
  const stored = { clientName: "", providerName: "", agreementReference: "" };
  for (const field of ["clientName", "providerName", "agreementReference"] as const) {
    const checked = checkText(form[field], FORM_TEXTS[field]);
    if (checked.ok) stored[field] = checked.value;
    else errors[field] = checked.rejection.message;
  }
  if (stored.clientName !== "" && stored.clientName.toLowerCase() === stored.providerName.toLowerCase()) {
    errors.providerName = "The two sides have the same name. Write them so that they can be told apart.";
  }
  if (Object.keys(errors).length > 0) throw new AppError("invalid", "Some fields need another look.", errors);
  return stored;
}
