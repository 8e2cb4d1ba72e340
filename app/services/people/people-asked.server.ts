import { appendLog, type LogEvent } from "~/db/activity-log.server";
import type { Writer } from "~/db/client.server";
import type { StoredPerson } from "~/db/people-store.server";
import { AppError } from "~/domain/errors";
import type { Actor } from "../who/actor.server";
import type { MatrixFor } from "../who/matrix-access.server";

/** Whom a change was about, and for a role that was ended the holding that can go on after all. */
export type PeopleAnswer = { personId: string; ended: string | null };

/** One request to change people: the transaction, who asks, the matrix it comes from, and everybody of its engagement. */
export type Asked = { tx: Writer; actor: Actor; found: MatrixFor; everybody: readonly StoredPerson[]; now: Date };

/** Writes an event about people into the matrix's log. Its facts name people and roles, and never say how to reach anybody. */
export async function logPeople(
  { tx, actor, found, now }: Asked,
  event: LogEvent,
  detail: Record<string, string>,
): Promise<void> {
  await appendLog(tx, found.matrixId, [
    {
      stepId: crypto.randomUUID(),
      revision: found.revision,
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

/** A person who is there, or one sentence for who was removed and who never was. */
export function personNamed({ everybody }: Asked, id: string): StoredPerson {
  const person = everybody.find((other) => other.id === id && !other.removed);
  if (!person)
    throw new AppError("invalid", "That person isn't here any more.", {
      form: "That person was removed. Bring the person back first, or choose somebody else.",
    });
  return person;
}
