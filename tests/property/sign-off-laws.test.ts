import { describe, expect, it } from "vitest";
import { ok, type Result } from "~/domain/result";
import {
  applySignOffEvent,
  type NewSignatory,
  type Register,
  type SignOff,
  type SignOffEvent,
} from "~/domain/signing/sign-off";

const DEPTH = 6;
const CLIENT: NewSignatory = {
  id: "c",
  partyId: "client",
  name: "Maya",
  title: "IT director",
  email: "maya@northwind.example",
};
const SECOND: NewSignatory = {
  id: "d",
  partyId: "client",
  name: "Daniel",
  title: "Board",
  email: "daniel@northwind.example",
};
const PROVIDER: NewSignatory = {
  id: "p",
  partyId: "provider",
  name: "Tom",
  title: "vCIO",
  email: "tom@harbour.example",
};
const MORE: NewSignatory = { id: "n", partyId: "client", name: "Nora", title: "", email: "nora@northwind.example" };
const SUCCESSOR: NewSignatory = { id: "s", partyId: "client", name: "Sam", title: "", email: "sam@northwind.example" };

/** Two versions out at the same time; the signatories of the second have ids of their own. */
const onSecond = (one: NewSignatory): NewSignatory => ({ ...one, id: `2${one.id}` });
const fingerprintOf = (number: number) => String(number).repeat(64);

/** `joins` instead of an event: a party gets its first owner. */
type Step = { number: number; event: SignOffEvent } | { joins: string };
const on = (number: number, event: SignOffEvent): Step => ({ number, event });
const send = (number: number, order: "together" | "in-order", signatories: NewSignatory[], partyId = "client") =>
  on(number, { type: "send", partyId, order, signatories, blockers: [] });
const sign = (number: number, signatoryId: string) =>
  on(number, { type: "sign", signatoryId, fingerprint: fingerprintOf(number) });

/** Everything two parties can do, in a small alphabet: with two versions, two signatories of one side, paper, and those who step in; each side for itself, and the provider for the client. */
const ALPHABET: readonly Step[] = [
  send(1, "together", [CLIENT, PROVIDER]),
  send(1, "in-order", [CLIENT, SECOND, PROVIDER]),
  send(1, "together", [CLIENT, PROVIDER], "provider"),
  send(1, "in-order", [PROVIDER], "provider"),
  send(2, "together", [onSecond(CLIENT), onSecond(PROVIDER)]),
  sign(1, "c"),
  sign(1, "d"),
  sign(1, "p"),
  sign(1, "s"),
  sign(2, "2c"),
  sign(2, "2p"),
  on(1, { type: "decline", signatoryId: "c", reason: "Not like this" }),
  on(1, { type: "decline", signatoryId: "p", reason: "Not like this" }),
  on(1, { type: "withdraw", by: "Maya", reason: "A mistake" }),
  on(2, { type: "withdraw", by: "Tom", reason: "A mistake" }),
  on(1, { type: "state-paper", signatoryIds: ["c", "p"], partyId: "provider" }),
  on(1, { type: "confirm-paper", signatoryId: "c", partyId: "client" }),
  on(1, { type: "confirm-paper", signatoryId: "p", partyId: "provider" }),
  on(1, { type: "confirm-paper", signatoryId: "p", partyId: "client" }),
  on(1, { type: "refuse-paper", signatoryId: "c", partyId: "client" }),
  on(1, { type: "replace", signatoryId: "c", partyId: "client", with: SUCCESSOR }),
  on(1, { type: "remove", signatoryId: "d", partyId: "client" }),
  on(1, { type: "remind", signatoryId: "c" }),
  on(1, { type: "confirm", signatoryId: "c", partyId: "client" }),
  on(1, { type: "confirm", signatoryId: "p", partyId: "provider" }),
  on(2, { type: "confirm", signatoryId: "2p", partyId: "provider" }),
  on(1, { type: "confirm", signatoryId: "c", partyId: "provider" }),
  on(1, { type: "name", partyId: "client", signatory: MORE }),
  on(1, { type: "name", partyId: "provider", signatory: { ...MORE, id: "f" } }),
  on(1, { type: "replace", signatoryId: "c", partyId: "provider", with: SUCCESSOR }),
  on(1, { type: "remove", signatoryId: "d", partyId: "provider" }),
  sign(1, "n"),
  { joins: "client" },
  { joins: "provider" },
];

/** What one step makes of a register; a side that has an owner keeps one. */
function stepped(register: Register, step: Step): Result<Register> {
  if (!("joins" in step)) return applySignOffEvent(register, step.number, step.event);
  return ok(
    register.owned.includes(step.joins) ? register : { ...register, owned: [...register.owned, step.joins].sort() },
  );
}

const proposed = (number: number): SignOff => ({
  number,
  fingerprint: fingerprintOf(number),
  status: "proposed",
  supersededBy: null,
  round: null,
  ending: null,
});
const START: Register = {
  parties: { client: "client", provider: "provider" },
  owned: ["client", "provider"],
  versions: [proposed(1), proposed(2)],
};

const signedIds = ({ round }: SignOff) =>
  (round?.signatories ?? []).filter(({ state }) => state === "signed").map(({ id }) => id);

/** Who signs for a party that says itself who does, and whom it neither named nor confirmed. */
const foreign = ({ round }: SignOff, owned: readonly string[]) =>
  (round?.signatories ?? []).filter(
    ({ state, confirmed, partyId }) => state !== "removed" && !confirmed && owned.includes(partyId),
  );

/** What holds in every state. */
function illegal({ versions, owned }: Register): string | null {
  if (versions.filter(({ status }) => status === "agreed").length > 1) return "two versions are agreed";
  for (const { number, status, round, ending, supersededBy } of versions) {
    const asked = round?.signatories.filter(({ state }) => state !== "removed") ?? [];
    const all =
      asked.length > 0 &&
      asked.every(({ state }) => state === "signed") &&
      ["client", "provider"].every((party) => asked.some(({ partyId }) => partyId === party));
    const agreed = status === "agreed" || status === "superseded";
    const waits = asked.some(({ partyId, confirmed }) => !confirmed && owned.includes(partyId));
    if (agreed ? !all : all && !waits)
      return `version ${number} is ${status}, and ${all ? "everybody" : "not everybody"} has signed`;
    if ((status === "withdrawn") !== (ending !== null))
      return `version ${number} is ${status} ${ending ? "with" : "without"} an ending`;
    if ((status === "superseded") !== (supersededBy !== null))
      return `version ${number} is ${status}, superseded by ${supersededBy}`;
    if (supersededBy !== null && supersededBy < number) return `version ${number} was superseded by an older one`;
    if (new Set(asked.map(({ email }) => email)).size < asked.length) return "somebody is asked twice";
    if (round?.signatories.some(({ state, statedFor }) => state === "stated" && statedFor === null))
      return "something is stated by nobody";
  }
  return null;
}

/** What holds from one state to the next. */
function illegalMove(before: Register, after: Register, step: Step): string | null {
  for (const [i, was] of before.versions.entries()) {
    const is = after.versions[i];
    if (!is) return "a version is gone";
    const lost = signedIds(was).filter((id) => !signedIds(is).includes(id));
    if (lost.length > 0) return `the signature of ${lost.join()} is gone`;
    const won = signedIds(is).filter((id) => !signedIds(was).includes(id));
    if (won.length > 1) return "one event made two signatures";
    if (is.status === "agreed" && was.status !== "agreed" && foreign(is, before.owned).length > 0)
      return "agreed by somebody whom the other side named";
    if (
      foreign(was, before.owned).some(({ id, state }) =>
        is.round?.signatories.some(
          (one) =>
            one.id === id &&
            one.state !== state &&
            one.state !== "removed" &&
            is.status !== "withdrawn" &&
            !("event" in step && step.event.type === "refuse-paper"),
        ),
      )
    )
      return "somebody acted whom the other side named";
    const stood = (is.round?.signatories ?? []).filter(
      ({ id, confirmed }) => confirmed && was.round?.signatories.some((one) => one.id === id && !one.confirmed),
    );
    if (
      stood.some(({ partyId }) => !("event" in step && step.event.type === "confirm" && step.event.partyId === partyId))
    )
      return "confirmed by somebody else than an owner of their side";
    if (won.length > 0 && was.status !== "proposed") return `signed while ${was.status}`;
    if (
      won.length > 0 &&
      before.versions.some(
        ({ number, status }) => number > is.number && (status === "agreed" || status === "superseded"),
      )
    )
      return "signed after a newer version was agreed";
    const order = ["proposed", "agreed", "superseded"];
    if (was.status === "withdrawn" && is.status !== "withdrawn") return "withdrawn and back";
    if (is.status !== "withdrawn" && order.indexOf(is.status) < order.indexOf(was.status))
      return `from ${was.status} to ${is.status}`;
    if (is.status === "withdrawn" && was.status !== "withdrawn" && was.status !== "proposed")
      return "withdrawn after it was agreed";
  }
  const again = stepped(after, step);
  // Sent twice, an event changes nothing more than once.
  return again.ok && again.value !== after ? "the same event counts twice" : null;
}

/** Goes through every sequence of steps up to a depth. A sequence's future depends on the state it led to alone, so each state is gone on from once. */
function walk(
  start: Register,
  alphabet: readonly Step[],
  seen: (before: Register, after: Register, step: Step) => void,
): string[] {
  let frontier = [start];
  const reached = new Set([JSON.stringify(start)]);
  const unspoken: string[] = [];
  for (let depth = 1; depth <= DEPTH; depth++) {
    const next: Register[] = [];
    for (const state of frontier) {
      for (const step of alphabet) {
        const result = stepped(state, step);
        if (!result.ok) {
          if (!/^[A-Z0-9].*[.”]$/.test(result.rejection.message))
            unspoken.push(`no sentence: ${result.rejection.message}`);
          continue;
        }
        seen(state, result.value, step);
        const key = JSON.stringify(result.value);
        if (reached.has(key)) continue;
        reached.add(key);
        next.push(result.value);
      }
    }
    frontier = next;
  }
  return unspoken;
}

const statuses = ({ versions }: Register) => versions.map(({ status }) => status).join();

describe("the sign-off of two versions", () => {
  // Where the other side confirms first, two versions take more events than these to be agreed one after the other.
  const REACHED = [
    "agreed,proposed",
    "agreed,withdrawn",
    "proposed,agreed",
    "proposed,proposed",
    "proposed,withdrawn",
    "withdrawn,agreed",
    "withdrawn,proposed",
    "withdrawn,withdrawn",
  ];

  it.each([
    ["both sides have", ["client", "provider"], REACHED],
    ["only the client has", ["client"], [...REACHED, "superseded,agreed"].sort()],
    ["only the provider has", ["provider"], REACHED],
  ])(
    `stays legal through every sequence of up to ${DEPTH} events of two parties, where %s an owner`,
    (_which, owned, comesTo) => {
      const reached = new Set<string>();
      const troubles: string[] = [];
      const unspoken = walk({ ...START, owned }, ALPHABET, (before, after, step) => {
        const trouble = illegal(after) ?? illegalMove(before, after, step);
        if (trouble) troubles.push(`${trouble}, after ${JSON.stringify(step)}`);
        reached.add(statuses(after));
      });
      expect([...unspoken, ...troubles].slice(0, 5)).toEqual([]);
      // The walk is worth something only if it comes everywhere.
      expect([...reached].sort()).toEqual(comesTo);
    },
  );
});

describe("the provider alone", () => {
  /** What only an owner of the client does. Whoever signs may sit at an address of the provider's, so that is left. */
  const isTheClients = (step: Step) => "event" in step && "partyId" in step.event && step.event.partyId === "client";

  it(`comes to no agreed version and to no act of a signatory of the client, whatever it does ${DEPTH} times`, () => {
    const troubles = new Set<string>();
    let states = 0;
    walk(
      START,
      ALPHABET.filter((step) => !isTheClients(step)),
      (_before, after, step) => {
        states += 1;
        for (const { status, round } of after.versions) {
          if (status === "agreed") troubles.add(`agreed, after ${JSON.stringify(step)}`);
          for (const { partyId, state } of round?.signatories ?? [])
            if (partyId === "client" && state !== "waiting")
              troubles.add(`a signatory of the client is ${state}, after ${JSON.stringify(step)}`);
        }
      },
    );
    expect([...troubles]).toEqual([]);
    expect(states).toBeGreaterThan(100);
  });

  it("says so where the client has no owner who could be asked", () => {
    let agreed = 0;
    walk(
      { ...START, owned: ["provider"] },
      ALPHABET.filter((step) => !isTheClients(step) && !("joins" in step)),
      (_before, { versions: [first] }) => {
        if (first?.status !== "agreed") return;
        agreed += 1;
        expect(first.round?.signatories.some(({ partyId, confirmed }) => partyId === "client" && !confirmed)).toBe(
          true,
        );
      },
    );
    expect(agreed).toBeGreaterThan(0);
  });
});
