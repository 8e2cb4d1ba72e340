import { cardOf, columnOf, createEngagement, expect, expectAccessible, saved, test } from "./app";

const DUTY = "Run switches and wireless, including firmware";

test("what changed since a version is compared by domain, narrowed to a kind and a party, and led to from the list of versions", async ({
  app,
  page,
  browser,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  const board = page.url();
  await page.goto(board.replace("/board", "/compare"));
  await expect(page.getByText("Nothing to compare yet.")).toBeVisible();
  await expectAccessible(page);

  await page.goto(board.replace("/board", "/publish"));
  await page.getByLabel("Reason for this version").fill("First agreed split");
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await expect(page.getByRole("heading", { name: /Version 1/ }).first()).toBeVisible();
  await page.goto(board);
  await cardOf(page, DUTY).focus();
  await page.keyboard.press("m");
  await page.getByRole("button", { name: /Give to Northwind/ }).click();
  await saved(page);

  await page.getByRole("link", { name: "Versions", exact: true }).click();
  await page.getByRole("link", { name: "Compare with the draft" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("1 duty changed since version 1");
  const row = page.getByRole("listitem").filter({ hasText: DUTY });
  await expect(row).toContainText("Does it");
  await expect(row).toContainText("Harbour IT");
  await expectAccessible(page);
  // The same on the board and in the grid, as marks that go with an edit.
  await page.getByRole("link", { name: "board", exact: true }).click();
  await expect(cardOf(page, DUTY)).toContainText("Changed since version 1: who does it");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Show only these" }).click();
  await expect(page.getByRole("article")).toHaveCount(1);
  await page.goto(board.replace("/board", "/matrix?since=1"));
  await expect(page.getByRole("status").filter({ hasText: "1 duty here changed since version 1." })).toBeVisible();
  const cell = page.getByRole("gridcell", { name: /^IT team, Northwind: does\. NET-02 .* Was / });
  await expect(cell).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Stop marking" }).click();
  await expect(cell).toHaveCount(0);
  await page.goto(board.replace("/board", "/matrix?since=9"));
  await expect(page.getByText("Version 9 couldn't be read, so nothing is marked.")).toBeVisible();
  await page.goto(board.replace("/board", "/compare"));

  await page.getByLabel("Changes of").selectOption({ label: "Who does it, 1" });
  await expect(page).toHaveURL(/kind=does/);
  await page.getByLabel("What changes for").selectOption({ label: "Vendors" });
  await expect(page.getByText("No change like this.")).toBeVisible();
  await page.getByRole("link", { name: "Show all 1" }).click();
  await expect(row).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  await row.getByRole("link", { name: DUTY }).click();
  await expect(page).toHaveURL(/board\?duty=/);

  const gone = await page.goto(board.replace("/board", "/compare?from=7&to=draft"));
  expect(gone?.status()).toBe(404);
  await expect(page.getByText(/There is no version 7 of this matrix/)).toBeVisible();

  const context = await browser.newContext({ javaScriptEnabled: false, storageState: app.owner });
  const plain = await context.newPage();
  await plain.goto(board.replace("/board", "/compare"));
  await plain.getByLabel("with", { exact: true }).selectOption("Version 1, proposed");
  await plain.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(plain.getByRole("heading", { level: 1 })).toHaveText("Both are version 1");
  await context.close();
});

test("a version is restored into the draft as one edit, which undo takes back", async ({ app, page }) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  const board = page.url();
  await page.goto(board.replace("/board", "/publish"));
  await page.getByLabel("Reason for this version").fill("First agreed split");
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await page.getByRole("button", { name: "Restore into the draft" }).click();
  await expect(page.getByRole("dialog")).toContainText("There is nothing to restore.");
  await page.keyboard.press("Escape");
  await page.goto(`${board}?domain=net`);
  await cardOf(page, DUTY).focus();
  await page.keyboard.press("m");
  await page.getByRole("button", { name: /Give to Northwind/ }).click();
  await expect(columnOf(page, "Northwind").getByRole("article", { name: DUTY })).toBeVisible();
  await saved(page);
  await page.goto(board.replace("/board", "/versions/1"));
  await page.getByRole("button", { name: "Restore into the draft" }).click();
  await expect(page.getByRole("dialog")).toContainText("1 duty will read as in version 1 again.");
  await expectAccessible(page);
  await page.getByRole("button", { name: "Restore it" }).click();
  await expect(columnOf(page, "Harbour IT").getByRole("article", { name: DUTY })).toBeVisible();
  await saved(page);
  await page.getByRole("button", { name: "Undo", exact: true }).first().click();
  await expect(columnOf(page, "Northwind").getByRole("article", { name: DUTY })).toBeVisible();
  await saved(page);
});
