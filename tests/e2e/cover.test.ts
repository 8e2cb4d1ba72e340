import type { Page } from "@playwright/test";
import { alive, createEngagement, expect, expectAccessible, test, type App } from "./app";

const ZONE = "Europe/London";
test.use({ timezoneId: ZONE });
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

const hole = "Sat 00:00 to 08:00, nobody: no turn, and no working hours known";
const finding = (page: Page) => section(page).getByRole("listitem").filter({ hasText: "IT lead has no cover" });
const press = async (page: Page, ...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key);
};

test("a hole is covered from its finding by keyboard, which undo takes back, and the log tells of both", async ({
  page,
  app,
}) => {
  const matrix = await withHole(page, app, "Halden Foods");
  await expect(cell(page, hole)).toBeVisible();
  await expect(finding(page)).toContainText("IT lead has no cover: Sat 00:00 to 08:00 each week.");
  await expect(finding(page)).toContainText("Puts Cleo Marsh on call in the rota of IT lead: Sat 00:00 to 08:00");
  await expectAccessible(page);

  await finding(page).getByRole("button", { name: "Let Cleo Marsh cover" }).focus();
  await press(page, "Enter");
  const undo = section(page).getByRole("button", { name: "Undo" });
  await expect(undo).toBeFocused();
  await expect(section(page).getByRole("status").filter({ hasText: "Cleo Marsh covers for IT lead." })).toBeVisible();
  await expect(finding(page)).toHaveCount(0);
  await expect(cell(page, "Sat 00:00 to 08:00, on call: Cleo Marsh")).toBeVisible();

  await undo.focus();
  await press(page, "Enter");
  await expect(section(page).getByText("Undone: Cleo Marsh covers for IT lead.")).toBeVisible();
  await expect(cell(page, hole)).toBeVisible();
  await expect(finding(page)).toBeVisible();

  await page.goto(`${matrix}/activity`);
  await expect(page.getByText(/^Cleo Marsh covers for the role IT lead from \d+ \w+ \d+ 00:00 to /)).toBeVisible();
  await expect(page.getByText(/^Cleo Marsh does not cover for the role IT lead after all, from /)).toBeVisible();
});

test("what is agreed instead closes the hole as an edit, which undo takes back; the page of findings has the same ways", async ({
  page,
  app,
}) => {
  const matrix = await withHole(page, app, "Kestrel Foods");
  await finding(page).getByRole("button", { name: "Pre-authorise Tarnbrook IT" }).click();
  await expect(finding(page)).toHaveCount(0);
  await press(page, "Control+z");
  await expect(finding(page)).toBeVisible();
  await finding(page).getByRole("button", { name: "More for: IT lead has no cover" }).click();
  await page.getByRole("menuitem", { name: "Declare off duty" }).click();
  await expect(cell(page, "Sat 00:00 to 08:00, declared off duty")).toBeVisible();
  await expect(finding(page)).toHaveCount(0);
  await press(page, "Control+z");
  await expect(cell(page, hole)).toBeVisible();

  await page.goto(`${matrix}/findings?severity=warning`);
  const row = page.getByRole("listitem").filter({ hasText: "IT lead has no cover" });
  await expect(row).toBeVisible();
  await expect(page.getByText(/^Who can be reached was worked out for the 4 weeks from /)).toBeVisible();
  await expectAccessible(page);
  await row.getByRole("button", { name: "Let Cleo Marsh cover" }).click();
  await expect(row).toHaveCount(0);
  await page.getByRole("button", { name: "Undo", exact: true }).filter({ hasText: "Undo" }).click();
  await expect(row).toBeVisible();
});

test("arrows lead through the stretches of a week, and each says what it is", async ({ page, app }) => {
  await withHole(page, app, "Perch Foods");
  await cell(page, /on shift: Dee Park$/).focus();
  await press(page, "ArrowDown");
  await expect(cell(page, "Mon 00:00 to Fri 24:00, on call: Ann Shah")).toBeFocused();
  await press(page, "ArrowRight");
  await expect(cell(page, hole)).toBeFocused();
  await expect(section(page).getByText(hole, { exact: true })).toBeVisible();
  await press(page, "ArrowDown");
  await expect(cell(page, /on shift: Cleo Marsh$/)).toBeFocused();
  await press(page, "ArrowUp", "End");
  await expect(cell(page, "Sat 08:00 to Sun 24:00, on call: Ann Shah")).toBeFocused();
  await press(page, "ArrowRight", "Home");
  await expect(cell(page, "Mon 00:00 to Fri 24:00, on call: Ann Shah")).toBeFocused();

  await section(page).getByRole("button", { name: "Show as a table" }).click();
  const row = section(page).getByRole("row", { name: /^Sat 00:00 to 08:00 nobody/ });
  await expect(row).toBeVisible();
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(cell(page, hole)).toBeAttached();
  await expectAccessible(page);
});

test("any week is shown on the clocks of a zone, with the hours that clock changes give it, and stays when the network is gone", async ({
  page,
  app,
}) => {
  await withHole(page, app, "Sole Foods");
  const weekOf = section(page).getByLabel("Week of", { exact: true });
  await weekOf.fill("2027-03-24");
  await expect(
    section(page).getByText(
      "Shown is the week of 22 Mar 2027, on the clocks of Europe/London. This week has 167 hours: clocks are set forward by 1 hour on Sun 28 Mar 2027 at 01:00.",
    ),
  ).toBeVisible();
  await expect(section(page).getByRole("button", { name: "Clocks forward, 28 Mar 2027" })).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await weekOf.fill("2027-07-07");
  await expect(cell(page, hole)).toBeVisible();
  await section(page).getByLabel("Clocks of", { exact: true }).selectOption("UTC");
  await expect(cell(page, "Fri 23:00 to Sat 07:00, nobody: no turn, and no working hours known")).toBeVisible();
  await page.context().setOffline(true);
  await section(page).getByRole("button", { name: "Next week" }).click();
  await expect(section(page).getByRole("alert")).toContainText("Shown is still the week of 5 Jul 2027.");
  await expect(cell(page, /^Fri 23:00 to Sat 07:00/)).toBeVisible();
  await page.context().setOffline(false);
  await section(page).getByRole("button", { name: "Try again" }).click();
  await expect(section(page).getByRole("alert")).toHaveCount(0);
  await expect(cell(page, hole)).toBeVisible();
  await expect(section(page).getByText("Now", { exact: true })).toHaveCount(0);
});

test("a path of which nobody holds a role says what to do", async ({ page, app }) => {
  await createEngagement(page, app, "Tench Foods", "Tarnbrook IT", "iam");
  await page.goto(page.url().replace(/\/board.*/, "/escalation"));
  await alive(page);
  await page.getByRole("button", { name: "Start from eight paths" }).click();
  await expect(section(page).getByText("Nobody is behind the roles of this path yet")).toBeVisible();
  await section(page).getByRole("link", { name: "Name the holders" }).click();
  await expect(page).toHaveURL(/\/people/);
});
