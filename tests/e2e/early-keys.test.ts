import { createEngagement, expect, test } from "./app";

test("a key pressed while a slow machine still takes a page over opens what it asks for, and breaks nothing", async ({
  page,
  app,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "gov");
  const slow = await page.context().newCDPSession(page);
  await slow.send("Emulation.setCPUThrottlingRate", { rate: 4 });
  // The same press again and again from the first moment on, so that one of them falls between the page's parts.
  await page.addInitScript(() => {
    const press = setInterval(() => {
      window.dispatchEvent(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, cancelable: true }));
      if (document.querySelector("dialog[open]")) clearInterval(press);
    }, 2);
  });
  await page.goto(page.url().replace(/\/board.*/, "/findings"));
  await expect(page.getByRole("dialog", { name: "Who owns this?" })).toBeVisible({ timeout: 20_000 });
});
