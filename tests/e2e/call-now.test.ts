import type { Page } from "@playwright/test";
import { createEngagement, expect, expectAccessible, letIn, test, alive } from "./app";

const POST = { headers: { "sec-fetch-site": "same-origin" } };
const ALWAYS = Object.fromEntries(
  ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [`week-${day}`, "00:00 to 24:00"]),
);
/** Business words of a path, of which a search finds it by its examples. */
const TRIGGER = "Work has stopped for most people";

type Draft = {
  matrix: { roles: { id: string; name: string; partyId: string }[]; parties: { id: string; kind: string }[] };
};

const matrixOf = (page: Page) => page.url().replace(/(\/matrices\/[^/]+).*/, "$1");

/**
 * An engagement whose duties name the path S1: the service desk at the start, which Dee holds at any hour, and the IT lead
 * after 15 minutes, who may decide and whom nobody holds. Ends on the board.
 */
async function withPath(page: Page, app: Parameters<typeof createEngagement>[1], client: string): Promise<void> {
  await createEngagement(page, app, client, "Tarnbrook IT", "end");
  const matrix = matrixOf(page);
  const { roles, parties } = ((await (await page.request.get(`${matrix}/draft?since=-1`)).json()) as Draft).matrix;
  const side = (kind: string) => parties.find((party) => party.kind === kind)?.id;
  const role = (name: string, kind: string) =>
    roles.find((one) => one.name === name && one.partyId === side(kind))?.id ?? "";
  const desk = role("Service desk", "provider");
  const lead = role("IT lead", "client");
  const level = (minutes: number, roleId: string, more: object) => ({
    minutes,
    calls: [{ roleId, direction: "up" }],
    channels: ["phone", "email"],
    decides: false,
    may: "",
    ...more,
  });
  const fields = {
    kind: "incident",
    name: "S1",
    trigger: TRIGGER,
    examples: "Ransomware is spreading",
    clock: { kind: "always" },
    levels: {
      l1: level(0, desk, { may: "Opens the bridge." }),
      l2: level(15, lead, { decides: true }),
    },
    repeats: 0,
    roundMinutes: null,
    updateMinutes: 30,
    decisionTarget: 30,
    restoreTarget: null,
    handover: "Reason, next step, owner, due time",
    lastResort: "Whoever is on the bridge contains what is spreading",
  };
  const commands = [
    { type: "thing.add", part: "paths", thingId: "s1", fields, beforeId: null },
    { type: "domain.escalate", domainId: "end", pathId: "s1" },
  ];
  const edited = await page.request.post(`${matrix}/commands`, {
    ...POST,
    data: { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] },
  });
  expect(await edited.json()).toMatchObject({ rejected: [] });
  const id = crypto.randomUUID();
  const send = async (form: Record<string, string>) => {
    const answer = await page.request.post(`${matrix}/people`, { ...POST, form, maxRedirects: 0 });
    expect(answer.status(), await answer.text()).toBe(302);
  };
  const dee = { name: "Dee Ashworth", side: "provider", phoneNumber0: "+44 (0)20 7946 0123", phoneLabel0: "desk" };
  await send({ intent: "add", id, ...dee, email: "dee@tarnbrook.example", timeZone: "Europe/London", ...ALWAYS });
  await send({ intent: "hold", roleId: desk, personId: id });
  await send({ intent: "verify", id });
  await page.reload();
  await alive(page);
}

async function openLookUp(page: Page): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(page.getByRole("combobox", { name: "A few words of the duty" })).toBeFocused();
}

/** Opens the page anew and waits until it knows who is called. `passTime` lets a clock run that stands still. */
async function knowing(page: Page, passTime: () => Promise<void> = async () => undefined): Promise<void> {
  const url = page.url();
  // What the page before still fetches must not be taken for what this one does.
  await page.goto("about:blank");
  const fetched = page.waitForResponse((answer) => answer.url().endsWith("/right-now") && answer.ok());
  await page.goto(url);
  await alive(page);
  await passTime();
  await (await fetched).finished();
}

test("by keys alone a duty leads to who is called now, with links that call and write, and back to the words", async ({
  page,
  app,
}) => {
  await withPath(page, app, "Halden Foods");
  await openLookUp(page);
  await page.keyboard.type("laptop stolen");
  await expect(page.getByRole("dialog").getByRole("option").first()).toContainText("END-06");
  const call = page.getByRole("button", { name: "Who to call now: S1" });
  await page.keyboard.press("Tab");
  await expect(call).toBeFocused();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Call now: S1" });
  await expect(dialog.getByRole("button", { name: "Back" })).toBeFocused();
  await expect(dialog.getByText(/^The path that applies to END-06/)).toBeVisible();
  const levels = dialog.getByRole("list", { name: /^Who is called by S1/ }).locator("> li");
  const desk = levels.nth(0);
  const lead = levels.nth(1);
  await expect(desk).toContainText("Dee Ashworth");
  await expect(desk).toContainText("On shift, by phone");
  await expect(desk).toContainText(/Verified \d+ \w{3} \d{4}/);
  await expect(desk.getByRole("link", { name: /7946/ })).toHaveAttribute("href", "tel:+442079460123");
  await expect(desk.getByRole("link", { name: "dee@tarnbrook.example" })).toHaveAttribute(
    "href",
    "mailto:dee@tarnbrook.example",
  );
  await expect(lead).toContainText("May decide");
  await expect(lead).toContainText("Nobody: No holder");
  await expect(dialog.getByText("Whoever is on the bridge contains what is spreading")).toBeVisible();
  await expect(dialog).toContainText("by this device’s clock");
  await expect(dialog.getByRole("status")).toContainText("holds until");
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "A few words of the duty" })).toHaveValue("laptop stolen");
});

test("without a connection it still says who is called, as of when, and until when it holds", async ({
  page,
  app,
  context,
}) => {
  await withPath(page, app, "Kestrel Foods");
  await knowing(page);
  await context.setOffline(true);
  await openLookUp(page);
  await expect(page.getByRole("option", { name: /^Call now: S1/ })).toBeVisible();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Call now: S1" });
  await expect(dialog.getByRole("link", { name: /7946/ })).toBeVisible();
  await expect(dialog.getByRole("status")).toContainText(/As of \d+ \w{3} \d{4}, \d\d:\d\d/);
  await expect(dialog.getByRole("status")).toContainText(
    "Demarc can’t be reached. What has changed since isn’t in this answer.",
  );
  await expectAccessible(page);
  await context.setOffline(false);
});

test("numbers that were kept are forgotten once whoever looks is signed out", async ({ page, app, context }) => {
  await withPath(page, app, "Juniper Foods");
  await knowing(page);
  await context.clearCookies();
  await openLookUp(page);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Call now: S1" });
  await expect(dialog.getByRole("status")).toContainText("You are signed out.");
  await expect(dialog.getByRole("link", { name: /7946/ })).toHaveCount(0);
  await context.setOffline(true);
  await dialog.getByRole("button", { name: "Back" }).click();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("status")).toContainText("isn’t known in this window");
  await expect(dialog.getByRole("link", { name: /7946/ })).toHaveCount(0);
  await context.setOffline(false);
});

test("beyond the hours that are known it says so and guesses nobody", async ({ page, app, context }) => {
  await page.clock.install();
  await withPath(page, app, "Larch Foods");
  await knowing(page, () => page.clock.runFor(6_000));
  await context.setOffline(true);
  await page.clock.setSystemTime(Date.now() + 49 * 60 * 60_000);
  await openLookUp(page);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Call now: S1" });
  await expect(dialog.getByRole("status")).toContainText(
    "Who is called at this moment isn’t known here; connect again.",
  );
  await expect(dialog.getByText("Service desk")).toBeVisible();
  await expect(dialog.getByText("Dee Ashworth")).toHaveCount(0);
  await expect(dialog.getByRole("link", { name: /7946/ })).toHaveCount(0);
  await context.setOffline(false);
});

test("a clock of the device that is wrong is noticed, and Demarc’s is used", async ({ page, app }) => {
  await withPath(page, app, "Maple Foods");
  await page.clock.install({ time: Date.now() + 3 * 60 * 60_000 });
  await page.reload();
  await alive(page);
  await openLookUp(page);
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Call now: S1" });
  await expect(dialog).toContainText("by Demarc’s clock. This device’s is 3 hours ahead.");
  await expect(dialog.getByRole("link", { name: /7946/ })).toBeVisible();
});

test("on a phone two taps from the board reach a number to call", async ({ page, app }) => {
  await withPath(page, app, "Nettle Foods");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload();
  await alive(page);
  await page.getByRole("button", { name: "Who owns this?" }).click();
  await page.getByRole("option", { name: /^Call now: S1/ }).click();
  const number = page.getByRole("link", { name: /7946/ });
  await expect(number).toBeVisible();
  expect((await number.boundingBox())?.height).toBeGreaterThanOrEqual(44);
  await expectAccessible(page);
});

test("a search finds a path by its examples", async ({ page, app }) => {
  await withPath(page, app, "Orchard Foods");
  await openLookUp(page);
  await page.keyboard.type("ransomware");
  await expect(page.getByRole("option", { name: /^Call now: S1/ })).toBeVisible();
});

/** How many pages a PDF has. */
function pagesOf(bytes: Buffer): number {
  return bytes.toString("latin1").match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
}

test("a call card prints on one page of each paper, and its PDF has one page", async ({ page, app }) => {
  await withPath(page, app, "Pine Foods");
  await page.goto(`${matrixOf(page)}/escalation`);
  await page.getByRole("link", { name: "Print call card" }).click();
  await expect(page.getByRole("article", { name: "Call card: S1" })).toContainText("Dee Ashworth");
  await expect(page.getByRole("article", { name: "Call card: S1" })).toContainText("+44 (0)20 7946 0123 (desk)");
  await expect(page.getByRole("article", { name: "Call card: S1" })).toContainText("Nobody holds this role");
  for (const [label, format] of [
    ["A4", "A4"],
    ["Letter", "Letter"],
    ["Wallet on A4", "A4"],
  ] as const) {
    await page.getByRole("radiogroup", { name: "Paper" }).getByText(label, { exact: true }).click();
    await expect(page.getByRole("radio", { name: label, exact: true })).toBeChecked();
    expect(pagesOf(await page.pdf({ format, preferCSSPageSize: true })), label).toBe(1);
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Download PDF" }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/^pine-foods-tarnbrook-it-call-card-s1-.*\.pdf$/);
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(Buffer.from(chunk));
    expect(pagesOf(Buffer.concat(chunks)), label).toBe(1);
  }
  await page.goto(`${matrixOf(page)}/activity`);
  await expect(page.getByText("Downloaded the call card of S1, with names and numbers.").first()).toBeVisible();
});

test("axe finds nothing on the page of call cards, and who isn’t an owner is told what the PDF leaves out", async ({
  page,
  app,
  browser,
}) => {
  await withPath(page, app, "Quince Foods");
  const viewer = await letIn(page, browser, { name: "Vera Viewer", side: "Tarnbrook IT", permission: "Viewer" });
  for (const size of ["", "?size=wallet-A4"]) {
    await page.goto(`${matrixOf(page)}/call-card${size}`);
    await alive(page);
    for (const viewport of [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(viewport);
      await expectAccessible(page);
    }
  }
  await viewer.goto(`${matrixOf(page)}/call-card`);
  await expect(viewer.getByRole("article", { name: "Call card: S1" })).toContainText("Dee Ashworth");
  await expect(viewer.getByText("The PDF leaves names and numbers out")).toBeVisible();
});
