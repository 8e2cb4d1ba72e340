import type { Page } from "@playwright/test";
import { writeFileSync } from "node:fs";
import { createEngagement, expect, expectAccessible, test } from "./app";

const panel = (page: Page, name: string) => page.getByRole("complementary", { name });
const dayFrom = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const compact = (day: string) => day.replaceAll("-", "");

const CALENDAR = [
  "BEGIN:VCALENDAR",
  "BEGIN:VEVENT",
  "SUMMARY:On call",
  "ATTENDEE:mailto:ann@northwind.example",
  `DTSTART;VALUE=DATE:${compact(dayFrom(3))}`,
  "END:VEVENT",
  "BEGIN:VEVENT",
  "SUMMARY:On call",
  "ATTENDEE;CN=B. Okafor:mailto:bo@elsewhere.example",
  `DTSTART;VALUE=DATE:${compact(dayFrom(4))}`,
  "END:VEVENT",
  "BEGIN:VEVENT",
  "SUMMARY:Backup duty",
  `DTSTART;TZID=Mars/Olympus:${compact(dayFrom(5))}T090000`,
  "DURATION:P1D",
  "END:VEVENT",
  "END:VCALENDAR",
  "",
].join("\r\n");

/** What is on screen is accessible at the width of a desk and of a phone, in both themes. */
async function expectAccessibleEverywhere(page: Page): Promise<void> {
  await expectAccessible(page);
  const desk = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  if (desk) await page.setViewportSize(desk);
}

/** Opens the page of people with two people of the client. */
async function withPeople(page: Page, url: string): Promise<string> {
  await page.getByRole("link", { name: "People", exact: true }).click();
  await expect(page.getByText("Nobody yet.").first()).toBeVisible();
  const people = new URL(page.url()).pathname;
  for (const [name, email] of [
    ["Ann Shah", "ann@northwind.example"],
    ["Ben Okafor", ""],
  ] as const) {
    const form = { intent: "add", id: crypto.randomUUID(), side: "client", name, email, timeZone: "Europe/Berlin" };
    const answer = await page.request.post(`${url}${people}`, {
      form,
      headers: { "sec-fetch-site": "same-origin" },
      maxRedirects: 0,
    });
    expect(answer.status(), await answer.text()).toBe(302);
  }
  return people;
}

test("a calendar with somebody unknown is imported by keyboard, undone, and leaves again at a private address", async ({
  app,
  page,
  browser,
}, info) => {
  await createEngagement(page, app, "Perch", "Portside IT");
  const people = await withPeople(page, app.url);
  await page.goto(`${app.url}${people}`);
  await page.getByText("On call: no rota").first().click();
  await page
    .getByRole("link", { name: "Rota of IT lead" })
    .or(page.getByRole("link", { name: "IT lead" }))
    .first()
    .click();
  const rota = panel(page, "Rota of IT lead");
  await expect(rota).toBeFocused();

  // what isn't a calendar is a sentence, and the file field keeps the focus
  const file = info.outputPath("turns.ics");
  writeFileSync(file, "Dear Sir or Madam");
  await rota.getByRole("button", { name: "Import a calendar…" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Import turns of IT lead" });
  await expect(dialog.getByLabel("Calendar (.ics)")).toBeFocused();
  await dialog.getByLabel("Calendar (.ics)").setInputFiles(file);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(dialog.getByRole("button", { name: "Read the calendar" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByText("This is no calendar.")).toBeVisible();
  await expectAccessibleEverywhere(page);

  writeFileSync(file, CALENDAR);
  await dialog.getByLabel("Calendar (.ics)").setInputFiles(file);
  await dialog.getByRole("button", { name: "Read the calendar" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("status")).toContainText(
    "1 override will be added. 1 turn of people who aren't matched is left out.",
  );
  await expect(dialog.getByText("There is no time zone “Mars/Olympus”.")).toBeVisible();
  await expectAccessibleEverywhere(page);
  const unknown = dialog.getByLabel("Who is B. Okafor <bo@elsewhere.example>");
  await unknown.focus();
  await page.keyboard.type("Ben");
  await expect(unknown.locator("option:checked")).toHaveText("Ben Okafor");
  await expect(dialog.getByRole("status")).toContainText("2 overrides will be added.");
  await dialog.getByRole("button", { name: "Import 2 turns" }).focus();
  await page.keyboard.press("Enter");
  await expect(dialog).toBeHidden();
  await expect(rota.getByText("Imported 2 turns.")).toBeVisible();
  const next = rota.getByRole("region", { name: "Next turns" });
  await expect(next.getByText("Ann Shah; override")).toBeVisible();
  await expect(next.getByText("Ben Okafor; override")).toBeVisible();
  await expect(rota.getByText("None: only the overrides say who is on call.")).toBeVisible();
  await expectAccessibleEverywhere(page);

  // undone, and imported once more
  await rota.getByRole("button", { name: "Undo" }).focus();
  await page.keyboard.press("Enter");
  await expect(rota.getByText("The import is undone.")).toBeVisible();
  await expect(next).toBeHidden();
  await rota.getByRole("button", { name: "Import a calendar…" }).click();
  await dialog.getByLabel("Calendar (.ics)").setInputFiles(file);
  await dialog.getByRole("button", { name: "Read the calendar" }).click();
  await dialog.getByRole("button", { name: "Import 1 turn" }).click();
  await expect(next.getByText("Ann Shah; override")).toBeVisible();

  // a private address, which a program fetches without a session
  await page.goto(`${app.url}${people}`);
  await page.getByRole("link", { name: "Ann Shah" }).click();
  const ann = panel(page, "Ann Shah");
  const download = page.waitForEvent("download");
  await ann.getByRole("link", { name: "Download the calendar" }).click();
  expect((await download).suggestedFilename()).toBe("on-call-plan-ann-shah.ics");
  await ann.getByRole("button", { name: "Make a private address" }).focus();
  await page.keyboard.press("Enter");
  const address = await ann.getByLabel("Link to hand over").inputValue();
  await expectAccessibleEverywhere(page);
  const stranger = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const fetched = await stranger.request.get(address);
  expect(fetched.status()).toBe(200);
  expect(fetched.headers()["content-type"]).toBe("text/calendar; charset=utf-8");
  expect(fetched.headers()["cache-control"]).toBe("private, no-cache");
  const text = await fetched.text();
  expect(text).toContain("SUMMARY:On call: IT lead");
  const headers = { "If-None-Match": fetched.headers().etag ?? "" };
  expect((await stranger.request.get(address, { headers })).status()).toBe(304);
  const head = await stranger.request.head(address);
  expect([head.status(), (await head.body()).length]).toEqual([200, 0]);

  // what was loaded beside one page keeps its style beside the next
  await page.getByRole("link", { name: "Communication" }).click();
  await page.getByRole("button", { name: "Start from five conversations" }).click();
  await page.getByRole("button", { name: "Calendar…" }).click();
  const form = page.getByRole("dialog", { name: "Calendar of conversations" }).locator("form");
  await expect(form).toHaveCSS("display", "grid");
  await page.keyboard.press("Escape");

  // ended under Access: every address that gives nothing says the same
  await page.getByRole("link", { name: "Access" }).click();
  const calendars = page.getByRole("region", { name: "Calendars, 1" });
  await expect(calendars.getByText("Turns of Ann Shah")).toBeVisible();
  await expect(calendars.getByText(/Fetched last/)).toBeVisible();
  await expectAccessibleEverywhere(page);
  await calendars.getByRole("button", { name: /^End the calendar Turns of Ann Shah/ }).click();
  await expect(page.getByText("The calendar is ended.")).toBeVisible();
  const ended = await stranger.request.get(address);
  const wrong = await stranger.request.get(`${app.url}/calendars/made-up.ics`);
  expect([ended.status(), await ended.text()]).toEqual([404, await wrong.text()]);
  await stranger.close();
});

test("conversations become a calendar once they have a first day, and holidays are proposed and picked", async ({
  app,
  page,
}) => {
  await createEngagement(page, app, "Perch", "Portside IT");
  await page.getByRole("link", { name: "Communication" }).click();
  await page.getByRole("button", { name: "Start from five conversations" }).click();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Calendar…" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Calendar of conversations" });
  await dialog.getByRole("button", { name: "Make a private address" }).click();
  await expect(dialog.getByText("Choose a first day for at least one conversation.")).toBeVisible();
  const first = dialog.getByRole("group", { name: "Monthly service review" }).getByLabel("First day");
  await first.fill("2027-01-12");
  await expect(dialog.getByText("Every month, one hour: on the second Tuesday")).toBeVisible();
  await dialog.getByLabel("Time zone").fill("Europe/Berlin");
  await expectAccessibleEverywhere(page);
  await dialog.getByRole("button", { name: "Make a private address" }).click();
  const address = await dialog.getByLabel("Link to hand over").inputValue();
  const text = await (await page.request.get(address)).text();
  expect(text).toContain("DTSTART;TZID=Europe/Berlin:20270112T100000");
  expect(text).toContain("RRULE:FREQ=MONTHLY;INTERVAL=1;BYDAY=2TU;UNTIL=");
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download the calendar" }).click();
  expect((await download).suggestedFilename()).toBe("conversations.ics");
  await page.keyboard.press("Escape");

  await page.getByRole("link", { name: "Authority" }).click();
  await page.getByRole("button", { name: "Agree the hours of Perch" }).click();
  const hours = page.getByRole("dialog", { name: "Working hours of Perch" });
  await hours.getByRole("button", { name: "Propose holidays…" }).focus();
  await page.keyboard.press("Enter");
  await expect(hours.getByLabel("Country", { exact: true })).toBeFocused();
  await expect(hours.getByRole("link", { name: "CC BY 3.0" })).toBeVisible();
  await hours.getByLabel("Country", { exact: true }).selectOption({ label: "Germany" });
  await hours.getByLabel("Region", { exact: true }).selectOption({ label: "Bayern" });
  await expect(hours.getByText("Karfreitag (Good Friday)")).toBeVisible();
  await hours.getByLabel(/Karfreitag/).uncheck();
  await expectAccessibleEverywhere(page);
  await hours.getByRole("button", { name: /^Add \d+ holidays$/ }).click();
  await expect(hours.getByText(/^Added \d+ holidays to the list\.$/)).toBeVisible();
  const listed = hours.getByRole("group", { name: "Holidays" });
  await expect(listed.getByText(/Tag der Deutschen Einheit/)).toBeVisible();
  await expect(listed.getByText(/Karfreitag/)).toHaveCount(0);
});
