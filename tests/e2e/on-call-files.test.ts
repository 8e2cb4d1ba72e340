import type { Page } from "@playwright/test";
import { mkdirSync, readFileSync } from "node:fs";
import { alive, createEngagement, expect, expectAccessible, letIn, saved, test } from "./app";

const LOOK = process.env.LOOK_FOLDER;
/** With LOOK_FOLDER, a picture at both widths in both themes. */
async function look(page: Page, name: string): Promise<void> {
  if (!LOOK) return;
  mkdirSync(LOOK, { recursive: true });
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const)
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${LOOK}/${name}-${width}-${colorScheme}.png` });
    }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

test("a path is carried away for on-call tools by the keyboard, alone or with all others, also by who may only read", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Plover Foods", "Tarnbrook IT", "iam");
  await page.goto(page.url().replace(/\/board.*/, "/escalation"));
  await alive(page);
  await page.getByRole("button", { name: "Start from eight paths" }).click();
  await saved(page);
  const taken = async (of: Page, name: RegExp, which: number) => {
    await of.getByRole("button", { name: "Export path" }).press("Enter");
    await expect(of.getByRole("menuitem")).toHaveCount(4);
    const loading = of.waitForEvent("download");
    await of.getByRole("menuitem", { name }).nth(which).press("Enter");
    const file = await loading;
    return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
  };
  await page.getByRole("button", { name: "Export path" }).press("Enter");
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Export path" })).toBeFocused();
  await look(page, "export");
  const one = await taken(page, /S1.*JSON/, 0);
  expect(one.name).toMatch(/-s1-draft-escalation-path\.json$/);
  expect(JSON.parse(one.text)).toMatchObject({ format: "demarc.on-call", paths: [{ name: "S1" }] });
  const all = await taken(page, /All paths.*Terraform/, 0);
  expect(all.name).toMatch(/-draft-escalation-paths\.tf$/);
  expect(all.text.match(/^resource "pagerduty_escalation_policy"/gm)).toHaveLength(8);
  await page.goto(page.url().replace(/\/escalation.*/, "/activity"));
  await expect(page.getByText("Downloaded the draft as a Terraform file.")).toBeVisible();

  const reader = await letIn(page, browser, { name: "Rae Plover", side: "Tarnbrook IT", permission: "Viewer" });
  await reader.goto(page.url().replace(/\/activity.*/, "/escalation"));
  await alive(reader);
  expect((await taken(reader, /S1.*Terraform/, 0)).text).toContain('variable "role_service_desk"');
});

test("a duty names its authority in the drawer, says who may approve, and is told in the findings where its limit is higher", async ({
  page,
  app,
}) => {
  await createEngagement(page, app, "Dunlin Foods", "Tarnbrook IT", "iam");
  const matrix = page.url().replace(/\/board.*/, "");
  const { roles } = (
    (await (await page.request.get(`${matrix}/draft?since=-1`)).json()) as {
      matrix: { roles: { id: string; name: string }[] };
    }
  ).matrix;
  const lead = roles.find(({ name }) => name === "IT lead")?.id ?? "";
  const fields = {
    kind: "spend",
    name: "Unplanned spend",
    roleId: lead,
    deputyId: null,
    upTo: 5_000,
    currency: "EUR",
    condition: "",
  };
  await page.request.post(`${matrix}/commands`, {
    headers: { "sec-fetch-site": "same-origin" },
    data: {
      baseRevision: 0,
      steps: [
        {
          id: crypto.randomUUID(),
          commands: [{ type: "thing.add", part: "authorities", thingId: "spend", fields, beforeId: null }],
        },
      ],
    },
  });
  await page.goto(`${matrix}/board?duty=iam-01`);
  await alive(page);
  const drawer = page.getByRole("complementary");
  await drawer.getByText("Decisions", { exact: true }).click();
  await drawer.getByLabel("Up to").fill("EUR 8,000");
  await drawer.getByLabel("Up to").press("Tab");
  const authority = drawer.getByLabel("Authority");
  await authority.selectOption({ label: "Unplanned spend" });
  await expect(drawer.getByText(/^IT lead \(Dunlin Foods\), up to 5\s000 EUR$/)).toBeVisible();
  await saved(page);
  await expectAccessible(page);
  await authority.scrollIntoViewIfNeeded();
  await look(page, "authority");
  await page.goto(`${matrix}/findings`);
  await alive(page);
  await expect(page.getByText("“Up to” says EUR 8,000, and the authority “Unplanned spend”")).toBeVisible();
  await look(page, "findings");
});
