import { ok, reject, type Result } from "../result";

/**
 * The sign-off of a matrix's versions as a state machine without clock or randomness. A version is sent for signing
 * once. If a signatory declines, or an owner of either side withdraws it, the version is withdrawn with the reason; the
 * next version inherits no signatures. An agreed version is never withdrawn; the next agreed one supersedes it.
 */
export const VERSION_STATUSES = ["proposed", "agreed", "superseded", "withdrawn"] as const;
export type VersionStatus = (typeof VERSION_STATUSES)[number];

/**
 * In the state `stated`, an owner states that the person signed on paper, and the other party hasn't confirmed it yet.
 */
export const SIGNATORY_STATES = ["waiting", "stated", "signed", "declined", "removed"] as const;
export type SignatoryState = (typeof SIGNATORY_STATES)[number];

/**
 * A person who is asked to sign. `statedFor` is the id of the party whose owner stated a signature on paper.
 * `confirmed` is true when an owner of the signatory's own party named or confirmed them.
 */
export type Signatory = {
  id: string;
  partyId: string;
  name: string;
  title: string;
  email: string;
  state: SignatoryState;
  statedFor: string | null;
  confirmed: boolean;
};

/** A version's signing round: its signatories, who sign in order or together. Removed signatories stay in the list. */
type Round = { order: "together" | "in-order"; signatories: readonly Signatory[] };

/** The person who declined or withdrew, and the reason. */
type Ending = { by: string; reason: string };

/** The sign-off of one version. `round` is null until it is sent; `ending` is set when it is withdrawn. */
export type SignOff = {
  number: number;
  fingerprint: string;
  status: VersionStatus;
  supersededBy: number | null;
  round: Round | null;
  ending: Ending | null;
};

/**
 * The versions of a matrix and the two parties that sign. `owned` holds the ids of the parties that have an owner; such
 * a party decides itself who signs for it.
 */
export type Register = {
  parties: { client: string; provider: string };
  owned: readonly string[];
  versions: readonly SignOff[];
};

export type NewSignatory = Pick<Signatory, "id" | "partyId" | "name" | "title" | "email">;

/** An event in a version's sign-off. `partyId` is the party of the owner who acts. */
export type SignOffEvent =
  | {
      type: "send";
      partyId: string;
      order: Round["order"];
      signatories: readonly NewSignatory[];
      /** The blockers, as sentences. */
      blockers: readonly string[];
    }
  | { type: "sign"; signatoryId: string; fingerprint: string }
  | { type: "decline"; signatoryId: string; reason: string }
  | { type: "withdraw"; by: string; reason: string }
  | { type: "state-paper"; signatoryIds: readonly string[]; partyId: string }
  | { type: "confirm-paper"; signatoryId: string; partyId: string }
  | { type: "refuse-paper"; signatoryId: string; partyId: string }
  | { type: "name"; partyId: string; signatory: NewSignatory }
  | { type: "confirm"; signatoryId: string; partyId: string }
  | { type: "replace"; signatoryId: string; partyId: string; with: NewSignatory }
  | { type: "remove"; signatoryId: string; partyId: string }
  | { type: "remind"; signatoryId: string };

/** The most people who can be asked to sign one version. */
export const MOST_SIGNATORIES = 10;

/**
 * Applies an event to one version and returns the new register, including its effects on other versions. A refused
 * event returns a sentence. An event that already happened isn't an error and returns the same register.
 */
export function applySignOffEvent(register: Register, number: number, event: SignOffEvent): Result<Register> {
  const version = register.versions.find((one) => one.number === number);
  if (!version) return reject("no-version", `There is no version ${number} of this matrix. Open the list of versions.`);
  const next = afterEvent(register, version, event);
  if (!next.ok) return next;
  return ok(next.value === version ? register : withAgreement(register, next.value));
}

function afterEvent(register: Register, version: SignOff, event: SignOffEvent): Result<SignOff> {
  if (event.type === "send") return send(register, version, event);
  if (event.type === "withdraw") return withdraw(version, event);
  const { round } = version;
  if (!round)
    return version.status === "proposed"
      ? reject("not-sent", `Version ${version.number} is not out for signing. An owner sends it first.`)
      : checkSignable(register, version);
  if (event.type === "name") return nameMore(register, version, round, event);
  const id = event.type === "state-paper" ? (event.signatoryIds[0] ?? "") : event.signatoryId;
  const signatory = round.signatories.find((one) => one.id === id);
  if (!signatory)
    return reject("no-signatory", "This person isn't asked to sign this version. Look at its page again.");
  // A repeated signature isn't an error, so that a request can be sent twice.
  if (event.type === "sign" && signatory.state === "signed") return ok(version);
  const signable = checkSignable(register, version);
  if (!signable.ok) return signable;
  switch (event.type) {
    case "sign":
      return sign(register, version, round, signatory, event.fingerprint);
    case "decline":
      return decline(register, version, round, signatory, event.reason);
    case "state-paper":
      return statePaper(register, version, round, event);
    case "confirm-paper":
    case "refuse-paper":
      return answerPaper(register, version, round, signatory, event);
    case "confirm":
      return confirm(version, round, signatory, event.partyId);
    case "replace":
    case "remove":
      return changeSignatory(register, version, round, signatory, event);
    case "remind":
      return signatory.state === "waiting" && isTheirTurn(register, round, signatory)
        ? ok(version)
        : reject("not-waiting", `${signatory.name} isn't waited for now. Look at the page again.`);
  }
}

/** The version if it can still be signed and agreed, or a rejection with the reason. */
export function checkSignable(register: Register, version: SignOff): Result<SignOff> {
  const { number, status, supersededBy, ending } = version;
  if (status === "withdrawn")
    return reject(
      "withdrawn",
      `Version ${number} was withdrawn${ending ? ` by ${ending.by}: “${ending.reason}”` : ""}. Nothing more is signed on it; the next version takes its place.`,
    );
  if (status === "superseded")
    return reject(
      "superseded",
      `Version ${number} was agreed, and so was version ${supersededBy ?? "after it"}, which takes its place.`,
    );
  if (status === "agreed") return reject("agreed", `Version ${number} is agreed: everybody has signed it.`);
  const newer = register.versions.find(
    (one) => one.number > number && (one.status === "agreed" || one.status === "superseded"),
  );
  if (newer)
    return reject(
      "overtaken",
      `Version ${newer.number} was agreed meanwhile, so version ${number} can't be signed any more. Open version ${newer.number}.`,
    );
  return ok(version);
}

/**
 * Whether a signatory's actions count. A signatory named by the other party is only proposed until an owner of their
 * own party confirms them. If their party has no owner, nobody could confirm them, so their actions count at once.
 */
export function actionsCount(
  { owned }: Pick<Register, "owned">,
  { partyId, confirmed }: Pick<Signatory, "partyId" | "confirmed">,
): boolean {
  return confirmed || !owned.includes(partyId);
}

/**
 * Whether a signatory may act now: their actions count and, if people sign in order, all signatories before them have
 * signed.
 */
export function isTheirTurn(
  register: Pick<Register, "owned">,
  round: Round,
  signatory: Pick<Signatory, "id">,
): boolean {
  const active = round.signatories.filter(({ state }) => state !== "removed");
  const at = active.findIndex(({ id }) => id === signatory.id);
  const [current] = active.slice(at, at + 1);
  if (at < 0 || !current || !actionsCount(register, current)) return false;
  return (
    round.order === "together" ||
    active.slice(0, at).every((one) => one.state === "signed" && actionsCount(register, one))
  );
}

function send(
  register: Register,
  version: SignOff,
  { partyId: sender, order, signatories, blockers }: Extract<SignOffEvent, { type: "send" }>,
): Result<SignOff> {
  const signable = checkSignable(register, version);
  if (!signable.ok) return signable;
  if (version.round)
    return reject(
      "sent",
      `Version ${version.number} is out for signing already. Replace or remind somebody on its page.`,
    );
  const [blocker] = blockers;
  if (blocker !== undefined)
    return reject(
      "blocked",
      `${blockers.length === 1 ? "Something stops" : `${blockers.length} things stop`} signing: ${blocker}${blockers.length > 1 ? " The page of the version lists the others." : ""}`,
    );
  if (signatories.length > MOST_SIGNATORIES)
    return reject("too-many", `At most ${MOST_SIGNATORIES} people sign one version. Leave some out.`);
  const { client, provider } = register.parties;
  if (signatories.some(({ partyId }) => partyId !== client && partyId !== provider))
    return reject("third-party", "Only the client and the provider sign. Leave the others out.");
  // A side that has an owner may name its own signatories later.
  const namingParties = [client, provider].filter((partyId) => partyId === sender || !register.owned.includes(partyId));
  if (!namingParties.every((partyId) => signatories.some((one) => one.partyId === partyId)))
    return reject(
      "one-side",
      "Each side needs somebody who signs. Name somebody for your side, and for the other as long as it has no owner who could.",
    );
  if (new Set(signatories.map(({ email }) => email)).size < signatories.length)
    return reject(
      "same-address",
      "Two signatories have the same e-mail address. Each signs for themselves, with an address of their own.",
    );
  return ok({ ...version, round: { order, signatories: signatories.map((one) => newlyAsked(one, sender)) } });
}

/** A new signatory, named by an owner of the party `by`. */
function newlyAsked(one: NewSignatory, by: string): Signatory {
  return { ...one, state: "waiting", statedFor: null, confirmed: one.partyId === by };
}

const UNCONFIRMED =
  "An owner of the side they sign for has yet to confirm this signatory. Nothing they do counts before.";

function sign(
  register: Register,
  version: SignOff,
  round: Round,
  signatory: Signatory,
  fingerprint: string,
): Result<SignOff> {
  if (fingerprint !== version.fingerprint)
    return reject(
      "other-text",
      "This page shows another text than the version has. Reload it, and read it again before you sign.",
    );
  if (signatory.state === "removed")
    return reject("removed", "You are no longer asked to sign this version. An owner of your side can say who is.");
  if (signatory.state === "stated")
    return reject(
      "stated",
      "An owner has stated that you signed on paper, and the other side has yet to confirm it. There is nothing more for you to sign.",
    );
  const turn = checkTurn(register, round, signatory);
  if (!turn.ok) return turn;
  return ok(withState(version, round, signatory, { state: "signed" }));
}

/** A rejection with the reason when a signatory may not act yet. */
export function checkTurn(register: Pick<Register, "owned">, round: Round, signatory: Signatory): Result<null> {
  if (!actionsCount(register, signatory))
    return reject(
      "unconfirmed",
      "An owner of your side has yet to confirm that you sign for it. This page opens once they have.",
    );
  return isTheirTurn(register, round, signatory)
    ? ok(null)
    : reject(
        "not-your-turn",
        `${nextUp(register, round)} signs before you. This page lets you sign when it is your turn.`,
      );
}

function decline(
  register: Register,
  version: SignOff,
  round: Round,
  signatory: Signatory,
  reason: string,
): Result<SignOff> {
  if (signatory.state === "removed")
    return reject("removed", "You are no longer asked to sign this version, so there is nothing to decline.");
  if (signatory.state !== "waiting")
    return reject(
      "signed",
      "You have signed this version, so it can't be declined any more. An owner of your side can withdraw it until everybody has signed.",
    );
  const turn = checkTurn(register, round, signatory);
  if (!turn.ok) return turn;
  return ok({
    ...withState(version, round, signatory, { state: "declined" }),
    status: "withdrawn",
    ending: { by: signatory.name, reason },
  });
}

function withdraw(version: SignOff, { by, reason }: Extract<SignOffEvent, { type: "withdraw" }>): Result<SignOff> {
  if (version.status === "agreed" || version.status === "superseded")
    return reject(
      "agreed",
      `Version ${version.number} was agreed, and what was agreed stays. Publish a new version to change it.`,
    );
  if (version.status === "withdrawn") return ok(version);
  return ok({ ...version, status: "withdrawn", ending: { by, reason } });
}

function statePaper(
  register: Register,
  version: SignOff,
  round: Round,
  { signatoryIds, partyId }: Extract<SignOffEvent, { type: "state-paper" }>,
): Result<SignOff> {
  const stated = round.signatories.filter(({ id }) => signatoryIds.includes(id));
  if (stated.some((one) => !actionsCount(register, one))) return reject("unconfirmed", UNCONFIRMED);
  const notWaiting = stated.find(({ state }) => state !== "waiting");
  if (notWaiting)
    return reject(
      "not-waiting",
      `${notWaiting.name} isn't waited for any more. Look at the page again, and leave them out.`,
    );
  return ok({
    ...version,
    round: {
      ...round,
      signatories: round.signatories.map((one) =>
        stated.includes(one) ? { ...one, state: "stated", statedFor: partyId } : one,
      ),
    },
  });
}

function answerPaper(
  register: Register,
  version: SignOff,
  round: Round,
  signatory: Signatory,
  { type, partyId }: { type: "confirm-paper" | "refuse-paper"; partyId: string },
): Result<SignOff> {
  if (type === "confirm-paper" && signatory.state === "signed") return ok(version);
  if (signatory.state !== "stated")
    return reject("not-stated", `Nobody states that ${signatory.name} signed on paper. Look at the page again.`);
  // Either side may refuse a statement; only the other side may confirm it.
  if (type === "confirm-paper" && signatory.statedFor === partyId)
    return reject("own-statement", "Your side stated this, so the other side confirms it. Ask one of its owners.");
  if (type === "confirm-paper" && !actionsCount(register, signatory)) return reject("unconfirmed", UNCONFIRMED);
  return ok(
    withState(
      version,
      round,
      signatory,
      type === "confirm-paper" ? { state: "signed" } : { state: "waiting", statedFor: null },
    ),
  );
}

/** An owner confirms a signatory of their own party whom the other party named. */
function confirm(version: SignOff, round: Round, signatory: Signatory, partyId: string): Result<SignOff> {
  if (signatory.partyId !== partyId) return reject("other-side", OTHER_SIDE);
  if (signatory.state === "removed")
    return reject("removed", `${signatory.name} was removed already. Look at the page again.`);
  return signatory.confirmed ? ok(version) : ok(withState(version, round, signatory, { confirmed: true }));
}

/** An owner names another signatory of their own party, who signs last. */
function nameMore(
  register: Register,
  version: SignOff,
  round: Round,
  { partyId, signatory }: Extract<SignOffEvent, { type: "name" }>,
): Result<SignOff> {
  if (signatory.partyId !== partyId) return reject("other-side", OTHER_SIDE);
  if (isKnownSignatory(register, signatory)) return ok(version);
  const signable = checkSignable(register, version);
  if (!signable.ok) return signable;
  const others = round.signatories.filter(({ state }) => state !== "removed");
  if (others.length >= MOST_SIGNATORIES)
    return reject("too-many", `At most ${MOST_SIGNATORIES} people sign one version. Replace somebody instead.`);
  if (others.some(({ email }) => email === signatory.email)) return reject("same-address", SAME_ADDRESS);
  return ok({ ...version, round: { ...round, signatories: [...round.signatories, newlyAsked(signatory, partyId)] } });
}

const OTHER_SIDE = "The other side says who signs for it. Ask one of its owners.";
const SAME_ADDRESS =
  "Somebody with this e-mail address is asked already. Each signs for themselves, with an address of their own.";

function isKnownSignatory({ versions }: Register, { id }: NewSignatory): boolean {
  return versions.some(({ round }) => round?.signatories.some((one) => one.id === id));
}

function changeSignatory(
  register: Register,
  version: SignOff,
  round: Round,
  signatory: Signatory,
  event: Extract<SignOffEvent, { type: "replace" | "remove" }>,
): Result<SignOff> {
  if (signatory.partyId !== event.partyId) return reject("other-side", OTHER_SIDE);
  if (signatory.state === "removed")
    return event.type === "remove"
      ? ok(version)
      : reject("removed", `${signatory.name} was removed already. Look at the page again.`);
  if (signatory.state !== "waiting")
    return reject(
      "signed",
      `${signatory.name} has signed, and a signature stays. Withdraw the version if it shouldn't count.`,
    );
  const others = round.signatories.filter(({ id, state }) => id !== signatory.id && state !== "removed");
  if (event.type === "remove") {
    if (!others.some(({ partyId }) => partyId === signatory.partyId))
      return reject("last-one", `Nobody else signs for this side. Replace ${signatory.name} by somebody.`);
    return ok(withState(version, round, signatory, { state: "removed" }));
  }
  const { with: successor } = event;
  if (successor.partyId !== signatory.partyId)
    return reject("other-side", "Whoever takes over signs for the same side. Choose somebody of it.");
  if (others.some(({ email }) => email === successor.email)) return reject("same-address", SAME_ADDRESS);
  if (isKnownSignatory(register, successor)) return ok(version);
  // The successor takes the place of the replaced signatory in the order.
  const signatories = round.signatories.flatMap((one): Signatory[] =>
    one.id === signatory.id ? [{ ...one, state: "removed" }, newlyAsked(successor, event.partyId)] : [one],
  );
  return ok({ ...version, round: { ...round, signatories } });
}

function nextUp(register: Pick<Register, "owned">, { signatories }: Round): string {
  return (
    signatories.find(
      (one) =>
        one.state === "waiting" || one.state === "stated" || (one.state === "signed" && !actionsCount(register, one)),
    )?.name ?? "Somebody"
  );
}

function withState(version: SignOff, round: Round, { id }: Signatory, changes: Partial<Signatory>): SignOff {
  return {
    ...version,
    round: { ...round, signatories: round.signatories.map((one) => (one.id === id ? { ...one, ...changes } : one)) },
  };
}

/** Whether all signatories have signed, each side has at least one, and all of their signatures count. */
function isComplete(register: Register, { signatories }: Round): boolean {
  const active = signatories.filter(({ state }) => state !== "removed");
  const { client, provider } = register.parties;
  return (
    [client, provider].every((partyId) => active.some((one) => one.partyId === partyId)) &&
    active.every((one) => one.state === "signed" && actionsCount(register, one))
  );
}

/** Makes the version agreed once everybody has signed, and then marks the previously agreed version as superseded. */
function withAgreement(register: Register, changed: SignOff): Register {
  const agreed = changed.status === "proposed" && changed.round !== null && isComplete(register, changed.round);
  const versions = register.versions.map((one): SignOff => {
    if (one.number === changed.number) return agreed ? { ...changed, status: "agreed" } : changed;
    return agreed && one.status === "agreed" ? { ...one, status: "superseded", supersededBy: changed.number } : one;
  });
  return { ...register, versions };
}

/**
 * The consent that every signatory gives. If the text changes, `version` must increase; each signature stores the text
 * it was given under.
 */
export const CONSENT = {
  version: 1,
  text: "I have read this version, I am allowed to sign it for my organisation, and I agree to sign it electronically. My signature binds to the text with the fingerprint shown here, and to no later edit.",
} as const;

/**
 * A signature as it is shown and printed. Times are in ISO 8601; a signature on paper has only a day. `png` is a
 * picture of at most `LIMITS.drawnBytes` bytes.
 */
export type SignatureFact = {
  partyId: string;
  partyName: string;
  /**
   * Who named the signatory and who of their party confirmed it, as written by `namingWords`; null when it wasn't
   * recorded.
   */
  named: string | null;
  name: string;
  title: string;
  organisation: string;
  email: string;
  proof: "account" | "code" | "handed" | "paper";
  /** The person who passed the code on, with their party, if the proof is "handed". */
  handedBy: string | null;
  signedAt: string;
  /** The same moment on the signer's own clocks, in words with their time zone; null where that isn't known. */
  localTime?: string | null;
  address: string;
  browser: string;
  consentVersion: number;
  consentText: string;
  fingerprint: string;
  picture:
    | { kind: "typed"; text: string }
    | { kind: "drawn"; png: Uint8Array; /** Of the PNG. */ sha256: string }
    | { kind: "paper"; fileName: string; sha256: string; statedBy: string; confirmedBy: string | null };
};

/**
 * How a signatory was named. `namedFor` is the id of the party of the owner who named them; `namedBy` and `confirmedBy`
 * are people with their party, in words.
 */
export type Naming = { partyId: string; namedFor: string | null; namedBy: string | null; confirmedBy: string | null };

/**
 * The person who named a signatory, and the one who confirmed it if the other party did the naming; null when it wasn't
 * recorded.
 */
export function namingWords({ partyId, namedFor, namedBy, confirmedBy }: Naming, partyName: string): string | null {
  if (namedBy === null || namedFor === partyId) return namedBy;
  return `${namedBy}; confirmed by ${confirmedBy ?? nobodyOf(partyName)}`;
}

/** Whether the words written by `namingWords` say that nobody of the signatory's own party confirmed them. */
export function isNamingUnconfirmed({ named, partyName }: Pick<SignatureFact, "named" | "partyName">): boolean {
  return named !== null && named.endsWith(`; confirmed by ${nobodyOf(partyName)}`);
}

function nobodyOf(partyName: string): string {
  return `nobody of ${partyName}`;
}
