import { describe, expect, it } from "vitest";
import { signOff, type NewSignatory, type Register, type SignOff, type SignOffEvent } from "~/domain/sign-off";

const DEPTH = 6;
const CLIENT: NewSignatory = { id: "c", partyId: "client", name: "Maya", title: "IT director", email: "maya@northwind.example" };
const SECOND: NewSignatory = { id: "d", partyId: "client", name: "Daniel", title: "Board", email: "daniel@northwind.example" };
const PROVIDER: NewSignatory = { id: "p", partyId: "provider", name: "Tom", title: "vCIO", email: "tom@harbour.example" };
const SUCCESSOR: NewSignatory = { id: "s", partyId: "client", name: "Sam", title: "", email: "sam@northwind.example" };

/** Two versions out at the same time; the signatories of the second have ids of their own. */
const onSecond = (one: NewSignatory): NewSignatory => ({ ...one, id: `2${one.id}` });
const fingerprintOf = (number: number) => String(number).repeat(64);

type Step = { number: number; event: SignOffEvent };
const on = (number: number, event: SignOffEvent): Step => ({ number, event });
const send = (number: number, order: "together" | "in-order", signatories: NewSignatory[]) => on(number, { type: "send", order, signatories, blockers: [] });
const sign = (number: number, signatoryId: string) => on(number, { type: "sign", signatoryId, fingerprint: fingerprintOf(number) });

/** Everything two parties can do, in a small alphabet: with two versions, two signatories of one side, paper, and one who steps in. */
const ALPHABET: readonly Step[] = [
  send(1, "together", [CLIENT, PROVIDER]),
  send(1, "in-order", [CLIENT, SECOND, PROVIDER]),
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
];

const proposed = (number: number): SignOff => ({ number, fingerprint: fingerprintOf(number), status: "proposed", supersededBy: null, round: null, ending: null });
const START: Register = { parties: { client: "client", provider: "provider" }, versions: [proposed(1), proposed(2)] };

const signedIds = ({ round }: SignOff) => (round?.signatories ?? []).filter(({ state }) => state === "signed").map(({ id }) => id);

/** What holds in every state. */
function illegal({ versions }: Register): string | null {
  if (versions.filter(({ status }) => status === "agreed").length > 1) return "two versions are agreed";
  for (const { number, status, round, ending, supersededBy } of versions) {
    const asked = round?.signatories.filter(({ state }) => state !== "removed") ?? [];
    const all = asked.length > 0 && asked.every(({ state }) => state === "signed") && ["client", "provider"].every((party) => asked.some(({ partyId }) => partyId === party));
    if (all !== (status === "agreed" || status === "superseded")) return `version ${number} is ${status}, and ${all ? "everybody" : "not everybody"} has signed`;
    if ((status === "withdrawn") !== (ending !== null)) return `version ${number} is ${status} ${ending ? "with" : "without"} an ending`;
    if ((status === "superseded") !== (supersededBy !== null)) return `version ${number} is ${status}, superseded by ${supersededBy}`;
    if (supersededBy !== null && supersededBy < number) return `version ${number} was superseded by an older one`;
    if (new Set(asked.map(({ email }) => email)).size < asked.length) return "somebody is asked twice";
    if (round?.signatories.some(({ state, statedFor }) => state === "stated" && statedFor === null)) return "something is stated by nobody";
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
    if (won.length > 0 && was.status !== "proposed") return `signed while ${was.status}`;
    if (won.length > 0 && before.versions.some(({ number, status }) => number > is.number && (status === "agreed" || status === "superseded"))) return "signed after a newer version was agreed";
    const order = ["proposed", "agreed", "superseded"];
    if (was.status === "withdrawn" && is.status !== "withdrawn") return "withdrawn and back";
    if (is.status !== "withdrawn" && order.indexOf(is.status) < order.indexOf(was.status)) return `from ${was.status} to ${is.status}`;
    if (is.status === "withdrawn" && was.status !== "withdrawn" && was.status !== "proposed") return "withdrawn after it was agreed";
  }
  const again = signOff(after, step.number, step.event);
  // Sent twice, an event changes nothing more than once.
  return again.ok && again.value !== after ? "the same event counts twice" : null;
}

describe("the sign-off of two versions", () => {
  it(`stays legal through every sequence of up to ${DEPTH} events of two parties`, () => {
    // A sequence's future depends on the state it led to alone, so each state is gone on from once.
    let frontier = new Map([[JSON.stringify(START), START]]);
    const seen = new Set(frontier.keys());
    const reached = new Set<string>();
    const troubles: string[] = [];
    for (let depth = 1; depth <= DEPTH; depth++) {
      const next = new Map<string, Register>();
      for (const state of frontier.values()) {
        for (const step of ALPHABET) {
          const result = signOff(state, step.number, step.event);
          if (!result.ok) {
            if (!/^[A-Z0-9].*[.”]$/.test(result.rejection.message)) troubles.push(`no sentence: ${result.rejection.message}`);
            continue;
          }
          const trouble = illegal(result.value) ?? illegalMove(state, result.value, step);
          if (trouble) troubles.push(`${trouble}, after ${JSON.stringify(step)}`);
          const key = JSON.stringify(result.value);
          if (seen.has(key)) continue;
          seen.add(key);
          next.set(key, result.value);
          reached.add(result.value.versions.map(({ status }) => status).join());
        }
      }
      frontier = next;
    }
    expect(troubles.slice(0, 5)).toEqual([]);
    // The walk is worth something only if it comes everywhere.
    expect([...reached].sort()).toEqual(["agreed,proposed", "agreed,withdrawn", "proposed,agreed", "proposed,proposed", "proposed,withdrawn", "superseded,agreed", "withdrawn,agreed", "withdrawn,proposed", "withdrawn,withdrawn"]);
  });
});
