import { dayWords, momentWords } from "./day-words";
import { ok, reject, type Result } from "./result";

/**
 * The sign-off of a matrix's versions, as a state machine without clock or chance. A version is sent once. Who declines,
 * or an owner of either side who withdraws, ends that: the version is withdrawn with the reason, and what comes next is a
 * new version, which inherits no signature. An agreed version is never withdrawn; the next agreed one takes its place.
 */
export const VERSION_STATUSES = ["proposed", "agreed", "superseded", "withdrawn"] as const;
export type VersionStatus = (typeof VERSION_STATUSES)[number];

/** `stated`: an owner says it was signed on paper, and the other party has yet to confirm it. */
export const SIGNATORY_STATES = ["waiting", "stated", "signed", "declined", "removed"] as const;
export type SignatoryState = (typeof SIGNATORY_STATES)[number];

/** Somebody asked to sign. `statedFor` is the party whose owner said it was signed on paper. */
export type Signatory = { id: string; partyId: string; name: string; title: string; email: string; state: SignatoryState; statedFor: string | null };

/** What is sent: who signs, in order or together. Those removed stay in the list. */
export type Round = { order: "together" | "in-order"; signatories: readonly Signatory[] };

/** Who ended it, when they did, and why. */
export type Ending = { by: string; reason: string };

/** One version's sign-off. `round` is null before it was sent, `ending` says why it was withdrawn. */
export type SignOff = {
  number: number;
  fingerprint: string;
  status: VersionStatus;
  supersededBy: number | null;
  round: Round | null;
  ending: Ending | null;
};

/** All versions of a matrix that matter to each other, and which parties sign. */
export type Register = { parties: { client: string; provider: string }; versions: readonly SignOff[] };

export type NewSignatory = Pick<Signatory, "id" | "partyId" | "name" | "title" | "email">;

/** What happens to a version. `partyId` is the party of the owner who does it. */
export type SignOffEvent =
  | { type: "send"; order: Round["order"]; signatories: readonly NewSignatory[]; /** What stops signing, in sentences. */ blockers: readonly string[] }
  | { type: "sign"; signatoryId: string; fingerprint: string }
  | { type: "decline"; signatoryId: string; reason: string }
  | { type: "withdraw"; by: string; reason: string }
  | { type: "state-paper"; signatoryIds: readonly string[]; partyId: string }
  | { type: "confirm-paper"; signatoryId: string; partyId: string }
  | { type: "refuse-paper"; signatoryId: string; partyId: string }
  | { type: "replace"; signatoryId: string; partyId: string; with: NewSignatory }
  | { type: "remove"; signatoryId: string; partyId: string }
  | { type: "remind"; signatoryId: string };

/** The most who can be asked to sign one version. */
export const MOST_SIGNATORIES = 10;

/** Carries out what happens to one version; the register comes back with whatever else that changes. Refused with a sentence, it stays as it was. What has happened already is no error: the register comes back equal. */
export function signOff(register: Register, number: number, event: SignOffEvent): Result<Register> {
  const version = register.versions.find((one) => one.number === number);
  if (!version) return reject("no-version", `There is no version ${number} of this matrix. Open the list of versions.`);
  const next = afterEvent(register, version, event);
  if (!next.ok) return next;
  return ok(next.value === version ? register : settled(register, next.value));
}

function afterEvent(register: Register, version: SignOff, event: SignOffEvent): Result<SignOff> {
  if (event.type === "send") return send(register, version, event);
  if (event.type === "withdraw") return withdraw(version, event);
  const { round } = version;
  if (!round) return version.status === "proposed" ? reject("not-sent", `Version ${version.number} is not out for signing. An owner sends it first.`) : standing(register, version);
  const id = event.type === "state-paper" ? (event.signatoryIds[0] ?? "") : event.signatoryId;
  const signatory = round.signatories.find((one) => one.id === id);
  if (!signatory) return reject("no-signatory", "This person isn't asked to sign this version. Look at its page again.");
  // Said again, it is no news: whoever did it is told that it is done.
  if (event.type === "sign" && signatory.state === "signed") return ok(version);
  const open = standing(register, version);
  if (!open.ok) return open;
  switch (event.type) {
    case "sign":
      return sign(version, round, signatory, event.fingerprint);
    case "decline":
      return decline(version, round, signatory, event.reason);
    case "state-paper":
      return statePaper(version, round, event);
    case "confirm-paper":
    case "refuse-paper":
      return answerPaper(version, round, signatory, event);
    case "replace":
    case "remove":
      return change(register, version, round, signatory, event);
    case "remind":
      return signatory.state === "waiting" && mayAct(round, signatory) ? ok(version) : reject("not-waiting", `${signatory.name} isn't waited for now. Look at the page again.`);
  }
}

/** Whether a version can still come to be agreed; why not, in a sentence. */
export function standing(register: Register, version: SignOff): Result<SignOff> {
  const { number, status, supersededBy, ending } = version;
  if (status === "withdrawn") return reject("withdrawn", `Version ${number} was withdrawn${ending ? ` by ${ending.by}: “${ending.reason}”` : ""}. Nothing more is signed on it; the next version takes its place.`);
  if (status === "superseded") return reject("superseded", `Version ${number} was agreed, and version ${supersededBy ?? "after it"} has taken its place.`);
  if (status === "agreed") return reject("agreed", `Version ${number} is agreed: everybody has signed it.`);
  const newer = register.versions.find((one) => one.number > number && (one.status === "agreed" || one.status === "superseded"));
  if (newer) return reject("overtaken", `Version ${newer.number} was agreed meanwhile, so version ${number} can't be signed any more. Open version ${newer.number}.`);
  return ok(version);
}

/** Whether it is somebody's turn: where people sign in order, those before them have signed. */
export function mayAct(round: Round, signatory: Pick<Signatory, "id">): boolean {
  if (round.order === "together") return true;
  const asked = round.signatories.filter(({ state }) => state !== "removed");
  const at = asked.findIndex(({ id }) => id === signatory.id);
  return at >= 0 && asked.slice(0, at).every(({ state }) => state === "signed");
}

/** How many of those asked have signed. */
export function countSigned(round: Round): { signed: number; asked: number } {
  const asked = round.signatories.filter(({ state }) => state !== "removed");
  return { signed: asked.filter(({ state }) => state === "signed").length, asked: asked.length };
}

function send(register: Register, version: SignOff, { order, signatories, blockers }: Extract<SignOffEvent, { type: "send" }>): Result<SignOff> {
  const open = standing(register, version);
  if (!open.ok) return open;
  if (version.round) return reject("sent", `Version ${version.number} is out for signing already. Replace or remind somebody on its page.`);
  const [blocker] = blockers;
  if (blocker !== undefined) return reject("blocked", `${blockers.length === 1 ? "Something stops" : `${blockers.length} things stop`} signing: ${blocker}${blockers.length > 1 ? " The page of the version lists the others." : ""}`);
  if (signatories.length > MOST_SIGNATORIES) return reject("too-many", `At most ${MOST_SIGNATORIES} people sign one version. Leave some out.`);
  const { client, provider } = register.parties;
  if (signatories.some(({ partyId }) => partyId !== client && partyId !== provider)) return reject("third-party", "Only the client and the provider sign. Leave the others out.");
  if (![client, provider].every((partyId) => signatories.some((one) => one.partyId === partyId))) return reject("one-side", "Each side needs somebody who signs. Name one for both.");
  if (new Set(signatories.map(({ email }) => email)).size < signatories.length) return reject("same-address", "Two signatories have the same e-mail address. Each signs for themselves, with an address of their own.");
  return ok({ ...version, round: { order, signatories: signatories.map((one) => ({ ...one, state: "waiting", statedFor: null })) } });
}

function sign(version: SignOff, round: Round, signatory: Signatory, fingerprint: string): Result<SignOff> {
  if (fingerprint !== version.fingerprint) return reject("other-text", "This page shows another text than the version has. Reload it, and read it again before you sign.");
  if (signatory.state === "removed") return reject("removed", "You are no longer asked to sign this version. An owner of your side can say who is.");
  if (signatory.state === "stated") return reject("stated", "An owner has stated that you signed on paper, and the other side has yet to confirm it. There is nothing more for you to sign.");
  if (!mayAct(round, signatory)) return reject("not-your-turn", `${nextUp(round)} signs before you. You are written to when it is your turn.`);
  return ok(withState(version, round, signatory, { state: "signed" }));
}

function decline(version: SignOff, round: Round, signatory: Signatory, reason: string): Result<SignOff> {
  if (signatory.state === "removed") return reject("removed", "You are no longer asked to sign this version, so there is nothing to decline.");
  if (signatory.state !== "waiting") return reject("signed", "You have signed this version, so it can't be declined any more. An owner of your side can withdraw it until everybody has signed.");
  if (!mayAct(round, signatory)) return reject("not-your-turn", `${nextUp(round)} signs before you. You are written to when it is your turn.`);
  return ok({ ...withState(version, round, signatory, { state: "declined" }), status: "withdrawn", ending: { by: signatory.name, reason } });
}

function withdraw(version: SignOff, { by, reason }: Extract<SignOffEvent, { type: "withdraw" }>): Result<SignOff> {
  if (version.status === "agreed" || version.status === "superseded") return reject("agreed", `Version ${version.number} was agreed, and what was agreed stays. Publish a new version to change it.`);
  if (version.status === "withdrawn") return ok(version);
  return ok({ ...version, status: "withdrawn", ending: { by, reason } });
}

function statePaper(version: SignOff, round: Round, { signatoryIds, partyId }: Extract<SignOffEvent, { type: "state-paper" }>): Result<SignOff> {
  const named = round.signatories.filter(({ id }) => signatoryIds.includes(id));
  const other = named.find(({ state }) => state !== "waiting");
  if (other) return reject("not-waiting", `${other.name} isn't waited for any more. Look at the page again, and leave them out.`);
  return ok({ ...version, round: { ...round, signatories: round.signatories.map((one) => (named.includes(one) ? { ...one, state: "stated", statedFor: partyId } : one)) } });
}

function answerPaper(version: SignOff, round: Round, signatory: Signatory, { type, partyId }: { type: "confirm-paper" | "refuse-paper"; partyId: string }): Result<SignOff> {
  if (type === "confirm-paper" && signatory.state === "signed") return ok(version);
  if (signatory.state !== "stated") return reject("not-stated", `Nobody states that ${signatory.name} signed on paper. Look at the page again.`);
  // Whoever stated it may take it back; only the other side makes it count.
  if (type === "confirm-paper" && signatory.statedFor === partyId) return reject("own-statement", "Your side stated this, so the other side confirms it. Ask one of its owners.");
  return ok(withState(version, round, signatory, type === "confirm-paper" ? { state: "signed" } : { state: "waiting", statedFor: null }));
}

function change(register: Register, version: SignOff, round: Round, signatory: Signatory, event: Extract<SignOffEvent, { type: "replace" | "remove" }>): Result<SignOff> {
  if (signatory.partyId !== event.partyId) return reject("other-side", "The other side says who signs for it. Ask one of its owners.");
  if (signatory.state === "removed") return event.type === "remove" ? ok(version) : reject("removed", `${signatory.name} was removed already. Look at the page again.`);
  if (signatory.state !== "waiting") return reject("signed", `${signatory.name} has signed, and a signature stays. Withdraw the version if it shouldn't count.`);
  const left = round.signatories.filter(({ id, state }) => id !== signatory.id && state !== "removed");
  if (event.type === "remove") {
    if (!left.some(({ partyId }) => partyId === signatory.partyId)) return reject("last-one", `Nobody else signs for this side. Replace ${signatory.name} by somebody.`);
    return ok(withState(version, round, signatory, { state: "removed" }));
  }
  const { with: successor } = event;
  if (successor.partyId !== signatory.partyId) return reject("other-side", "Whoever takes over signs for the same side. Choose somebody of it.");
  if (left.some(({ email }) => email === successor.email)) return reject("same-address", "Somebody with this e-mail address is asked already. Each signs for themselves, with an address of their own.");
  if (register.versions.some(({ round: other }) => other?.signatories.some(({ id }) => id === successor.id))) return ok(version);
  // The successor stands where the one before stood, so that the order stays.
  const signatories = round.signatories.flatMap((one): Signatory[] => (one.id === signatory.id ? [{ ...one, state: "removed" }, { ...successor, state: "waiting", statedFor: null }] : [one]));
  return ok({ ...version, round: { ...round, signatories } });
}

function nextUp({ signatories }: Round): string {
  return signatories.find(({ state }) => state === "waiting" || state === "stated")?.name ?? "Somebody";
}

function withState(version: SignOff, round: Round, { id }: Signatory, to: Partial<Signatory>): SignOff {
  return { ...version, round: { ...round, signatories: round.signatories.map((one) => (one.id === id ? { ...one, ...to } : one)) } };
}

/** The version becomes agreed once everybody asked has signed, and then the agreed one before it is superseded. */
function settled(register: Register, changed: SignOff): Register {
  const { signed, asked } = changed.round ? countSigned(changed.round) : { signed: 0, asked: 0 };
  const agreed = changed.status === "proposed" && asked > 0 && signed === asked;
  const versions = register.versions.map((one): SignOff => {
    if (one.number === changed.number) return agreed ? { ...changed, status: "agreed" } : changed;
    return agreed && one.status === "agreed" ? { ...one, status: "superseded", supersededBy: changed.number } : one;
  });
  return { ...register, versions };
}

/** What whoever signs consents to. A changed text gets the next number; signatures keep the text they were given under. */
export const CONSENT = {
  version: 1,
  text: "I have read this version, I am allowed to sign it for my organisation, and I agree to sign it electronically. My signature binds to the text with the fingerprint shown here, and to no later edit.",
} as const;

/** One signature, as it is shown and printed. Times are ISO 8601; `png` is a picture of at most `LIMITS.drawnBytes`. */
export type SignatureFact = {
  partyId: string;
  partyName: string;
  name: string;
  title: string;
  organisation: string;
  email: string;
  proof: "account" | "code" | "paper";
  signedAt: string;
  address: string;
  browser: string;
  consentVersion: number;
  consentText: string;
  fingerprint: string;
  picture: { kind: "typed"; text: string } | { kind: "drawn"; png: Uint8Array; /** Of the PNG. */ sha256: string } | { kind: "paper"; fileName: string; sha256: string; statedBy: string; confirmedBy: string | null };
};

/** When a version was agreed and from which day it holds. Days are written YYYY-MM-DD, moments as ISO 8601. */
export type Agreed = { number: number; status: VersionStatus; agreedAt: string | null; effectiveDate: string | null };

/** The day from which an agreed version holds: its effective date, but never before it was agreed. */
export function holdsFrom({ agreedAt, effectiveDate }: { agreedAt: string; effectiveDate: string | null }): string {
  const agreed = agreedAt.slice(0, 10);
  return effectiveDate !== null && effectiveDate > agreed ? effectiveDate : agreed;
}

/** The version in force on a day: of those agreed that hold from then or before, the newest. Null before the first. */
export function inForceOn<T extends Agreed>(versions: readonly T[], day: string): T | null {
  const holding = versions.filter(({ agreedAt, effectiveDate }) => agreedAt !== null && holdsFrom({ agreedAt, effectiveDate }) <= day);
  return holding.reduce<T | null>((newest, one) => (newest === null || one.number > newest.number ? one : newest), null);
}

/** A version's place in time: when it was published, and from which day it is to hold. */
export type Dated = { number: number; status: VersionStatus; publishedAt: string; effectiveDate: string | null };

/** Clocks of one installation's machines may differ by so much. */
const APART_MS = 60_000;

/** The version that one of this number follows: the newest before it that wasn't withdrawn. Null for the first. */
export function followedBy<T extends Pick<Dated, "number" | "status">>(number: number, versions: readonly T[]): T | null {
  const before = versions.filter((other) => other.number < number && other.status !== "withdrawn");
  return before.reduce<T | null>((newest, one) => (newest === null || one.number > newest.number ? one : newest), null);
}

/**
 * What is out of order in a version's dates, in sentences for whoever publishes, signs or reads it. Both sides may mean
 * to bring a day forward, so nothing is refused; what it leads to is said wherever the version is shown.
 */
export function dateRemarks(version: Dated, versions: readonly Dated[]): string[] {
  const previous = versions.find(({ number }) => number === version.number - 1);
  return [...effectRemark(version, followedBy(version.number, versions)), ...clockRemark(version, previous)];
}

/** The same for the day alone, as somebody is about to choose it. */
export function effectRemark({ number, effectiveDate }: Pick<Dated, "number" | "effectiveDate">, follows: Pick<Dated, "number" | "effectiveDate"> | null): string[] {
  if (!follows?.effectiveDate || !effectiveDate || effectiveDate >= follows.effectiveDate) return [];
  return [`The effective date is ${dayWords(effectiveDate)}, before that of version ${follows.number}, ${dayWords(follows.effectiveDate)}. Once it is agreed, version ${number} holds from its own day, or from the day it is agreed where that is later, and version ${follows.number} no more.`];
}

function clockRemark({ number, publishedAt }: Dated, previous: Dated | undefined): string[] {
  if (!previous || Date.parse(publishedAt) >= Date.parse(previous.publishedAt) - APART_MS) return [];
  return [`Version ${number} bears an earlier time than version ${previous.number}, ${momentWords(previous.publishedAt)}: a clock was wrong when one of them was published. The numbers say which came first.`];
}
