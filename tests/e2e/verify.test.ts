import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { mkdirSync } from "node:fs";
import { alive, createEngagement, expect, expectAccessible, test } from "./app";
import type { Page } from "@playwright/test";

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A workbook in which one text reads differently, wherever it stands. */
function reworded(bytes: Uint8Array, from: string, to: string): Buffer {
  const parts = unzipSync(bytes);
  const strings = strFromU8(parts["xl/sharedStrings.xml"] ?? new Uint8Array());
  const words = new RegExp(`(<t[^>]*>)${from}(?=</t>)`);
  if (!words.test(strings)) throw new Error(`The workbook doesn't say “${from}”.`);
  // The text that is carried stays as it was: it stands in one string of its own.
  return Buffer.from(
    zipSync({
      ...parts,
      "xl/sharedStrings.xml": strToU8(strings.replace(words, `$1${to}`)),
    }),
  );
}

const LOOK = process.env.LOOK_FOLDER;
async function look(page: Page, name: string) {
  if (!LOOK) return;
  mkdirSync(LOOK, { recursive: true });
  for (const [size, width, height] of [
    ["desk", 1440, 900],
    ["phone", 390, 844],
  ] as const) {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${LOOK}/${name}-${size}-${colorScheme}.png`, fullPage: true });
    }
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
}

test("anybody checks a version's workbook by mouse or keyboard, and is told where it differs", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT");
  const matrix = page.url().replace("/board", "");
  const form = {
    revision: "0",
    reason: "First agreement",
    agreementReference: "MSA-12",
    exhibit: "",
    precedence: "",
    effectiveDate: "",
    reviewDate: "",
  };
  await page.request.post(`${matrix}/publish`, { form, headers: { "sec-fetch-site": "same-origin" }, maxRedirects: 0 });
  const workbook = await (await page.request.get(`${matrix}/versions/1/export/xlsx`)).body();

  const stranger = await browser.newPage({ storageState: { cookies: [], origins: [] } });
  await stranger.goto(`${app.url}/sign-in`);
  await stranger.getByRole("link", { name: "Check a file" }).click();
  await expect(stranger.getByRole("heading", { name: "Check a file" })).toBeVisible();
  await alive(stranger);
  await expectAccessible(stranger);
  await look(stranger, "empty");
  const give = (name: string, buffer: Buffer) =>
    stranger.getByLabel(/Choose a file/).setInputFiles({ name, mimeType: XLSX, buffer });

  await give("version 1.xlsx", workbook);
  const answer = stranger.getByRole("heading", { level: 2 });
  await expect(answer).toHaveText("This is version 1, proposed and not agreed.");
  await expect(answer).toBeFocused();
  await look(stranger, "proposed");
  await stranger.getByRole("link", { name: "Check another file" }).press("Enter");

  await give("changed.xlsx", reworded(workbook, "Remove a leaver(?:'|&apos;)s access everywhere", "Remove access"));
  await expect(answer).toHaveText(/^This claims to be version 1, but it differs from it: \d+ differences\.$/);
  await expect(stranger.getByRole("heading", { name: "Responsibility matrix" })).toBeVisible();
  await expect(stranger.getByText("Remove access", { exact: true }).first()).toBeVisible();
  await expectAccessible(stranger);
  await look(stranger, "differs");
  await stranger.getByRole("link", { name: "Check another file" }).press("Enter");

  await give("list.xlsx", Buffer.from("name,phone"));
  await expect(answer).toHaveText(/^This isn't a kind of file that can be checked\./);
  await look(stranger, "unusable");
  await stranger.close();
});
