import type { Page } from "@playwright/test";
import { unzipSync, strFromU8 } from "fflate";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { works } from "../support/programs.mjs";
import { createEngagement, expect, expectAccessible, letIn, OWNER, startApp, test } from "./app";
import { draftOf, holdEveryRole, publish } from "./roles-held";

const POST = { headers: { "sec-fetch-site": "same-origin" } };

/** Leaves a few duties, writes down a holder of every role, and publishes. */
async function publishHeld(page: Page, matrix: string): Promise<void> {
  const { matrix: all } = await draftOf(page, matrix);
  const commands = all.duties.slice(8).map(({ id: dutyId }) => ({ type: "duty.delete", dutyId }));
  await page.request.post(`${matrix}/commands`, {
    ...POST,
    data: { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] },
  });
  await holdEveryRole(page, matrix);
  await publish(page, matrix, "First agreed split");
}

/** Changes three duties in words, letters and boundary, and publishes version 2. */
async function amend(page: Page, matrix: string): Promise<void> {
  const json = (await (await page.request.get(`${matrix}/export/json`)).json()) as { duties: { id: string }[] };
  const [first, second, third] = json.duties.map(({ id }) => id);
  const commands = [
    { type: "duty.edit", dutyId: first, set: { doneWhen: "Both sides have read it." } },
    { type: "duty.letters", dutyId: second, roleId: "it-team", letters: ["I"] },
    { type: "duty.edit", dutyId: third, set: { boundary: "The desk drafts; the lead decides." } },
  ];
  const sent = await page.request.post(`${matrix}/commands`, {
    ...POST,
    data: { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] },
  });
  expect(await sent.json()).toMatchObject({ rejected: [] });
  await publish(page, matrix, "Three duties are clearer");
}

/** Fills in the form of whoever signs, with a typed signature. */
async function signTyped(page: Page, name: string, title: string, number: number): Promise<void> {
  await page.getByLabel("Your title").fill(title);
  await page.getByLabel("Type your name as your signature").fill(name);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: `Sign version ${number}` }).click();
}

/** The files of a pack by name, each as its manifest says. */
async function pack(page: Page, address: string): Promise<Map<string, Uint8Array>> {
  const files = new Map(Object.entries(unzipSync(await (await page.request.get(address)).body())));
  const manifest = JSON.parse(strFromU8(files.get("manifest.json") ?? new Uint8Array())) as {
    files: { name: string; sha256: string }[];
  };
  expect(manifest.files.map(({ name }) => name).sort()).toEqual(
    [...files.keys()].filter((name) => name !== "manifest.json").sort(),
  );
  for (const { name, sha256 } of manifest.files)
    expect(
      createHash("sha256")
        .update(files.get(name) ?? "")
        .digest("hex"),
      name,
    ).toBe(sha256);
  return files;
}

/** The code for a signatory, as an owner is shown it on a version's page to pass it on. */
async function codeFor(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name: `Show the code for ${name}` }).click();
  const said = page.getByRole("paragraph").filter({ hasText: `is the code for ${name}` });
  await expect(said).toBeInViewport();
  return /\d{3} \d{3}/.exec(await said.innerText())?.[0] ?? "";
}

/** Nothing for axe to find and nothing wider than the window, on a desk and on a phone. With PICTURES, a folder, a picture of each in each theme. */
async function looksRight(page: Page, name: string, sizes: readonly number[] = [390, 1440]): Promise<void> {
  const before = page.viewportSize();
  for (const width of sizes) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    for (const colorScheme of process.env.PICTURES ? (["dark", "light"] as const) : []) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: path.join(process.env.PICTURES ?? "", `${name}-${width}-${colorScheme}.png`) });
    }
  }
  if (before) await page.setViewportSize(before);
}

test("a default install without a mail server goes from the very first visit to a version signed by both sides, one by account and one by link on a phone, whose signer has the signed PDF", async ({
  browser,
}) => {
  test.slow();
  const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-fresh-"));
  const fresh = await startApp(folder);
  const nobody = { storageState: { cookies: [], origins: [] } };
  const desk = await browser.newContext({ ...nobody, viewport: { width: 1440, height: 900 } });
  const page = await desk.newPage();
  const heard: string[] = [];
  page.on("pageerror", (error) => heard.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("Failed to load resource")) heard.push(message.text());
  });
  await page.goto(fresh.url);
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Create the account" }).click();
  await expect(page.getByRole("button", { name: `Account: ${OWNER.name}` })).toBeVisible();
  await page.goto(`${fresh.url}/engagements/new?start=library`);
  await page.getByLabel("Client", { exact: true }).fill("Northwind");
  await page.getByLabel("Provider", { exact: true }).fill("Harbour IT");
  await page.getByRole("radio", { name: "Harbour IT", exact: true }).check();
  await page.getByRole("button", { name: /^Create/ }).click();
  await expect(page.getByRole("region", { name: /^Unassigned, / })).toBeVisible();
  const matrix = page.url().replace(/\/board.*/, "");
  await publishHeld(page, matrix);
  await page.goto(`${matrix}/versions/1`);
  await page.getByRole("button", { name: "Send for signing" }).click();
  const dialog = page.getByRole("dialog", { name: "Send version 1 for signing" });
  const client = dialog.getByRole("group", { name: "Northwind" });
  await client.getByLabel("E-mail").fill("otto@northwind.example");
  await client.getByLabel("Name").fill("Otto Vane");
  await expect(dialog.getByText("No mail is sent from here, so you hand them over")).toBeVisible();
  await expect(dialog.getByText(/in the mail|by mail/)).toHaveCount(0);
  await dialog.getByRole("button", { name: "Send for signing" }).click();
  const link = await page.getByLabel("Link to hand over").inputValue();
  await looksRight(page, "sent");

  const pocket = await browser.newContext({
    ...nobody,
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const phone = await pocket.newPage();
  await phone.goto(link);
  await expect(phone.getByText(/Maya Lindqvist of Harbour IT asks you to sign version 1 of/)).toBeVisible();
  await looksRight(phone, "link-code");
  const code = await codeFor(page, "Otto Vane");
  await looksRight(page, "code-shown");
  await phone.getByLabel("Code").fill(code);
  await phone.getByRole("button", { name: "Go on" }).click();
  await expect(phone.getByRole("heading", { name: "Sign version 1" })).toBeVisible();
  await looksRight(phone, "link-page");
  const unsigned = phone.waitForEvent("download");
  await phone.getByRole("link", { name: "Download as PDF" }).click();
  expect(
    readFileSync(await (await unsigned).path())
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
  await signTyped(phone, "Otto Vane", "IT director", 1);
  await expect(phone.getByText("Signed. This page says so when everybody has.")).toBeVisible();
  await looksRight(phone, "link-signed");

  // Who sent it sees that on coming back to the page, without loading it anew.
  await page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await expect(
    page.getByText(
      "with a code that Maya Lindqvist of Harbour IT passed on. That the address is theirs was not proved.",
    ),
  ).toBeVisible();
  await expect(page.getByText("is the code for Otto Vane")).toHaveCount(0);
  await looksRight(page, "one-signed");
  await page.getByRole("link", { name: "Sign as Maya" }).click();
  await signTyped(page, "Maya Lindqvist", "vCIO", 1);
  await expect(page.getByText("Everybody has signed, so version 1 is agreed.")).toBeVisible();
  await looksRight(page, "account-signed");

  await phone.goto(link);
  await expect(phone.getByText("Everybody has signed: it is agreed.")).toBeVisible();
  await looksRight(phone, "link-agreed");
  const loading = phone.waitForEvent("download");
  await phone.getByRole("link", { name: "Download the signed PDF" }).click();
  const file = await (await loading).path();
  expect(readFileSync(file).subarray(0, 5).toString()).toBe("%PDF-");
  if (works("pdftotext", "-v")) {
    const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
    for (const said of [
      "Signature 1: Otto Vane",
      "Signature 2: Maya Lindqvist",
      "Typed: Otto Vane",
      "Typed: Maya Lindqvist",
      "Entered a code that Maya Lindqvist of Harbour IT passed on",
      "was not proved",
    ])
      expect(text).toContain(said);
  }
  await page.goto(`${matrix}/versions/1`);
  await expect(page.getByRole("heading", { name: "Version 1 is agreed" })).toBeVisible();
  await looksRight(page, "agreed");
  expect(heard).toEqual([]);
  await desk.close();
  await pocket.close();
  await fresh.stop();
  rmSync(folder, { recursive: true, force: true });
});

test("a version is sent, signed by account with the keyboard and by a personal link on a phone, and agreed; then amended, signed again and checked", async ({
  app,
  page,
  browser,
}) => {
  test.slow();
  await createEngagement(page, app, "Northwind", "Harbour IT", "gov");
  const matrix = page.url().replace(/\/board.*/, "");
  await publishHeld(page, matrix);
  await page.goto(`${matrix}/versions/1`);
  await page.getByRole("button", { name: "Send for signing" }).click();
  const dialog = page.getByRole("dialog", { name: "Send version 1 for signing" });
  const client = dialog.getByRole("group", { name: "Northwind" });
  await client.getByLabel("E-mail").fill("otto@northwind.example");
  await client.getByLabel("Name").fill("Otto Vane");
  await dialog.getByLabel("Message").fill("As we said on Monday.");
  await expect(client.getByText("has no owner here yet")).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Send for signing" }).click();
  const link = await page.getByLabel("Link to hand over").inputValue();
  await expect(page.getByText("0 of 2 signed")).toBeVisible();
  await expect(page.getByRole("article", { name: "Otto Vane, for Northwind" })).toContainText(
    "Named by Maya Lindqvist of Harbour IT, confirmed by nobody of Northwind.",
  );
  await expectAccessible(page);

  await page.getByRole("link", { name: "Sign as Maya" }).click();
  await expect(page.getByText("As we said on Monday.")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "Sign version 1" }).click();
  await expect(page.getByText("Tick this to sign.")).toBeVisible();
  // The sentence is there before the page has loaded again, and until then the button takes no press.
  await expect(page.getByRole("button", { name: "Sign version 1" })).toBeEnabled();
  await page.getByLabel("Your title").fill("vCIO");
  await page.getByLabel("Type your name as your signature").focus();
  await page.keyboard.type("Maya Lindqvist");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Signed. This page says so when everybody has.")).toBeVisible();
  await page.getByRole("link", { name: "Back to version 1" }).click();
  await expect(page.getByText("1 of 2 signed")).toBeVisible();

  const context = await browser.newContext({
    storageState: { cookies: [], origins: [] },
    viewport: { width: 390, height: 844 },
    hasTouch: true,
  });
  const phone = await context.newPage();
  const opened = await phone.goto(link);
  expect(opened?.headers()).toMatchObject({
    "cache-control": "no-store",
    "x-robots-tag": "noindex, nofollow",
    "referrer-policy": expect.stringMatching(/no-referrer$/),
  });
  await expect(phone.getByText("No mail is sent from here: ask Maya Lindqvist for it")).toBeVisible();
  await expect(phone.getByText(/Maya Lindqvist of Harbour IT asks you to sign version 1 of/)).toBeVisible();
  await phone.getByLabel("Code").fill(await codeFor(page, "Otto Vane"));
  await expectAccessible(phone);
  await phone.getByRole("button", { name: "Go on" }).click();
  await expect(phone.getByRole("heading", { name: "Sign version 1" })).toBeVisible();
  await expect(phone.getByText("Nobody of Northwind has confirmed that")).toBeVisible();
  await expect(phone.getByText("Maya Lindqvist of Harbour IT passed your code on.")).toBeVisible();
  await expect(phone.getByText("You sign as Otto Vane for Northwind.")).toBeVisible();
  await phone.getByLabel("Your title").fill("IT director");
  await phone.getByText("Draw it").click();
  const canvas = phone.getByRole("img", { name: /Draw your signature here/ });
  await canvas.scrollIntoViewIfNeeded();
  const box = await canvas.boundingBox();
  if (!box) throw new Error("There is no field to draw in.");
  await expect(async () => {
    await phone.mouse.move(box.x + 40, box.y + 90);
    await phone.mouse.down();
    for (const [x, y] of [
      [80, 40],
      [120, 110],
      [180, 60],
      [240, 90],
    ] as const)
      await phone.mouse.move(box.x + x, box.y + y);
    await phone.mouse.up();
    await expect(phone.getByRole("img", { name: "Your drawn signature" })).toBeVisible({ timeout: 500 });
  }).toPass();
  await phone.getByRole("checkbox").check();
  await expectAccessible(phone);
  await phone.getByRole("button", { name: "Sign version 1" }).click();
  await expect(phone.getByText("Everybody has signed, so version 1 is agreed.")).toBeVisible();
  const loading = phone.waitForEvent("download");
  await phone.getByRole("link", { name: "Download the signed PDF" }).click();
  const signed = await loading;
  expect(signed.suggestedFilename()).toMatch(/version-1\.pdf$/);
  expect(
    readFileSync(await signed.path())
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");

  await page.reload();
  await expect(page.getByRole("heading", { name: "Version 1 is agreed" })).toBeVisible();
  await expect(page.getByRole("img", { name: "Drawn signature of Otto Vane" })).toBeVisible();
  await page.goto(`${matrix}/versions`);
  await expect(page.getByText("Signed by all")).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "in force" })).toContainText("Version 1 is in force today");
  await expectAccessible(page);
  await page.goto(`${matrix}/versions?on=2020-01-01`);
  await expect(page.getByText("Nothing was in force on that day")).toBeVisible();

  // Three duties change; version 2 amends what was agreed and is signed as well, by who is confirmed for the client, which has an owner.
  const lena = await letIn(page, browser, { name: "Lena Berg", side: "Northwind" });
  await amend(page, matrix);
  await page.goto(`${matrix}/versions/2`);
  await page.getByRole("button", { name: "Send for signing" }).click();
  const again = page.getByRole("dialog", { name: "Send version 2 for signing" });
  await again.getByRole("button", { name: "Propose somebody for Northwind" }).click();
  await expectAccessible(page);
  await again.getByRole("group", { name: "Northwind" }).getByLabel("E-mail").fill("otto@northwind.example");
  await again.getByRole("group", { name: "Northwind" }).getByLabel("Name").fill("Otto Vane");
  await again.getByRole("button", { name: "Send for signing" }).click();
  await expect(page.getByText("The owners of Northwind confirm or change whom you proposed.")).toBeVisible();
  await expect(page.getByLabel("Link to hand over")).toHaveCount(0);
  await expect(page.getByRole("article", { name: "Otto Vane, for Northwind" }).getByRole("button")).toHaveCount(0);
  await lena.goto(`${matrix}/versions/2`);
  await expect(
    lena.getByText("Nothing this person does counts before an owner of Northwind confirms it"),
  ).toBeVisible();
  await expectAccessible(lena);
  await lena.getByRole("button", { name: "One more signatory" }).click();
  await expectAccessible(lena);
  await lena.getByRole("button", { name: "Not now" }).click();
  await lena.getByRole("button", { name: "Confirm that Otto Vane signs for Northwind" }).click();
  const second = await lena.getByLabel("Link to hand over").inputValue();
  await expect(lena.getByText("confirmed by Lena Berg of Northwind")).toBeVisible();
  await expect(
    lena.getByText("The first owner of Northwind was invited by Maya Lindqvist of Harbour IT."),
  ).toBeVisible();
  await expectAccessible(lena);
  await page.getByRole("link", { name: "Sign as Maya" }).click();
  await expect(page.getByText("Version 1 is what was agreed last. 5 duties are unchanged.")).toBeVisible();
  await signTyped(page, "Maya Lindqvist", "vCIO", 2);
  await expect(page.getByText("Signed. This page says so when everybody has.")).toBeVisible();
  await page.goto(`${matrix}/versions/2`);
  await expect(page.getByText("1 of 2 signed")).toBeVisible();
  await expect(page.getByRole("button", { name: "Show the code for Otto Vane" })).toHaveCount(0);
  await phone.goto(second);
  await expect(phone.getByText("No mail is sent from here: ask Lena Berg for it")).toBeVisible();
  await phone.getByLabel("Code").fill(await codeFor(lena, "Otto Vane"));
  await lena.context().close();
  await phone.getByRole("button", { name: "Go on" }).click();
  await signTyped(phone, "Somebody Else", "IT director", 2);
  await expect(phone.getByText("Type Otto Vane, as you were asked.")).toBeVisible();
  await signTyped(phone, "Otto Vane", "IT director", 2);
  await expect(phone.getByText("Everybody has signed, so version 2 is agreed.")).toBeVisible();
  await context.close();
  await page.goto(`${matrix}/versions`);
  await expect(
    page.getByRole("listitem").filter({ has: page.getByRole("heading", { name: /^Version 1/ }) }),
  ).toContainText("superseded");

  // Anybody checks what either pack holds, on the page and without any server.
  const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-packs-"));
  const stranger = await browser.newPage({ storageState: { cookies: [], origins: [] } });
  const kept: string[] = [];
  for (const number of [1, 2]) {
    const files = await pack(page, `${matrix}/versions/${number}/export/zip`);
    for (const kind of ["xlsx", "docx", "pdf", "json"]) {
      const name = [...files.keys()].find((one) => one.endsWith(`version-${number}.${kind}`)) ?? "";
      const buffer = Buffer.from(files.get(name) ?? []);
      await stranger.goto(`${app.url}/verify`);
      await stranger.getByLabel(/Choose a file/).setInputFiles({ name, mimeType: "application/octet-stream", buffer });
      await expect(stranger.getByRole("heading", { level: 2 }), name).toHaveText(
        number === 1 ? /^This was version 1, .*superseded by version 2/ : /^This is version 2, agreed on .*, in force/,
      );
      kept.push(path.join(folder, name));
      writeFileSync(path.join(folder, name), buffer);
    }
  }
  const checked = spawnSync(process.execPath, ["--import", "tsx", "app/cli/demarc.ts", "verify", ...kept], {
    encoding: "utf8",
    env: { ...process.env, DATABASE_URL: "" },
  });
  for (const number of [1, 2])
    expect((checked.stdout + checked.stderr).match(new RegExp(`claims to be version ${number}`, "g"))).toHaveLength(4);
  expect(checked.status).toBe(0);
  await stranger.close();
  rmSync(folder, { recursive: true, force: true });
});
