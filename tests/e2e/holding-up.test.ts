import type { Page } from "@playwright/test";
import { atRest, cardOf, columnOf, createEngagement, expect, saved, test } from "./app";

const DUTY = "Run switches and wireless, including firmware";

async function giveTo(page: Page, text: string, name: string) {
  await cardOf(page, text).focus();
  await page.keyboard.press("m");
  await page.getByRole("button", { name: new RegExp(`Give to ${name}`) }).click();
}

test("edits made offline are kept, counted, survive a reload and are sent when the connection is back", async ({
  page,
  app,
  context,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net", "vul");
  // The router asks for the addresses of the links on screen in the background, and says so on the console when it can't;
  // only a page loaded anew has a network that is known to have come to rest.
  await page.reload();
  await atRest(page);
  // Dialogs are fetched once the board stands: one that was open is there for certain.
  await cardOf(page, DUTY).focus();
  await page.keyboard.press("m");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await context.setOffline(true);
  await giveTo(page, DUTY, "Northwind");
  await giveTo(page, "Patch servers", "Northwind");
  await expect(page.getByText(/You are offline. 2 edits? are kept here/).first()).toBeVisible();
  await context.setOffline(false);
  page.once("dialog", (dialog) => dialog.accept());
  await page.reload();
  await expect(columnOf(page, "Northwind").getByRole("article", { name: DUTY })).toBeVisible();
  await saved(page);
  await page.reload();
  await expect(columnOf(page, "Northwind").getByRole("article", { name: "Patch servers" })).toBeVisible();
});

test("offline, another page is not opened in place of this one: the tabs, the draft and the kept edits stay in view", async ({
  page,
  app,
  context,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  await page.reload();
  await atRest(page);
  await cardOf(page, DUTY).focus();
  await page.keyboard.press("m");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await context.setOffline(true);
  await giveTo(page, DUTY, "Northwind");
  await expect(page.getByText("Offline, 1 edit kept")).toBeVisible();
  for (const tab of ["Activity", "Versions", "Matrix"]) {
    await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: tab, exact: true }).click();
    await expect(page.getByText("You are offline, so that page can’t be opened now.")).toBeVisible();
    await expect(columnOf(page, "Northwind").getByRole("article", { name: DUTY })).toBeVisible();
    await expect(page.getByText("Offline, 1 edit kept")).toBeVisible();
    await page.getByRole("button", { name: "Dismiss" }).first().click();
  }
  await context.setOffline(false);
  await saved(page);
  await page.getByRole("link", { name: "Activity", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Activity" })).toBeVisible();
});

test("a page whose server can't be reached says so, and opens once it can", async ({ app, context }) => {
  // A page that isn't listened to: the router leaves the browser's own error unheard, which reaches the console.
  const page = await context.newPage();
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  // Once open, the view's own script is there; what it is about is not.
  await page.getByRole("link", { name: "Activity", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Activity" })).toBeVisible();
  await page.getByRole("link", { name: "Board", exact: true }).click();
  await expect(page.getByRole("region", { name: /^Unassigned, / })).toBeVisible();
  await page.route("**/activity.data*", (route) => route.abort());
  await page.getByRole("link", { name: "Activity", exact: true }).click();
  await expect(page.getByText("The server can’t be reached.")).toBeVisible();
  await expect(page.getByText("are kept in this tab")).toBeVisible();
  await expect(page.getByText("ask whoever runs")).toHaveCount(0);
  await page.unroute("**/activity.data*");
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("heading", { name: "Activity" })).toBeVisible();
});

test("a version that isn't there is told inside the frame, with its tabs", async ({ page, app }) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  await page.goto(page.url().replace(/\/board.*/, "/versions/99"));
  await expect(page.getByRole("navigation", { name: "Views" })).toBeVisible();
  await expect(page.getByText("There is no version 99")).toBeVisible();
});

test("two windows converge when one is looked at again, and undo does not run over the other", async ({
  page,
  app,
  context,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  const other = await context.newPage();
  await other.goto(page.url());
  await giveTo(page, DUTY, "Northwind");
  await saved(page);
  await other.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(columnOf(other, "Northwind").getByRole("article", { name: DUTY })).toBeVisible();
  await giveTo(other, DUTY, "Harbour IT");
  await saved(other);
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(columnOf(page, "Harbour IT").getByRole("article", { name: DUTY })).toBeVisible();
  await giveTo(other, DUTY, "Northwind");
  await saved(other);
});

test("an unknown address has a page with a way back, and a stranger's matrix looks the same", async ({ page, app }) => {
  const answer = await page.goto(`${app.url}/no/such/place`);
  expect(answer?.status()).toBe(404);
  await page
    .getByRole("link", { name: /engagements|home|back/i })
    .first()
    .click();
  await expect(page).toHaveURL(`${app.url}/`);
  const foreign = await page.goto(`${app.url}/matrices/not-yours/board`);
  expect(foreign?.status()).toBe(404);
});

test("a malformed batch is refused by name, a large one by size, another site's not at all", async ({
  request,
  app,
  page,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  const commands = page.url().replace(/\/board.*/, "/commands");
  const bad = await request.post(commands, {
    data: {
      baseRevision: 0,
      steps: [{ id: "a", commands: [{ type: "duty.assign", dutyId: 7, lens: "does", to: "shared" }] }],
    },
  });
  expect(bad.status()).toBe(400);
  expect((await bad.json()).message).toMatch(
    /Step 1, command 1 \(duty.assign\), field dutyId: .* Nothing was applied\./,
  );
  const large = await request.post(commands, { data: { baseRevision: 0, steps: [], padding: "x".repeat(2_100_000) } });
  expect(large.status()).toBe(413);
  const foreign = await request.post(commands, { data: {}, headers: { Origin: "http://elsewhere.example" } });
  expect(foreign.status()).toBe(403);
});
