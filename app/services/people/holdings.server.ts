import { z } from "zod";
import type { Transaction } from "~/db/client.server";
import { insertHoldings, loadHoldings, loadPeople, setSince, setUntil } from "~/db/people-store.server";
import type { MatrixCommand } from "~/domain/editing/commands";
import { earliestToday, utcDay } from "~/domain/days";
import { AppError } from "~/domain/errors";
import type { Matrix } from "~/domain/matrix/matrix";
import { idSchema } from "~/domain/matrix/shapes";
import { partyOfRole } from "~/domain/matrix/owner";
import { holdingsAfterMerge, holdingsOfRole, validHoldings } from "~/domain/people/people";
import {
  logPeople,
  personNamed,
  refused,
  roleNamed,
  type PeopleRequest,
  type PeopleAnswer,
} from "./people-request.server";

/** The forms that give a role to a person, end that, and undo the end. */
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
type HoldingForm<I extends "hold" | "end" | "resume"> = Extract<z.infer<(typeof holdingForms)[number]>, { intent: I }>;

/**
 * Makes a person hold a role from a day on, from today where none is given. A person who holds it already gets the
 * given day.
 */
export async function holdRole(
  request: PeopleRequest,
  { roleId, personId, since }: HoldingForm<"hold">,
): Promise<PeopleAnswer> {
  const { tx, draft } = request;
  const role = roleNamed(request, roleId);
  const person = personNamed(request, personId);
  const party = partyOfRole(draft.matrix, roleId);
  if (party?.kind !== person.side)
    throw refused({
      personId: `${role.name} is a role of ${party?.name ?? "another party"}, and ${person.name} is of another side. Choose somebody of that side.`,
    });
  const holding = (await holdingsOf(request, roleId, personId)).find(isOngoing(request));
  const from = since ?? holding?.since ?? utcDay(request.now);
  if (holding && holding.until === null && holding.since === from) return { personId, ended: null };
  if (holding) {
    await setSince(tx, draft.matrixId, holding.id, from);
    await setUntil(tx, draft.matrixId, [holding.id], null);
  } else
    await insertHoldings(tx, draft.matrixId, [
      { id: crypto.randomUUID(), roleId, personId, since: from, until: null, carriedFrom: null },
    ]);
  await logPeople(request, "role.held", { personId, name: person.name, roleId, role: role.name, since: from });
  return { personId, ended: null };
}

/** Ends a person's holding of a role today. */
export async function endHolding(
  request: PeopleRequest,
  { roleId, personId }: HoldingForm<"end">,
): Promise<PeopleAnswer> {
  const role = roleNamed(request, roleId);
  const person = personNamed(request, personId);
  const ongoing = (await holdingsOf(request, roleId, personId)).filter(isOngoing(request));
  const [first] = ongoing;
  if (!first) return { personId, ended: null };
  await setUntil(
    request.tx,
    request.draft.matrixId,
    ongoing.map(({ id }) => id),
    earliestToday(request.now),
  );
  await logPeople(request, "role.ended", { personId, name: person.name, roleId, role: role.name });
  return { personId, ended: first.id };
}

/** Undoes the end of a holding; it goes on since the day it began. */
export async function resumeHolding(
  request: PeopleRequest,
  { holdingId }: HoldingForm<"resume">,
): Promise<PeopleAnswer> {
  const { tx, draft } = request;
  const holding = (await loadHoldings(tx, draft.matrixId)).find(({ id }) => id === holdingId);
  if (!holding) throw new AppError("not-found", "There is nothing to bring back.");
  const { roleId, personId, since } = holding;
  const role = roleNamed(request, roleId);
  const person = personNamed(request, personId);
  if ((await holdingsOf(request, roleId, personId)).some(isOngoing(request))) return { personId, ended: null };
  await setUntil(tx, draft.matrixId, [holdingId], null);
  await logPeople(request, "role.held", { personId, name: person.name, roleId, role: role.name, since });
  return { personId, ended: null };
}

/**
 * Gives the holders of a merged role the role it was merged into, in the transaction of the merge. The holdings of the
 * deleted role stay stored, so that an undo brings them back, and the copied ones count only while the merge stands.
 */
export async function carryHolders(
  tx: Transaction,
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

/** A person's holdings of a role, including ended ones. */
async function holdingsOf({ tx, draft, everybody }: PeopleRequest, roleId: string, personId: string) {
  const holdings = validHoldings(draft.matrix, everybody, await loadHoldings(tx, draft.matrixId));
  return holdingsOfRole(holdings, roleId).filter((holding) => holding.personId === personId);
}

/** Whether a holding hasn't ended. It ends for everybody at once, in whichever time zone they are. */
function isOngoing({ now }: PeopleRequest): (holding: { until: string | null }) => boolean {
  return ({ until }) => until === null || until > earliestToday(now);
}
