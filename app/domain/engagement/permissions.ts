import { acceptanceChanges, acceptanceRefusal } from "../editing/acceptances";
import type { MatrixDiff } from "../changes/diff-schema";
import type { Matrix } from "../matrix/matrix";
import type { PartyKind } from "../matrix/shapes";
import { codeOfChangedStatement } from "../editing/own-word";
import { indexOf } from "../matrix/owner";
import { ok, reject, type Rejection, type Result } from "../result";

/** The permissions of members, the lowest first. */
export const PERMISSIONS = ["viewer", "editor", "signatory", "owner"] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** The name of each permission in a sentence. */
export const PERMISSION_CALLED: Record<Permission, string> = {
  viewer: "a viewer",
  editor: "an editor",
  signatory: "a signatory",
  owner: "an owner",
};

/** The abilities that a permission can grant. Everything else is allowed to every member who may read. */
const ABILITIES = [
  "read",
  "export",
  "edit",
  "mark",
  "sign",
  "publish",
  "archive",
  "export-contacts",
  "invite",
  "share",
  "record",
] as const;
export type Ability = (typeof ABILITIES)[number];

/** The lowest permission that has each ability. A higher permission has all abilities of the lower ones. */
const REQUIRED_PERMISSION: Record<Ability, Permission> = {
  read: "viewer",
  export: "viewer",
  edit: "editor",
  mark: "editor",
  sign: "signatory",
  publish: "owner",
  archive: "owner",
  "export-contacts": "owner",
  invite: "owner",
  share: "owner",
  record: "owner",
};

/**
 * The abilities of a third party's people, whatever their permission: they read and export, but sign and own nothing.
 */
const THIRD_PARTY: readonly Ability[] = ["read", "export"];

/** A member's access to an engagement: their side and their permission. */
export type Access = { side: PartyKind; permission: Permission };

/** Whether a member has an ability. */
export function may({ side, permission }: Access, ability: Ability): boolean {
  if (side === "third-party" && !THIRD_PARTY.includes(ability)) return false;
  return PERMISSIONS.indexOf(permission) >= PERMISSIONS.indexOf(REQUIRED_PERMISSION[ability]);
}

/** Whether a member may correct or delete what was recorded: whoever recorded it, or an owner of the same side. */
export function mayCorrect(
  { userId, ...access }: Access & { userId: string },
  { recordedById, side }: { recordedById: string; side: PartyKind },
): boolean {
  return may(access, "edit") && access.side === side && (recordedById === userId || access.permission === "owner");
}

/** All abilities of a member. The screen offers exactly these. */
export function abilitiesOf(access: Access): Ability[] {
  return ABILITIES.filter((ability) => may(access, ability));
}

/** The permission that a text names; null when it names none. */
export function permissionOf(text: string): Permission | null {
  return PERMISSIONS.find((permission) => permission === text) ?? null;
}

/** The sides whose people can become members. */
export const SIDES = ["client", "provider", "third-party"] as const satisfies readonly PartyKind[];

/** The side that a text names; null when it names none. */
export function sideOf(text: string): PartyKind | null {
  return SIDES.find((side) => side === text) ?? null;
}

type Invited = Access & { /** Whether the invited side already has an owner. */ owned: boolean };

/**
 * Whether an owner may invite a person: of their own side with any permission, of the other party only as its first
 * owner, and of a third party only as a viewer.
 */
export function mayInvite(inviter: Access, { side, permission, owned }: Invited): Result<null> {
  if (!may(inviter, "invite")) return reject("not-owner", "Only an owner invites people. Ask an owner of your side.");
  if (side === "third-party")
    return permission === "viewer"
      ? ok(null)
      : reject("third-party-reads", "People of a third party read only. Choose viewer.");
  if (side === inviter.side) return ok(null);
  if (permission !== "owner")
    return reject(
      "other-side",
      "The other side lets its own people in. Invite its first owner; they take it from there.",
    );
  return owned ? reject("other-side-owned", "The other side has an owner, who lets its own people in.") : ok(null);
}

/** The id of the party that a side's people speak for; null for a third party, whose people speak for nobody here. */
export function ownParty(matrix: Pick<Matrix, "parties" | "roles">, side: PartyKind): string | null {
  const { client, provider } = indexOf(matrix);
  return (side === "client" ? client?.id : side === "provider" ? provider?.id : null) ?? null;
}

/**
 * The reason why a member may not make a valid edit; null when they may. The other party's marks, confirmations,
 * disputes and acceptances are its own, and so are reservations and warnings that belong to the client.
 */
export function editRefusal({ side }: Access, before: Matrix, after: Matrix, diff: MatrixDiff): Rejection | null {
  const own = ownParty(before, side);
  const { client, provider } = indexOf(before);
  for (const party of [client, provider]) {
    if (!party || party.id === own) continue;
    const code = codeOfChangedStatement(before, after, diff, party.id);
    if (code !== null)
      return {
        code: "not-your-mark",
        message: `What ${party.name} said of ${code} is ${party.name}'s to change. Ask somebody of that side.`,
      };
  }
  const changes = acceptanceChanges(diff);
  // A duty counts as reserved if it is reserved before or after the edit.
  const duties =
    changes.length === 0 || before.duties === after.duties ? before.duties : [...before.duties, ...after.duties];
  for (const change of changes) {
    const refusal = acceptanceRefusal({ parties: before.parties, roles: before.roles, duties }, own, change);
    if (refusal) return refusal.rejection;
  }
  return side === "client" ? null : reservedRefusal(client?.name ?? "the client", before, after, diff);
}

/**
 * Only the client reserves a duty or removes its reservation. Anybody may add a duty that is reserved, but a duty with
 * the id of a deleted reserved one must stay reserved.
 */
function reservedRefusal(client: string, before: Matrix, after: Matrix, diff: MatrixDiff): Rejection | null {
  const { changed = [], added = [] } = diff.duties ?? {};
  const reservationChange =
    changed.find(({ fields }) => fields.reserved) ??
    added.find(
      ({ id, reserved }) => !reserved && Object.hasOwn(before.deleted, id) && before.deleted[id]?.duty.reserved,
    );
  const code = reservationChange && (after.duties.find(({ id }) => id === reservationChange.id)?.code ?? "That duty");
  return code
    ? {
        code: "client-reserves",
        message: `${code}: reserving a duty to ${client}, or no longer, is ${client}'s decision. Ask somebody of that side.`,
      }
    : null;
}
