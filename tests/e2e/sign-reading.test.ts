import { execFileSync } from "node:child_process";
import { works } from "../support/programs.mjs";
import { alive, createEngagement, expect, expectAccessible, test } from "./app";

const POST = { headers: { "sec-fetch-site": "same-origin" } };
type Draft = {
  revision: number;
  matrix: { parties: { id: string; kind: string }[]; roles: { id: string; partyId: string }[] };
};

test("who signs reads first what changed, what stays with them and the balance; the whole is folded, found by filter and by the browser, and printed", async ({
  app,
  page,
}, info) => {
  await createEngagement(page, app, "Northwind", "Harbour IT");
  const matrix = page.url().replace(/\/board.*/, "");
  const { matrix: draft, revision } = (await (await page.request.get(`${matrix}/draft?since=-1`)).json()) as Draft;
  for (const party of draft.parties) {
    const id = crypto.randomUUID();
    await page.request.post(`${matrix}/people`, {
      ...POST,
      form: { intent: "add", id, side: party.kind, name: `Holder of ${party.kind}` },
    });
    for (const role of draft.roles.filter(({ partyId }) => partyId === party.id))
      await page.request.post(`${matrix}/holders`, {
        ...POST,
        form: { intent: "hold", roleId: role.id, personId: id, since: "2026-01-01" },
      });
  }
  await page.request.post(`${matrix}/publish`, {
    ...POST,
    form: {
      revision: String(revision),
      reason: "First split",
      agreementReference: "",
      exhibit: "",
      precedence: "",
      effectiveDate: "",
      reviewDate: "",
    },
  });
  await page.goto(`${matrix}/versions/1`);
  await page.getByRole("button", { name: "Send for signing" }).click();
  const dialog = page.getByRole("dialog", { name: "Send version 1 for signing" });
  await dialog.getByRole("group", { name: "Northwind" }).getByLabel("E-mail").fill("otto@northwind.example");
  await dialog.getByRole("group", { name: "Northwind" }).getByLabel("Name").fill("Otto Vane");
  await dialog.getByRole("button", { name: "Send for signing" }).click();
  await expect(page.getByText("0 of 2 signed")).toBeVisible();

  await page.goto(`${matrix}/versions/1/sign`);
  await alive(page);
  const share = page.getByRole("region", { name: "What stays with Harbour IT" });
  await expect(share.getByText(/^Harbour IT answers for \d+ duties and does \d+ of 181\.$/)).toBeVisible();
  expect(await share.getByRole("row").count()).toBeGreaterThan(10);
  await expect(
    page.getByRole("region", { name: "The balance" }).getByText("Northwind 62, Shared 36, Harbour IT 83"),
  ).toBeVisible();
  await expect(page.getByRole("region", { name: "Clauses and definitions" })).toContainText(
    "a schedule to the agreement between Northwind and Harbour IT",
  );
  expect(await page.locator("h2").allTextContents()).toEqual([
    expect.stringContaining("What changed"),
    expect.stringContaining("What stays with"),
    "The balance",
    "The version",
    "Open warnings 0",
    "Accepted warnings 0",
    "Clauses 9",
    "What it says 181 duties",
    "Your signature",
  ]);
  const height = () => page.locator("main").evaluate((main) => main.scrollHeight);
  expect(await height()).toBeLessThan(4_000);
  await expectAccessible(page);
  await page.screenshot({ path: info.outputPath("desk.png") });

  // The fold opens by keys, by the filter, and where the browser finds something in it.
  const deep = page.getByText("Approve IT and security policies").last();
  await expect(deep).toBeHidden();
  await page.getByText("All 181 duties, word for word").focus();
  await page.keyboard.press("Enter");
  await expect(deep).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(deep).toBeHidden();
  await page.getByRole("searchbox", { name: "Find a duty" }).fill("security policies");
  await expect(deep).toBeVisible();
  await expect(page.getByText("1 of 181 duties, word for word")).toBeVisible();
  await expectAccessible(page);
  await page.goto("about:blank");
  await page.goto(`${matrix}/versions/1/sign#:~:text=Whoever%20holds%20the%20ticket`);
  await expect(page.getByText("Whoever holds the ticket").first()).toBeVisible();
  await page.goto("about:blank");
  await page.goto(`${matrix}/versions/1/sign`);
  await alive(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await page.emulateMedia({ colorScheme: "dark" });
  await share.scrollIntoViewIfNeeded();
  await page.screenshot({ path: info.outputPath("phone.png") });

  if (!works("pdftotext", "-v")) return;
  const file = info.outputPath("sign.pdf");
  await page.pdf({ path: file, format: "A4" });
  const text = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).replace(/\s+/g, " ");
  expect(text).toContain("Whoever holds the ticket");
  expect(text).toContain("Version 1, proposed");
});
