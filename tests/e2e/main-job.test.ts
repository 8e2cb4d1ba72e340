import { unzipSync, strFromU8 } from "fflate";
import { readFileSync } from "node:fs";
import { cardOf, columnOf, createEngagement, expect, saved, test } from "./app";

const MOUSE = "Define the standard device build";
const KEYS = "Set priority from impact and urgency and route to the right team";
const MENU = "Run switches and wireless, including firmware";

test("two teams agree on the board, publish version 1 and download the workbook", async ({ page, app }) => {
  await createEngagement(page, app, "Northwind", "Harbour IT");
  const client = columnOf(page, "Northwind");
  const provider = columnOf(page, "Harbour IT");
  await expect(provider).toHaveAccessibleName("Harbour IT, 83 duties");

  // by mouse
  const card = cardOf(page, MOUSE);
  await card.scrollIntoViewIfNeeded();
  const from = await card.boundingBox();
  const to = await client.boundingBox();
  if (!from || !to) throw new Error("The card and the column are on screen.");
  await page.mouse.move(from.x + 60, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y + 30, { steps: 4 });
  await page.mouse.move(to.x + to.width / 2, to.y + 220, { steps: 12 });
  await expect(client.getByText("Give to Northwind")).toBeVisible();
  await page.mouse.up();
  await expect(client.getByRole("article", { name: MOUSE })).toBeVisible();

  // by keyboard alone
  await cardOf(page, KEYS).focus();
  await page.keyboard.press("Space");
  await expect(page.getByText(/^Picked up Set priority/)).toBeAttached();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await expect(page.getByText(/^Over Northwind, 63 duties/)).toBeAttached();
  await page.keyboard.press("Space");
  await expect(client.getByRole("article", { name: KEYS })).toBeFocused();

  // by menu
  await cardOf(page, MENU).focus();
  await page.keyboard.press("m");
  await page.getByRole("button", { name: /Give to Northwind/ }).click();
  await expect(client.getByRole("article", { name: MENU })).toBeVisible();
  await expect(client).toHaveAccessibleName("Northwind, 65 duties");

  // ten at once
  const ten = provider.getByRole("article");
  await ten.nth(0).click({ modifiers: ["Control"] });
  await ten.nth(9).click({ modifiers: ["Shift"] });
  await expect(page.getByText("10 selected")).toBeVisible();
  await page.getByRole("region", { name: "Selection" }).getByRole("button", { name: "Move to…" }).click();
  await page.getByRole("button", { name: /Give to Northwind/ }).click();
  await expect(client).toHaveAccessibleName("Northwind, 75 duties");

  // undo everything, redo one
  await saved(page);
  for (let i = 0; i < 4; i++) await page.keyboard.press("Control+z");
  await expect(client).toHaveAccessibleName("Northwind, 62 duties");
  await expect(page.getByRole("button", { name: "Undo", exact: true }).first()).toBeDisabled();
  await page.keyboard.press("Control+Shift+z");
  await expect(client.getByRole("article", { name: MOUSE })).toBeVisible();
  await saved(page);
  await page.reload();
  await expect(client).toHaveAccessibleName("Northwind, 63 duties");

  // publish
  await page.getByRole("link", { name: "Publish version 1" }).click();
  await page.getByLabel("Reason for this version").fill("First agreed split");
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await expect(page.getByRole("heading", { name: /Version 1/ }).first()).toBeVisible();
  await expect(columnOf(page, "Northwind")).toHaveAccessibleName("Northwind, 63 duties");

  // the workbook
  const downloading = page.waitForEvent("download");
  await page
    .getByRole("main")
    .getByRole("button", { name: /Download/ })
    .click();
  await page.getByRole("menuitem", { name: /Excel/ }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe("northwind-harbour-it-responsibility-matrix-version-1.xlsx");
  const parts = unzipSync(readFileSync(await file.path()));
  const strings = strFromU8(parts["xl/sharedStrings.xml"] ?? new Uint8Array());
  expect(strings).toContain("First agreed split");
  expect(strings).toContain(MOUSE);

  // the draft says how far it has gone since
  await page.getByRole("link", { name: "Board", exact: true }).click();
  await expect(page.getByRole("button", { name: "Add duty" })).toBeVisible();
  await cardOf(page, MENU).focus();
  await page.keyboard.press("m");
  await page.getByRole("button", { name: /Give to Northwind/ }).click();
  await expect(page.getByText(/1 change since version 1/)).toBeVisible();
});

test("sharing a duty asks who answers and which part is whose, as one step", async ({ page, app }) => {
  await createEngagement(page, app, "Ashby", "Merrow", "net");
  await cardOf(page, MENU).focus();
  await page.keyboard.press("m");
  await page.getByRole("button", { name: /Share between both/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Ashby", { exact: true }).click();
  await dialog.getByLabel("Boundary note").fill("The MSP runs the switches; Ashby patches the desks.");
  await dialog.getByRole("button", { name: "Share", exact: true }).click();
  const card = columnOf(page, "Shared").getByRole("article", { name: MENU });
  await expect(card).toContainText("Ashby answers");
  await expect(card).toContainText("The MSP runs the switches");
  await page.keyboard.press("Control+z");
  await expect(columnOf(page, "Merrow").getByRole("article", { name: MENU })).toContainText("Merrow answers");
});

test("a duty is added, opened by its address, renamed, deleted and brought back", async ({ page, app }) => {
  await createEngagement(page, app, "Ivybridge", "Kestrel", "net");
  await page.getByRole("button", { name: "Add duty" }).click();
  await page.getByRole("dialog").getByLabel("Duty").fill("Water the plants <script>alert(1)</script>");
  await page.getByRole("dialog").getByRole("button", { name: "Add duty" }).click();
  const card = page.getByRole("article", { name: /Water the plants/ });
  await expect(card).toContainText("<script>alert(1)</script>");
  await card.click();
  await expect(page).toHaveURL(/duty=/);
  await page.getByText("Text and description", { exact: true }).click();
  const text = page.getByRole("complementary", { name: /^Duty/ }).getByLabel("Duty", { exact: true });
  await text.fill("x".repeat(10_000));
  await text.press("Enter");
  await expect(page.getByText(/has 10000 characters; at most 300 fit/).first()).toBeVisible();
  await text.fill('=HYPERLINK("http://example.com")');
  await text.press("Enter");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("complementary", { name: /^Duty/ })).toHaveCount(0);
  const renamed = page.getByRole("article", { name: /HYPERLINK/ });
  await renamed.focus();
  await page.keyboard.press("Delete");
  await expect(renamed).toHaveCount(0);
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await expect(renamed).toBeVisible();
});

test("search, domain, owner and lens stand in the address", async ({ page, app }) => {
  await createEngagement(page, app, "Oakfield", "Lantern", "net");
  await page.getByLabel("Find a duty").fill("firewall");
  await expect(page).toHaveURL(/q=firewall/);
  await expect(page.getByRole("article")).toHaveCount(1);
  await page.getByText("Who answers").first().click();
  await expect(page).toHaveURL(/lens=answers/);
  await page.reload();
  await expect(page.getByRole("article")).toHaveCount(1);
  await expect(page.getByRole("region", { name: /^Shared/ })).toHaveCount(0);
  await page.getByLabel("Find a duty").fill("vlan");
  await expect(page.getByText("No duty matches “vlan”.")).toBeVisible();
});
