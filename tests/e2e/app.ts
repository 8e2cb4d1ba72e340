import { test as base, type Browser, type BrowserContext, type Page } from "@playwright/test";
import type Axe from "axe-core";
import Database from "better-sqlite3";
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { CHEAP, SHORT_LIVED } from "../support/short-lived.mjs";
import { expect } from "./patient-expect";

export type App = {
  url: string;
  stop(): Promise<void>;
  /** Ends every window in which something is counted: a worker's tests share an account, and make in minutes more than it may in an hour. */ forgetTries(): void;
};
type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;
export type Owned = App & {
  /** What a browser holds in which the owner of the installation is signed in. */ owner: {
    cookies: Cookies;
    origins: [];
  };
  /** The folder that stands in for a mail server. */ outbox: string;
};

export const OWNER = { name: "Maya Lindqvist", email: "maya@northwind.example", password: "four quiet words here" };

/** The built server on a database of its own and a free port. */
export async function startApp(folder: string, port = 0, settings: Record<string, string> = {}): Promise<App> {
  const file = path.join(folder, "e2e.db");
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PASSWORD_COST: CHEAP,
    ...settings,
    PORT: String(port),
    NODE_ENV: "production",
    DATABASE_URL: `file:${file}`,
  };
  const child: ChildProcess = spawn(process.execPath, [...SHORT_LIVED, "server.js"], {
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`The server ended with ${code}.`)));
    child.stdout?.on("data", (text: Buffer) => {
      const found = /http:\/\/localhost:\d+/.exec(text.toString());
      if (found) resolve(found[0]);
    });
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      child.once("exit", () => resolve());
      child.kill("SIGKILL");
    });
  const forgetTries = () => {
    const database = new Database(file);
    database.exec('DELETE FROM "Attempt"');
    database.close();
  };
  return { url, stop, forgetTries };
}

/** Tests with an application of their own for the worker's files; a file that counts what the installation holds says `test.use({ alone: "its name" })`. Anything unexpected on the browser's console fails it; that a preloaded file waited long says only how busy the machine is. */
export const test = base.extend<{ quiet: void }, { app: Owned; alone: string }>({
  alone: ["", { option: true, scope: "worker" }],
  app: [
    async ({ browser, alone: _alone }, use) => {
      const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-e2e-"));
      const app = await startApp(folder);
      await use({ ...app, owner: await setUp(browser, app.url), outbox: path.join(folder, "outbox") });
      await app.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: "worker" },
  ],
  storageState: ({ app }, provide) => provide(app.owner),
  quiet: [
    async ({ app, page }, use) => {
      app.forgetTries();
      const heard: string[] = [];
      page.on("console", (message) => {
        if (
          ["error", "warning"].includes(message.type()) &&
          !/Failed to load resource|was preloaded using link preload/.test(message.text())
        )
          heard.push(message.text());
      });
      page.on("pageerror", (error) => heard.push(error.message));
      await use();
      expect(heard).toEqual([]);
    },
    { auto: true },
  ],
});

export { expect };

/** The first visitor's one screen, filled in as they would. */
export async function setUp(browser: Browser, url: string): Promise<Owned["owner"]> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel("Your name").fill(OWNER.name);
  await page.getByLabel("E-mail").fill(OWNER.email);
  await page.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await page.getByRole("button", { name: "Create the account" }).click();
  await expect(page.getByRole("button", { name: `Account: ${OWNER.name}` })).toBeVisible();
  const cookies = await context.cookies();
  await context.close();
  return { cookies, origins: [] };
}

/**
 * Creates an engagement from the library, as its form does, and opens its board. A test that is about one domain or two
 * names them: the other duties are deleted first, since each card costs every look at the page.
 */
export async function createEngagement(
  page: Page,
  app: App,
  clientName: string,
  providerName: string,
  ...domains: string[]
): Promise<void> {
  const form = { clientName, providerName, agreementReference: "", preset: "shared", side: "provider" };
  const answer = await page.request.post(`${app.url}/engagements/new`, {
    form,
    headers: { "sec-fetch-site": "same-origin" },
    maxRedirects: 0,
  });
  expect(answer.status(), await answer.text()).toBe(302);
  const board = new URL(answer.headers().location ?? "", app.url).href;
  if (domains.length > 0) await keepOnly(page, board.replace(/\/board.*/, ""), domains);
  await page.goto(board);
  await expect(page.getByRole("region", { name: /^Unassigned, / })).toBeVisible();
  await alive(page);
}

async function keepOnly(page: Page, matrix: string, domains: readonly string[]): Promise<void> {
  const { duties } = (await (await page.request.get(`${matrix}/export/json`)).json()) as {
    duties: { id: string; domainId: string }[];
  };
  const commands = duties.flatMap(({ id, domainId }) =>
    domains.includes(domainId) ? [] : [{ type: "duty.delete", dutyId: id }],
  );
  const answer = await page.request.post(`${matrix}/commands`, {
    data: { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] },
    headers: { "sec-fetch-site": "same-origin" },
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

/** Waits until React has taken the page over: a key that is pressed before goes nowhere. */
export async function alive(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    Object.keys(document.querySelector("main") ?? {}).some((key) => key.startsWith("__reactFiber")),
  );
}

type Invited = { name: string; email?: string; permission?: "Viewer" | "Editor" | "Signatory"; side: string };

/** Invites somebody to a side from the page about access, and lets them open an account in a browser of their own; ends on their board. */
export async function letIn(
  page: Page,
  browser: Browser,
  {
    name,
    email = `${name.toLowerCase().replaceAll(" ", ".")}.${Date.now()}@people.example`,
    permission,
    side,
  }: Invited,
): Promise<Page> {
  const back = page.url();
  await page.goto(back.replace(/\/matrices\/([^/]+)\/.*/, "/matrices/$1/access"));
  const panel = page.getByRole("region", { name: new RegExp(`^${side}, \\d+ p`) });
  await panel.getByLabel("Invite by e-mail").fill(email);
  if (permission) await panel.getByLabel("Access", { exact: true }).selectOption({ label: permission });
  await panel.getByRole("button", { name: /^Invite/ }).click();
  const link = await page.getByLabel("Link to hand over").inputValue();
  const context = await browser.newContext({
    storageState: { cookies: [], origins: [] },
    viewport: { width: 1440, height: 900 },
  });
  const other = await context.newPage();
  await other.goto(link);
  await other.getByLabel("Your name").fill(name);
  await other.getByLabel("Password", { exact: true }).fill(OWNER.password);
  await other.getByRole("button", { name: "Create the account and accept" }).click();
  await expect(other.getByRole("region", { name: /^Unassigned, / })).toBeVisible();
  await alive(other);
  await page.goto(back);
  return other;
}

/** The card of a duty by its words. */
export function cardOf(page: Page, text: string) {
  return page.getByRole("article", { name: text });
}

/** The column of a party by its name. */
export function columnOf(page: Page, name: string) {
  return page.getByRole("region", { name: new RegExp(`^${name}, \\d+ dut`) });
}

/** Waits until nothing more is fetched. The stream of what others do never ends, so that the network as a whole is never idle. */
export async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(
    async () => {
      const fetched = () => performance.getEntriesByType("resource").length;
      const before = fetched();
      await new Promise((resolve) => setTimeout(resolve, 600));
      return document.readyState === "complete" && fetched() === before;
    },
    undefined,
    { polling: 100 },
  );
}

/** Waits until every edit is stored. */
export async function saved(page: Page): Promise<void> {
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const COLOURS = ["color-contrast", "link-in-text-block"];
const PHONE = 640;
type Look = { colorScheme: "light" | "dark"; options: Axe.RunOptions };
/** Colours are all that a theme can change, and all that a phone has in common with a desk. */
const DESK: readonly Look[] = [
  { colorScheme: "light", options: { runOnly: RULES } },
  { colorScheme: "dark", options: { runOnly: { type: "rule", values: COLOURS } } },
];
const ON_A_PHONE: readonly Look[] = [
  {
    colorScheme: "light",
    options: { runOnly: RULES, rules: Object.fromEntries(COLOURS.map((rule) => [rule, { enabled: false }])) },
  },
];

/** Nothing axe knows to look for (there are no frames, sounds or films to fetch), by the rules of WCAG 2.2 AA: on a desk in both themes; on a phone all but colours, which are those of the desk. */
export async function expectAccessible(page: Page): Promise<void> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const phone = (page.viewportSize()?.width ?? PHONE) < PHONE;
  for (const { colorScheme, options } of phone ? ON_A_PHONE : DESK) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const found = await page.evaluate(async (asked) => {
      const { violations } = await (window as typeof window & { axe: typeof Axe }).axe.run(document, {
        ...asked,
        resultTypes: ["violations"],
        preload: false,
        iframes: false,
      });
      return violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map(({ target }) => target.join(" "))
            .join(" | ")}`,
      );
    }, options);
    expect(found, `in the ${colorScheme} theme`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: "light" });
}
