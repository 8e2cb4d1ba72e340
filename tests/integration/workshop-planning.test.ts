import { describe, expect, it } from "vitest";
import { write } from "~/db/client.server";
import { AppError } from "~/domain/errors";
import { planHash, type Plan } from "~/domain/workshop/planning";
import type { Asked } from "~/domain/workshop/asked";
import { changeWorkshop } from "~/services/workshop/changing.server";
import { viewPlan } from "~/services/workshop/planning.server";
import { createWorkshop, listWorkshops } from "~/services/workshop/workshops.server";
import { openSample } from "~/services/engagement/engagements.server";
import { viewMinutes } from "~/services/workshop/viewing.server";
import { anEngagement, aUser } from "../support/stored";
import { matrixOf } from "../support/workshop-matrix";
import { aMember, ask, aWorkshop, CLIENT, comeIn, look, propose, type Seat } from "../support/workshops";

const NOW = new Date("2026-11-27T09:00:00Z");

function actorOf({ entrant: { actor } }: Seat) {
  if (!actor) throw new Error("A guest has no account.");
  return actor;
}

const planAsked = (plan: Plan, from?: string): Asked => ({
  type: "plan",
  ...plan,
  items: [...plan.items],
  ...(from === undefined ? {} : { from }),
});

const codeOf = async (run: () => Promise<unknown>) => {
  try {
    await run();
    return "ok";
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
};

async function ledPlan(ground: Awaited<ReturnType<typeof aWorkshop>>) {
  const view = await viewPlan(actorOf(ground.facilitator), ground.matrixId, ground.workshopId, NOW);
  if (view.kind !== "led") throw new Error("The facilitator doesn't lead.");
  const { title, room, plan } = view.page.shown;
  const items = plan.map(({ itemId, subject, minutes }) => ({ id: itemId, subject, minutes }));
  return { view, plan: { title, minutes: room?.minutes ?? null, items } satisfies Plan };
}

describe("the plan of a workshop", () => {
  it("is shown to whoever leads it, by name to others of the matrix, and on no other matrix", async () => {
    const ground = await aWorkshop();
    const { view } = await ledPlan(ground);
    expect(view).toMatchObject({ editable: true, version: null });
    expect(view.choices.duties).toHaveLength(3);
    expect(view.page.shown.door?.link).toContain("/join/");
    const others = await viewPlan(actorOf(ground.client), ground.matrixId, ground.workshopId, NOW);
    expect(others).toEqual({
      kind: "others",
      workshopId: ground.workshopId,
      number: 1,
      title: "Workshop",
      stage: "open",
      facilitator: "Priya Nair",
    });
    const elsewhere = await anEngagement(actorOf(ground.facilitator), matrixOf(1));
    expect(await codeOf(() => viewPlan(actorOf(ground.facilitator), elsewhere.matrixId, ground.workshopId, NOW))).toBe(
      "not-found",
    );
    expect(await codeOf(async () => viewPlan(await aUser("Stranger"), ground.matrixId, ground.workshopId, NOW))).toBe(
      "not-found",
    );
  });

  it("can't be changed on an archived matrix, and can still be read", async () => {
    const ground = await aWorkshop();
    await write((tx) => tx.matrix.update({ where: { id: ground.matrixId }, data: { archivedAt: NOW } }));
    expect((await ledPlan(ground)).view).toMatchObject({
      editable: false,
      page: { shown: { room: { archived: true } } },
    });
  });

  it("takes back nothing of another window, and stores the same request once", async () => {
    const ground = await aWorkshop({ duties: 4 });
    const { facilitator, workshopId } = ground;
    const { plan } = await ledPlan(ground);
    const from = planHash(plan);
    const [first, second, ...rest] = plan.items;
    if (!first || !second) throw new Error("Nothing is planned.");
    const swapped = { ...plan, items: [second, first, ...rest] };
    const once = await changeWorkshop(facilitator.entrant, workshopId, [planAsked(swapped, from)], NOW);
    const twice = await changeWorkshop(facilitator.entrant, workshopId, [planAsked(swapped, from)], NOW);
    expect(twice).toEqual(once);
    const other = await changeWorkshop(
      facilitator.entrant,
      workshopId,
      [planAsked({ ...plan, title: "Other" }, from)],
      NOW,
    );
    expect(other.rejected).toMatchObject([{ rejection: { code: "plan-changed" } }]);
    expect((await ledPlan(ground)).plan).toEqual(swapped);
  });

  it("is refused with a sentence for the field that is wrong, and changes nothing", async () => {
    const ground = await aWorkshop();
    const { facilitator, workshopId } = ground;
    const { plan } = await ledPlan(ground);
    const many = Array.from({ length: 201 }, (_, i) => ({
      id: `m${i}`,
      subject: { kind: "duty" as const, id: `d${i}` },
      minutes: 4,
    }));
    expect(await ask(facilitator, workshopId, planAsked({ ...plan, title: "x".repeat(10_000) }))).toMatch(
      /workshop's name/,
    );
    expect(await ask(facilitator, workshopId, planAsked({ ...plan, minutes: 2.5 }))).toMatch(/whole minutes/);
    expect(await ask(facilitator, workshopId, planAsked({ ...plan, items: [...plan.items, ...many] }))).toMatch(
      /deleted from the board|at most 200/,
    );
    expect((await ledPlan(ground)).plan).toEqual(plan);
  });

  it("says how many have proposed beforehand and which items stay, and never what was proposed", async () => {
    const ground = await aWorkshop();
    await ask(ground.facilitator, ground.workshopId, { type: "go", itemId: "i1" });
    await ask(ground.client, ground.workshopId, propose("i3", CLIENT, "A reason of Maya's."));
    await ask(ground.ruth, ground.workshopId, propose("i3", CLIENT, "A reason of Ruth's."));
    await ask(ground.ruth, ground.workshopId, propose("i1", CLIENT, "Of the one talked about."));
    const { view } = await ledPlan(ground);
    expect(view.page.shown.room?.proposedBeforehand).toBe(2);
    expect(view.page.shown.plan.map(({ fixed }) => fixed)).toEqual([true, false, true]);
    expect(JSON.stringify(view)).not.toContain("A reason");
    expect((await look(ground.tom, ground.workshopId)).room?.proposedBeforehand).toBe(2);
  });
});

describe("the list of workshops", () => {
  it("says who leads, what came of each, and what the engagement's workshops settle in an hour", async () => {
    const maya = await aUser("Maya");
    const matrixId = await openSample(maya, NOW);
    const { workshops, total, settledAnHour } = await listWorkshops(maya, matrixId);
    expect({ total, settledAnHour }).toEqual({ total: 1, settledAnHour: 7.5 });
    expect(workshops).toMatchObject([
      {
        number: 1,
        stage: "ended",
        facilitator: "Luis Ortega",
        leads: false,
        items: 10,
        settled: 6,
        parked: 1,
        disputed: 1,
      },
    ]);
    const [held] = workshops;
    const minutes = await viewMinutes({ actor: maya, passes: [] }, held?.workshopId ?? "");
    expect(minutes.parked.map(({ words }) => words)).toEqual(["Parked until 18 Dec 2026 with Ruth Adeyemi."]);
  });

  it("has the newest fifty and says how many there are, with those that the reader leads", async () => {
    const maya = await aUser("Maya");
    const { engagementId, matrixId } = await anEngagement(maya, matrixOf(1));
    const priya = await aMember(engagementId, "Priya", "provider", "owner");
    for (let number = 1; number <= 51; number++) {
      await write((tx) => tx.attempt.deleteMany());
      await createWorkshop(number === 51 ? priya : maya, matrixId, { title: `Workshop ${number}` }, NOW);
    }
    const { workshops, total } = await listWorkshops(priya, matrixId);
    expect(total).toBe(51);
    expect(workshops).toHaveLength(50);
    expect(workshops[0]).toMatchObject({ number: 51, leads: true, openedAt: null, settledAnHour: null });
    expect(workshops.filter(({ leads }) => leads)).toHaveLength(1);
    const [newest] = workshops;
    expect(await comeIn(maya, newest?.workshopId ?? "")).toMatchObject({ name: "Maya" });
  });
});
