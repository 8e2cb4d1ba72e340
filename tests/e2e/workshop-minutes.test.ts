import type { Browser, Page } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import ICAL from "ical.js";
import { readFileSync } from "node:fs";
import type { Asked } from "~/domain/workshop/asked";
import type { Choice } from "~/domain/workshop/shapes";
import { readPdf } from "~/files/read/pdf.server";
import { alive, createEngagement, expect, expectAccessible, letIn, test, type App } from "./app";

const SAME = { "sec-fetch-site": "same-origin" };

async function ask(page: Page, address: string, ...asked: Asked[]): Promise<void> {
  const answer = await page.request.post(`${address}/asked`, { data: { asked }, headers: SAME });
  const body = await answer.text();
  expect(answer.status(), body).toBe(200);
  expect(JSON.parse(body)).toMatchObject({ rejected: [] });
}

async function comeIn(page: Page, address: string): Promise<string> {
  const answer = await page.request.post(`${address}/enter`, { form: {}, headers: SAME });
  return ((await answer.json()) as { participantId: string }).participantId;
}

/** A workshop on whose four duties the hosts agreed, parked, disputed and said nothing; it is open still. */
async function heldWorkshop({ page, app, browser }: { page: Page; app: App; browser: Browser }) {
  await createEngagement(page, app, "Northwind", "Harbour IT", "iam");
  const matrix = page.url().replace(/\/board.*/, "");
  const ruth = await letIn(page, browser, { name: "Ruth Adler", side: "Northwind" });
  const exported = (await (await page.request.get(`${matrix}/export/json`)).json()) as {
    duties: { id: string }[];
    parties: { id: string; kind: string }[];
  };
  const idOf = (kind: string) => exported.parties.find((party) => party.kind === kind)?.id ?? "";
  const [client, provider] = [idOf("client"), idOf("provider")];
  const made = await page.request.post(`${matrix}/workshops`, {
    form: { title: "Onboarding workshop" },
    headers: SAME,
    maxRedirects: 0,
  });
  const address = `${app.url}/workshop/${(made.headers().location ?? "").split("/").at(-1) ?? ""}`;
  const items = exported.duties.slice(0, 4).map(({ id }, n) => ({
    id: `i${n + 1}`,
    subject: { kind: "duty" as const, id },
    minutes: 6,
  }));
  await ask(page, address, { type: "plan", title: "Onboarding workshop", minutes: 90, items }, { type: "open" });
  for (const one of [page, ruth]) await ask(one, address, { type: "host", participantId: await comeIn(one, address) });
  const split = (party: string): Choice => ({ kind: "split", does: [party], answers: party });
  let number = 0;
  const settle = async (itemId: string, settlement: Extract<Asked, { type: "settle" }>["settlement"]) => {
    number += 1;
    const seal = (party: string, reason: string): Asked => ({
      type: "seal",
      itemId,
      forParty: false,
      proposal: { choice: split(party), reason },
    });
    await ask(page, address, { type: "go", itemId });
    await ask(ruth, address, seal(client, "HR tells us first."));
    await ask(page, address, seal(provider, "We hold the accounts."));
    await ask(page, address, { type: "settle", itemId, settlement, terms: null });
    for (const one of [page, ruth]) await ask(one, address, { type: "confirm", itemId, number });
  };
  await settle("i1", {
    kind: "split",
    does: [client, provider],
    answers: client,
    boundary: "HR starts the clock, the desk closes the account.",
  });
  await ask(page, address, { type: "park", itemId: "i2", owner: "Helen Marsh", until: "2027-03-01" });
  await settle("i3", {
    kind: "dispute",
    positions: { [client]: "Reviews are for auditors, so they stay here.", [provider]: "The tool is ours." },
  });
  return { matrix, address };
}

async function downloaded(page: Page, name: string): Promise<{ name: string; bytes: Buffer }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("navigation", { name: "Download" }).getByRole("link", { name }).click(),
  ]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test("the minutes of a workshop have all of it, on the page, on paper, in files and in the calendar, before and after its end", async ({
  page,
  app,
  browser,
}) => {
  const { matrix, address } = await heldWorkshop({ page, app, browser });
  await page.goto(`${address}/minutes`);
  await alive(page);
  await expect(page.getByRole("heading", { name: "Onboarding workshop", level: 1 })).toBeVisible();
  await expect(page.getByText("Not ended: it is still open.")).toBeVisible();
  const part = (name: string) => page.getByRole("region", { name });
  await expect(part("Agreed")).toContainText("Northwind answers, Northwind and Harbour IT do it.");
  await expect(part("Agreed")).toContainText("HR starts the clock, the desk closes the account.");
  await expect(part("Agreed")).toContainText("Ruth Adler for Northwind");
  await expect(part("Agreed")).toContainText("It was settled otherwise.");
  await expect(part("Agreed")).toContainText("Maya Lindqvist: We hold the accounts.");
  await expect(part("Parked")).toContainText("Helen Marsh");
  await expect(part("Parked")).toContainText("1 Mar 2027");
  await expect(part("Disputed")).toContainText("Reviews are for auditors, so they stay here.");
  await expect(part("Disputed")).toContainText("The tool is ours.");
  await expect(part("Left for another day").getByRole("listitem")).toHaveCount(1);
  await expect(part("Who took part")).toContainText("Host of Northwind");
  await expectAccessible(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  await page.setViewportSize({ width: 1440, height: 900 });

  await ask(page, address, { type: "end" });
  await page.reload();
  await alive(page);
  await expect(page.getByText("Not ended")).toHaveCount(0);

  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("navigation", { name: "Download" })).toBeHidden();
  await expect(part("Parked")).toBeVisible();
  await page.emulateMedia({ media: "screen" });

  const pdf = await downloaded(page, "PDF");
  expect(pdf.name).toMatch(/^northwind-harbour-it-onboarding-workshop-minutes-workshop-1-.*\.pdf$/);
  const words = (await readPdf(pdf.bytes)).pages
    .map((one) => one.words)
    .join("")
    .replaceAll(/\s+/g, "");
  for (const said of ["HR starts the clock", "Helen Marsh", "The tool is ours.", "Ruth Adler for Northwind"])
    expect(words).toContain(said.replaceAll(" ", ""));
  const docx = await downloaded(page, "DOCX");
  expect(strFromU8(unzipSync(docx.bytes)["word/document.xml"] ?? new Uint8Array())).toContain("The tool is ours.");
  const ics = await downloaded(page, "Follow-ups");
  const events = new ICAL.Component(ICAL.parse(ics.bytes.toString("utf8"))).getAllSubcomponents("vevent");
  expect(events.map((event) => new ICAL.Event(event).startDate.toString())).toEqual(["2027-03-01"]);

  await page.goto(`${matrix}/activity?kind=workshops`);
  await page
    .getByRole("listitem")
    .filter({ hasText: "Ended workshop 1: 1 settled, 1 parked, 1 disputed." })
    .getByRole("link", { name: "Minutes" })
    .click();
  await expect(page.getByRole("heading", { name: "Onboarding workshop", level: 1 })).toBeVisible();

  await page.goto(`${matrix}/publish`);
  await expect(page.getByLabel("Reason for this version")).toHaveValue(
    /^Onboarding workshop, .*: 1 duty agreed, 1 parked, 1 disputed\.$/,
  );
});
