import type { Page } from "@playwright/test";
import { alive, createEngagement, expect, expectAccessible, test, type App } from "./app";

const ZONE = "Europe/London";
const ALL_WEEK = Object.fromEntries(
  ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [`week-${day}`, "00:00 to 24:00"]),
);
const LONG_AGO = "2026-01-05";
const today = () => new Date().toISOString().slice(0, 10);

type Draft = { roles: { id: string; name: string; partyId: string }[]; parties: { id: string; kind: string }[] };

/**
 * An engagement with one path, which calls the service desk at once, the IT lead after 15 minutes, and leadership after an
 * hour, who may decide. Dee of the desk and Cleo of leadership are there at every hour; Ann, the lead, is on call by a
 * rota but on Saturdays until eight. Opens the path.
 */
async function withHole(page: Page, app: App, client: string) {
  await createEngagement(page, app, client, "Tarnbrook IT", "iam");
  const matrix = page.url().replace(/\/board.*/, "");
  const draft = (await (await page.request.get(`${matrix}/export/json`)).json()) as Draft;
  const roleId = (name: string) => draft.roles.find((role) => role.name === name)?.id ?? "";
  const [lead, director, desk] = [roleId("IT lead"), roleId("Leadership"), roleId("Service desk")];
  const own = { "sec-fetch-site": "same-origin" };
  const level = (minutes: number, called: string, decides: boolean) => ({
    minutes,
    calls: [{ roleId: called, direction: "up" }],
    channels: ["phone", "sms"],
    decides,
    may: "",
  });
  const path = {
    kind: "incident",
    name: "S1",
    trigger: "Work has stopped for most people, or a live attack",
    examples: "",
    clock: { kind: "always" },
    levels: { l1: level(0, desk, false), l2: level(15, lead, true), l3: level(60, director, true) },
    repeats: 0,
    roundMinutes: null,
    updateMinutes: 30,
    decisionTarget: 30,
    restoreTarget: 240,
    handover: "",
    lastResort: "The site is cut off",
  };
  const commands = [{ type: "thing.add", part: "paths", thingId: "s1", fields: path, beforeId: null }];
  const answer = await page.request.post(`${matrix}/commands`, {
    data: { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] },
    headers: own,
  });
  expect(await answer.json()).toMatchObject({ rejected: [] });
  const post = async (form: Record<string, string>) => {
    const posted = await page.request.post(`${matrix}/people`, { form, headers: own, maxRedirects: 0 });
    expect(posted.status(), await posted.text()).toBe(302);
  };
  const person = async (name: string, side: string, role: string, more: Record<string, string>) => {
    const id = crypto.randomUUID();
    const fields = { phoneNumber0: "020 7946 0123", timeZone: ZONE, lastVerified: today(), ...more };
    await post({ intent: "add", id, side, name, ...fields });
    await post({ intent: "hold", roleId: role, personId: id, since: LONG_AGO });
    return id;
  };
  await person("Dee Park", "provider", desk, ALL_WEEK);
  await person("Cleo Marsh", "client", director, ALL_WEEK);
  const ann = await person("Ann Shah", "client", lead, {});
  const day = "00:00 to 24:00";
  const rota = {
    timeZone: ZONE,
    period: "weekly",
    every: 1,
    handOver: { time: "09:00", weekday: "mon" },
    firstDay: LONG_AGO,
    turns: [[ann]],
    hours: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: "08:00 to 24:00", sun: day },
    overrides: [],
  };
  await post({ intent: "rota", roleId: lead, revision: "", rota: JSON.stringify(rota) });
  await page.goto(`${matrix}/escalation?path=s1`);
  await alive(page);
  return matrix;
}

const section = (page: Page) => page.getByRole("region", { name: "Cover across the week" });
const cell = (page: Page, name: string | RegExp) => section(page).getByRole("gridcell", { name });

test("shot", async ({ page, app }) => {
  await withHole(page, app, "Halden Foods");
  await expect(cell(page, "Sat 00:00 to 08:00, nobody: no turn, and no working hours known")).toBeVisible();
  await expectAccessible(page);
  for (const [name, width, height, scheme] of [["d", 1440, 900, "light"], ["dd", 1440, 900, "dark"], ["p", 390, 844, "light"], ["pd", 390, 844, "dark"]] as const) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: scheme });
    await section(page).scrollIntoViewIfNeeded();
    await section(page).screenshot({ path: `/tmp/w/cover-${name}.png` });
  }
});
