import type { Page } from "@playwright/test";
import { alive, atRest, cardOf, columnOf, createEngagement, expect, expectAccessible, letIn, saved, test } from "./app";

const DUTY = "Run switches and wireless, including firmware";

/** Moves a duty's card to the client's column by keyboard. */
async function give(page: Page, to: string): Promise<void> {
  await cardOf(page, DUTY).focus();
  await page.keyboard.press("m");
  await page.getByRole("button", { name: new RegExp(`Give to ${to}`) }).click();
}

test("two browsers on the board see each other's moves, who is there and on what, and nothing of one's own is moved", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  const client = await letIn(page, browser, { name: "Tom Okafor", side: "Northwind" });
  await expect(page.getByRole("button", { name: "Tom Okafor is here too" })).toBeVisible();
  await expect(client.getByRole("button", { name: "Maya Lindqvist is here too" })).toBeVisible();

  // The owner stands on another card and stays on it, while Tom moves one.
  const other = cardOf(page, "Approve and make firewall rule changes");
  await other.focus();
  await give(client, "Northwind");
  await expect(columnOf(page, "Northwind").getByRole("article", { name: DUTY })).toBeVisible();
  await expect(page.getByText(`Tom Okafor changed NET-02 ${DUTY}`)).toHaveCount(1);
  await expect(other).toBeFocused();
  await expect(page.getByText("Undone")).toHaveCount(0);

  // Undo is one's own: the owner has nothing to undo.
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeDisabled();
  await saved(client);
  await client.keyboard.press("Control+z");
  await expect(columnOf(page, "Northwind").getByRole("article", { name: DUTY })).toHaveCount(0);

  // Where somebody is can be gone to.
  await cardOf(client, DUTY).focus();
  await page.getByRole("button", { name: "Tom Okafor is here too" }).click();
  await page.getByRole("menuitem", { name: /Tom Okafor.*on NET-02/ }).click();
  await expect(page).toHaveURL(/duty=/);
  await expectAccessible(page);

  await client.goto("about:blank");
  await expect(page.getByRole("button", { name: "Tom Okafor is here too" })).toHaveCount(0);
  await client.context().close();
});

test("eight tabs of one browser all load and are all kept current, whichever of them is closed", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Eight", "Harbour IT", "net");
  const client = await letIn(page, browser, { name: "Ines Tabs", side: "Eight" });
  const tabs = await Promise.all(
    Array.from({ length: 7 }, async () => {
      const tab = await client.context().newPage();
      await tab.goto(page.url());
      await alive(tab);
      return tab;
    }),
  );
  await give(page, "Eight");
  for (const tab of [client, ...tabs])
    await expect(columnOf(tab, "Eight").getByRole("article", { name: DUTY })).toBeVisible();
  // The first one reads the stream for all.
  await client.close();
  await saved(page);
  await page.keyboard.press("Control+z");
  for (const tab of tabs) await expect(columnOf(tab, "Eight").getByRole("article", { name: DUTY })).toHaveCount(0);
  await tabs[0]?.context().close();
});

test("edits made offline in a tab that was closed are sent by the next one, under what others did meanwhile", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Closed", "Harbour IT", "net");
  const client = await letIn(page, browser, { name: "Olga Offline", side: "Closed" });
  await atRest(client);
  await cardOf(client, DUTY).focus();
  await client.keyboard.press("m");
  await expect(client.getByRole("dialog")).toBeVisible();
  await client.keyboard.press("Escape");
  await client.context().setOffline(true);
  await give(client, "Closed");
  await expect(client.getByText("Offline, 1 edit kept")).toBeVisible();
  await cardOf(page, "Chase internet line faults with the carrier").focus();
  await page.keyboard.press("m");
  await page.getByRole("button", { name: /Give to Closed/ }).click();
  await saved(page);

  const tab = await client.context().newPage();
  client.once("dialog", (dialog) => void dialog.accept());
  await client.close({ runBeforeUnload: false });
  await tab.context().setOffline(false);
  await tab.goto(page.url());
  for (const window of [tab, page])
    for (const duty of [DUTY, "Chase internet line faults with the carrier"])
      await expect(columnOf(window, "Closed").getByRole("article", { name: duty })).toBeVisible();
  await saved(tab);
  await tab.context().close();
});

test("the grid follows a card that is dragged with the mouse, and the board a letter that is typed in the grid", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Gridley", "Harbour IT", "net");
  const client = await letIn(page, browser, { name: "Mo Mouse", side: "Gridley" });
  await page.getByRole("link", { name: "Matrix", exact: true }).click();
  const grid = page.getByRole("grid", { name: "Responsibility matrix" });
  await expect(grid).toBeVisible();

  const card = cardOf(client, DUTY);
  await card.scrollIntoViewIfNeeded();
  const from = await card.boundingBox();
  const to = await columnOf(client, "Gridley").boundingBox();
  if (!from || !to) throw new Error("The card and the column are on screen.");
  await client.mouse.move(from.x + 60, from.y + 12);
  await client.mouse.down();
  await client.mouse.move(from.x + 20, from.y + 30, { steps: 4 });
  await client.mouse.move(to.x + to.width / 2, to.y + 220, { steps: 12 });
  await expect(columnOf(client, "Gridley").getByText("Give to Gridley")).toBeVisible();
  await client.mouse.up();
  await expect(page.getByRole("gridcell", { name: /^IT team, Gridley: does\. NET-02/ })).toBeVisible();

  await page.getByRole("gridcell", { name: /^Leadership, .*NET-01/ }).click();
  await page.keyboard.press("c");
  await expect(client.getByText("Maya Lindqvist changed NET-01", { exact: false })).toHaveCount(1);
  await client.context().close();
});
