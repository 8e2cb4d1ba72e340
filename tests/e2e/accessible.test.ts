import { createEngagement, expect, expectAccessible, test } from "./app";

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
    await page.goto(`${board}?duty=iam-03`);
    await expect(page.getByRole("complementary", { name: "Duty IAM-03" })).toBeVisible();
    await expectAccessible(page);
    await page.goto(board.replace("/board", "/findings"));
    await expect(page.getByRole("heading", { name: /findings$/ })).toBeVisible();
    await expectAccessible(page);
    await page.goto(board.replace("/board", "/parties"));
    await expectAccessible(page);
    await page.goto(board.replace("/board", "/publish"));
    await expectAccessible(page);
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
    for (const view of ["/board", "/matrix", "/matrix?duty=iam-03", "/findings"]) {
      await page.goto(board.replace("/board", view));
      await expectAccessible(page);
    }
  });
}
