import type { Page } from "@playwright/test";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { withDrawnText } from "../support/pdfs";
import { works } from "../support/programs.mjs";
import { alive, createEngagement, expect, letIn, saved, test } from "./app";
import { holdEveryRole, holdWithHole, publish } from "./roles-held";

const ADA = { name: "Ada Heron", email: `ada.${Date.now()}@heron.example` };
const level = (page: Page, number: number) => page.getByRole("button", { name: new RegExp(`^Level ${number},`) });
const panel = (page: Page) => page.getByRole("complementary");
const agreement = (page: Page) => page.getByRole("region", { name: "Agreement" });
const state = (page: Page, word: string) => page.getByText(`S1 · Incident · ${word}`);

/** Opens S1 anew, as it is stored. */
async function openPath(page: Page, matrix: string): Promise<void> {
  await page.goto(`${matrix}/escalation?path=s1`);
  await alive(page);
}

async function signTyped(page: Page, matrix: string, name: string, number: number): Promise<void> {
  await page.goto(`${matrix}/versions/${number}`);
  await page.getByRole("link", { name: `Sign as ${name.split(" ")[0]}` }).click();
  await page.getByLabel("Your title").fill("Director");
  await page.getByLabel("Type your name as your signature").fill(name);
  await page.getByRole("checkbox").check();
  await page.getByRole("button", { name: `Sign version ${number}` }).click();
  await expect(page.getByText(/^Signed\. (This page says so|Everybody has signed)/)).toBeVisible();
}

/** Each side names its own owner, and both sign. */
async function signByBoth(provider: Page, client: Page, matrix: string, number: number): Promise<void> {
  await provider.goto(`${matrix}/versions/${number}`);
  await provider.getByRole("button", { name: "Send for signing" }).click();
  await provider.getByRole("dialog").getByRole("button", { name: "Send for signing" }).click();
  await expect(provider.getByRole("dialog")).toHaveCount(0);
  await client.goto(`${matrix}/versions/${number}`);
  await client.getByRole("button", { name: "Name who signs" }).click();
  await client.getByLabel("E-mail").fill(ADA.email);
  await client.getByLabel("Name").fill(ADA.name);
  await client.getByRole("dialog").getByRole("button", { name: "Ask them to sign" }).click();
  await expect(client.getByRole("dialog")).toHaveCount(0);
  await signTyped(provider, matrix, "Maya Lindqvist", number);
  await signTyped(client, matrix, ADA.name, number);
}

const fileOf = async (page: Page, address: string) => new Uint8Array(await (await page.request.get(address)).body());
/** The texts of a workbook or a document that people see; what it carries to be checked by is one long text. */
function textsOf(bytes: Uint8Array): string[] {
  const parts = unzipSync(bytes);
  const xml = strFromU8(parts["xl/sharedStrings.xml"] ?? parts["word/document.xml"] ?? new Uint8Array());
  return [...xml.matchAll(/<(?:w:)?t(?: [^>]*)?>([^<]*)</g)].flatMap(([, text = ""]) =>
    text.length < 2_000 ? [text] : [],
  );
}
/** A workbook or document in which one text reads differently, once. */
function reworded(bytes: Uint8Array, part: string, from: string, to: string): Uint8Array {
  const parts = unzipSync(bytes);
  const xml = strFromU8(parts[part] ?? new Uint8Array());
  expect(xml).toContain(`>${from}<`);
  return zipSync({ ...parts, [part]: strToU8(xml.replace(`>${from}<`, `>${to}<`)) });
}

test("both sides agree a path, close a hole from its finding, sign, change one level and sign the amendment, which names only that level; every file of both packs is sound, and an altered delay is named", async ({
  page,
  app,
  browser,
}) => {
  test.slow();
  await createEngagement(page, app, "Heron Foods", "Tarnbrook IT", "iam");
  const matrix = page.url().replace(/\/board.*/, "");
  await page.goto(`${matrix}/escalation`);
  await alive(page);
  await page.getByRole("button", { name: "Start from eight paths" }).click();
  await saved(page);
  const client = await letIn(page, browser, { ...ADA, side: "Heron Foods" });

  // Two people change two fields of one level; one of them without a line.
  await openPath(page, matrix);
  await openPath(client, matrix);
  await page.context().setOffline(true);
  await level(page, 2).click();
  await panel(page).getByLabel("Reached after").fill("20");
  await panel(page).getByLabel("Reached after").press("Enter");
  await panel(page).getByLabel("What a level may do").focus();
  await level(client, 2).click();
  await panel(client).getByLabel("What a level may do").fill("Cuts the site off.");
  await panel(client).getByLabel("What a level may do").press("Tab");
  await panel(client).getByRole("button", { name: "Take SMS out" }).click();
  await saved(client);
  await page.context().setOffline(false);
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await saved(page);
  for (const one of [page, client]) {
    await openPath(one, matrix);
    await level(one, 2).click();
    await expect(panel(one).getByLabel("Reached after")).toHaveValue("20");
    await expect(panel(one).getByLabel("What a level may do")).toHaveValue("Cuts the site off.");
    await expect(panel(one).getByRole("button", { name: "Take SMS out" })).toHaveCount(0);
  }

  // One disputes, a ruling settles it.
  await openPath(client, matrix);
  await agreement(client).getByRole("button", { name: "Dispute" }).click();
  await client.getByLabel("How Heron Foods sees it").fill("Our lead is called first.");
  await agreement(client).getByRole("button", { name: "Dispute" }).click();
  await expect(state(client, "Disputed")).toBeVisible();
  await saved(client);
  await openPath(page, matrix);
  await page.getByRole("button", { name: "Write the ruling" }).click();
  await page.getByLabel("What was ruled", { exact: true }).fill("The desk is called first.");
  await page.getByLabel("Why", { exact: true }).fill("It is awake.");
  await page.getByLabel("By whom", { exact: true }).fill("Mira Holm");
  await page.getByRole("button", { name: "Save the ruling" }).click();
  await page.getByRole("button", { name: "Confirm the ruling" }).click();
  await saved(page);
  await openPath(client, matrix);
  await agreement(client).getByRole("button", { name: "Confirm the ruling" }).click();
  await expect(state(client, "Agreed")).toBeVisible();
  await saved(client);

  // One role has a hole on Saturdays, which its finding closes.
  await holdEveryRole(page, matrix, ["it-lead"]);
  await holdWithHole(page, matrix, "it-lead", "Ann Shah");
  await openPath(page, matrix);
  const hole = page
    .getByRole("region", { name: "Cover across the week" })
    .getByRole("listitem")
    .filter({ hasText: "IT lead has no cover: Sat 00:00 to 08:00 each week." });
  await hole.getByRole("button", { name: "Let Holder of client cover" }).click();
  await expect(hole).toHaveCount(0);

  await publish(page, matrix, "First agreed split");
  await signByBoth(page, client, matrix, 1);

  // One level changes, and only that is amended.
  await openPath(page, matrix);
  await level(page, 3).click();
  await panel(page).getByLabel("Reached after").fill("45");
  await panel(page).getByLabel("Reached after").press("Enter");
  await saved(page);
  await publish(page, matrix, "The third level waits longer");
  await signByBoth(page, client, matrix, 2);

  const amended = `${matrix}/versions/2/export`;
  const workbook = textsOf(await fileOf(page, `${amended}/xlsx?as=amendment`));
  const document = textsOf(await fileOf(page, `${amended}/docx?as=amendment`));
  for (const texts of [workbook, document]) {
    const all = texts.join("\n");
    expect(all).toMatch(/S1/);
    expect(all).toMatch(/After 30 minutes/);
    expect(all).toMatch(/After 45 minutes/);
    for (const other of [/At the start/, /After 20 minutes/, /After 1 hour/, /Security/])
      expect(all).not.toMatch(other);
  }
  const markdown = strFromU8(await fileOf(page, `${amended}/md`));
  const changes = /\n## What changed[^\n]*\n([^]*?)(?=\n## |$)/.exec(markdown)?.[1] ?? "";
  expect(changes).toMatch(/After 45 minutes/);
  expect(changes).not.toMatch(/At the start|After 20 minutes|After 1 hour/);

  const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-escalation-"));
  const place = (name: string, bytes: Uint8Array) => {
    writeFileSync(path.join(folder, name), bytes);
    return path.join(folder, name);
  };
  if (works("pdftotext", "-v")) {
    const drawn = execFileSync("pdftotext", [
      "-layout",
      place("amendment.pdf", await fileOf(page, `${amended}/pdf?as=amendment`)),
      "-",
    ]).toString();
    expect(drawn).toMatch(/After 45 minutes/);
    expect(drawn).not.toMatch(/At the start|After 20 minutes|After 1 hour/);
  }

  // Anybody checks both packs, on the page and without any server.
  const stranger = await browser.newPage({ storageState: { cookies: [], origins: [] } });
  const answer = stranger.getByRole("heading", { level: 2 });
  const give = async (name: string, bytes: Uint8Array) => {
    await stranger.goto(`${app.url}/verify`);
    await alive(stranger);
    await stranger
      .getByLabel(/Choose a file/)
      .setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(bytes) });
  };
  const byCommand = (...files: string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", "app/cli/demarc.ts", "verify", ...files], {
      encoding: "utf8",
      env: { ...process.env, DATABASE_URL: "" },
    });
  const sound = new Map<string, Uint8Array>();
  const kept: string[] = [];
  for (const number of [1, 2])
    for (const format of ["xlsx", "docx", "pdf", "json"]) {
      const bytes = await fileOf(page, `${matrix}/versions/${number}/export/${format}`);
      const name = `version-${number}.${format}`;
      sound.set(name, bytes);
      kept.push(place(name, bytes));
      await give(name, bytes);
      await expect(answer, name).toHaveText(
        number === 1 ? /^This was version 1, .*superseded by version 2/ : /^This is version 2, agreed on .*, in force/,
      );
    }
  const checked = byCommand(...kept);
  expect(checked.stdout + checked.stderr).toMatch(/claims to be version 2/);
  expect(checked.status).toBe(0);

  // A delay that was altered in a file is named, whatever the file is.
  const whole = (name: string) => sound.get(name) ?? new Uint8Array();
  const altered: [string, Uint8Array][] = [
    ["altered.xlsx", reworded(whole("version-2.xlsx"), "xl/sharedStrings.xml", "After 45 minutes", "After 15 minutes")],
    ["altered.docx", reworded(whole("version-2.docx"), "word/document.xml", "After 45 minutes", "After 15 minutes")],
    ["altered.pdf", withDrawnText(whole("version-2.pdf"), "After 45 minutes", "After 15 minutes")],
  ];
  for (const [name, bytes] of altered) {
    const file = place(name, bytes);
    if (name.endsWith(".pdf") && works("pdftotext", "-v"))
      expect(execFileSync("pdftotext", ["-layout", file, "-"]).toString()).toMatch(/After 15 minutes/);
    await give(name, bytes);
    await expect(answer, name).toHaveText(/^This claims to be version 2, but it differs from it: \d+ differences?\.$/);
    await expect(stranger.getByText("After 15 minutes", { exact: true }).first(), name).toBeVisible();
    await expect(stranger.getByText("After 45 minutes", { exact: true }).first(), name).toBeVisible();
    const said = byCommand(file);
    expect(said.stdout + said.stderr, name).toContain("After 15 minutes");
    expect(said.status, name).toBe(1);
  }
  await stranger.close();
  rmSync(folder, { recursive: true, force: true });
});
