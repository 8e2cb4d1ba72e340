import type { MatrixDiff } from "./diff-schema";
import type { Matrix } from "./matrix";
import type { PartyKind } from "./parts/shapes";
import { wordChanged } from "./own-word";
import { indexOf } from "./owner";
import { ok, reject, type Rejection, type Result } from "./result";

/** What a member may be, from the least to the most. */
export const PERMISSIONS = ["viewer", "editor", "signatory", "owner"] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** How each is called in a sentence. */
export const PERMISSION_CALLED: Record<Permission, string> = { viewer: "a viewer", editor: "an editor", signatory: "a signatory", owner: "an owner" };

/** Everything a permission can allow. What isn't here is allowed to whoever may read. */
export const ABILITIES = ["read", "export", "edit", "mark", "sign", "publish", "archive", "export-contacts", "invite", "share", "record"] as const;
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
  if (side === "third-party") return permission === "viewer" ? ok(null) : reject("third-party-reads", "People of a third party read only. Choose viewer.");
  if (side === by.side) return ok(null);
  if (permission !== "owner") return reject("other-side", "The other side lets its own people in. Invite its first owner; they take it from there.");
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
    if (code !== null) return { code: "not-your-mark", message: `What ${party.name} said of ${code} is ${party.name}'s to change. Ask somebody of that side.` };
    if (acceptances(diff).some(([, sides]) => sides.includes(party.id))) return { code: "not-your-acceptance", message: `${party.name} accepted that warning, so only ${party.name} takes it back. Ask somebody of that side.` };
    const unanswered = acceptances(diff).find(([key]) => after.duties.some(({ id, marks }) => key === `dispute-reopened.${id}` && Object.hasOwn(marks, party.id) && marks[party.id]?.state === "disputed"));
    if (unanswered) return { code: "not-your-dispute", message: `Whether that answers ${party.name}'s dispute is ${party.name}'s to say. Ask somebody of that side.` };
  }
  return side === "client" ? null : reservedRefusal(client?.name ?? "the client", before, after, diff);
}

/** The acceptances a diff touches: the finding's key, and the parties they are of before and after. */
function acceptances({ fields }: MatrixDiff): [string, unknown[]][] {
  return Object.entries(fields).flatMap(([path, values]) => (path.startsWith("accepted/") ? [[path.slice("accepted/".length), [values.before, values.after].map(partyIn)]] : []));
}

function partyIn(acceptance: unknown): unknown {
  return typeof acceptance === "object" && acceptance !== null && "partyId" in acceptance ? acceptance.partyId : undefined;
}

/** Reserving a duty, or no longer, and accepting what is found on a reserved one are the client's. A new duty may begin reserved; one that takes the id of a reserved duty that was deleted may not free it. */
function reservedRefusal(client: string, before: Matrix, after: Matrix, diff: MatrixDiff): Rejection | null {
  const { changed = [], added = [] } = diff.duties ?? {};
  const freed = changed.find(({ fields }) => fields.reserved) ?? added.find(({ id, reserved }) => !reserved && Object.hasOwn(before.deleted, id) && before.deleted[id]?.duty.reserved);
  const codeOf = (id: string) => after.duties.find((duty) => duty.id === id)?.code ?? "That duty";
  if (freed) return { code: "client-reserves", message: `${codeOf(freed.id)}: reserving a duty to ${client}, or no longer, is ${client}'s decision. Ask somebody of that side.` };
  const about = new Set(acceptances(diff).flatMap(([key]) => (key.includes(".") ? [key.slice(key.indexOf(".") + 1)] : [])));
  if (about.size === 0) return null;
  const duty = [...before.duties, ...after.duties].find(({ id, reserved }) => reserved && about.has(id));
  return duty ? { code: "client-accepts", message: `${duty.code} is reserved to ${client}, so only they accept what is found there.` } : null;
}
