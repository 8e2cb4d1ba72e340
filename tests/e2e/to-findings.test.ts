import { cardOf, createEngagement, expect, test } from "./app";

const MENU = "Run switches and wireless, including firmware";

test("marks in grid and cards lead to the findings of their duty, by pointer and by key", async ({ app, page }) => {
  await createEngagement(page, app, "Markham", "Portside IT", "gov", "net");
  // A duty nobody has is a blocker; the board counts it and leads there.
  await cardOf(page, MENU).focus();
  await page.keyboard.press("m");
  await page.getByRole("button", { name: /Nobody does it/ }).click();
  await expect(
    page
      .getByRole("main")
      .getByRole("link", { name: /^\d+ blockers?$/ })
      .first(),
  ).toBeVisible();
  await expect(
    page
      .getByRole("main")
      .getByRole("link", { name: /^\d+ warnings?$/ })
      .first(),
  ).toBeVisible();
  const card = cardOf(page, MENU);
  const code = (await card.locator("p").first().innerText()).split(" ")[0] ?? "";
  await card.getByRole("link").click();
  await expect(page.getByRole("status").filter({ hasText: `Showing findings of ${code}` })).toBeVisible();
  expect(page.url()).toContain("/findings?duty=");
  await expect(page.getByRole("region", { name: "Blockers" }).getByRole("listitem")).toHaveCount(1);
  await page.getByRole("button", { name: "Show all" }).click();
  expect(page.url()).not.toContain("duty=");

  // Undo still knows the edit: the link stayed inside the page.
  await expect(page.getByRole("button", { name: "Undo", exact: true }).first()).toBeEnabled();

  // The card's menu says the same for the keyboard.
  await page.getByRole("link", { name: "Board", exact: true }).click();
  await cardOf(page, MENU).focus();
  await page.keyboard.press("m");
  await page.getByRole("link", { name: "Show its findings" }).press("Enter");
  await expect(page.getByText(`Showing findings of ${code}`)).toBeVisible();

  // In the grid the mark is a link and the row's menu has the entry.
  await page.getByRole("link", { name: "Matrix", exact: true }).click();
  const grid = page.getByRole("grid");
  await page.getByRole("searchbox", { name: "Find a duty" }).fill(MENU);
  const row = grid.getByRole("row", { name: new RegExp(`\\b${code}\\b`) });
  await row.getByRole("link").click();
  await expect(page.getByText(`Showing findings of ${code}`)).toBeVisible();
  await page.goBack();
  await grid.focus();
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("m");
  await page.getByRole("menuitem", { name: "Show its findings" }).press("Enter");
  await expect(page.getByText(/^Showing findings of/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo", exact: true }).first()).toBeEnabled();
});
