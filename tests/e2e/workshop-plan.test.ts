import type { Browser, Page } from "@playwright/test";
import { alive, createEngagement, expect, expectAccessible, letIn, test, type App } from "./app";

test.describe.configure({ timeout: 240_000 });

/** A matrix of one domain or two, and its list of workshops. */
async function listOn(page: Page, app: App, client: string, ...domains: string[]): Promise<string> {
  await createEngagement(page, app, client, "Harbour IT", ...(domains.length > 0 ? domains : ["net"]));
  const list = page.url().replace(/\/board.*/, "/workshops");
  await page.goto(list);
  await alive(page);
  return list;
}

/** Prepares the first workshop and opens its plan. */
async function prepare(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Prepare the first workshop" }).click();
  await page.waitForURL(/\/workshops\/.+/);
  await alive(page);
  return page.url();
}

const stored = (page: Page) => expect(page.getByText("Plan saved", { exact: true })).toBeVisible();
const rows = (page: Page) => page.locator("[data-item]");
const row = (page: Page, code: string) => rows(page).filter({ hasText: code });
const face = (page: Page, code: string) => row(page, code).locator("[data-face]");
const order = (page: Page) =>
  rows(page).evaluateAll((items) => items.map((item) => /[A-Z]{2,6}-\d+/.exec(item.textContent ?? "")?.[0] ?? ""));
const check = (page: Page, code: string) => page.getByRole("checkbox", { name: new RegExp(code) });

/** Nothing for axe to find and nothing wider than the window, on a desk and on a phone. */
async function lookAt(page: Page, name: string): Promise<void> {
  for (const size of [
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ]) {
    await page.setViewportSize(size);
    await expectAccessible(page);
    const wider = () =>
      [document.documentElement, ...document.querySelectorAll("main, main section, main article")].reduce(
        (most, element) => Math.max(most, element.scrollWidth - element.clientWidth),
        0,
      );
    expect(await page.evaluate(wider), `${name} at ${size.width}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("a workshop is prepared by mouse: chosen, ordered, timed, undone, and as it was after a reload", async ({
  page,
  app,
}) => {
  const list = await listOn(page, app, "Northwind");
  await expect(page.getByText("No workshop yet")).toBeVisible();
  await lookAt(page, "the empty list");

  // Without a name the form says so at its field, and keeps the place.
  await page.getByLabel("Name of the workshop").fill("  ");
  await page.getByRole("button", { name: "Prepare the first workshop" }).click();
  await expect(page.getByText("The workshop's name is empty.")).toBeVisible();
  await expect(page.getByLabel("Name of the workshop")).toBeFocused();
  await page.getByLabel("Name of the workshop").fill("Onboarding workshop");
  await prepare(page);
  await expect(
    page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Workshops" }),
  ).toHaveAttribute("aria-current", "page");
  await expect(page.getByRole("button", { name: "Open the stage" })).toBeDisabled();
  await lookAt(page, "an empty plan");

  // A whole set is added at once, with what it costs; it is over the time, and is made to fit.
  await page.getByLabel("Minutes there are").fill("10");
  await page.getByRole("button", { name: /^Add \d+: First workshop, \d+ minutes$/ }).click();
  await expect(page.getByText(/of 10 minutes: \d+ minutes over\./)).toBeVisible();
  const before = await order(page);
  await page.getByRole("button", { name: "Give each 2 minutes" }).click();
  await expect(page.getByText(/of 10 minutes: (it fits|\d minutes? free)/)).toBeVisible();
  await expect(page.getByRole("spinbutton").first()).toHaveValue("2");
  await page.keyboard.press("Control+z");
  await expect(page.getByText(/minutes over/)).toBeVisible();
  await page.getByRole("button", { name: /^Take out the last/ }).click();
  expect((await order(page)).length).toBeLessThan(before.length);
  await page.getByRole("button", { name: "Undo the last change of the plan" }).click();
  expect(await order(page)).toEqual(before);

  // The order by mouse, a single duty by its box, the question to read.
  const [first = "", second = "", third = ""] = before;
  const target = await row(page, third).boundingBox();
  const grip = await row(page, first).locator("[data-grip]").boundingBox();
  if (!target || !grip) throw new Error("The rows aren't on screen.");
  await page.mouse.move(grip.x + 8, grip.y + 12);
  await page.mouse.down();
  await page.mouse.move(grip.x + 30, target.y + target.height - 4, { steps: 6 });
  await page.mouse.up();
  expect((await order(page)).slice(0, 3)).toEqual([second, third, first]);
  await row(page, third)
    .getByRole("button", { name: /move or take out/ })
    .click();
  await page.getByRole("menuitem", { name: "Move to the top" }).click();
  expect((await order(page)).slice(0, 3)).toEqual([third, second, first]);
  await face(page, first).click();
  await expect(row(page, first).getByText("Question")).toBeVisible();
  await expect(row(page, first).getByRole("link", { name: `Open ${first} on the board` })).toBeVisible();
  await check(page, second).uncheck();
  expect((await order(page)).slice(0, 2)).toEqual([third, first]);
  await lookAt(page, "a plan");

  // What is wrong is said where it stands, and isn't stored.
  await row(page, first).getByRole("spinbutton").fill("0");
  await expect(page.getByText("An item takes 1 to 120 whole minutes.").first()).toBeVisible();
  await row(page, first).getByRole("spinbutton").fill("7");
  await page.getByLabel("Minutes there are").fill("900");
  await expect(page.getByText(/^A workshop lasts 1 to 600 whole minutes/)).toBeVisible();
  await page.getByLabel("Minutes there are").fill("60");
  await page.getByLabel("Name", { exact: true }).fill("ورشة العمل الأولى");
  await stored(page);
  const planned = await order(page);
  await page.reload();
  await alive(page);
  expect(await order(page)).toEqual(planned);
  await expect(row(page, first).getByRole("spinbutton")).toHaveValue("7");
  await expect(page.getByLabel("Minutes there are")).toHaveValue("60");

  await page.goto(list);
  await expect(page.getByRole("article", { name: "ورشة العمل الأولى" })).toContainText(
    `${planned.length} items planned`,
  );
  await expect(page.getByLabel("Name of the workshop")).toHaveValue("Workshop 2");
  await lookAt(page, "the list");
});

test("a workshop is prepared by keyboard alone, and the way leads to the stage", async ({ page, app }) => {
  await listOn(page, app, "Keyley");
  await page.getByRole("button", { name: "Prepare the first workshop" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/workshops\/.+/);
  await alive(page);
  await page.getByRole("button", { name: /^Add \d+: Suggested for 90 minutes/ }).focus();
  await page.keyboard.press("Enter");
  const before = await order(page);
  const [first = "", second = "", third = ""] = before;
  await face(page, third).focus();
  await page.keyboard.press("Alt+ArrowUp");
  expect((await order(page)).slice(0, 3)).toEqual([first, third, second]);
  await expect(face(page, third)).toBeFocused();
  await page.keyboard.press("Alt+Home");
  expect((await order(page)).slice(0, 3)).toEqual([third, first, second]);
  await expect(page.getByText(`${third} is 1 of ${before.length} now.`)).toBeAttached();
  await page.keyboard.press("Enter");
  await expect(row(page, third).getByText("Done when")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(row(page, third).getByRole("spinbutton")).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("9");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menuitem", { name: "Move up" })).toBeVisible();
  await page.keyboard.press("Escape");
  await face(page, first).focus();
  await page.keyboard.press("Delete");
  await expect(row(page, first)).toHaveCount(0);
  await expect(face(page, second)).toBeFocused();
  await page.keyboard.press("Control+z");
  await expect(row(page, first)).toHaveCount(1);
  await stored(page);
  await page.getByRole("link", { name: "Open the stage" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/workshop\/.+\/projector/);
});

test("what is planned without a connection waits, says so, survives a reload and is stored afterwards", async ({
  page,
  app,
  context,
}) => {
  await listOn(page, app, "Offley");
  const plan = await prepare(page);
  await check(page, "NET-01").check();
  await stored(page);
  await context.setOffline(true);
  await check(page, "NET-02").check();
  await check(page, "NET-03").check();
  await expect(page.getByText(/2 changes are kept here/)).toBeVisible();
  await expect(page.getByText("Plan not saved yet")).toBeVisible();

  // Closing the page asks first; loaded again it has the changes and stores them.
  let asked = "";
  page.once("dialog", (dialog) => {
    asked = dialog.type();
    void dialog.accept();
  });
  await context.setOffline(false);
  await page.route("**/asked", (route) => route.abort());
  await page.reload();
  expect(asked).toBe("beforeunload");
  await alive(page);
  await page.unroute("**/asked");
  expect(await order(page)).toEqual(["NET-01", "NET-02", "NET-03"]);
  await stored(page);
  await page.goto(plan);
  expect(await order(page)).toEqual(["NET-01", "NET-02", "NET-03"]);
});

test("two windows of the facilitator keep each other's changes, and what was deleted from the board is marked", async ({
  page,
  app,
  context,
}) => {
  await listOn(page, app, "Twoley");
  const plan = await prepare(page);
  const other = await context.newPage();
  await other.goto(plan);
  await alive(other);
  await check(page, "NET-01").check();
  await check(other, "NET-02").check();
  await expect.poll(() => order(page).then((codes) => codes.toSorted())).toEqual(["NET-01", "NET-02"]);
  await expect.poll(() => order(other).then((codes) => codes.toSorted())).toEqual(["NET-01", "NET-02"]);
  await stored(page);

  const matrix = page.url().replace(/\/workshops.*/, "");
  const { duties } = await (await page.request.get(`${matrix}/export/json`)).json();
  const dutyId = duties.find(({ code }: { code: string }) => code === "NET-01").id;
  const answer = await page.request.post(`${matrix}/commands`, {
    data: { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands: [{ type: "duty.delete", dutyId }] }] },
    headers: { "sec-fetch-site": "same-origin" },
  });
  expect(answer.status()).toBe(200);
  await expect(rows(page).filter({ hasText: "Deleted from the board" })).toHaveCount(1);
  await expect(check(page, "NET-01")).toHaveCount(0);
  await other.close();
});

test("one that goes on another day says what is left, keeps what was talked about, and is read once it has ended", async ({
  page,
  app,
}) => {
  const list = await listOn(page, app, "Laterley");
  const plan = await prepare(page);
  for (const code of ["NET-01", "NET-02", "NET-03"]) await check(page, code).check();
  await stored(page);
  const workshopId = plan.split("/").at(-1) ?? "";
  const ids = await rows(page).evaluateAll((items) => items.map((item) => item.getAttribute("data-item")));
  const ask = async (...asked: object[]) => {
    const answer = await page.request.post(`${app.url}/workshop/${workshopId}/asked`, {
      data: { asked },
      headers: { "sec-fetch-site": "same-origin" },
    });
    expect(await answer.json()).toMatchObject({ rejected: [] });
  };
  await ask({ type: "open" }, { type: "go", itemId: ids[0] });
  await expect(row(page, "NET-01").getByText("Talked about now")).toBeVisible();
  await ask({ type: "park", itemId: ids[0], owner: "Ruth Adeyemi", until: "2030-03-03" }, { type: "adjourn" });
  await expect(page.getByText("Goes on another day, 2 of 3 left")).toBeVisible();
  await expect(row(page, "NET-01").getByText("Parked")).toBeVisible();
  await expect(check(page, "NET-01")).toBeDisabled();
  await row(page, "NET-01")
    .getByRole("button", { name: /move or take out/ })
    .click();
  await expect(page.getByRole("menuitem", { name: /^Stays: it was talked about/ })).toHaveAttribute(
    "aria-disabled",
    "true",
  );
  await page.keyboard.press("Escape");
  await lookAt(page, "a plan that goes on");
  await check(page, "NET-03").uncheck();
  await stored(page);
  await page.goto(list);
  const item = page.getByRole("article", { name: "Onboarding workshop" });
  await expect(item).toContainText("Goes on another day");
  await expect(item).toContainText("2 items: 0 settled, 1 parked, 1 left");
  await page.goto(plan);
  await ask({ type: "end" });
  await expect(page.getByText("This workshop has ended, so its plan stays as it is.")).toBeVisible();
  await expect(page.getByRole("checkbox")).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Minutes", exact: true })).toBeVisible();
  await lookAt(page, "an ended plan");
});

/** Somebody without an account who follows the link of a workshop, as its form does. */
async function atTheDoor(browser: Browser, link: string, name: string): Promise<void> {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const answer = await context.request.post(link, {
    form: { name, partyId: "client", email: "" },
    headers: { "sec-fetch-site": "same-origin" },
    maxRedirects: 0,
  });
  expect(answer.status(), await answer.text()).toBe(302);
  await context.close();
}

test("people are invited by mail and link, wait at the door, and are let in from the plan", async ({
  page,
  app,
  browser,
}) => {
  await listOn(page, app, "Invitely");
  await prepare(page);
  await check(page, "NET-01").check();
  await page.getByText(/^People \d/).click();
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByText("Write at least one e-mail address.")).toBeVisible();
  await expect(page.getByLabel("E-mail addresses")).toBeFocused();
  await page.getByLabel("E-mail addresses").fill("ruth@people.example, sam@people.example");
  await page.getByRole("button", { name: "Invite", exact: true }).click();
  await expect(page.getByText("No mail is sent from here. Hand the link over to 2 people.")).toBeVisible();
  await page.getByText("Show it as a QR code").click();
  await lookAt(page, "the invitation");
  const link = await page.getByLabel("Link to hand over").inputValue();
  await page.getByText(/^Choose/).click();
  await atTheDoor(browser, link, "Ruth Adeyemi");
  await expect(page.getByText("One person waits to be let in.")).toBeVisible();
  await page.getByRole("button", { name: "Look who" }).click();
  await page.getByRole("button", { name: "Let Ruth Adeyemi in" }).click();
  await expect(page.getByText("Nobody has proposed beforehand yet.")).toBeVisible();
  await expect(page.getByText("Who takes part 2")).toBeVisible();
});

test("others of the matrix see the list and take part, who may only read prepares nothing, and a foreign matrix has no such plan", async ({
  page,
  app,
  browser,
}) => {
  const list = await listOn(page, app, "Readley");
  const plan = await prepare(page);
  await check(page, "NET-01").check();
  await stored(page);
  await page.goto(list.replace("/workshops", "/board"));
  const reader = await letIn(page, browser, { name: "Rita Reader", side: "Harbour IT", permission: "Viewer" });
  await reader.goto(list);
  await expect(reader.getByRole("link", { name: "Take part: Onboarding workshop" })).toBeVisible();
  await expect(reader.getByRole("button", { name: /^Prepare/ })).toHaveCount(0);
  await lookAt(reader, "the list of a reader");
  await reader.goto(plan);
  await expect(reader.getByText(/leads this workshop and plans what it is about/)).toBeVisible();
  await lookAt(reader, "a plan of others");
  await reader.getByRole("link", { name: "Take part" }).click();
  await reader.waitForURL(/\/workshop\/[^/]+$/);
  await reader.context().close();

  await createEngagement(page, app, "Elsewhere", "Harbour IT", "net");
  const elsewhere = page.url().replace(/\/board.*/, "");
  const answer = await page.request.get(`${elsewhere}/workshops/${plan.split("/").at(-1)}`);
  expect(answer.status()).toBe(404);
});

test("the sample has a workshop that was held, with its minutes, and an archived matrix prepares none", async ({
  page,
  app,
}) => {
  const opened = await page.request.post(`${app.url}/engagements/sample`, {
    headers: { "sec-fetch-site": "same-origin" },
    maxRedirects: 0,
  });
  const matrix = new URL(opened.headers().location ?? "", app.url).href.replace(/\/board.*/, "");
  await page.goto(`${matrix}/workshops`);
  const held = page.getByRole("article", { name: "Onboarding workshop" });
  await expect(held).toContainText("10 items: 6 settled, 1 parked, 1 disputed, 2 not reached");
  await expect(held).toContainText("7.5 settled an hour");
  await lookAt(page, "the list of the sample");
  await held.getByRole("link", { name: "Minutes: Onboarding workshop" }).click();
  await page.waitForURL(/\/minutes/);
  await page.goto(`${matrix}/matrices`);
  await page.getByRole("button", { name: /^Archive/ }).click();
  await expect(page.getByText("This matrix is archived")).toBeVisible();
  await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: "Workshops" }).click();
  await expect(held).toBeVisible();
  await expect(page.getByRole("button", { name: /^Prepare/ })).toHaveCount(0);
});

test("a matrix without duties says where they come from, and one of a thousand is searched and planned as fast as any", async ({
  page,
  app,
}) => {
  await listOn(page, app, "Thousand");
  const matrix = page.url().replace(/\/workshops.*/, "");
  const post = async (commands: object[]) => {
    const answer = await page.request.post(`${matrix}/commands`, {
      data: { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] },
      headers: { "sec-fetch-site": "same-origin" },
    });
    expect(answer.status(), await answer.text()).toBe(200);
  };
  const { duties } = await (await page.request.get(`${matrix}/export/json`)).json();
  await post(duties.map(({ id }: { id: string }) => ({ type: "duty.delete", dutyId: id })));
  const plan = await prepare(page);
  await expect(page.getByText("This matrix has no duty yet")).toBeVisible();
  await lookAt(page, "a plan without duties");
  const long = `خطة ${"very long words that wrap ".repeat(6)}`;
  await post(
    Array.from({ length: 1_000 }, (_, i) => ({
      type: "duty.add",
      dutyId: `many-${i}`,
      domainId: "net",
      text: i % 100 === 0 ? `${long} ${i}` : i === 742 ? "Feed the zebra" : `Duty number ${i}`,
      beforeId: null,
    })),
  );
  await page.goto(plan);
  await alive(page);
  await expect(page.getByRole("checkbox")).toHaveCount(100);
  await page.getByLabel("Find a duty").fill("zebra");
  await expect(page.getByRole("checkbox")).toHaveCount(1);
  await page.getByRole("checkbox").check();
  await page.getByLabel("Find a duty").fill("");
  await page.getByRole("button", { name: /^Show 100 more of / }).click();
  await expect(page.getByRole("checkbox")).toHaveCount(200);
  await page.getByRole("button", { name: /^Add 199 of / }).click();
  await expect(rows(page)).toHaveCount(200);
  await expect(page.getByText("This is as many as fit.")).toBeVisible();
  await stored(page);
  await page.reload();
  await alive(page);
  await expect(rows(page)).toHaveCount(200);
  await lookAt(page, "a full plan");
});
