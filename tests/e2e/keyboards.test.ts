import type { CDPSession, Page } from "@playwright/test";
import { alive, cardOf, createEngagement, expect, saved, test } from "./app";

const CTRL = 2;
const SHIFT = 8;

/** A key as a keyboard of another script sends it: what it types, and the place of the key. */
async function press(keyboard: CDPSession, key: string, code: string, modifiers = 0): Promise<void> {
  const facts = { key, code, modifiers, windowsVirtualKeyCode: /^Key[A-Z]$/.test(code) ? code.charCodeAt(3) : 0 };
  await keyboard.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...facts });
  await keyboard.send("Input.dispatchKeyEvent", { type: "keyUp", ...facts });
}

async function openGrid(page: Page, dutyId: string): Promise<void> {
  await page.goto(page.url().replace(/\/board.*/, `/matrix?duty=${dutyId}`));
  await alive(page);
  await expect(page.getByRole("complementary", { name: /^Duty / })).toBeVisible();
}

const cell = (page: Page) => page.locator('[id="cell-net-04-0"]');
const below = (page: Page) => page.locator('[id="cell-net-05-0"]');

test("letters, filling down, undoing and looking up work on a Russian, a Greek and a Turkish keyboard", async ({
  page,
  app,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net");
  await openGrid(page, "net-04");
  const keyboard = await page.context().newCDPSession(page);
  const rows = page.locator("[data-row^=net-]");
  await expect(rows.first()).toBeVisible();
  await page.getByRole("grid").focus();
  await page.keyboard.press("Delete");
  await expect(cell(page)).toHaveText("");

  await press(keyboard, "к", "KeyR");
  await expect(cell(page)).toHaveText(/^R/);
  await press(keyboard, "α", "KeyA");
  await expect(cell(page)).toHaveText(/^A/);
  await page.keyboard.press("Delete");
  await press(keyboard, "ı", "KeyI");
  await expect(cell(page)).toHaveText(/^I/);

  await page.keyboard.press("Shift+ArrowDown");
  await press(keyboard, "в", "KeyD", CTRL);
  await expect(below(page)).toHaveText(/^I/);
  await press(keyboard, "я", "KeyZ", CTRL);
  await press(keyboard, "Ω", "KeyZ", CTRL);
  await expect(cell(page)).not.toHaveText(/^I/);
  await press(keyboard, "Я", "KeyZ", CTRL | SHIFT);
  await expect(cell(page)).toHaveText(/^I/);

  await press(keyboard, "л", "KeyK", CTRL);
  await expect(page.getByRole("dialog", { name: "Who owns this?" })).toBeVisible();
  await page.keyboard.press("Escape");

  // The letter that a keyboard types counts before the place of its key: here A is where Q is elsewhere.
  await page.getByRole("grid").focus();
  await page.keyboard.press("Delete");
  await press(keyboard, "r", "KeyO");
  await expect(cell(page)).toHaveText(/^R/);
  await saved(page);
});

test("a card is moved from a Russian keyboard", async ({ page, app }) => {
  await createEngagement(page, app, "Eastwind", "Harbour IT", "net");
  const keyboard = await page.context().newCDPSession(page);
  await cardOf(page, "Run switches and wireless, including firmware").focus();
  await press(keyboard, "ь", "KeyM");
  await expect(page.getByRole("dialog")).toBeVisible();
});

/** Japanese as an input method types it: words wait to be taken by Enter, or put away by Escape. */
async function compose(keyboard: CDPSession, text: string): Promise<void> {
  await keyboard.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
}

test("Enter and Escape belong to the input method while it composes: nothing half written is stored, nothing is emptied or closed", async ({
  page,
  app,
}) => {
  await createEngagement(page, app, "Southwind", "Harbour IT", "net");
  await openGrid(page, "net-04");
  const keyboard = await page.context().newCDPSession(page);
  const stored: string[] = [];
  page.on("request", (request) => request.url().endsWith("/commands") && stored.push(request.postData() ?? ""));

  const cadence = page.getByRole("textbox", { name: "Cadence", exact: true });
  await cadence.fill("毎週、");
  await compose(keyboard, "しょうがい");
  await press(keyboard, "Enter", "Enter");
  await press(keyboard, "Escape", "Escape");
  await expect(cadence).toHaveValue("毎週、しょうがい");
  await expect(page.getByRole("complementary", { name: /^Duty / })).toBeVisible();
  await keyboard.send("Input.insertText", { text: "障害対応" });
  expect(stored).toEqual([]);
  await page.keyboard.press("Enter");
  await saved(page);
  await expect.poll(() => stored.length).toBe(1);
  expect(stored[0]).toContain('"cadence":"毎週、障害対応"');

  // A duty's words where they stand in the grid.
  await page.getByRole("grid").focus();
  await page.keyboard.press("F2");
  const renaming = page.getByRole("textbox", { name: /^Text of / });
  await renaming.fill("");
  await compose(keyboard, "ねっとわーく");
  await press(keyboard, "Enter", "Enter");
  await press(keyboard, "Escape", "Escape");
  await expect(renaming).toBeFocused();
  await keyboard.send("Input.insertText", { text: "ネットワークを動かす" });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("rowheader", { name: /ネットワークを動かす/ })).toBeVisible();
  await saved(page);

  // The look-up opens nothing while its words are being chosen.
  await page.keyboard.press("Control+k");
  const looking = page.getByRole("combobox", { name: "A few words of the duty" });
  await expect(looking).toBeFocused();
  await compose(keyboard, "ネットワーク");
  await expect(page.getByRole("listbox", { name: "Duties" }).getByRole("option")).toHaveCount(1);
  await press(keyboard, "Enter", "Enter");
  await expect(page.getByRole("dialog", { name: "Who owns this?" })).toBeVisible();
  await keyboard.send("Input.insertText", { text: "ネットワーク" });
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Who owns this?" })).toHaveCount(0);

  // Names of parties.
  await page.goto(page.url().replace(/\/matrix.*/, "/parties"));
  await alive(page);
  const name = page.getByRole("textbox", { name: "Name of the client", exact: true });
  await name.fill("");
  await compose(keyboard, "きた");
  const before = stored.length;
  await press(keyboard, "Enter", "Enter");
  await press(keyboard, "Escape", "Escape");
  await expect(name).toHaveValue("きた");
  await keyboard.send("Input.insertText", { text: "北風" });
  await page.keyboard.press("Enter");
  await saved(page);
  await expect.poll(() => stored.length).toBe(before + 1);
  expect(stored.at(-1)).toContain('"name":"北風"');
});
