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

test("ten tabs of one browser with boards, the projector and the participant's page of a workshop all load and are kept current by three streams", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Tabbed", "Harbour IT", "net");
  const client = await letIn(page, browser, { name: "Wendy Tabs", side: "Tabbed" });
  const board = client.url();
  const post = async (path: string, sent: { data?: object; form?: Record<string, string> }) => {
    const answer = await client.request.post(`${app.url}${path}`, {
      ...sent,
      headers: { "sec-fetch-site": "same-origin" },
      maxRedirects: 0,
    });
    expect(answer.status(), await answer.text()).toBeLessThan(400);
    return answer.headers().location ?? "";
  };
  const matrix = /\/matrices\/[^/]+/.exec(board)?.[0] ?? "";
  const workshop = (await post(`${matrix}/workshops`, { form: { title: "First title" } })).split("/").at(-1) ?? "";
  const ask = (asked: object) => post(`/workshop/${workshop}/asked`, { data: { asked: [asked] } });
  const titled = (title: string) => ask({ type: "plan", title, minutes: 90, items: [] });
  await post(`/workshop/${workshop}/enter`, { form: {} });

  let open = 0;
  const openTab = async (path: string) => {
    const tab = await client.context().newPage();
    const counted = (change: number) => (request: { url(): string }) => {
      const { pathname } = new URL(request.url());
      if (pathname.endsWith("/live")) open += change;
    };
    tab.on("request", counted(1));
    tab.on("requestfinished", counted(-1));
    tab.on("requestfailed", counted(-1));
    await tab.goto(`${app.url}${path}`);
    return tab;
  };
  await client.goto("about:blank");
  const participants: Page[] = [];
  const projectors: Page[] = [];
  const boards: Page[] = [];
  for (let i = 0; i < 4; i++) participants.push(await openTab(`/workshop/${workshop}`));
  for (let i = 0; i < 3; i++) projectors.push(await openTab(`/workshop/${workshop}/projector`));
  for (let i = 0; i < 3; i++) boards.push(await openTab(new URL(board).pathname));
  for (const tab of boards) await alive(tab);

  await titled("Second title");
  for (const tab of [...participants, ...projectors]) await expect(tab.getByText("Second title").first()).toBeVisible();
  await give(page, "Tabbed");
  for (const tab of boards) await expect(columnOf(tab, "Tabbed").getByRole("article", { name: DUTY })).toBeVisible();
  expect(open).toBe(3);

  // The first ones read the streams for the others.
  await participants.shift()?.close();
  await projectors.shift()?.close();
  await titled("Third title");
  for (const tab of [...participants, ...projectors]) await expect(tab.getByText("Third title").first()).toBeVisible();
  await client.context().close();
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

test("an edit made offline in a tab that was closed, and refused since its duty was deleted, is kept and explained until it is discarded", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Refused", "Harbour IT", "net");
  const client = await letIn(page, browser, { name: "Rita Refused", side: "Refused" });
  await atRest(client);
  await cardOf(client, DUTY).focus();
  await client.keyboard.press("m");
  await expect(client.getByRole("dialog")).toBeVisible();
  await client.keyboard.press("Escape");
  await client.context().setOffline(true);
  await give(client, "Refused");
  await expect(client.getByText("Offline, 1 edit kept")).toBeVisible();
  await cardOf(page, DUTY).focus();
  await page.keyboard.press("Delete");
  await expect(cardOf(page, DUTY)).toHaveCount(0);
  await saved(page);

  const tab = await client.context().newPage();
  await client.close({ runBeforeUnload: false });
  await tab.context().setOffline(false);
  await tab.goto(page.url());
  const refused = tab.getByRole("region", { name: "Edits that were refused" });
  await expect(refused).toContainText("1 edit was refused");
  await expect(refused).toContainText(`NET-02 ${DUTY}: Moved to Refused`);
  await expect(refused).toContainText(/Not done: .*deleted/);
  await expect(tab.getByText("An edit was refused", { exact: true })).toBeVisible();
  await expectAccessible(tab);

  // It survives a reload, and trying again while the duty is gone.
  await tab.reload();
  await expect(refused).toContainText(`NET-02 ${DUTY}: Moved to Refused`);
  await refused.getByRole("button", { name: "Try again" }).click();
  await expect(refused).toContainText(/Not done: .*deleted/);

  // The duty comes back, and what was refused is done.
  await page.keyboard.press("Control+z");
  await expect(cardOf(tab, DUTY)).toBeVisible();
  await refused.getByRole("button", { name: "Try again" }).click();
  await expect(refused).toHaveCount(0);
  await expect(columnOf(page, "Refused").getByRole("article", { name: DUTY })).toBeVisible();
  await saved(tab);
  await tab.reload();
  await alive(tab);
  await atRest(tab);
  await expect(refused).toHaveCount(0);
  await tab.context().close();
});

test("whoever comes back is told what others changed since, is led there, and is not told twice", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Backagain", "Harbour IT", "net");
  const client = await letIn(page, browser, { name: "Tom Since", side: "Backagain" });
  const since = client.getByRole("region", { name: "Since you were here" });
  await atRest(client);
  await expect(since).toHaveCount(0);
  const board = client.url();
  await client.goto("about:blank");
  await give(page, "Backagain");
  await saved(page);

  await client.goto(board);
  await expect(since).toContainText("1 change by Maya Lindqvist since you were here on");
  await expectAccessible(client);
  await atRest(client);
  await client.reload();
  await expect(since).toBeVisible();
  await since.getByRole("link", { name: "See it" }).click();
  await expect(client.getByText("By others since")).toBeVisible();
  await expect(client.getByRole("listitem").filter({ hasText: DUTY })).toHaveCount(1);
  await expect(since).toHaveCount(0);
  await atRest(client);
  await client.goto(board);
  await alive(client);
  await expect(since).toHaveCount(0);

  // One's own edits are no news, neither to oneself.
  await page.reload();
  await alive(page);
  await expect(page.getByRole("region", { name: "Since you were here" })).toHaveCount(0);
  await client.context().close();
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
