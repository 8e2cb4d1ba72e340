import { sameRuling } from "./agreement";
import type { FieldChanges, MatrixDiff } from "./diff-schema";
import type { Matrix, PartyKind, Ruling } from "./matrix";
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

/** Something an edit says in a party's name: a mark, a confirmed ruling, or a duty that comes back with either on it. */
export type Claim = { dutyId: string; partyId: string; kind: "mark" | "ruling" | "duty" };

/** What a diff says in the name of parties. Rewriting a ruling takes confirmations away, which speaks for nobody; keeping them with other words speaks for whoever gave them. */
export function claimsOf(diff: MatrixDiff): Claim[] {
  const changed = (diff.duties?.changed ?? []).flatMap(({ id: dutyId, fields }) =>
    Object.entries(fields).flatMap(([path, { before, after }]): Claim[] => {
      if (path.startsWith("marks/")) return [{ dutyId, partyId: path.slice("marks/".length), kind: "mark" }];
      if (path !== "ruling") return [];
      const [was, is] = [rulingIn(before), rulingIn(after)];
      const stood = was && is && sameRuling(was, is) ? was.confirmed : [];
      return (is?.confirmed ?? []).flatMap((partyId) => (stood.includes(partyId) ? [] : [{ dutyId, partyId, kind: "ruling" }]));
    }),
  );
  const added = (diff.duties?.added ?? []).flatMap(({ id: dutyId, marks, ruling }) => [...new Set([...Object.keys(marks), ...(ruling?.confirmed ?? [])])].map((partyId): Claim => ({ dutyId, partyId, kind: "duty" })));
  return [...changed, ...added];
}

/** The id of the party a side's people speak for; null for a third party, which speaks for nobody here. */
export function ownParty(matrix: Pick<Matrix, "parties" | "roles">, side: PartyKind): string | null {
  const { client, provider } = indexOf(matrix);
  return (side === "client" ? client?.id : side === "provider" ? provider?.id : null) ?? null;
}

/** The claims of a diff that are not the member's own side's to make. */
export function foreignClaims(access: Access, matrix: Matrix, diff: MatrixDiff): Claim[] {
  const own = ownParty(matrix, access.side);
  return claimsOf(diff).filter(({ partyId }) => partyId !== own);
}

/** Why nobody but the party itself makes this claim. */
export function foreignRefusal(matrix: Matrix, { partyId }: Claim): Rejection {
  const name = indexOf(matrix).party.get(partyId)?.name ?? "the other party";
  return { code: "not-your-mark", message: `Only ${name} changes what ${name} has marked or confirmed. Ask somebody of that side.` };
}

/** Why a member may not accept what this diff accepts; null where it may. What is found on a reserved duty is the client's to accept. */
export function acceptanceRefusal({ side }: Access, matrix: Matrix, diff: MatrixDiff): Rejection | null {
  if (side === "client") return null;
  const about = new Set(Object.keys(diff.fields).flatMap((path) => (path.startsWith("accepted/") && path.includes(".") ? [path.slice(path.indexOf(".") + 1)] : [])));
  const duty = about.size === 0 ? undefined : matrix.duties.find(({ id, reserved }) => reserved && about.has(id));
  const client = indexOf(matrix).client?.name ?? "the client";
  return duty ? { code: "client-accepts", message: `${duty.code} is reserved to ${client}, so only they accept what is found there.` } : null;
}

/** A ruling as a diff holds it. Its shape was checked where the diff entered. */
function rulingIn(value: FieldChanges[string]["before"]): Ruling | null {
  return isRuling(value) ? value : null;
}

function isRuling(value: unknown): value is Ruling {
  return typeof value === "object" && value !== null && "confirmed" in value && Array.isArray(value.confirmed);
}
