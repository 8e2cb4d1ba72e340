import { columnOf, createEngagement, expect, saved, test } from "./app";

test("a finger that rests on a card picks it up and drops it on another column", async ({ app, browser }) => {
  const context = await browser.newContext({ viewport: { width: 1180, height: 820 }, hasTouch: true });
  const page = await context.newPage();
  await createEngagement(page, app, "Northwind", "Harbour IT", "gov", "net");
  const card = columnOf(page, "Northwind").getByRole("article").first();
  const name = (await card.getAttribute("aria-label")) ?? "";
  const target = columnOf(page, "Harbour IT");
  await card.scrollIntoViewIfNeeded();
  const from = await card.boundingBox();
  const to = await target.boundingBox();
  if (!from || !to) throw new Error("The card or the column isn't on screen.");
  const cdp = await context.newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...touchPoints: { x: number; y: number }[]) =>
    cdp.send("Input.dispatchTouchEvent", { type, touchPoints });
  await touch("touchStart", { x: from.x + 60, y: from.y + 12 });
  // A finger picks up after resting for a quarter of a second; nothing on screen tells that moment.
  await page.waitForTimeout(500);
  await touch("touchMove", { x: from.x + 80, y: from.y + 14 });
  await touch("touchMove", { x: to.x + 60, y: to.y + 120 });
  await touch("touchMove", { x: to.x + 64, y: to.y + 124 });
  await touch("touchEnd");
  await expect(target.getByRole("article", { name })).toBeVisible();
  await saved(page);
  await context.close();
});
