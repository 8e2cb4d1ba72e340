import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { createEngagement, expect, expectAccessible, letIn, test } from "./app";

const peopleOf = (page: Page) => page.url().replace(/\/(board|people|matrix|parties).*/, "/people");
const panel = (page: Page, name: string) => page.getByRole("complementary", { name });
const header = (page: Page, role: string) => page.getByRole("columnheader", { name: new RegExp(`^${role}, `) });

async function addPerson(page: Page, side: string, name: string, phone: string) {
  await page.getByRole("link", { name: `Add a person of ${side}` }).click();
  const form = panel(page, "Add a person");
  await form.getByLabel("Name", { exact: true }).fill(name);
  await form.getByLabel("Number of phone 1").fill(phone);
  await form.getByRole("button", { name: "Add the person" }).click();
  await expect(panel(page, name)).toBeVisible();
}

/** Adds a person without the form, for tests about what comes after. */
async function stored(page: Page, fields: Record<string, string>) {
  const answer = await page.request.post(peopleOf(page), {
    form: { title: "", email: "", hours: "", timeZone: "", ...fields },
    headers: { "sec-fetch-site": "same-origin" },
    maxRedirects: 0,
  });
  expect(answer.status(), await answer.text()).toBe(302);
}

test("people are added and given roles, vacancy goes, and it shows what would be missing without one and whom to call", async ({
  app,
  page,
}) => {
  await createEngagement(page, app, "Perch", "Portside IT");
  await page.getByRole("link", { name: "Matrix", exact: true }).click();
  await expect(header(page, "IT lead")).toHaveAccessibleName("IT lead, Perch, lead, vacant");
  await page.getByRole("link", { name: "People", exact: true }).click();
  await expect(page.getByText("Nobody yet.").first()).toBeVisible();

  // what isn't taken stays, with a sentence
  await page.getByRole("link", { name: "Add a person of Perch" }).click();
  const form = panel(page, "Add a person");
  await form.getByLabel("Name", { exact: true }).fill("Priya Shah");
  await form.getByLabel("Number of phone 1").fill("+44 7700 900123");
  await form.getByLabel("E-mail").fill("priya");
  await form.getByLabel("Time zone").fill("Europe/Londn");
  await form.getByRole("button", { name: "Add the person" }).click();
  await expect(form.getByText("This is not an e-mail address.")).toBeVisible();
  await expect(form.getByText("There is no time zone “Europe/Londn”.")).toBeVisible();
  await expect(form.getByLabel("Name", { exact: true })).toHaveValue("Priya Shah");
  await form.getByLabel("E-mail").fill("priya@perch.example");
  await form.getByLabel("Time zone").fill("Asia/Tokyo");
  await form.getByRole("button", { name: "Add the person" }).click();
  const priya = panel(page, "Priya Shah");
  await expect(priya).toBeFocused();
  await expect(priya.getByRole("link", { name: "+44 7700 900123" })).toHaveAttribute("href", "tel:+447700900123");
  await expect(priya.getByRole("link", { name: "priya@perch.example" })).toHaveAttribute(
    "href",
    "mailto:priya@perch.example",
  );
  const there = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Tokyo", hour: "2-digit", hourCycle: "h23" }).format(
    new Date(),
  );
  await expect(priya.getByText(new RegExp(`^\\w{3} ${there}:\\d\\d`))).toBeVisible();

  // from her own panel, from the grid's heading, and from the parties
  await priya.getByLabel("Give a role").selectOption({ label: "IT lead (vacant)" });
  await priya.getByRole("button", { name: "Give" }).click();
  await expect(priya.getByRole("button", { name: "End IT lead" })).toBeVisible();
  await addPerson(page, "Perch", "Tom Okafor", "020 7946 0101");
  await addPerson(page, "Portside IT", "Ana Ferreira", "020 7946 0777");
  await page.getByRole("link", { name: "Matrix", exact: true }).click();
  await expect(header(page, "IT lead")).toHaveAccessibleName("IT lead, Perch, lead");
  await header(page, "IT team").getByRole("button").click();
  await page.getByRole("menuitem", { name: "Holders…" }).click();
  const holders = page.getByRole("dialog", { name: "Holders of IT team" });
  await holders.getByLabel("Person").selectOption({ label: "Tom Okafor" });
  await holders.getByRole("button", { name: "Give the role" }).click();
  await expect(holders.getByText("Tom Okafor holds IT team.")).toBeVisible();
  await holders.getByRole("button", { name: "End: Tom Okafor holds IT team" }).click();
  await expect(holders.getByText("Nobody holds this role.")).toBeVisible();
  await holders.getByRole("button", { name: "Undo" }).click();
  await expect(holders.getByRole("link", { name: "020 7946 0101" })).toBeVisible();
  await holders.getByRole("button", { name: "Close" }).click();
  await expect(header(page, "IT team")).toHaveAccessibleName("IT team, Perch");
  await page.getByRole("link", { name: "Parties and roles" }).click();
  await page.getByRole("button", { name: "Holders of Service desk: vacant" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Give the role" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("button", { name: "Holders of Service desk: Ana Ferreira" })).toBeVisible();

  // the board and the findings
  await page.getByRole("link", { name: "Board", exact: true }).click();
  await expect(page.getByRole("article").filter({ hasText: "vCIO" }).first()).toContainText("vacant");
  await expect(
    page.getByRole("article").filter({ hasText: "Answer user calls outside working hours" }),
  ).not.toContainText("vacant");
  await page.getByRole("link", { name: /^Findings/ }).click();
  await expect(
    page.getByText(/roles do or answer for duties and nobody holds them: Leadership, Engineer, vCIO/).first(),
  ).toBeVisible();
  await expect(
    page.getByText(/^Priya Shah is the only one to do or to answer for \d+ duties, and nobody stands in\.$/),
  ).toBeVisible();
  await page.getByRole("link", { name: "Name a deputy" }).first().click();

  // what if
  await expect(priya.getByRole("heading", { name: "If Priya Shah leaves" })).toBeVisible();
  await expect(priya.getByText("1 role would be vacant: IT lead.")).toBeVisible();
  await priya.getByText(/^Nobody left to answer for/).click();
  await expect(priya.getByRole("link", { name: /^GOV-01/ }).last()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(priya).toHaveCount(0);

  // whom to call
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "A few words of the duty" }).fill("leaver's access");
  const reach = page.getByRole("region", { name: /^How to reach who has IAM-03/ });
  await expect(reach).toContainText("Priya Shah IT lead answers");
  await expect(reach.getByRole("link", { name: "020 7946 0101" })).toHaveAttribute("href", "tel:02079460101");
});

test("a contact is removed and brought back with its roles; who changes it second is told and loses nothing", async ({
  app,
  page,
  context,
}) => {
  await createEngagement(page, app, "Rudd", "Portside IT", "gov");
  await page.getByRole("link", { name: "People", exact: true }).click();
  await addPerson(page, "Rudd", "Lena Brandt", "020 7946 0123");
  const lena = panel(page, "Lena Brandt");
  await lena.getByLabel("Give a role").selectOption({ label: "IT team (vacant)" });
  await lena.getByRole("button", { name: "Give" }).click();
  await expect(lena.getByRole("button", { name: "End IT team" })).toBeVisible();
  await lena.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByText("Lena Brandt was removed.")).toBeVisible();
  await page.reload();
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await expect(lena.getByRole("button", { name: "End IT team" })).toBeVisible();
  await lena.getByRole("button", { name: "End IT team" }).click();
  await expect(page.getByText("Lena Brandt no longer holds IT team.")).toBeVisible();
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await expect(lena.getByRole("button", { name: "End IT team" })).toBeVisible();

  const other = await context.newPage();
  await lena.getByRole("link", { name: "Edit" }).click();
  await expect(panel(page, "Change Lena Brandt")).toBeVisible();
  await other.goto(page.url());
  const mine = panel(page, "Change Lena Brandt");
  const theirs = panel(other, "Change Lena Brandt");
  await theirs.getByLabel("Title").fill("Engineer");
  await theirs.getByRole("button", { name: "Save" }).click();
  await expect(panel(other, "Lena Brandt")).toContainText("Engineer");
  await mine.getByLabel("Title").fill("Lead engineer");
  await mine.getByRole("button", { name: "Save" }).click();
  await expect(mine.getByText(/was changed a moment ago. Yours is kept below/)).toBeVisible();
  await expect(mine.getByText("Stored now: Engineer")).toBeVisible();
  await expect(mine.getByLabel("Title")).toHaveValue("Lead engineer");
  await context.setOffline(true);
  await mine.getByRole("button", { name: "Save" }).click();
  await expect(mine.getByText(/The server can't be reached. Nothing was saved/)).toBeVisible();
  await expect(mine.getByLabel("Title")).toHaveValue("Lead engineer");
  await context.setOffline(false);
  await mine.getByRole("button", { name: "Save" }).click();
  await expect(lena).toContainText("Lead engineer");
});

test("without JavaScript a person is added, given a role, and found", async ({ app, page, browser }) => {
  await createEngagement(page, app, "Noel", "Portside IT", "gov");
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(`${peopleOf(page)}?add=client`);
  await plain.getByLabel("Name", { exact: true }).fill(" ");
  await plain.getByLabel("Title").fill("Kept as written");
  await plain.getByRole("button", { name: "Add the person" }).click();
  await expect(plain.getByText("The name is empty.")).toBeVisible();
  await expect(plain.getByLabel("Title")).toHaveValue("Kept as written");
  await plain.getByLabel("Name", { exact: true }).fill("Vera Lind");
  await plain.getByRole("button", { name: "Add the person" }).click();
  await plain.getByRole("button", { name: "Give" }).click();
  await expect(plain.getByRole("list", { name: "Roles of Vera Lind" })).toContainText("IT lead");
  await plain.goto(`${peopleOf(page)}?q=nobody`);
  await expect(plain.getByText("Nobody here matches.")).toBeVisible();
  await context.close();
});

test("an archived matrix shows its people to be read; two hundred of them are found by a few letters", async ({
  app,
  page,
}) => {
  await createEngagement(page, app, "Archie", "Portside IT", "gov");
  await page.getByRole("link", { name: "People", exact: true }).click();
  for (let i = 0; i < 200; i++)
    await stored(page, {
      intent: "add",
      id: `many${i}-${Date.now()}`,
      side: i % 2 ? "client" : "provider",
      name: `Person number ${i}`,
      phoneNumber0: `020 7946 ${1000 + i}`,
    });
  await page.reload();
  await expect(page.getByRole("region", { name: "Archie, 100 people" }).getByRole("listitem").first()).toBeVisible();
  await page.getByLabel("Find a person or role").fill("number 19");
  await expect(page.getByRole("heading", { level: 3 })).toHaveCount(12);
  await expect(page).toHaveURL(/q=number/);
  await page.goto(page.url().replace(/\/people.*/, "/matrices"));
  await page.getByRole("button", { name: /^Archive/ }).click();
  await expect(page.getByText("This matrix is archived")).toBeVisible();
  await page.getByRole("link", { name: "People", exact: true }).click();
  await page.getByRole("link", { name: "Person number 199" }).click();
  const person = panel(page, "Person number 199");
  await expect(person.getByRole("heading", { name: "If Person number 199 leaves" })).toBeVisible();
  await expect(person.getByRole("button")).toHaveCount(0);
  await expect(page.getByRole("link", { name: /^Add a person/ })).toHaveCount(0);
});

for (const { on, width, height } of [
  { on: "a desk", width: 1440, height: 900 },
  { on: "a phone", width: 390, height: 844 },
]) {
  test(`axe finds nothing among the people on ${on}`, async ({ page, app }) => {
    await createEngagement(page, app, `Axton ${on}`, "Portside IT", "gov", "iam");
    await page.setViewportSize({ width, height });
    const base = peopleOf(page);
    await page.goto(base);
    await expectAccessible(page);
    const [priya, sam] = [`priya-${width}`, `sam-${width}`];
    await stored(page, {
      intent: "add",
      id: priya,
      side: "client",
      name: "Priya Shah",
      title: "IT director",
      email: "priya@axton.example",
      phoneLabel0: "Mobile",
      phoneNumber0: "+44 7700 900123",
      hours: "Mon–Fri",
      timeZone: "Europe/London",
      lastVerified: "2026-01-01",
    });
    await stored(page, { intent: "add", id: sam, side: "third-party", name: "Sam Whitlock" });
    await stored(page, { intent: "hold", roleId: "it-lead", personId: priya });
    for (const query of ["", `?person=${priya}`, `?edit=${priya}`, "?add=provider", "?person=nobody"]) {
      await page.goto(`${base}${query}`);
      await expect(page.getByRole("heading", { name: "People", level: 1 })).toBeAttached();
      await expectAccessible(page);
    }
    await page.goto(`${base}?person=${priya}`);
    await page.getByRole("button", { name: "Remove" }).click();
    await expect(page.getByText("Priya Shah was removed.")).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
    await expect(panel(page, "Priya Shah")).toBeVisible();
    await page.goto(base.replace("/people", "/parties"));
    await expectAccessible(page);
    await page.getByRole("button", { name: /^Holders of IT lead/ }).click();
    await expect(page.getByRole("dialog")).toContainText("Priya Shah");
    await expectAccessible(page);
    await page.goto(base.replace("/people", "/board?domain=iam"));
    await expectAccessible(page);
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox", { name: "A few words of the duty" }).fill("leaver");
    await expect(page.getByRole("region", { name: /^How to reach/ })).toBeVisible();
    await expectAccessible(page);
  });
}

test("an owner downloads the people of the sample as a file, and a viewer isn't offered it", async ({
  app,
  page,
  browser,
}) => {
  await page.goto(app.url);
  await page.getByRole("button", { name: "Open the sample engagement" }).click();
  await page.waitForURL(/\/board/);
  const viewer = await letIn(page, browser, { name: "Vera", side: "Ashdown Bakeries", permission: "Viewer" });
  await page.goto(peopleOf(page));
  await expect(page.getByRole("heading", { name: "Helen Marsh" })).toBeVisible();
  const downloading = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download people" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("ashdown-bakeries-merrow-managed-it-people.json");
  const file: { format: string; people: { name: string }[] } = JSON.parse(readFileSync(await download.path(), "utf8"));
  expect(file.format).toBe("demarc.people");
  expect(file.people.map(({ name }) => name)).toContain("Helen Marsh");
  await page.goto(page.url().replace(/\/people.*/, "/activity"));
  await expect(page.getByText("Downloaded the people as JSON.")).toBeVisible();
  await viewer.goto(peopleOf(page).replace(/\/activity.*/, "/people"));
  await expect(viewer.getByRole("heading", { name: "People", exact: true })).toBeVisible();
  await expect(viewer.getByRole("link", { name: "Download people" })).toHaveCount(0);
});
