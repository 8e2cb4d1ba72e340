import { describe, expect, it } from "vitest";
import fc from "fast-check";
import { LIMITS } from "~/domain/limits";
import { applyWorkshopEvent, begunWorkshop } from "~/domain/workshop/apply-workshop";
import {
  checkPlan,
  editedPlan,
  fittingOf,
  neededMinutes,
  planHash,
  takenBack,
  USUAL_MINUTES,
  type Plan,
  type PlanEdit,
  type TimedItem,
} from "~/domain/workshop/planning";
import { suggestedDuties } from "~/domain/workshop/reasons";
import { aDuty, aMatrix } from "../support/matrices";

const item = (id: string, minutes = 4) => ({ id, subject: { kind: "duty" as const, id: `d-${id}` }, minutes });
const planOf = (...ids: string[]): Plan => ({ title: "Onboarding", minutes: 90, items: ids.map((id) => item(id)) });
const ids = ({ items }: Plan) => items.map(({ id }) => id).join("");
const timed = (id: string, more: Partial<TimedItem> = {}): TimedItem => ({
  id,
  minutes: 4,
  spentMs: 0,
  done: false,
  fixed: false,
  ...more,
});

const anEdit: fc.Arbitrary<PlanEdit> = fc.oneof(
  fc.record({ type: fc.constant("title" as const), title: fc.constantFrom("A", "B") }),
  fc.record({ type: fc.constant("time" as const), minutes: fc.constantFrom(null, 60, 90) }),
  fc.record({
    type: fc.constant("add" as const),
    items: fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { maxLength: 4 }).map((list) => list.map((id) => item(id))),
    beforeId: fc.constantFrom(null, ..."abcdefgh"),
  }),
  fc.record({
    type: fc.constant("remove" as const),
    itemIds: fc.uniqueArray(fc.constantFrom(..."abcdefgh"), { maxLength: 4 }),
  }),
  fc.record({
    type: fc.constant("move" as const),
    itemId: fc.constantFrom(..."abcdefgh"),
    beforeId: fc.constantFrom(null, ..."abcdefgh"),
  }),
  fc.record({
    type: fc.constant("minutes" as const),
    each: fc.dictionary(fc.constantFrom(..."abcdefgh"), fc.integer({ min: 1, max: 9 })),
  }),
);

describe("a plan that is edited", () => {
  it("is moved before another, to the top and to the end, and what isn't there moves nothing", () => {
    const plan = planOf("a", "b", "c", "d");
    expect(ids(editedPlan(plan, { type: "move", itemId: "d", beforeId: "b" }))).toBe("adbc");
    expect(ids(editedPlan(plan, { type: "move", itemId: "c", beforeId: "a" }))).toBe("cabd");
    expect(ids(editedPlan(plan, { type: "move", itemId: "a", beforeId: null }))).toBe("bcda");
    expect(ids(editedPlan(plan, { type: "move", itemId: "x", beforeId: "a" }))).toBe("abcd");
  });

  it("never has a duty twice, however it is added", () => {
    const twice = editedPlan(planOf("a"), {
      type: "add",
      items: [{ ...item("z"), subject: { kind: "duty", id: "d-a" } }, item("b")],
      beforeId: null,
    });
    expect(ids(twice)).toBe("ab");
  });

  it("changes once where an edit arrives twice, and every edit can be taken back", () => {
    fc.assert(
      fc.property(fc.array(anEdit, { maxLength: 12 }), anEdit, (before, edit) => {
        const plan = before.reduce(editedPlan, planOf("a", "b", "c"));
        const once = editedPlan(plan, edit);
        expect(planHash(editedPlan(once, edit))).toBe(planHash(once));
        expect(planHash(takenBack(plan, edit).reduce(editedPlan, once))).toBe(planHash(plan));
      }),
    );
  });

  it("says in a sentence which part of it is wrong", () => {
    const fieldOf = (plan: Plan) => {
      const checked = checkPlan(plan);
      return checked.ok ? null : checked.rejection;
    };
    expect(fieldOf(planOf("a"))).toBe(null);
    expect(fieldOf({ ...planOf("a"), title: " " })?.code).toBe("title");
    expect(fieldOf({ ...planOf("a"), minutes: 0 })).toMatchObject({ code: "minutes" });
    expect(fieldOf({ ...planOf("a"), minutes: 1.5 })?.message).toMatch(/whole minutes/);
    expect(fieldOf({ ...planOf(), items: [item("a", LIMITS.itemMinutes + 1)] })?.code).toBe("items");
    expect(
      fieldOf({ ...planOf(), items: Array.from({ length: LIMITS.workshopItems + 1 }, (_, i) => item(`i${i}`)) }),
    ).toMatchObject({ code: "items", message: expect.stringMatching(/at most 200/) });
  });
});

describe("the time of a plan", () => {
  it("counts what is left as planned, and what is done as it was spent", () => {
    expect(neededMinutes([timed("a"), timed("b", { done: true, spentMs: 90_000, minutes: 10 })])).toBe(6);
    expect(neededMinutes([timed("a", { spentMs: 7 * 60_000 })])).toBe(7);
  });

  it("fits by equal minutes or without the last items, and takes nothing out that was talked about", () => {
    const ten = Array.from({ length: 10 }, (_, i) => timed(`i${i}`));
    expect(fittingOf(ten, 25)).toEqual({ even: 2, drop: ["i9", "i8", "i7", "i6"] });
    expect(fittingOf(ten, 9).even).toBe(null);
    const fixed = [timed("a"), timed("b"), timed("c", { fixed: true })];
    expect(fittingOf(fixed, 8).drop).toEqual(["b"]);
    expect(fittingOf([timed("a", { spentMs: 60_000 * 20, fixed: true })], 10)).toEqual({ even: null, drop: [] });
  });

  it("is never exceeded by what it is brought to", () => {
    const anItem = fc.record({
      id: fc.uuid(),
      minutes: fc.integer({ min: 1, max: 120 }),
      spentMs: fc.constantFrom(0, 0, 60_000, 600_000),
      done: fc.boolean(),
      fixed: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anItem, { maxLength: 30 }), fc.integer({ min: 1, max: 600 }), (items, minutes) => {
        const { even, drop } = fittingOf(items, minutes);
        const open = ({ done, spentMs }: TimedItem) => !done && spentMs === 0;
        if (even !== null)
          expect(neededMinutes(items.map((one) => (open(one) ? { ...one, minutes: even } : one)))).toBeLessThanOrEqual(
            minutes,
          );
        if (drop.length > 0)
          expect(neededMinutes(items.filter(({ id }) => !drop.includes(id)))).toBeLessThanOrEqual(minutes);
        expect(items.some(({ id, fixed }) => fixed && drop.includes(id))).toBe(false);
      }),
    );
  });
});

describe("a plan that is stored", () => {
  const begun = begunWorkshop({
    type: "begin",
    title: "Onboarding",
    sides: { client: "client", provider: "provider" },
    participantId: "p1",
    name: "Priya",
    partyId: "provider",
  });
  if (!begun.ok) throw new Error("It didn't begin.");
  const workshop = begun.value;
  const put = (on: typeof workshop, plan: Plan, from?: string) =>
    applyWorkshopEvent(on, {
      by: "p1",
      at: 1,
      change: { type: "plan", ...plan, items: [...plan.items], ...(from === undefined ? {} : { from }) },
    });

  it("begins with the usual time", () => expect(workshop.minutes).toBe(USUAL_MINUTES));

  it("is refused where it was made from a plan that another window has changed, and so takes nothing back", () => {
    const from = planHash(workshop);
    const first = put(workshop, planOf("a", "b"), from);
    if (!first.ok) throw new Error(first.rejection.message);
    const second = put(first.value, planOf("c"), from);
    expect(second).toMatchObject({ ok: false, rejection: { code: "plan-changed" } });
    expect(put(first.value, planOf("a", "b", "c"), planHash(first.value)).ok).toBe(true);
  });

  it("is stored once where the same request arrives twice", () => {
    const from = planHash(workshop);
    const first = put(workshop, planOf("a"), from);
    if (!first.ok) throw new Error(first.rejection.message);
    const again = put(first.value, planOf("a"), from);
    expect(again.ok && again.value).toBe(first.value);
  });

  it("is refused with a sentence about the part that is wrong", () => {
    expect(put(workshop, { ...planOf("a"), minutes: 601 })).toMatchObject({
      ok: false,
      rejection: { code: "minutes" },
    });
    expect(put(workshop, { ...planOf(), items: [item("a", 0)] })).toMatchObject({
      ok: false,
      rejection: { code: "items" },
    });
  });
});

describe("duties that are suggested", () => {
  it("are those with the most reasons and the largest risk, in the order of the board, and none without a reason", () => {
    const matrix = aMatrix({
      duties: [
        aDuty({ id: "a", code: "SUP-01" }),
        aDuty({ id: "b", code: "SUP-02", cover: "24x7", stance: "defend" }),
        aDuty({ id: "c", code: "SUP-03" }),
        aDuty({ id: "d", code: "SUP-04", cover: "24x7" }),
      ],
    });
    const choices = {
      duties: matrix.duties.map(({ id, code, text, domainId }) => ({
        dutyId: id,
        code,
        text,
        domainId,
        reasons:
          id === "d"
            ? []
            : id === "c"
              ? (["unassigned", "finding"] as const).slice()
              : (["unassigned"] as const).slice(),
      })),
    };
    expect(suggestedDuties(matrix, choices, new Set(), 2)).toEqual(["b", "c"]);
    expect(suggestedDuties(matrix, choices, new Set(["b"]), 5)).toEqual(["a", "c"]);
    expect(suggestedDuties(matrix, choices, new Set(), -1)).toEqual([]);
  });
});
