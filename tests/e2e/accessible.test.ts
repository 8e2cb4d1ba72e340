import type { Browser, Page } from "@playwright/test";
import { alive, createEngagement, expect, expectAccessible, test } from "./app";

/** The look-up with something found, which is a dialog over any page. */
async function lookUp(page: Page) {
  await alive(page);
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Who owns this?" });
  await dialog.getByRole("combobox").fill("access");
  await expect(dialog.getByRole("option").first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
}

/** The page about access, its dialog for a link, and what the link shows to somebody without an account. */
async function shareByLink(page: Page, browser: Browser, board: string) {
  await page.goto(board.replace("/board", "/access"));
  await expectAccessible(page);
  await page.getByRole("button", { name: "Make a link" }).click();
  await page.getByLabel("Who it is for").fill("Audit committee");
  await page.getByLabel("Password (optional)").fill("quiet river stone");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel("Link to hand over").inputValue();
  await expectAccessible(page);
  const stranger = await browser.newPage({ viewport: page.viewportSize(), storageState: { cookies: [], origins: [] } });
  await stranger.goto(link);
  await expectAccessible(stranger);
  await stranger.getByLabel("Password", { exact: true }).fill("quiet river stone");
  await stranger.getByRole("button", { name: "Show the matrix" }).click();
  await expect(stranger.getByRole("navigation", { name: "Views" })).toBeVisible();
  for (const view of ["", "&view=matrix"]) {
    await stranger.goto(`${link}?domain=iam${view}`);
    await expectAccessible(stranger);
  }
  await stranger.close();
}

// Each of these looks at every node of a dozen screens, which a busy machine takes its time over.
test.describe.configure({ timeout: 360_000 });
test("axe finds nothing on any screen of a desk", async ({ page, app, browser }) => {
  await page.goto(app.url);
  await expectAccessible(page);
  await page.goto(`${app.url}/engagements/new?start=library`);
  await expectAccessible(page);
  await createEngagement(page, app, "Northwind", "Harbour IT");
  const board = page.url();
  await expectAccessible(page);
  // From here on one domain stands for all: what axe looks for is in each card, and it looks at every one.
  await page.goto(`${board}?domain=iam`);
  await lookUp(page);
  await page.goto(`${board}?domain=iam&duty=iam-03`);
  await expect(page.getByRole("complementary", { name: "Duty IAM-03" })).toBeVisible();
  await expectAccessible(page);
  for (const view of ["/findings", "/findings?duty=end-06"]) {
    await page.goto(board.replace("/board", view));
    await expect(page.getByRole("heading", { name: /findings$/ })).toBeVisible();
    await expectAccessible(page);
  }
  await shareByLink(page, browser, board);
  for (const view of [
    "/workshop-sheet?domain=iam",
    "/escalation",
    "/parties",
    "/activity",
    "/matrices",
    "/record",
    "/publish",
  ]) {
    await page.goto(board.replace("/board", view));
    await expectAccessible(page);
  }
  await page.getByLabel("Reason for this version").fill("First agreed split");
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await expect(page.getByRole("heading", { name: /Version 1/ }).first()).toBeVisible();
  await page.goto(`${page.url()}?domain=iam`);
  await expectAccessible(page);
  await page.goto(board.replace("/board", "/versions"));
  await expectAccessible(page);
  await page.goto(app.url);
  await expectAccessible(page);
});

test("axe finds nothing on a phone", async ({ page, app, browser }) => {
  await createEngagement(page, app, "Southwind", "Harbour IT");
  const board = page.url();
  await page.setViewportSize({ width: 390, height: 844 });
  for (const view of [
    "/board?domain=iam",
    "/matrix?domain=iam",
    "/matrix?domain=iam&duty=iam-03",
    "/findings",
    "/findings?duty=end-06",
    "/activity",
    "/matrices",
    "/escalation",
    "/parties",
    "/record",
  ]) {
    await page.goto(board.replace("/board", view));
    await expectAccessible(page);
  }
  await lookUp(page);
  await shareByLink(page, browser, board);
});
