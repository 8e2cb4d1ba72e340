import type { Page } from "@playwright/test";
import { alive, atRest, createEngagement, expect, expectAccessible, saved, test } from "./app";

async function openLookUp(page: Page) {
  await alive(page);
  await page.keyboard.press("Control+k");
  const dialog = page.getByRole("dialog", { name: "Who owns this?" });
  await expect(dialog).toBeVisible();
  return { dialog, options: dialog.getByRole("option"), words: dialog.getByRole("combobox") };
}

test("what people say at night finds the duty by keyboard alone, and words that no duty has lead to whom to turn to", async ({
  page,
  app,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "end", "inc", "sup");
  const { dialog, options, words } = await openLookUp(page);
  await page.keyboard.type("laptop stolen");
  await expect(options.first()).toContainText("END-06");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("ISP");
  await expect(dialog.getByRole("status")).toHaveText("No duty matches “ISP”. Here is who to turn to.");
  await expect(options).toHaveText([/^In an incidentINC-02/, /^At any hourINC-11/, /^For anything elseSUP-01/]);
  await expectAccessible(page);
  await page.keyboard.press("ArrowDown");
  await expect(words).toHaveAttribute("aria-activedescendant", (await options.nth(1).getAttribute("id")) ?? "");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/matrix\?duty=inc-11$/);
  await expect(dialog).toHaveCount(0);
});

test("the way on is a domain where one comes near, and the people and their numbers", async ({ page, app }) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "end", "inc", "sup");
  const { dialog, options } = await openLookUp(page);
  await page.keyboard.type("zzyzx bnarg printer");
  await expect(dialog.getByRole("status")).toContainText("No duty says all of “zzyzx bnarg printer”.");
  await expect(options.first()).toContainText("END-08");
  await expect(dialog.getByRole("link", { name: "People and their numbers" })).toHaveAttribute("href", /\/people$/);
  await dialog.getByRole("link", { name: "All duties of Endpoints and mobile" }).click();
  await expect(page).toHaveURL(/\/board\?domain=end$/);
  await expect(dialog).toHaveCount(0);
});

test("people give a duty words of their own, which find it from then on, and undo takes them back", async ({
  page,
  app,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "sup");
  await page.goto(page.url().replace("/board", "/matrix?duty=sup-05"));
  await alive(page);
  await page.getByText("Search words", { exact: true }).click();
  await page.getByLabel("What people say who mean this").fill("badge reader, door won’t open");
  await page.keyboard.press("Enter");
  await saved(page);
  let look = await openLookUp(page);
  await look.words.fill("bagde reader");
  await expect(look.options.first()).toContainText("SUP-05");
  await look.dialog.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: /^Undo/ }).first().click();
  await saved(page);
  look = await openLookUp(page);
  await look.words.fill("bagde reader");
  await expect(look.dialog.getByRole("status")).toContainText("No duty matches");
});

test("the look-up answers without a connection", async ({ page, app, context }) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "end");
  await atRest(page);
  await context.setOffline(true);
  const { options, words } = await openLookUp(page);
  await words.fill("left my phone in a taxi");
  await expect(options.first()).toContainText("END-06");
  await context.setOffline(false);
});

for (const [on, viewport] of [
  ["a phone", { width: 390, height: 844 }],
  ["a desk", { width: 1440, height: 900 }],
] as const) {
  test(`axe finds nothing in any state of the look-up on ${on}, and nothing is cut off`, async ({ page, app }) => {
    await createEngagement(page, app, "Northwind", "Harbour IT", "end", "inc", "sup");
    await page.setViewportSize(viewport);
    const { dialog, words } = await openLookUp(page);
    for (const query of ["", "access", "printer", "zzyzx", "zzyzx bnarg printer"]) {
      await words.fill(query);
      await expectAccessible(page);
      expect(await dialog.evaluate((box) => box.scrollWidth - box.clientWidth)).toBeLessThanOrEqual(0);
    }
  });
}

test("the front page and the board find a name however it is typed", async ({ page, app }) => {
  await createEngagement(page, app, "İstanbul Cafe\u0301", "Harbour IT", "gov");
  await page.goto(page.url().replace(/\/board.*/, "/board?q=ＳＥＲＶＩＣＥ+rev\u00ADiew"));
  await expect(page.getByRole("article")).toHaveCount(1);
  await createEngagement(page, app, "Ankara", "Harbour IT", "gov");
  for (const typed of ["istanbul", "ISTANBUL", "café", "cafe\u0301", "cafe"]) {
    await page.goto(`${app.url}/?q=${encodeURIComponent(typed)}`);
    await expect(page.getByRole("link", { name: /stanbul/ }).first()).toBeVisible();
    await expect(page.getByRole("link", { name: /Ankara/ })).toHaveCount(0);
  }
});
