import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { validMark } from "~/domain/agreement/agreement";
import { sameJson } from "~/domain/equal";
import { applyCommand, applyCommands } from "~/domain/editing/apply-command";
import { partiesHolding, ownerOf } from "~/domain/matrix/owner";
import type { Matrix } from "~/domain/matrix/matrix";
import { applyWorkshopEvent, begunWorkshop, workshopOf } from "~/domain/workshop/apply-workshop";
import { isOutdated, onBoard, proposalRefusal, settledCommands, settlementRefusal } from "~/domain/workshop/board";
import type { Change, WorkshopEvent } from "~/domain/workshop/events";
import { fullyHeard, proposingEnds } from "~/domain/workshop/items";
import { standingOf, standsAsParked, unparkCommands } from "~/domain/workshop/standing";
import { minutesOf } from "~/domain/workshop/minutes/minutes";
import type { Choice, Proposal, Settlement, Voice, Workshop } from "~/domain/workshop/shapes";
import { workshopView } from "~/domain/workshop/view/view";
import type { Viewer } from "~/domain/workshop/view/view-types";
import { matrixOf } from "../support/workshop-matrix";

/**
 * A workshop beside a board as the services keep them: what is shared, the events, and what is sealed in a store of its
 * own. Ten people, guests and members of three parties, do random things in a random order; what they ask for is refused
 * or done, their network loses answers so that they ask again, and the server starts anew from what it stored.
 */

const PEOPLE = ["p1", "p2", "p3", "c1", "c2", "c3", "v1", "x1", "x2", "x3"] as const;
const MEMBERS: ReadonlySet<string> = new Set(["p1", "p2", "c1", "c2", "v1"]);
const partyOf = (id: string) =>
  id.startsWith("p") || id === "x1" ? "provider" : id.startsWith("v") ? "vendors" : "client";
const ITEMS = ["i1", "i2", "i3", "i4"] as const;
const SPLITS: readonly Choice[] = [
  { kind: "split", does: ["client"], answers: "client" },
  { kind: "split", does: ["provider"], answers: "provider" },
  { kind: "split", does: ["client", "provider"], answers: "client" },
  { kind: "split", does: ["vendors"], answers: "client" },
  { kind: "split", does: ["client", "vendors"], answers: "provider" },
  { kind: "not-sure" },
];

type Doing =
  | {
      do:
        | "join"
        | "leave"
        | "take-over"
        | "pause"
        | "resume"
        | "open"
        | "adjourn"
        | "end"
        | "lose"
        | "restart"
        | "wait"
        | "undo";
    }
  | { do: "admit" | "refuse" | "second" | "hand-over" | "host"; whom: string }
  | {
      do: "go" | "skip" | "reveal" | "confirm" | "reopen" | "unseal" | "park" | "edit" | "delete" | "undelete";
      item: string;
    }
  | { do: "seal"; item: string; choice: Choice; forParty: boolean }
  | { do: "settle"; item: string; choice: Choice; as: "split" | "dispute" };
type Act = Doing & { who: string };

// Whoever leads and hosts acts more often, and mostly on the first item, so that what takes several of them happens.
const who = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom("p1", "p1", "p2", "c1") },
  { weight: 2, arbitrary: fc.constantFrom(...PEOPLE) },
);
const item = fc.oneof({ weight: 2, arbitrary: fc.constant("i1") }, { weight: 1, arbitrary: fc.constantFrom(...ITEMS) });
const choice = fc.constantFrom(...SPLITS);
const acts: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ who, do: fc.constantFrom("join", "leave", "take-over", "lose", "restart", "wait") }),
  },
  { weight: 1, arbitrary: fc.record({ who, do: fc.constantFrom("pause", "resume", "open", "adjourn", "end") }) },
  { weight: 1, arbitrary: fc.record({ who, do: fc.constant("undo") }) },
  {
    weight: 3,
    arbitrary: fc.record({ who, do: fc.constantFrom("admit", "refuse", "second", "hand-over", "host"), whom: who }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      who,
      do: fc.constantFrom("go", "skip", "reveal", "confirm", "reopen", "unseal", "park", "edit", "delete", "undelete"),
      item,
    }),
  },
  { weight: 8, arbitrary: fc.record({ who, do: fc.constant("seal"), item, choice, forParty: fc.boolean() }) },
  {
    weight: 3,
    arbitrary: fc.record({ who, do: fc.constant("settle"), item, choice, as: fc.constantFrom("split", "dispute") }),
  },
);

const BEGIN = {
  type: "begin",
  title: "Workshop",
  sides: { client: "client", provider: "provider" },
  participantId: "p1",
  name: "p1",
  partyId: "provider",
} as const;

/** The server: what it stores, and what it holds in memory. */
class Server {
  matrix: Matrix = matrixOf(4);
  workshop: Workshop;
  readonly events: WorkshopEvent[] = [{ by: "p1", at: 0, change: BEGIN }];
  readonly sealed = new Map<string, Proposal>();
  /** Every proposal that was sealed and neither taken back nor revealed, by the person's own account. */
  readonly owed = new Map<string, string>();
  readonly undone = new Set<string>();
  at = 0;
  secrets = 0;
  timesSettled = 0;
  last: (() => void) | null = null;

  constructor() {
    const begun = begunWorkshop(BEGIN);
    if (!begun.ok) throw new Error(begun.rejection.message);
    this.workshop = begun.value;
    const items = ITEMS.map((id, i) => ({ id, subject: { kind: "duty" as const, id: `d${i + 1}` }, minutes: 2 }));
    this.accept("p1", { type: "plan", title: "Workshop", minutes: 30, items });
    this.accept("p1", { type: "open" });
    for (const id of ["p2", "c1", "c2", "x1", "x2"]) {
      this.join(id);
      this.accept("p1", { type: "admit", participantIds: [id] });
    }
    this.accept("p2", { type: "host", participantId: "p2" });
    this.accept("c1", { type: "host", participantId: "c1" });
    this.accept("p1", { type: "go", itemId: "i1" });
  }

  accept(by: string | null, change: Change): boolean {
    const event = { by, at: this.at, change };
    const result = applyWorkshopEvent(this.workshop, event);
    if (!result.ok || result.value === this.workshop) return result.ok;
    if (change.type !== "undo" && by === this.workshop.facilitatorId) this.undoneAtOnce(this.workshop, result.value);
    this.workshop = result.value;
    this.events.push(event);
    return true;
  }

  join(id: string): void {
    const member = MEMBERS.has(id);
    this.accept(null, {
      type: "join",
      participantId: id,
      name: "Same name",
      partyId: partyOf(id),
      member,
      admitted: member,
    });
  }

  itemNow(id: string) {
    const found = this.workshop.items.find((one) => one.id === id);
    if (!found) throw new Error("No such item.");
    return found;
  }

  seal(by: string, itemId: string, choice: Choice, forParty: boolean): void {
    const reason = `secret-${this.secrets++}-of-${by}.`;
    const proposal = { choice, reason };
    if (proposalRefusal(this.matrix, this.itemNow(itemId), proposal)) return;
    if (!this.accept(by, { type: "seal", itemId, forParty })) return;
    this.sealed.set(`${itemId} ${by}`, proposal);
    this.owed.set(`${itemId} ${by}`, reason);
    this.revealOnceHeard();
  }

  revealOnceHeard(): void {
    const { current, stage } = this.workshop;
    if (current && stage === "open" && fullyHeard(this.workshop, this.itemNow(current)))
      this.reveal(null, current, "all");
  }

  reveal(by: string | null, itemId: string, why: "all" | "timer" | "facilitator"): void {
    const found = this.itemNow(itemId);
    if (found.revealed) return;
    const voices = found.sealed.flatMap((one): Voice[] => {
      const proposal = this.sealed.get(`${itemId} ${one.participantId}`);
      return proposal ? [{ ...one, proposal }] : [];
    });
    if (!this.accept(by, { type: "reveal", itemId, why, voices })) return;
    const { revealed } = this.itemNow(itemId);
    // Nothing is lost: every proposal that its owner left sealed is among the voices.
    const owed = [...this.owed].filter(([key]) => key.startsWith(`${itemId} `)).map(([, secret]) => secret);
    must(
      sameJson(revealed?.voices.map(({ proposal }) => proposal.reason).sort(), owed.sort()),
      "every proposal that was sealed is revealed",
    );
    for (const { participantId } of found.sealed) {
      this.sealed.delete(`${itemId} ${participantId}`);
      this.owed.delete(`${itemId} ${participantId}`);
    }
  }

  settle(by: string, itemId: string, settlement: Settlement): void {
    const found = this.itemNow(itemId);
    if (settlementRefusal(this.matrix, found, settlement, null)) return;
    this.accept(by, { type: "settle", itemId, settlement, terms: onBoard(this.matrix, found.subject)?.terms ?? null });
  }

  /** Confirms or parks; what that settles has to be on the board afterwards, or else isn't settled. */
  settleOnBoard(by: string, change: Extract<Change, { type: "confirm" | "park" }>): void {
    const before = this.workshop;
    const length = this.events.length;
    if (isOutdated(this.matrix, this.itemNow(change.itemId)) && change.type === "confirm") return;
    if (!this.accept(by, change) || this.workshop === before) return;
    const { settled, subject } = this.itemNow(change.itemId);
    if (!settled) return;
    const commands = settledCommands(this.matrix, { subject }, settled.settlement, this.workshop.sides);
    if (!commands.ok) {
      this.workshop = before;
      this.events.length = length;
      return;
    }
    const applied = applyCommands(this.matrix, commands.value);
    must(applied.rejected.length === 0, "the board takes what was settled");
    this.matrix = applied.matrix;
    this.checkOnBoard(subject.id, settled.settlement);
    this.timesSettled++;
  }

  checkOnBoard(dutyId: string, settlement: Settlement): void {
    const duty = this.matrix.duties.find(({ id }) => id === dutyId);
    if (!duty) throw new Error("What was settled isn't on the board.");
    const marks = ["client", "provider"].map((partyId) => validMark(this.matrix, duty, partyId)?.state);
    if (settlement.kind === "park") must(duty.standing?.kind === "parked", "what is parked is parked on the board");
    if (settlement.kind === "dispute") must(sameJson(marks, ["disputed", "disputed"]), "both positions are marks");
    if (settlement.kind !== "split") return;
    const doing = partiesHolding(this.matrix, duty, "R").map(({ id }) => id);
    must(sameJson(marks, ["agreed", "agreed"]), "both marks are on the board");
    must(sameJson(doing.sort(), [...settlement.does].sort()), "whoever was settled to do it does it");
    must(ownerOf(this.matrix, duty)?.id === settlement.answers, "whoever was settled to answer answers");
  }

  /** Takes back the facilitator's last step; what others said, and what was spent, is there as before. */
  undo(by: string): void {
    const before = this.workshop;
    const step = before.steps.at(-1);
    if (!this.accept(by, { type: "undo" }) || !step) return;
    this.undone.add(step.type);
    const item = before.items.find(({ id }) => id === step.itemId);
    const duty = item && this.matrix.duties.find(({ id }) => id === item.subject.id);
    if (item && duty && step.type === "park") {
      const isAsParked = standsAsParked(this.matrix, item);
      const applied = applyCommands(this.matrix, unparkCommands(this.matrix, item, step));
      must(applied.rejected.length === 0, "the board takes a standing back");
      this.matrix = applied.matrix;
      const standing = standingOf(this.matrix, item.subject);
      must(sameJson(standing, isAsParked ? step.standing : duty.standing), "only the workshop's own parking is lifted");
    }
    for (const one of before.items) {
      const now = this.itemNow(one.id);
      const both = one.settled && one.settled.settlement.kind !== "park";
      must(!both || sameJson(now.settled, one.settled), "what both hosts confirmed isn't undone");
      must(!one.revealed || sameJson(now.revealed, one.revealed), "what was revealed stays revealed");
      must(now.spentMs >= one.spentMs, "time that was spent stays spent");
    }
  }

  /** A step that the facilitator takes back at once leaves no trace but the time. */
  undoneAtOnce(before: Workshop, after: Workshop): void {
    if (after.steps.length === 0 || after.steps.at(-1) === before.steps.at(-1)) return;
    if (after.steps.at(-1)?.type === "reveal") return;
    const event = { by: after.facilitatorId, at: this.at, change: { type: "undo" } } as const;
    const undone = applyWorkshopEvent(after, event);
    const isSettled = after.items.some((one) => one.id === after.steps.at(-1)?.itemId && one.settled !== null);
    if (after.steps.at(-1)?.type === "settle" && isSettled) return must(!undone.ok, "both hosts' word isn't undone");
    must(undone.ok, "what was just done can be undone");
    if (undone.ok) must(sameJson(traceOf(undone.value), traceOf(before)), "undone is as it was before");
  }

  board(dutyId: string, deletes: boolean): void {
    const command = deletes
      ? ({ type: "duty.delete", dutyId } as const)
      : ({ type: "duty.edit", dutyId, set: { text: `Edited ${this.at}` } } as const);
    const result = applyCommand(this.matrix, command);
    if (result.ok) this.matrix = result.value;
  }

  restoreDuty(dutyId: string): void {
    if (this.matrix.duties.some(({ id }) => id === dutyId)) return;
    const result = applyCommand(this.matrix, {
      type: "duty.add",
      dutyId,
      domainId: "sup",
      text: "Back",
      beforeId: null,
    });
    if (result.ok) this.matrix = result.value;
  }

  /** Memory is gone; what was stored is all there is. */
  restart(): void {
    const again = workshopOf(this.events.map((event): WorkshopEvent => JSON.parse(JSON.stringify(event))));
    must(sameJson(again, { ok: true, value: this.workshop }), "what was stored gives another workshop");
    if (again.ok) this.workshop = again.value;
  }

  run(act: Act): void {
    this.at += 7_000;
    const by = act.who;
    const once = () => this.carryOut(by, act);
    if (act.do === "lose") this.last?.();
    else {
      once();
      this.last = once;
    }
    const ends = proposingEnds(this.workshop);
    if (this.workshop.current && ends !== null && ends <= this.at) this.reveal(null, this.workshop.current, "timer");
  }

  carryOut(by: string, act: Act): void {
    switch (act.do) {
      case "join":
        return this.join(by);
      case "admit":
        return void this.accept(by, { type: "admit", participantIds: [act.whom] });
      case "refuse":
      case "hand-over":
      case "host":
        this.accept(by, { type: act.do, participantId: act.whom });
        return this.revealOnceHeard();
      case "second":
        return void this.accept(by, { type: "second", participantId: act.whom, may: true });
      case "leave":
        this.accept(by, { type: "leave" });
        return this.revealOnceHeard();
      case "take-over":
      case "pause":
      case "resume":
      case "open":
      case "adjourn":
        return void this.accept(by, { type: act.do });
      case "end":
        // One in eight, or few workshops would go on for long.
        return void (this.at % 8 === 0 && this.accept(by, { type: "end", names: { items: {}, parties: [] } }));
      case "go":
      case "skip":
      case "reopen":
        return void this.accept(by, { type: act.do, itemId: act.item });
      case "unseal":
        if (this.accept(by, { type: "unseal", itemId: act.item })) {
          this.sealed.delete(`${act.item} ${by}`);
          this.owed.delete(`${act.item} ${by}`);
        }
        return;
      case "reveal":
        return this.reveal(by, act.item, "facilitator");
      case "confirm": {
        const number = this.itemNow(act.item).settling?.number ?? 0;
        return this.settleOnBoard(by, { type: "confirm", itemId: act.item, number });
      }
      case "park":
        if (settlementRefusal(this.matrix, this.itemNow(act.item), PARKED, null)) return;
        return this.settleOnBoard(by, {
          type: "park",
          itemId: act.item,
          owner: "Helen",
          until: "2027-01-01",
          standing: standingOf(this.matrix, this.itemNow(act.item).subject),
        });
      case "seal":
        return this.seal(by, act.item, act.choice, act.forParty);
      case "settle":
        return this.settle(by, act.item, settlementFor(act.as, act.choice));
      case "edit":
        return this.board(act.item.replace("i", "d"), false);
      case "delete":
        return this.board(act.item.replace("i", "d"), true);
      case "undelete":
        return this.restoreDuty(act.item.replace("i", "d"));
      case "undo":
        return this.undo(by);
      case "restart":
        return this.restart();
      case "lose":
      case "wait":
        return;
    }
  }

  /** What each viewer sees holds their own proposals and what is revealed, and no byte of anything else. */
  checkViews(leak: boolean): void {
    const board = { matrix: this.matrix, archived: false };
    const secretOf = (key: string) => this.owed.get(key) ?? "";
    for (const participantId of [...PEOPLE, "projector"]) {
      const own = [...this.sealed].flatMap(([key, proposal]) =>
        key.endsWith(` ${participantId}`) || leak ? [{ itemId: key.split(" ")[0] ?? "", proposal }] : [],
      );
      const viewer: Viewer =
        participantId === "projector"
          ? { kind: "projector", participantId: this.workshop.facilitatorId }
          : { kind: "participant", participantId, own };
      const seen = JSON.stringify(workshopView(this.workshop, board, viewer));
      for (const key of this.owed.keys())
        if (!key.endsWith(` ${participantId}`) && seen.includes(secretOf(key)))
          throw new Error(`${participantId} saw ${key} before its reveal.`);
    }
    const said = JSON.stringify([minutesOf(this.workshop, this.matrix), this.events, this.workshop]);
    for (const key of this.owed.keys()) if (said.includes(secretOf(key))) throw new Error(`${key} was written down.`);
  }

  checkLegal(): void {
    const { workshop } = this;
    const there = new Map(workshop.participants.map((one) => [one.id, one]));
    const isIn = (id: string) => there.get(id)?.state === "in" && there.get(id)?.member === true;
    must(isIn(workshop.facilitatorId), "a facilitator leads");
    for (const [partyId, id] of Object.entries(workshop.hosts))
      must(isIn(id) && there.get(id)?.partyId === partyId, "a host is of the party, and there");
    const labels = new Set(workshop.participants.map(({ label }) => label));
    must(labels.size === workshop.participants.length, "names are distinguished");
    must(workshop.stage === "open" || (!workshop.doorOpen && workshop.runningSince === null), "it rests when shut");
    must(workshop.current !== null || workshop.runningSince === null, "no time runs for nothing");
    for (const one of workshop.items) {
      const sealed = one.sealed.map(({ participantId }) => participantId);
      const voices = one.revealed?.voices.map(({ participantId }) => participantId);
      must(new Set(sealed).size === sealed.length, "each seals once");
      if (voices) must(sameJson(voices, sealed), "all that was sealed is revealed");
      else
        must(
          sealed.every((id) => this.sealed.has(`${one.id} ${id}`)),
          "what is said to be sealed is there",
        );
      const owed = [...this.owed.keys()].filter((key) => key.startsWith(`${one.id} `));
      must(
        owed.every((key) => sealed.includes(key.split(" ")[1] ?? "")),
        "whoever has sealed is said to have",
      );
      must(one.settling === null || one.settled === null, "nothing settled is on the table");
      const confirmed = Object.keys(one.settled?.confirmed ?? {}).sort();
      must(
        !one.settled || one.settled.settlement.kind === "park" || sameJson(confirmed, ["client", "provider"]),
        "both hosts confirmed",
      );
    }
  }
}

/** What undoing restores: all of a workshop but its times. */
function traceOf({ items, current }: Workshop) {
  return { current, items: items.map((item) => ({ ...item, spentMs: 0 })) };
}

function must(holds: boolean, words: string): void {
  if (!holds) throw new Error(`It doesn't hold that ${words}.`);
}

const PARKED = { kind: "park", owner: "Helen", until: "2027-01-01" } as const;

function settlementFor(as: "split" | "dispute", choice: Choice): Settlement {
  if (as === "dispute" || choice.kind !== "split")
    return { kind: "dispute", positions: { client: "Ours.", provider: "Ours." } };
  return { ...choice, boundary: "First half here, second half there." };
}

const SEED = 20_261_127;

describe("whatever happens in a workshop, in whatever order", () => {
  it("it stands legally at the end, nothing is lost, and nothing is seen before its reveal", () => {
    const reached = { revealed: 0, settled: 0, ended: 0 };
    const undone = new Set<string>();
    fc.assert(
      fc.property(fc.array(acts, { minLength: 10, maxLength: 40 }), (all) => {
        const server = new Server();
        for (const act of all) server.run(act);
        server.checkViews(false);
        server.checkLegal();
        server.restart();
        reached.revealed += server.workshop.items.filter(({ revealed }) => revealed).length;
        reached.settled += server.timesSettled;
        reached.ended += server.workshop.stage === "ended" ? 1 : 0;
        for (const type of server.undone) undone.add(type);
      }),
      { numRuns: 10_000, seed: SEED },
    );
    // The interleavings reach what they are about.
    expect(reached.revealed).toBeGreaterThan(2_000);
    expect(reached.settled).toBeGreaterThan(1_000);
    expect(reached.ended).toBeGreaterThan(50);
    expect([...undone].sort()).toEqual(["go", "park", "reopen", "settle", "skip"]);
  }, 300_000);

  it("it is looked through after every step, and a leak that is planted is found", () => {
    const run = (leak: boolean) =>
      fc.check(
        fc.property(fc.array(acts, { minLength: 10, maxLength: 40 }), (all) => {
          const server = new Server();
          for (const act of all) {
            server.run(act);
            server.checkViews(leak);
            server.checkLegal();
          }
        }),
        { numRuns: 200, seed: SEED },
      );
    expect(run(false).failed).toBe(false);
    expect(run(true).failed).toBe(true);
  }, 120_000);
});
