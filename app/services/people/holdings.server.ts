import { z } from "zod";
import type { Writer } from "~/db/client.server";
import { insertHoldings, loadHoldings, loadPeople, setSince, setUntil } from "~/db/people-store.server";
import type { MatrixCommand } from "~/domain/editing/commands";
import { earliestToday, utcDay } from "~/domain/days";
import { AppError } from "~/domain/errors";
import type { Matrix } from "~/domain/matrix/matrix";
import { idSchema, type Role } from "~/domain/matrix/shapes";
import { partyOfRole } from "~/domain/matrix/owner";
import { holdingsAfterMerge, holdingsOfRole, validHoldings } from "~/domain/people/people";
import { logPeople, personNamed, type Asked, type PeopleAnswer } from "./people-asked.server";

/** Giving a role to a person, ending that, and letting it go on after all. */
export const holdingForms = [
  z.object({
    intent: z.literal("hold"),
    roleId: idSchema,
    personId: idSchema,
    since: z.union([z.literal("").transform(() => null), z.iso.date("Choose a day, as in 2026-03-31.")]).default(null),
  }),
  z.object({ intent: z.literal("end"), roleId: idSchema, personId: idSchema }),
  z.object({ intent: z.literal("resume"), holdingId: idSchema }),
] as const;
export const holdingFormSchema = z.discriminatedUnion("intent", holdingForms);
type HoldingForm<I extends "hold" | "end" | "resume"> = Extract<z.infer<(typeof holdingForms)[number]>, { intent: I }>;

/** A person holds a role from a day on, today unless said otherwise. Held already, it gets the day that is said. */
export async function holdRole(asked: Asked, { roleId, personId, since }: HoldingForm<"hold">): Promise<PeopleAnswer> {
  const { tx, found } = asked;
  const role = roleNamed(asked, roleId);
  const person = personNamed(asked, personId);
  const party = partyOfRole(found.matrix, roleId);
  if (party?.kind !== person.side)
    throw refused({
      personId: `${role.name} is a role of ${party?.name ?? "another party"}, and ${person.name} is of another side. Choose somebody of that side.`,
    });
  const held = (await standing(asked, roleId, personId)).find(stands(asked));
  const from = since ?? held?.since ?? utcDay(asked.now);
  if (held && held.until === null && held.since === from) return { personId, ended: null };
  if (held) {
    await setSince(tx, found.matrixId, held.id, from);
    await setUntil(tx, found.matrixId, [held.id], null);
  } else
    await insertHoldings(tx, found.matrixId, [
      { id: crypto.randomUUID(), roleId, personId, since: from, until: null, carriedFrom: null },
    ]);
  await logPeople(asked, "role.held", { personId, name: person.name, roleId, role: role.name, since: from });
  return { personId, ended: null };
}

/** From today on a person holds a role no longer. */
export async function endHolding(asked: Asked, { roleId, personId }: HoldingForm<"end">): Promise<PeopleAnswer> {
  const role = roleNamed(asked, roleId);
  const person = personNamed(asked, personId);
  const held = (await standing(asked, roleId, personId)).filter(stands(asked));
  const [first] = held;
  if (!first) return { personId, ended: null };
  await setUntil(
    asked.tx,
    asked.found.matrixId,
    held.map(({ id }) => id),
    earliestToday(asked.now),
  );
  await logPeople(asked, "role.ended", { personId, name: person.name, roleId, role: role.name });
  return { personId, ended: first.id };
}

/** Takes an end back: the role is held since the day it was. */
export async function resumeHolding(asked: Asked, { holdingId }: HoldingForm<"resume">): Promise<PeopleAnswer> {
  const { tx, found } = asked;
  const holding = (await loadHoldings(tx, found.matrixId)).find(({ id }) => id === holdingId);
  if (!holding) throw new AppError("not-found", "There is nothing to bring back.");
  const { roleId, personId, since } = holding;
  const role = roleNamed(asked, roleId);
  const person = personNamed(asked, personId);
  if ((await standing(asked, roleId, personId)).some(stands(asked))) return { personId, ended: null };
  await setUntil(tx, found.matrixId, [holdingId], null);
  await logPeople(asked, "role.held", { personId, name: person.name, roleId, role: role.name, since });
  return { personId, ended: null };
}

/**
 * Hands the holders of merged roles over, in the transaction of the step that merged them. The rows of the role that went
 * stay, so that an undo brings them back, and what was handed over counts only while the merge stands.
 */
export async function carryHolders(
  tx: Writer,
  { matrixId, engagementId, today }: { matrixId: string; engagementId: string; today: string },
  steps: readonly { before: Matrix; after: Matrix; commands: readonly MatrixCommand[] }[],
): Promise<void> {
  const merges = steps.flatMap(({ before, after, commands }) =>
    commands.flatMap((command) => {
      const merged =
        command.type === "role.merge" &&
        before.roles.some(({ id }) => id === command.roleId) &&
        !after.roles.some(({ id }) => id === command.roleId);
      return merged ? [{ before, roleId: command.roleId, intoId: command.intoId }] : [];
    }),
  );
  if (merges.length === 0) return;
  const people = (await loadPeople(tx, engagementId)).filter(({ removed }) => !removed);
  const holdings = await loadHoldings(tx, matrixId);
  const added = [];
  for (const { before, roleId, intoId } of merges) {
    const carried = holdingsAfterMerge(before, people, holdings, { roleId, intoId, today }).map((holding) => ({
      ...holding,
      id: crypto.randomUUID(),
    }));
    holdings.push(...carried);
    added.push(...carried);
  }
  await insertHoldings(tx, matrixId, added);
}

async function standing({ tx, found, everybody }: Asked, roleId: string, personId: string) {
  const holdings = validHoldings(found.matrix, everybody, await loadHoldings(tx, found.matrixId));
  return holdingsOfRole(holdings, roleId).filter((holding) => holding.personId === personId);
}

function roleNamed({ found }: Asked, roleId: string): Role {
  const role = found.matrix.roles.find(({ id }) => id === roleId);
  if (!role) throw refused({ roleId: "That role was deleted. Choose another one." });
  return role;
}

function refused(fields: Record<string, string>): AppError {
  return new AppError("invalid", Object.values(fields)[0] ?? "Some fields need another look.", fields);
}

/** Whether a holding hasn't ended. An end counts for everybody at once, wherever their day is. */
function stands({ now }: Asked): (holding: { until: string | null }) => boolean {
  return ({ until }) => until === null || until > earliestToday(now);
}
