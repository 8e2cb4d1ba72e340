import type { Browser, Page } from "@playwright/test";
import { inflateRawSync } from "node:zlib";
import { alive, createEngagement, expect, expectAccessible, letIn, saved, test, type App } from "./app";

/** Opens the page of escalation paths of a new engagement of one domain. */
async function openPaths(page: Page, app: App, client: string): Promise<void> {
  await createEngagement(page, app, client, "Tarnbrook IT", "iam");
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Escalation" }).click();
  await expect(page.getByText("No escalation path yet")).toBeVisible();
}

async function start(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Start from eight paths" }).click();
  await expect(page.getByRole("radio")).toHaveCount(8);
}

const ladder = (page: Page) => page.getByRole("group", { name: /^The levels of/ });
const level = (page: Page, number: number) =>
  ladder(page)
    .getByRole("listitem")
    .filter({ has: page.getByRole("button", { name: new RegExp(`^Level ${number},`) }) });
const card = (page: Page, number: number, role: string) =>
  level(page, number).getByRole("button", { name: new RegExp(`^${role} (?!at level)`) });
const panel = (page: Page) => page.getByRole("complementary");

test("the eight paths are one step, which undo takes back and redo brings again", async ({ page, app }) => {
  await openPaths(page, app, "Halden Foods");
  await expectAccessible(page);
  await start(page);
  await expect(page.getByRole("heading", { name: /^Work has stopped/ })).toBeVisible();
  await expect(page.getByText("It is no guarantee and no service level")).toHaveCount(1);
  await page.getByRole("button", { name: "Undo", exact: true }).first().click();
  await expect(page.getByText("No escalation path yet")).toBeVisible();
  await page.getByRole("button", { name: "Redo" }).click();
  await expect(page.getByRole("radio")).toHaveCount(8);
  await saved(page);
  await page.getByRole("radiogroup", { name: "Escalation path" }).getByText("Security").click();
  await expect(page).toHaveURL(/path=security/);
  await page.reload();
  await expect(page.getByRole("heading", { name: /^Somebody may have access/ })).toBeVisible();
  await expectAccessible(page);
});

test("a level is edited by the keyboard alone, and a reload keeps it", async ({ page, app }) => {
  await openPaths(page, app, "Kestrel Foods");
  await start(page);
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

  // A card goes to the next level and back, and down among those of its party.
  await card(page, 2, "Engineer").focus();
  await press("Alt+ArrowRight");
  await expect(card(page, 3, "Engineer")).toBeFocused();
  await expect(page.getByText("Engineer moved to level 3, after 30 minutes")).toBeVisible();
  await press("Alt+ArrowLeft");
  await expect(card(page, 2, "Engineer")).toBeFocused();
  await press("Control+z");
  await expect(card(page, 3, "Engineer")).toBeVisible();
  await press("Control+z");
  await expect(card(page, 2, "Engineer")).toBeVisible();
  await card(page, 2, "Engineer").focus();
  await press("Alt+ArrowDown");
  await expect(page.getByText("Engineer moved down")).toBeVisible();
  // A role that is called at the next level already stays.
  await card(page, 2, "IT lead").focus();
  await press("Alt+ArrowRight");
  await expect(page.getByText("IT lead is called at level 3, after 30 minutes already")).toBeVisible();

  // The level opens beside the ladder, takes the focus, and gives it back.
  await press("Enter");
  await expect(panel(page).getByRole("heading", { name: "Level 2: after 15 minutes" })).toBeVisible();
  await expectAccessible(page);
  const minutes = panel(page).getByLabel("Reached after");
  await minutes.fill("soon");
  await press("Enter");
  await expect(panel(page).getByText("Write whole minutes from 0 to 100,800.")).toBeVisible();
  await minutes.fill("20");
  await press("Enter");
  await expect(panel(page).getByRole("heading", { name: "Level 2: after 20 minutes" })).toBeVisible();
  await panel(page).getByLabel("Call a role").first().selectOption({ label: "vCIO" });
  await panel(page).getByRole("button", { name: "Call a role" }).press("Enter");
  await panel(page).getByLabel("Where the call of vCIO leads").selectOption("across");
  await panel(page).getByRole("button", { name: "Move vCIO up" }).press("Enter");
  await expect(panel(page).getByRole("button", { name: "Move vCIO up" })).toBeFocused();
  await panel(page).getByRole("button", { name: "Take bridge call out" }).press("Enter");
  await panel(page)
    .getByLabel(/^Whoever is reached here may decide/)
    .press("Space");
  await panel(page).getByLabel("What a level may do").fill("Cuts the site off.");
  await press("Escape");
  await expect(panel(page).getByLabel("What a level may do")).toHaveValue(/^Isolates/);
  await panel(page).getByLabel("What a level may do").fill("Cuts the site off.");
  await press("Tab", "Escape");
  await expect(panel(page)).toHaveCount(0);
  await expect(level(page, 2).getByText("Cuts the site off.")).toBeVisible();
  await saved(page);
  await page.reload();
  await expect(level(page, 2).getByText("+20 min")).toBeVisible();
  await expect(level(page, 2).getByText("May decide")).toBeVisible();
  await expect(card(page, 2, "vCIO")).toContainText("Across");
  await expect(card(page, 2, "vCIO")).not.toContainText("bridge");

  await page.goto(page.url().replace(/\/escalation.*/, "/activity"));
  await expect(
    page
      .getByText(
        /^The escalation path S1: “Level: after 15 minutes” has “After 20 minutes” instead of “After 15 minutes”/,
      )
      .first(),
  ).toBeVisible();
});

test("levels and paths are added, copied, ordered and deleted, each with undo", async ({ page, app }) => {
  await openPaths(page, app, "Merlin Foods");
  await start(page);
  await page.getByRole("button", { name: "Add level" }).click();
  await expect(panel(page).getByRole("heading", { name: "Level 5: after 1 hour 30 minutes" })).toBeVisible();
  await expect(level(page, 5).getByText("Calls nobody: it is passed over at once.")).toBeVisible();
  await panel(page).getByRole("button", { name: "Take this level out" }).click();
  await expect(ladder(page).getByRole("button", { name: /^Level/ })).toHaveCount(4);
  await page.keyboard.press("Control+z");
  await expect(ladder(page).getByRole("button", { name: /^Level/ })).toHaveCount(5);

  const more = async (entry: string) => {
    await page.getByRole("button", { name: /^More for/ }).click();
    await page.getByRole("menuitem", { name: entry }).click();
  };
  const names = () => page.getByRole("radiogroup", { name: "Escalation path" }).locator("label").allInnerTexts();
  await more("Copy this path");
  await panel(page).getByLabel("Name").fill("Harbour site");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect
    .poll(names)
    .toEqual(["S1", "Harbour site", "S2", "S3", "S4", "Security", "Decision", "Risk", "Disagreement"]);
  await more("Move earlier");
  await page.getByRole("radio", { checked: true }).press("Alt+ArrowRight");
  await page.getByRole("radio", { checked: true }).press("Alt+ArrowRight");
  await expect
    .poll(names)
    .toEqual(["S1", "S2", "Harbour site", "S3", "S4", "Security", "Decision", "Risk", "Disagreement"]);
  await more("Delete this path");
  await expect.poll(names).toEqual(["S1", "S2", "S3", "S4", "Security", "Decision", "Risk", "Disagreement"]);
  await page.keyboard.press("Control+z");
  await expect.poll(names).toContain("Harbour site");

  await page.getByRole("button", { name: "Add a path" }).click();
  await expect(panel(page).getByLabel("Name")).toHaveValue("New path");
  await panel(page).getByLabel("When it begins").fill("The harbour floods.");
  await panel(page).getByLabel("Clock").selectOption({ label: "The working hours of Merlin Foods" });
  await panel(page).getByLabel("Target: contained or restored within").fill("480");
  await page.keyboard.press("Enter");
  await panel(page).getByLabel("Begins again").selectOption("2");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("heading", { name: "The harbour floods." })).toBeVisible();
  await expect(
    page.getByText(
      "The working hours of Merlin Foods · Target: contained or restored within 8 hours · Begins again 2 times, from the first level",
    ),
  ).toBeVisible();
  await expect(page.getByText("This path has no level yet.")).toBeVisible();
});

test("a card is dragged to another level, and a press that doesn't move opens its level", async ({ page, app }) => {
  await openPaths(page, app, "Dunlin Foods");
  await start(page);
  const from = (await card(page, 2, "Engineer").boundingBox()) ?? { x: 0, y: 0 };
  const to = (await level(page, 4).boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.move(from.x + 20, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + 120, { steps: 6 });
  await expect(page.getByText("to level 4", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.mouse.up();
  await expect(card(page, 2, "Engineer")).toBeVisible();
  await page.mouse.move(from.x + 20, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(to.x + 60, to.y + 120, { steps: 6 });
  await page.mouse.up();
  await expect(card(page, 4, "Engineer")).toBeVisible();
  await expect(page.getByText("Engineer moved to level 4, after 1 hour")).toBeVisible();
  await expect(panel(page)).toHaveCount(0);
  await card(page, 4, "Engineer").click();
  await expect(panel(page).getByRole("heading", { name: "Level 4: after 1 hour" })).toBeVisible();
});

test("more paths than fit beside one another are a list that opens, and on paper the levels stand below one another", async ({
  page,
  app,
}) => {
  await openPaths(page, app, "Gadwall Foods");
  await start(page);
  for (let copies = 0; copies < 5; copies++) {
    await page.getByRole("button", { name: /^More for / }).click();
    await page.getByRole("menuitem", { name: "Copy this path" }).click();
    await panel(page).getByRole("button", { name: "Close" }).click();
  }
  const choice = page.getByRole("combobox", { name: "Escalation path", exact: true });
  await expect(choice.getByRole("option")).toHaveCount(13);
  await expect(page.getByRole("radiogroup", { name: "Escalation path" })).toHaveCount(0);
  await choice.selectOption({ label: "S1" });
  await expect(page.getByRole("heading", { name: /^Work has stopped/ })).toBeVisible();
  await expectAccessible(page);

  await page.emulateMedia({ media: "print" });
  const boxes = await ladder(page)
    .locator("[data-level]")
    .evaluateAll((levels) =>
      levels.map((one) => {
        const head = one.firstElementChild?.getBoundingClientRect();
        const cards = [...one.querySelectorAll("[data-call]")].map((face) => face.getBoundingClientRect());
        return {
          top: head?.top ?? 0,
          low: head?.bottom ?? 0,
          cards: cards.map(({ top, height }) => ({ top, height })),
        };
      }),
    );
  expect(boxes.map(({ top }) => top)).toEqual(boxes.map(({ top }) => top).toSorted((a, b) => a - b));
  for (const { low, cards } of boxes)
    for (const one of cards) {
      expect(one.height).toBeGreaterThan(0);
      expect(one.top).toBeGreaterThanOrEqual(low);
    }
  await page.emulateMedia({ media: "screen" });
});

test.describe("with a finger", () => {
  test.use({ hasTouch: true });
  test("a card that is held is dragged, and one that is brushed is not", async ({ page, app }) => {
    await openPaths(page, app, "Plover Foods");
    await start(page);
    const from = (await card(page, 2, "Engineer").boundingBox()) ?? { x: 0, y: 0 };
    const to = (await level(page, 4).boundingBox()) ?? { x: 0, y: 0 };
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", x: number, y: number) =>
      session.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x, y }] });
    const drag = async (rest: boolean) => {
      await touch("touchStart", from.x + 20, from.y + 20);
      const chip = page.locator("[aria-hidden]", { hasText: /^Engineer/ });
      if (rest) await expect(chip).toBeVisible();
      for (const part of [0.2, 0.6, 1])
        await touch("touchMove", from.x + 20 + (to.x + 40 - from.x) * part, from.y + 20 + (to.y + 100 - from.y) * part);
      await touch("touchEnd", 0, 0);
    };
    await drag(false);
    await expect(card(page, 2, "Engineer")).toBeVisible();
    await drag(true);
    await expect(card(page, 4, "Engineer")).toBeVisible();
  });
});

test("a domain names a path, which its duties inherit, and a version and its files have it", async ({ page, app }) => {
  await openPaths(page, app, "Osprey Foods");
  await start(page);
  const uses = page.getByRole("region", { name: "Duties and their path" });
  await expect(uses).toContainText(/S1 applies to no duty yet\. \d+ duties have no path/);
  await uses.getByLabel(/^Escalation path of Identity/).selectOption({ label: "S1" });
  await expect(uses).toContainText(/S1 applies to \d+ duties\./);
  await saved(page);
  const base = page.url().replace(/\/escalation.*/, "");
  await page.goto(`${base}/board?duty=iam-03`);
  const drawer = page.getByRole("complementary", { name: "Duty IAM-03" });
  const select = drawer.getByLabel("Escalation path");
  await expect(select.locator("option:checked")).toHaveText("As its domain: S1");
  await expect(drawer.getByText("Inherited from its domain")).toBeVisible();
  await select.selectOption({ label: "Security" });
  await expect(drawer.getByText("Its own; its domain names S1")).toBeVisible();
  await saved(page);
  await page.goto(`${base}/escalation?path=security`);
  await expect(uses).toContainText("Security applies to 1 duty.");
  await expect(uses).toContainText("IAM-03 names Security by itself");

  await page.goto(`${base}/publish`);
  await page.getByLabel("Reason for this version").fill("First agreed split");
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await expect(page.getByRole("heading", { name: /Version 1/ }).first()).toBeVisible();
  const file = async (format: string) => (await page.request.get(`${base}/versions/1/export/${format}`)).body();
  const text = (await file("md")).toString("utf8");
  expect(text).toMatch(/^#+ .*Escalation$/m);
  expect(text).toContain("After 15 minutes");
  expect(documentIn(await file("docx"))).toContain("Escalation");
});

/** The text of a Word file: its main part, unpacked. */
function documentIn(file: Buffer): string {
  for (let at = file.indexOf("PK\x03\x04"); at >= 0; at = file.indexOf("PK\x03\x04", at + 4)) {
    const [packed, name, extra] = [file.readUInt32LE(at + 18), file.readUInt16LE(at + 26), file.readUInt16LE(at + 28)];
    const from = at + 30 + name + extra;
    if (file.toString("utf8", at + 30, at + 30 + name) === "word/document.xml")
      return inflateRawSync(file.subarray(from, packed > 0 ? from + packed : undefined)).toString("utf8");
  }
  throw new Error("The file has no document.");
}

async function viewer(page: Page, browser: Browser): Promise<Page> {
  return letIn(page, browser, { name: "Ines Vale", permission: "Viewer", side: "Tarnbrook IT" });
}

test("who may not edit reads the paths and is offered nothing to change; so does an empty matrix", async ({
  page,
  app,
  browser,
}) => {
  await openPaths(page, app, "Harrier Foods");
  const reader = await viewer(page, browser);
  await reader.goto(page.url());
  await expect(reader.getByText("Neither side has added one.")).toBeVisible();
  await expect(reader.locator("main").getByRole("button")).toHaveCount(0);
  await start(page);
  await saved(page);
  await reader.goto(`${page.url()}?path=s1&level=s1-2`);
  await alive(reader);
  await expect(reader.getByRole("heading", { name: /^Work has stopped/ })).toBeVisible();
  // Carrying a path away, looking at its cover and asking who is called change nothing.
  await expect(reader.locator("main").getByRole("button", { name: /Add|Delete|Agree|Dispute/ })).toHaveCount(0);
  await reader.getByRole("button", { name: "Show who is called" }).click();
  await expect(reader.getByRole("list", { name: "Who is called when" })).toBeVisible();
  await expect(reader.getByRole("link", { name: "Record a drill" })).toHaveCount(0);
  await expect(reader.getByRole("region", { name: "Duties and their path" }).getByRole("combobox")).toHaveCount(0);
  const cover = reader.getByRole("region", { name: "Cover across the week" });
  await expect(cover.getByText("Nobody is behind the roles of this path yet")).toBeVisible();
  await expect(reader.getByRole("complementary")).toHaveCount(0);
  await expectAccessible(reader);
  await reader.context().close();
});

test("a read-only link shows the paths, and no page of them where there is none", async ({ page, app, browser }) => {
  await openPaths(page, app, "Sanderling Foods");
  const paths = page.url();
  await page.goto(paths.replace("/escalation", "/access"));
  await page.getByRole("button", { name: "Make a link" }).click();
  await page.getByLabel("Who it is for").fill("Audit committee");
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel("Link to hand over").inputValue();
  const stranger = await browser.newPage({ storageState: { cookies: [], origins: [] } });
  await stranger.goto(link);
  const views = stranger.getByRole("navigation", { name: "Views" });
  await expect(views.getByRole("link", { name: "Matrix" })).toBeVisible();
  await expect(views.getByRole("link", { name: "Escalation" })).toHaveCount(0);
  await page.goto(paths);
  await start(page);
  await saved(page);
  await stranger.reload();
  await alive(stranger);
  await views.getByRole("link", { name: "Escalation" }).click();
  await stranger.getByRole("radiogroup", { name: "Escalation path" }).getByText("Risk").click();
  await expect(stranger.getByRole("heading", { name: /^Something is known to be weak/ })).toBeVisible();
  await expect(stranger.locator("main").getByRole("button")).toHaveCount(0);
  await expectAccessible(stranger);
  await stranger.close();
});

test("on a phone the levels stand below one another, also with long names, twenty levels and twelve roles", async ({
  page,
  app,
}) => {
  await openPaths(page, app, "Wigeon Foods");
  await start(page);
  await saved(page);
  const base = page.url().replace(/\/escalation.*/, "");
  const long =
    "A name that goes on for as long as a name may and then a little less so that it ends with a word ".padEnd(
      119,
      "x",
    );
  const { revision } = await (await page.request.get(`${base}/draft?since=-1`)).json();
  const roles = Array.from({ length: 12 }, (_, i) => `more-${i}`);
  const entry = {
    calls: [] as unknown[],
    channels: ["phone", "bridge", "sms", "chat", "ticket", "email"],
    decides: true,
    may: long,
  };
  const commands = [
    ...roles.map((roleId, i) => ({ type: "role.add", roleId, partyId: "client", name: `${long.slice(0, 118)}${i}` })),
    { type: "thing.edit", part: "paths", thingId: "s1", set: { name: long, trigger: long.repeat(4) } },
    {
      type: "thing.edit",
      part: "paths",
      thingId: "s1",
      set: {
        levels: Object.fromEntries(
          Array.from({ length: 20 }, (_, i) => [
            `l${i}`,
            { ...entry, minutes: i * 5, calls: i === 1 ? roles.map((roleId) => ({ roleId, direction: "up" })) : [] },
          ]),
        ),
      },
    },
  ];
  const answer = await page.request.post(`${base}/commands`, {
    data: { baseRevision: revision, steps: [{ id: crypto.randomUUID(), commands }] },
    headers: { "sec-fetch-site": "same-origin" },
  });
  expect(await answer.json()).toMatchObject({ rejected: [] });
  await page.goto(`${base}/escalation`);
  await alive(page);
  await expect(ladder(page).getByRole("button", { name: /^Level/ })).toHaveCount(20);
  const wide = () =>
    page.evaluate(() => [
      document.body.scrollWidth - window.innerWidth,
      (document.querySelector("main")?.scrollWidth ?? 0) - (document.querySelector("main")?.clientWidth ?? 0),
    ]);
  // On a desk the ladder scrolls inside its own region.
  expect(await wide()).toEqual([0, 0]);
  expect(await ladder(page).evaluate((region) => region.scrollWidth > region.clientWidth)).toBe(true);
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await wide()).toEqual([0, 0]);
  expect(await ladder(page).evaluate((region) => region.scrollWidth <= region.clientWidth)).toBe(true);
  const tops = await ladder(page)
    .locator("[data-level]")
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
  expect(tops).toEqual(tops.toSorted((a, b) => a - b));
  expect(new Set(tops).size).toBe(20);
  await expectAccessible(page);
});

test("both parties agree to a path on their own screens: one disputes, a ruling settles it, and a change opens it again", async ({
  page,
  app,
  browser,
}) => {
  await openPaths(page, app, "Heron Foods");
  await start(page);
  await saved(page);
  const client = await letIn(page, browser, { name: "Ada Heron", side: "Heron Foods" });
  const escalation = page.url();
  const agreement = (of: Page) => of.getByRole("region", { name: "Agreement" });
  const state = (of: Page, word: string) => of.getByText(`S1 · Incident · ${word}`);

  await client.goto(escalation);
  await agreement(client).getByRole("button", { name: "Dispute" }).click();
  await client.getByLabel("How Heron Foods sees it").fill("Our lead is called first.");
  await agreement(client).getByRole("button", { name: "Dispute" }).click();
  await expect(state(client, "Disputed")).toBeVisible();
  await saved(client);

  await page.reload();
  await expect(agreement(page)).toContainText("“Our lead is called first.”");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Write the ruling" }).click();
  await page.getByLabel("What was ruled", { exact: true }).fill("The desk is called first.");
  await page.getByLabel("Why", { exact: true }).fill("It is awake.");
  await page.getByLabel("By whom", { exact: true }).fill("Mira Holm");
  await page.getByRole("button", { name: "Save the ruling" }).click();
  await page.getByRole("button", { name: "Confirm the ruling" }).click();
  await expect(state(page, "Disputed")).toBeVisible();
  await saved(page);

  await client.reload();
  await agreement(client).getByRole("button", { name: "Confirm the ruling" }).click();
  await expect(state(client, "Agreed")).toBeVisible();
  await saved(client);

  await page.reload();
  await expect(state(page, "Agreed")).toBeVisible();
  await page.getByRole("button", { name: /^Level 1,/ }).click();
  await panel(page).getByRole("checkbox", { name: "May decide" }).check();
  await expect(state(page, "Proposed")).toBeVisible();
  await expect(agreement(page)).toContainText("The path changed since, so the ruling no longer counts.");
  await saved(page);
});
