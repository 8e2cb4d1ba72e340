import { cardOf, createEngagement, expect, expectAccessible, saved, test } from "./app";

const REGISTER = "Register every cloud service a department buys before it goes live";
const CONNECT = "Connect approved cloud services to single sign-on";

test("kind and pressure narrow board, matrix and findings by keyboard, and a duty's own are set in its drawer", async ({
  app,
  page,
}) => {
  await createEngagement(page, app, "Kindred", "Harbour IT", "saa", "mon");
  const kind = page.getByRole("combobox", { name: "Kind and pressure" });
  const cards = page.getByRole("article");
  await page.getByRole("searchbox", { name: "Find a duty" }).focus();
  // Past the owner to the kind.
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(kind).toBeFocused();
  await page.keyboard.type("Invest");
  await expect(cards).toHaveCount(1);
  await expect(cardOf(page, CONNECT)).toContainText("Invest · Cloud, Shadow IT, Security risk");
  expect(page.url()).toContain("kind=invest");

  // What a link carries is there once it is opened again; each duty says its own where nothing is left out.
  await page.reload();
  await expect(cards).toHaveCount(1);
  await kind.selectOption({ label: "Show each duty’s kind" });
  await expect(cards).toHaveCount(12);
  await expect(cardOf(page, REGISTER)).toContainText("Defend · Cloud, Shadow IT");
  await expectAccessible(page);

  // A pressure more, from the drawer, and taken back.
  await cardOf(page, REGISTER).focus();
  await page.keyboard.press("Enter");
  const drawer = page.getByRole("complementary", { name: /^Duty SAA-01/ });
  const section = drawer.locator("summary", { hasText: "Cover and kind" });
  await expect(section).toContainText("Office hours · Defend");
  await section.press("Enter");
  const pressures = drawer.getByRole("group", { name: "Pressures" });
  await pressures.getByRole("checkbox", { name: "AI" }).focus();
  await page.keyboard.press("Space");
  await expect(cardOf(page, REGISTER)).toContainText("Defend · AI, Cloud, Shadow IT");
  await saved(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await expect(cardOf(page, REGISTER)).toContainText("Defend · Cloud, Shadow IT");

  await page.goto(page.url().replace(/\/board.*/, "/matrix?kind=shadow-it"));
  const grid = page.getByRole("grid");
  await expect(grid.getByText("4 of 12 duties")).toBeVisible();
  await expect(grid.getByRole("row", { name: /SAA-02/ })).toContainText("Invest · Cloud, Shadow IT, Security risk");
  await kind.focus();
  await page.keyboard.type("AI");
  await page.getByRole("button", { name: "Clear the filter" }).press("Enter");
  await expect(grid.getByText("12 duties", { exact: true })).toBeVisible();
  expect(page.url()).not.toContain("kind=");

  // The findings know both, and their counts lead to the board they are counted on.
  await page.goto(page.url().replace(/\/matrix\?.*|\/matrix$/, "/findings"));
  await kind.focus();
  await page.keyboard.type("AI");
  await expect(page.getByText("No finding fits the filter.")).toBeVisible();
  await page.getByRole("link", { name: /^Shadow IT Answered for by/ }).press("Enter");
  await expect(page).toHaveURL(/\/board\?lens=answers&kind=shadow-it$/);
  await expect(cards).toHaveCount(4);
});
