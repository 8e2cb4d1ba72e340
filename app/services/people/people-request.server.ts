import { appendLog, type LogEvent } from "~/db/activity-log.server";
import type { Transaction } from "~/db/client.server";
import type { StoredPerson } from "~/db/people-store.server";
import { AppError } from "~/domain/errors";
import type { Role } from "~/domain/matrix/shapes";
import type { Actor } from "../who/actor.server";
import type { MatrixFor } from "../who/matrix-access.server";

/** Whom a change was about. Where it ended a holding, `ended` is the holding's id, by which it can be resumed. */
export type PeopleAnswer = { personId: string; ended: string | null };

/** A request to change people: its transaction, the matrix it was made from, and all people of the engagement. */
export type PeopleRequest = {
  tx: Transaction;
  actor: Actor;
  draft: MatrixFor;
  everybody: readonly StoredPerson[];
  now: Date;
};

/**
 * Appends an event about people to the matrix's activity log. Its details name people and roles, and never an address
 * or phone number.
 */
export async function logPeople(
  { tx, actor, draft, now }: PeopleRequest,
  event: LogEvent,
  detail: Record<string, string>,
): Promise<void> {
  await appendLog(tx, draft.matrixId, [
    {
      stepId: crypto.randomUUID(),
      revision: draft.revision,
      event,
      actorId: actor.userId,
      actorName: actor.name,
      at: now,
      commands: [],
      diff: null,
      detail,
    },
  ]);
}

/** A person of the engagement; throws `invalid` where the person was removed or never existed. */
export function personNamed({ everybody }: PeopleRequest, id: string): StoredPerson {
  const person = everybody.find((other) => other.id === id && !other.removed);
  if (!person)
    throw new AppError("invalid", "That person isn't here any more.", {
      form: "That person was removed. Bring the person back first, or choose somebody else.",
    });
  return person;
}

/** A role of the matrix; throws `invalid` where it was deleted. */
export function roleNamed({ draft }: PeopleRequest, roleId: string): Role {
  const role = draft.matrix.roles.find(({ id }) => id === roleId);
  if (!role) throw refused({ roleId: "That role was deleted. Choose another one." });
  return role;
}

/** An error with a sentence for each field, of which the first is the whole of it. */
export function refused(fields: Record<string, string>): AppError {
  return new AppError("invalid", Object.values(fields)[0] ?? "Some fields need another look.", fields);
}
