import type { Page } from "@playwright/test";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { createEngagement, expect, expectAccessible, test } from "./app";

const POST = { headers: { "sec-fetch-site": "same-origin" } };
type Draft = { revision: number; matrix: { parties: { id: string; kind: "client" | "provider" | "third-party" }[]; roles: { id: string; partyId: string }[]; duties: { id: string }[] } };

/** Leaves a few duties, writes down a holder of every role, without which nothing is signed, and publishes. */
async function publishHeld(page: Page, matrix: string): Promise<void> {
  const { matrix: all } = (await (await page.request.get(`${matrix}/draft?since=-1`)).json()) as Draft;
  const commands = all.duties.slice(8).map(({ id: dutyId }) => ({ type: "duty.delete", dutyId }));
  await page.request.post(`${matrix}/commands`, { ...POST, data: { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] } });
  const { matrix: draft, revision } = (await (await page.request.get(`${matrix}/draft?since=-1`)).json()) as Draft;
  for (const party of draft.parties) {
    const id = crypto.randomUUID();
    await page.request.post(`${matrix}/people`, { ...POST, form: { intent: "add", id, side: party.kind, name: `Holder of ${party.kind}` } });
    for (const role of draft.roles.filter(({ partyId }) => partyId === party.id)) await page.request.post(`${matrix}/holders`, { ...POST, form: { intent: "hold", roleId: role.id, personId: id, since: "2026-01-01" } });
  }
  await page.request.post(`${matrix}/publish`, { ...POST, form: { revision: String(revision), reason: "First agreed split", agreementReference: "", exhibit: "", precedence: "", effectiveDate: "", reviewDate: "" } });
}

/** The newest code that was written to an address, from the folder that stands in for the mail server. */
async function codeFor(folder: string, address: string): Promise<string> {
  let code = "";
  await expect(async () => {
    const mails = readdirSync(folder).sort().map((name) => readFileSync(path.join(folder, name), "utf8")).filter((mail) => mail.includes(`To: ${address}`));
    code = /Subject: (\d{6}) is your code/.exec(mails.at(-1) ?? "")?.[1] ?? "";
    expect(code).not.toBe("");
  }).toPass();
  return code;
}

test("a version is sent, signed by account with the keyboard and by a personal link on a phone, and agreed", async ({ app, page, browser }) => {
  await createEngagement(page, app, "Northwind", "Harbour IT");
  const matrix = page.url().replace(/\/board.*/, "");
  await publishHeld(page, matrix);
  await page.goto(`${matrix}/versions/1`);
  await page.getByRole("button", { name: "Send for signing" }).click();
  const dialog = page.getByRole("dialog", { name: "Send version 1 for signing" });
  const client = dialog.getByRole("group", { name: "Northwind" });
  await client.getByLabel("E-mail").fill("otto@northwind.example");
  await client.getByLabel("Name").fill("Otto Vane");
  await dialog.getByLabel("Message").fill("As we said on Monday.");
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Send for signing" }).click();
  const link = await page.getByLabel("Link to hand over").inputValue();
  await expect(page.getByText("0 of 2 signed")).toBeVisible();
  await expectAccessible(page);

  await page.getByRole("link", { name: "Sign as Maya" }).click();
  await expect(page.getByText("As we said on Monday.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign version 1" }).click();
  await expect(page.getByText("Tick this to sign.")).toBeVisible();
  await page.getByLabel("Your title").fill("vCIO");
  await page.getByLabel("Type your name as your signature").focus();
  await page.keyboard.type("Maya Lindqvist");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Signed. You hear of it when everybody has.")).toBeVisible();
  await page.getByRole("link", { name: "Back to version 1" }).click();
  await expect(page.getByText("1 of 2 signed")).toBeVisible();

  const context = await browser.newContext({ storageState: { cookies: [], origins: [] }, viewport: { width: 390, height: 844 }, hasTouch: true });
  const phone = await context.newPage();
  const opened = await phone.goto(link);
  expect(opened?.headers()).toMatchObject({ "cache-control": "no-store", "x-robots-tag": "noindex, nofollow", "referrer-policy": expect.stringMatching(/no-referrer$/) });
  await phone.getByRole("button", { name: "Send me the code" }).click();
  await phone.getByLabel("Code").fill(await codeFor(app.outbox, "otto@northwind.example"));
  await expectAccessible(phone);
  await phone.getByRole("button", { name: "Go on" }).click();
  await expect(phone.getByRole("heading", { name: "Sign version 1" })).toBeVisible();
  await phone.getByLabel("Your title").fill("IT director");
  await phone.getByText("Draw it").click();
  const canvas = phone.getByRole("img", { name: /Draw your signature here/ });
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error("There is no field to draw in.");
  await expect(async () => {
    await phone.mouse.move(box.x + 40, box.y + 90);
    await phone.mouse.down();
    for (const [x, y] of [[80, 40], [120, 110], [180, 60], [240, 90]] as const) await phone.mouse.move(box.x + x, box.y + y);
    await phone.mouse.up();
    await expect(phone.getByRole("img", { name: "Your drawn signature" })).toBeVisible({ timeout: 500 });
  }).toPass();
  await phone.getByRole("checkbox").check();
  await expectAccessible(phone);
  await phone.getByRole("button", { name: "Sign version 1" }).click();
  await expect(phone.getByText("Everybody has signed, so version 1 is agreed.")).toBeVisible();
  await context.close();

  await page.reload();
  await expect(page.getByRole("heading", { name: "Version 1 is agreed" })).toBeVisible();
  await expect(page.getByRole("img", { name: "Drawn signature of Otto Vane" })).toBeVisible();
  await page.goto(`${matrix}/versions`);
  await expect(page.getByText("Signed by all")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "in force" })).toContainText("Version 1 is in force today");
  await expectAccessible(page);
  await page.goto(`${matrix}/versions?on=2020-01-01`);
  await expect(page.getByText("Nothing was in force on that day")).toBeVisible();
});
