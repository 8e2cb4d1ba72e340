import { acceptanceChanges, acceptanceRefusal } from "../editing/acceptances";
import type { MatrixDiff } from "../changes/diff-schema";
import type { Matrix } from "../matrix/matrix";
import type { PartyKind } from "../matrix/shapes";
import { wordChanged } from "../editing/own-word";
import { indexOf } from "../matrix/owner";
import { ok, reject, type Rejection, type Result } from "../result";

/** What a member may be, from the least to the most. */
export const PERMISSIONS = ["viewer", "editor", "signatory", "owner"] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** How each is called in a sentence. */
export const PERMISSION_CALLED: Record<Permission, string> = {
  viewer: "a viewer",
  editor: "an editor",
  signatory: "a signatory",
  owner: "an owner",
};

/** Everything a permission can allow. What isn't here is allowed to whoever may read. */
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

/** Who may do what. A permission that stands further down may do everything that those above it may. */
const TABLE: Record<Ability, Permission> = {
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

/** A third party's people read and download; its side signs nothing and owns nothing here. */
const THIRD_PARTY: readonly Ability[] = ["read", "export"];

/** A member's access to an engagement: which side, and how much. */
export type Access = { side: PartyKind; permission: Permission };

/** Whether a member may do something. */
export function may({ side, permission }: Access, ability: Ability): boolean {
  if (side === "third-party" && !THIRD_PARTY.includes(ability)) return false;
  return PERMISSIONS.indexOf(permission) >= PERMISSIONS.indexOf(TABLE[ability]);
}

/** All that a member may do, which the screen offers and nothing else. */
export function abilitiesOf(access: Access): Ability[] {
  return ABILITIES.filter((ability) => may(access, ability));
}

/** The permission a text names; null where it names none. */
export function permissionOf(text: string): Permission | null {
  return PERMISSIONS.find((known) => known === text) ?? null;
}

/** The sides whose people can be let in. */
export const SIDES = ["client", "provider", "third-party"] as const satisfies readonly PartyKind[];

/** The side a text names; null where it names none. */
export function sideOf(text: string): PartyKind | null {
  return SIDES.find((known) => known === text) ?? null;
}

type Invited = Access & { /** Whether the invited side has an owner already. */ owned: boolean };

/**
 * Whether an owner may invite somebody: its own people with any permission, the other party's first owner, and people of
 * a third party to read.
 */
export function mayInvite(by: Access, { side, permission, owned }: Invited): Result<null> {
  if (!may(by, "invite")) return reject("not-owner", "Only an owner invites people. Ask an owner of your side.");
  if (side === "third-party")
    return permission === "viewer"
      ? ok(null)
      : reject("third-party-reads", "People of a third party read only. Choose viewer.");
  if (side === by.side) return ok(null);
  if (permission !== "owner")
    return reject(
      "other-side",
      "The other side lets its own people in. Invite its first owner; they take it from there.",
    );
  return owned ? reject("other-side-owned", "The other side has an owner, who lets its own people in.") : ok(null);
}

/** The id of the party a side's people speak for; null for a third party, which speaks for nobody here. */
export function ownParty(matrix: Pick<Matrix, "parties" | "roles">, side: PartyKind): string | null {
  const { client, provider } = indexOf(matrix);
  return (side === "client" ? client?.id : side === "provider" ? provider?.id : null) ?? null;
}

/**
 * Why a member may not make an edit that is otherwise in order; null where it may. What the other side said, confirmed,
 * disputed, accepted or withdrew is its own; so is what is reserved to the client and what is found there.
 */
export function editRefusal({ side }: Access, before: Matrix, after: Matrix, diff: MatrixDiff): Rejection | null {
  const own = ownParty(before, side);
  const { client, provider } = indexOf(before);
  for (const party of [client, provider]) {
    if (!party || party.id === own) continue;
    const code = wordChanged(before, after, diff, party.id);
    if (code !== null)
      return {
        code: "not-your-mark",
        message: `What ${party.name} said of ${code} is ${party.name}'s to change. Ask somebody of that side.`,
      };
  }
  const changes = acceptanceChanges(diff);
  // A duty that the edit frees or reserves counts as reserved either way.
  const duties =
    changes.length === 0 || before.duties === after.duties ? before.duties : [...before.duties, ...after.duties];
  for (const change of changes) {
    const refusal = acceptanceRefusal({ parties: before.parties, roles: before.roles, duties }, own, change);
    if (refusal) return refusal.rejection;
  }
  return side === "client" ? null : reservedRefusal(client?.name ?? "the client", before, after, diff);
}

/** Reserving a duty, or no longer, is the client's. A new duty may begin reserved; one that takes the id of a reserved duty that was deleted may not free it. */
function reservedRefusal(client: string, before: Matrix, after: Matrix, diff: MatrixDiff): Rejection | null {
  const { changed = [], added = [] } = diff.duties ?? {};
  const freed =
    changed.find(({ fields }) => fields.reserved) ??
    added.find(
      ({ id, reserved }) => !reserved && Object.hasOwn(before.deleted, id) && before.deleted[id]?.duty.reserved,
    );
  const code = freed && (after.duties.find(({ id }) => id === freed.id)?.code ?? "That duty");
  return code
    ? {
        code: "client-reserves",
        message: `${code}: reserving a duty to ${client}, or no longer, is ${client}'s decision. Ask somebody of that side.`,
      }
    : null;
}
