import { describe, expect, it } from "vitest";
import { applyWorkshopEvent, begunWorkshop } from "~/domain/workshop/apply-workshop";
import type { Plan, PlanEdit } from "~/domain/workshop/planning";
import type { Workshop } from "~/domain/workshop/shapes";
import type { AskAnswer } from "~/ui/workshop/ask-workshop";
import { planStore } from "~/ui/workshop/plan/plan-store";

/** A server that decides by the workshop's own rules, and can be cut off. */
function aServer() {
  const begun = begunWorkshop({
    type: "begin",
    title: "Onboarding",
    sides: { client: "client", provider: "provider" },
    participantId: "p1",
    name: "Priya",
    partyId: "provider",
  });
  if (!begun.ok) throw new Error("It didn't begin.");
  const state = { workshop: begun.value, sequence: 1, reachable: true, asked: 0, status: 200 };
  const planNow = (): Plan => {
    const { title, minutes, items } = state.workshop;
    return { title, minutes, items: items.map(({ id, subject, minutes: each }) => ({ id, subject, minutes: each })) };
  };
  async function ask(plan: Plan, from: string): Promise<AskAnswer> {
    state.asked++;
    const nothing = { refused: null, unreachable: false, code: null, status: 200, sequence: state.sequence };
    if (!state.reachable) return { ...nothing, refused: "Cut off.", unreachable: true, status: 0, sequence: null };
    if (state.status !== 200) return { ...nothing, refused: "Busy.", status: state.status, sequence: null };
    const result = applyWorkshopEvent(state.workshop, {
      by: "p1",
      at: state.sequence,
      change: { type: "plan", ...plan, items: [...plan.items], from },
    });
    if (!result.ok) return { ...nothing, refused: result.rejection.message, code: result.rejection.code };
    if (result.value !== state.workshop) state.sequence++;
    state.workshop = result.value;
    return { ...nothing, sequence: state.sequence };
  }
  return { state, planNow, ask, put: (next: Workshop) => ((state.workshop = next), state.sequence++) };
}

function aWindow(server: ReturnType<typeof aServer>) {
  const kept: { steps: readonly (readonly PlanEdit[])[] } = { steps: [] };
  const store = planStore(
    { sequence: server.state.sequence, plan: server.planNow() },
    { ask: server.ask, keep: (steps) => (kept.steps = steps), delayMs: 1_000_000 },
  );
  store.show(true);
  const hear = () => store.hear(server.state.sequence, server.planNow());
  return { store, kept, hear };
}

const add = (...ids: string[]): PlanEdit[] => [
  {
    type: "add",
    items: ids.map((id) => ({ id, subject: { kind: "duty", id: `d-${id}` }, minutes: 4 })),
    beforeId: null,
  },
];
const ids = ({ items }: Plan) => items.map(({ id }) => id).join("");

describe("the plan of a workshop in windows of its facilitator", () => {
  it("has the changes of both where two windows change it at once", async () => {
    const server = aServer();
    const [one, two] = [aWindow(server), aWindow(server)];
    one.store.edit(add("a"), "add", 0);
    two.store.edit(add("b"), "add", 0);
    expect(await one.store.flush()).toBe(true);
    // The second window hasn't heard of the first one's change when it sends its own.
    expect(await two.store.flush()).toBe(false);
    expect(ids(server.planNow())).toBe("a");
    two.hear();
    expect(await two.store.flush()).toBe(true);
    expect(ids(server.planNow())).toBe("ab");
    one.hear();
    expect(ids(one.store.onScreen().plan)).toBe("ab");
    expect(two.store.onScreen().save.kind).toBe("saved");
    two.store.show(false);
    one.store.show(false);
  });

  it("keeps what can't be sent, says how much, and a later page stores it", async () => {
    const server = aServer();
    server.state.reachable = false;
    const before = aWindow(server);
    before.store.edit(add("a"), "add", 0);
    before.store.edit([{ type: "time", minutes: 60 }], "time", 0);
    expect(await before.store.flush()).toBe(false);
    expect(before.store.onScreen().save).toMatchObject({ kind: "waiting", unsent: 2 });
    expect(before.store.hasUnsent()).toBe(true);
    before.store.show(false);
    server.state.reachable = true;
    const after = aWindow(server);
    after.store.adopt(before.kept.steps);
    expect(await after.store.flush()).toBe(true);
    expect(server.planNow()).toMatchObject({ minutes: 60, items: [{ id: "a" }] });
    expect(after.kept.steps).toEqual([]);
    after.store.show(false);
  });

  it("tries again what the server can't store now, and loses nothing of it", async () => {
    const server = aServer();
    const { store } = aWindow(server);
    server.state.status = 503;
    store.edit(add("a"), "add", 0);
    expect(await store.flush()).toBe(false);
    expect(store.onScreen().save).toMatchObject({ kind: "waiting", message: "Busy." });
    server.state.status = 200;
    expect(await store.flush()).toBe(true);
    expect(ids(server.planNow())).toBe("a");
    store.show(false);
  });

  it("keeps what somebody changed whose session has ended, and says why it isn't stored", async () => {
    const server = aServer();
    const { store, kept } = aWindow(server);
    server.state.status = 404;
    store.edit(add("a"), "add", 0);
    expect(await store.flush()).toBe(false);
    expect(store.onScreen().save).toMatchObject({ kind: "waiting", unsent: 1 });
    expect(kept.steps).toHaveLength(1);
    store.show(false);
  });

  it("stores all others where one of several changes is refused, and says which isn't done", async () => {
    const server = aServer();
    const { store, hear } = aWindow(server);
    store.edit(add("a", "b"), "add", 0);
    await store.flush();
    const talkedAbout = server.state.workshop.items.map((item) => (item.id === "a" ? { ...item, spentMs: 1 } : item));
    server.put({ ...server.state.workshop, items: talkedAbout });
    hear();
    store.edit([{ type: "remove", itemIds: ["a"] }], "remove", 0);
    store.edit(add("c"), "add", 5_000);
    expect(await store.flush()).toBe(true);
    expect(ids(server.planNow())).toBe("abc");
    expect(ids(store.onScreen().plan)).toBe("abc");
    expect(store.onScreen().save).toMatchObject({
      kind: "refused",
      message: expect.stringMatching(/stays in the plan/),
    });
    store.dismiss();
    expect(store.onScreen().save.kind).toBe("saved");
    store.show(false);
  });

  it("takes back one change at a time, where typing on in a field is one change", async () => {
    const server = aServer();
    const { store } = aWindow(server);
    store.edit(add("a"), "add", 0);
    store.edit([{ type: "title", title: "O" }], "title", 100);
    store.edit([{ type: "title", title: "On" }], "title", 200);
    store.undo();
    expect(store.onScreen().plan).toMatchObject({ title: "Onboarding", items: [{ id: "a" }] });
    store.undo();
    expect(store.onScreen().plan.items).toEqual([]);
    expect(store.undo()).toBe(false);
    await store.flush();
    expect(server.planNow().items).toEqual([]);
    store.show(false);
  });

  it("sends nothing that isn't right, and gives the sentence for its field", async () => {
    const server = aServer();
    const { store } = aWindow(server);
    expect(store.edit([{ type: "title", title: " " }], "title", 0)?.field).toBe("title");
    expect(store.edit([{ type: "time", minutes: 0 }], "time", 0)?.field).toBe("minutes");
    expect(await store.flush()).toBe(true);
    expect(server.state.asked).toBe(0);
  });
});
