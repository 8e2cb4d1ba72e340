import type { Page } from "@playwright/test";
import { createEngagement, expect, expectAccessible, test } from "./app";

/** The look-up with something found, which is a dialog over any page. */
async function lookUp(page: Page) {
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Who owns this?" });
  await dialog.getByRole("combobox").fill("access");
  await expect(dialog.getByRole("option").first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
}

// Each of these looks at every node of a dozen screens, which a busy machine takes its time over.
test.describe.configure({ timeout: 240_000 });
// A trace keeps a copy of the page for each of axe's steps, which costs more than axe itself; the failure names what it found.
test.use({ trace: "off" });

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing on any screen, ${colorScheme}`, async ({ page, app }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto(app.url);
    await expectAccessible(page);
    await page.goto(`${app.url}/engagements/new?start=library`);
    await expectAccessible(page);
    await createEngagement(page, app, `Northwind ${colorScheme}`, "Harbour IT");
    const board = page.url();
    await expectAccessible(page);
    await lookUp(page);
    await page.goto(`${board}?duty=iam-03`);
    await expect(page.getByRole("complementary", { name: "Duty IAM-03" })).toBeVisible();
    await expectAccessible(page);
    for (const view of ["/findings", "/findings?duty=end-06"]) {
      await page.goto(board.replace("/board", view));
      await expect(page.getByRole("heading", { name: /findings$/ })).toBeVisible();
      await expectAccessible(page);
    }
    for (const view of ["/parties", "/activity", "/matrices", "/publish"]) {
      await page.goto(board.replace("/board", view));
      await expectAccessible(page);
    }
    await page.getByLabel("Reason for this version").fill("First agreed split");
    await page.getByRole("button", { name: "Publish version 1" }).click();
    await expect(page.getByRole("heading", { name: /Version 1/ }).first()).toBeVisible();
    await expectAccessible(page);
    await page.goto(board.replace("/board", "/versions"));
    await expectAccessible(page);
    await page.goto(app.url);
    await expectAccessible(page);
  });

  test(`axe finds nothing on a phone, ${colorScheme}`, async ({ page, app }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await createEngagement(page, app, `Southwind ${colorScheme}`, "Harbour IT");
    const board = page.url();
    await page.setViewportSize({ width: 390, height: 844 });
    for (const view of ["/board", "/matrix", "/matrix?duty=iam-03", "/findings", "/findings?duty=end-06", "/activity", "/matrices", "/parties"]) {
      await page.goto(board.replace("/board", view));
      await expectAccessible(page);
    }
    await lookUp(page);
  });
}
