import { holdersOf, holdsLetter, lettersOf, withCell } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import type { Duty, Letter, Party } from "../matrix/shapes";
import { columnKeyOf, indexOf, type Lens, type Target } from "../matrix/owner";
import { ok, reject, type Result } from "../result";

/**
 * The letters of a duty after it is dropped on a column. Dropping it on its own column changes nothing. The rules are
 * those of the product's table "The board and the letters are one thing".
 */
export function assignLetters(matrix: Matrix, duty: Duty, lens: Lens, target: Target): Result<Duty["letters"]> {
  const key = typeof target === "string" ? target : target.partyId;
  const party = indexOf(matrix).party.get(key) ?? null;
  if (typeof target !== "string" && !party)
    return reject("party-gone", "That party is no longer in this matrix. Reload to see who is.");
  if (columnKeyOf(matrix, duty, lens) === key) return ok(duty.letters);
  return lens === "does" ? assignWork(matrix, duty, target, party) : assignAnswer(matrix, duty, target, party);
}

function assignWork(matrix: Matrix, duty: Duty, target: Target, party: Party | null): Result<Duty["letters"]> {
  if (target === "unassigned") return ok(withHolders(duty, { R: [] }));
  if (target === "shared") return assignShared(matrix, duty);
  if (!party) return reject("party-gone", "That party is no longer in this matrix. Reload to see who is.");
  const doing = doersOf(matrix, duty, party);
  const answeringSide = answeringParty(matrix, duty, party);
  const answering = answeringSide ? answererOf(matrix, duty, answeringSide) : null;
  if (doing.length === 0 || !answering) return noRole(doing.length === 0 ? party : (answeringSide ?? party));
  return ok(withHolders(duty, { R: doing, A: [answering] }));
}

function assignShared(matrix: Matrix, duty: Duty): Result<Duty["letters"]> {
  const { client, provider, role, party } = indexOf(matrix);
  if (!client || !provider) return reject("party-gone", "A shared duty needs a client and a provider.");
  const ours = doersOf(matrix, duty, client);
  const theirs = doersOf(matrix, duty, provider);
  if (ours.length === 0 || theirs.length === 0) return noRole(ours.length === 0 ? client : provider);
  const others = holdersOf(duty, "R").filter(
    (roleId) => party.get(role.get(roleId)?.partyId ?? "")?.kind === "third-party",
  );
  const currentAnswerer = matrix.roles.find(
    ({ id, partyId }) => holdsLetter(duty, id, "A") && (partyId === client.id || partyId === provider.id),
  );
  const answering = currentAnswerer?.id ?? suggestedRoleId(matrix, duty, client, "answers");
  return answering ? ok(withHolders(duty, { R: [...ours, ...theirs, ...others], A: [answering] })) : noRole(client);
}

function assignAnswer(matrix: Matrix, duty: Duty, target: Target, party: Party | null): Result<Duty["letters"]> {
  if (target === "unassigned") return ok(withHolders(duty, { A: [] }));
  if (!party) return reject("answers-shared", "Exactly one side answers for a duty. Choose one of the two parties.");
  if (party.kind === "third-party")
    return reject(
      "answers-third-party",
      "Vendors can do the work; one of you answers for it. Choose one of the two parties.",
    );
  const answering = suggestedRoleId(matrix, duty, party, "answers");
  return answering ? ok(withHolders(duty, { A: [answering] })) : noRole(party);
}

/**
 * The party that must answer when a given party does the work: the same party (or the one that engages it), unless
 * accountability stays with the client.
 */
function answeringParty(matrix: Matrix, duty: Duty, party: Party): Party | null {
  const { client, party: parties } = indexOf(matrix);
  if (duty.reserved || matrix.settings.accountability === "stays-with-client") return client;
  return party.kind === "third-party" ? (parties.get(party.engagedBy ?? "") ?? null) : party;
}

function doersOf(matrix: Matrix, duty: Duty, party: Party): string[] {
  const doers = rolesOf(matrix, party).filter(({ id }) => holdsLetter(duty, id, "R"));
  if (doers.length > 0) return doers.map(({ id }) => id);
  const doer = suggestedRoleId(matrix, duty, party, "does");
  return doer ? [doer] : [];
}

function answererOf(matrix: Matrix, duty: Duty, party: Party): string | null {
  return (
    rolesOf(matrix, party).find(({ id }) => holdsLetter(duty, id, "A"))?.id ??
    suggestedRoleId(matrix, duty, party, "answers")
  );
}

/**
 * The id of the role that a duty suggests for a party, or of the party's lead when the suggested role doesn't exist.
 */
function suggestedRoleId(matrix: Matrix, duty: Duty, party: Party, part: "does" | "answers"): string | null {
  const roles = rolesOf(matrix, party);
  const suggestion = Object.hasOwn(duty.suggestions, party.id) ? duty.suggestions[party.id]?.[part] : null;
  return (roles.find(({ id }) => id === suggestion) ?? roles.find(({ lead }) => lead) ?? roles[0])?.id ?? null;
}

function rolesOf(matrix: Matrix, party: Party) {
  return indexOf(matrix).rolesOf.get(party.id) ?? [];
}

function noRole(party: Party) {
  return reject("no-role", `${party.name} has no role yet. Add one under Parties and roles, then try again.`);
}

/**
 * The letters after giving R or A to exactly these roles. A letter that isn't given in `holders` stays as it is.
 * `settleCell` decides the rest of each cell.
 */
function withHolders(duty: Duty, holders: { A?: string[]; R?: string[] }): Duty["letters"] {
  const touched = new Set([...Object.keys(duty.letters), ...(holders.A ?? []), ...(holders.R ?? [])]);
  let letters = duty.letters;
  for (const roleId of touched) {
    const before = lettersOf(duty, roleId);
    const after = settleCell(before, {
      A: holders.A ? holders.A.includes(roleId) : before.includes("A"),
      R: holders.R ? holders.R.includes(roleId) : before.includes("R"),
    });
    if (after !== before) letters = withCell(letters, roleId, after);
  }
  return letters;
}

/**
 * The letters of one cell after it gains or loses A or R. Gaining either removes C and I; losing A leaves C; losing
 * only R leaves I; without a gain or loss nothing changes.
 */
export function settleCell(before: readonly Letter[], holdsNow: { A: boolean; R: boolean }): readonly Letter[] {
  const heldBefore = { A: before.includes("A"), R: before.includes("R") };
  if (heldBefore.A === holdsNow.A && heldBefore.R === holdsNow.R) return before;
  const active: Letter[] = [];
  if (holdsNow.A) active.push("A");
  if (holdsNow.R) active.push("R");
  if (active.length > 0) return active;
  return heldBefore.A ? ["C"] : ["I"];
}
