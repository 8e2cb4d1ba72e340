import type { MatrixCommand } from "./commands";
import { checkedToday } from "../days";
import type { MatrixDiff } from "../changes/diff-schema";
import { sameJson } from "../equal";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import type { Rejection } from "../result";
import { normaliseText } from "../text";

/**
 * Rules about who may accept a warning, reopen it, and restore an acceptance. An acceptance names a person and the
 * party that the person spoke for, so both are compared with the editor.
 */

/** A change of one acceptance, by the key of its finding. A value is null when there is no acceptance. */
type AcceptanceChange = { key: string; before: unknown; after: unknown };

const ACCEPTED_PATH = "accepted/";

/** The changes of acceptances in a diff. */
export function acceptanceChanges({ fields }: MatrixDiff): AcceptanceChange[] {
  return Object.entries(fields).flatMap(([path, { before, after }]) =>
    path.startsWith(ACCEPTED_PATH) ? [{ key: path.slice(ACCEPTED_PATH.length), before, after }] : [],
  );
}

/** The person who edits, and the id of the party they speak for. */
export type Editor = { userId: string; name: string; partyId: string | null };

/**
 * The command with the editor's own name and party in the acceptance, whatever the client sent, and with a date that is
 * today's somewhere. Other commands are returned unchanged.
 */
export function acceptedByEditor(command: MatrixCommand, { name, partyId }: Editor, now: Date): MatrixCommand {
  if (command.type !== "finding.accept" || !command.acceptance) return command;
  return {
    ...command,
    acceptance: {
      ...command.acceptance,
      by: normaliseText(name, false),
      on: checkedToday(command.acceptance.on, now),
      partyId: partyId ?? undefined,
    },
  };
}

/** The name of the party that alone may change an acceptance, and the rejection for everybody else. */
type AcceptanceRefusal = { owner: string; rejection: Rejection };

/**
 * The reason why a member of a party may not change an acceptance; null when they may. Only the party that accepted a
 * warning takes the acceptance back; only the party that disputed a duty says whether a change settles its dispute; and
 * only the client accepts warnings about duties reserved to it. `duties` must contain the duties before and after the
 * edit.
 */
export function acceptanceRefusal(
  { parties, roles, duties }: Pick<Matrix, "parties" | "roles" | "duties">,
  partyId: string | null,
  { key, before, after }: AcceptanceChange,
): AcceptanceRefusal | null {
  const { client, provider } = indexOf({ parties, roles });
  const dutiesConcerned = duties.filter(({ id }) => id === subjectIdOf(key));
  for (const party of [client, provider]) {
    if (!party || party.id === partyId) continue;
    const { id, name } = party;
    if (partyIdOf(before) === id || partyIdOf(after) === id)
      return refusal(
        name,
        "not-your-acceptance",
        `${name} accepted that warning, so only ${name} takes it back. Ask somebody of that side.`,
      );
    const disputed =
      key.startsWith("dispute-reopened.") &&
      dutiesConcerned.some(({ marks }) => Object.hasOwn(marks, id) && marks[id]?.state === "disputed");
    if (disputed)
      return refusal(
        name,
        "not-your-dispute",
        `Whether that answers ${name}'s dispute is ${name}'s to say. Ask somebody of that side.`,
      );
  }
  const reserved = client !== null && client.id === partyId ? undefined : dutiesConcerned.find((duty) => duty.reserved);
  const name = client?.name ?? "the client";
  return reserved
    ? refusal(
        name,
        "client-accepts",
        `${reserved.code} is reserved to ${name}, so only they accept what is found there.`,
      )
    : null;
}

function refusal(owner: string, code: string, message: string): AcceptanceRefusal {
  return { owner, rejection: { code, message } };
}

/** The id of the duty, role or person in the key of a finding; empty when the key contains none. */
function subjectIdOf(key: string): string {
  return key.includes(".") ? key.slice(key.indexOf(".") + 1) : "";
}

function partyIdOf(acceptance: unknown): unknown {
  return typeof acceptance === "object" && acceptance !== null && "partyId" in acceptance
    ? acceptance.partyId
    : undefined;
}

/** The keys of the findings that an edit accepts under a name or party other than the editor's. */
export function acceptedForOthers(diff: MatrixDiff, editor: Editor): string[] {
  return acceptanceChanges(diff).flatMap(({ key, after }) =>
    after !== null && !isByEditor(after, editor) ? [key] : [],
  );
}

function isByEditor(acceptance: unknown, { name, partyId }: Editor): boolean {
  return (
    typeof acceptance === "object" &&
    acceptance !== null &&
    "by" in acceptance &&
    acceptance.by === normaliseText(name, false) &&
    partyIdOf(acceptance) === partyId
  );
}

/** The author of the last change of an acceptance, and the value before that change. */
export type LastChange = { actorId: string; before: unknown };

/**
 * The reason why an edit may not accept a warning in another person's name; null when it may. The only allowed case is
 * an undo: the edit restores, unaltered, an acceptance that the same person removed, and nobody has changed it since.
 * `last` has an entry for each key that `acceptedForOthers` returns.
 */
export function otherNameRefusal(
  diff: MatrixDiff,
  editor: Editor,
  lastChanges: ReadonlyMap<string, LastChange>,
): Rejection | null {
  const keysForOthers = new Set(acceptedForOthers(diff, editor));
  const isBroughtBack = ({ key, after }: AcceptanceChange) => {
    const change = lastChanges.get(key);
    return change?.actorId === editor.userId && sameJson(change.before, after);
  };
  const allowed = acceptanceChanges(diff).every((change) => !keysForOthers.has(change.key) || isBroughtBack(change));
  return allowed
    ? null
    : {
        code: "not-your-name",
        message: "A warning is accepted in one's own name. Accept it yourself, with your own reason.",
      };
}
