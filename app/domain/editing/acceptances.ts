import type { MatrixCommand } from "./commands";
import { ownToday } from "../days";
import type { MatrixDiff } from "../changes/diff-schema";
import { sameJson } from "../equal";
import type { Matrix } from "../matrix/matrix";
import { indexOf } from "../matrix/owner";
import type { Rejection } from "../result";
import { normaliseText } from "../text";

/**
 * Who may accept a warning, open it again and bring an acceptance back. An acceptance stands in the name of the person who
 * gave it and of the party they spoke for, so both are compared with whoever edits.
 */

/** One acceptance that an edit sets, alters or removes, by its finding's key; null where there is none. */
type AcceptanceChange = { key: string; before: unknown; after: unknown };

const PATH = "accepted/";

/** The acceptances that an edit changes. */
export function acceptanceChanges({ fields }: MatrixDiff): AcceptanceChange[] {
  return Object.entries(fields).flatMap(([path, { before, after }]) =>
    path.startsWith(PATH) ? [{ key: path.slice(PATH.length), before, after }] : [],
  );
}

/** Who edits, and the party they speak for. */
export type Editor = { userId: string; name: string; partyId: string | null };

/** A command as it is carried out for somebody: an acceptance names them and their party, whatever the command said, on the day that is today's for them. */
export function acceptedByEditor(command: MatrixCommand, { name, partyId }: Editor, now: Date): MatrixCommand {
  if (command.type !== "finding.accept" || !command.acceptance) return command;
  return {
    ...command,
    acceptance: {
      ...command.acceptance,
      by: normaliseText(name, false),
      on: ownToday(command.acceptance.on, now),
      partyId: partyId ?? undefined,
    },
  };
}

/** Whose alone a change of an acceptance is, and what anybody else is told. */
type AcceptanceRefusal = { owner: string; rejection: Rejection };

/**
 * Why somebody who speaks for a party may not change an acceptance; null where they may. A party alone takes back what it
 * accepted and says whether its dispute is answered, and the client alone accepts what is found on a duty reserved to it.
 * `duties` are those before and after the edit.
 */
export function acceptanceRefusal(
  { parties, roles, duties }: Pick<Matrix, "parties" | "roles" | "duties">,
  partyId: string | null,
  { key, before, after }: AcceptanceChange,
): AcceptanceRefusal | null {
  const { client, provider } = indexOf({ parties, roles });
  const about = duties.filter(({ id }) => id === aboutOf(key));
  for (const party of [client, provider]) {
    if (!party || party.id === partyId) continue;
    const { id, name } = party;
    if (partyIn(before) === id || partyIn(after) === id)
      return refusal(
        name,
        "not-your-acceptance",
        `${name} accepted that warning, so only ${name} takes it back. Ask somebody of that side.`,
      );
    const disputed =
      key.startsWith("dispute-reopened.") &&
      about.some(({ marks }) => Object.hasOwn(marks, id) && marks[id]?.state === "disputed");
    if (disputed)
      return refusal(
        name,
        "not-your-dispute",
        `Whether that answers ${name}'s dispute is ${name}'s to say. Ask somebody of that side.`,
      );
  }
  const reserved = client !== null && client.id === partyId ? undefined : about.find((duty) => duty.reserved);
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

/** The id of the duty, role or person that a finding's key names after its rule; empty where it names none. */
function aboutOf(key: string): string {
  return key.includes(".") ? key.slice(key.indexOf(".") + 1) : "";
}

function partyIn(acceptance: unknown): unknown {
  return typeof acceptance === "object" && acceptance !== null && "partyId" in acceptance
    ? acceptance.partyId
    : undefined;
}

/** The keys of the findings that an edit accepts in a name other than the editor's own. */
export function acceptedForOthers(diff: MatrixDiff, editor: Editor): string[] {
  return acceptanceChanges(diff).flatMap(({ key, after }) => (after !== null && !isBy(after, editor) ? [key] : []));
}

function isBy(acceptance: unknown, { name, partyId }: Editor): boolean {
  return (
    typeof acceptance === "object" &&
    acceptance !== null &&
    "by" in acceptance &&
    acceptance.by === normaliseText(name, false) &&
    partyIn(acceptance) === partyId
  );
}

/** Who changed an acceptance last, and what it was until then. */
export type LastChange = { actorId: string; before: unknown };

/**
 * Why an edit may not accept in another's name; null where it may: it brings back, unaltered, what this very person took
 * away, and nobody has changed it since. `last` says so of each of the keys that `acceptedForOthers` names.
 */
export function otherNameRefusal(
  diff: MatrixDiff,
  editor: Editor,
  last: ReadonlyMap<string, LastChange>,
): Rejection | null {
  const foreign = new Set(acceptedForOthers(diff, editor));
  const isBroughtBack = ({ key, after }: AcceptanceChange) => {
    const change = last.get(key);
    return change?.actorId === editor.userId && sameJson(change.before, after);
  };
  const allowed = acceptanceChanges(diff).every((change) => !foreign.has(change.key) || isBroughtBack(change));
  return allowed
    ? null
    : {
        code: "not-your-name",
        message: "A warning is accepted in one's own name. Accept it yourself, with your own reason.",
      };
}
