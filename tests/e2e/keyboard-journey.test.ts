import type { Locator, Page } from "@playwright/test";
import ExcelJS from "exceljs";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, saved, test } from "./app";

const office = spawnSync("soffice", ["--version"], { stdio: "ignore" }).status === 0;

/** Goes on with Tab until a thing has the focus. */
async function tabTo(page: Page, target: Locator, presses = 80): Promise<void> {
  await target.waitFor();
  for (let i = 0; i < presses; i++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error("Tab never leads there.");
}

async function typeInto(page: Page, target: Locator, text: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.type(text);
}

const DUTIES = [
  "Patch servers",
  "Answer calls",
  "Review access",
  "Test restores",
  "Renew licences",
  "Watch alerts",
  "Change firewall rules",
  "Order devices",
  "Write runbooks",
  "Train staff",
];
const TEXTS = Array.from({ length: 20 }, (_, i) => `${DUTIES[i % 10] ?? ""} for ${i < 10 ? "offices" : "plants"}`);

/** Twenty rows by six roles with one A and one R each, but for three faults, as a spreadsheet's author left them. */
function lettersOf(row: number): string[] {
  const cells = ["", "", "", "", "", ""];
  cells[row % 3] = "A/R";
  cells[3 + (row % 3)] = "i";
  if (row === 4) cells[3] = "A";
  if (row === 9) cells.fill("");
  if (row === 14) cells[row % 3] = "a";
  return cells;
}

/** What LibreOffice puts on the clipboard as text: the sheet it opened, cells parted by tabs. */
async function copiedFromLibreOffice(rows: string[][]): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-sheet-"));
  const book = new ExcelJS.Workbook();
  book.addWorksheet("RACI").addRows(rows);
  await book.xlsx.writeFile(path.join(folder, "raci.xlsx"));
  execFileSync(
    "soffice",
    [
      "--headless",
      `-env:UserInstallation=file://${folder}/profile`,
      "--convert-to",
      "csv:Text - txt - csv (StarCalc):9,34,76",
      "--outdir",
      folder,
      path.join(folder, "raci.xlsx"),
    ],
    { stdio: "ignore", timeout: 60_000 },
  );
  const text = readFileSync(path.join(folder, "raci.csv"), "utf8");
  rmSync(folder, { recursive: true, force: true });
  return text;
}

test.skip(!office, "needs LibreOffice Calc: apt-get install libreoffice-calc");

test("by keyboard alone: a matrix from blank, a block from a spreadsheet, every blocker fixed from the findings, published", async ({
  app,
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const paste = async (text: string) => {
    await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await page.keyboard.press("Control+v");
  };
  const grid = page.getByRole("grid");

  await page.goto(`${app.url}/engagements/new?start=blank`);
  await typeInto(page, page.getByLabel("Client", { exact: true }), "Keyworth");
  await typeInto(page, page.getByLabel("Provider", { exact: true }), "Tabley IT");
  await page.keyboard.press("Enter");
  await page.waitForURL(/board/);
  await tabTo(page, page.getByRole("link", { name: "Matrix", exact: true }));
  await page.keyboard.press("Enter");

  // The first duty through the dialog, the other nineteen pasted as lines where duties stand.
  await tabTo(page, page.getByRole("main").getByRole("button", { name: "Add a duty" }));
  await page.keyboard.press("Enter");
  await page.keyboard.type(TEXTS[0] ?? "");
  await page.keyboard.press("Enter");
  await tabTo(page, grid);
  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await paste(TEXTS.slice(1).join("\n"));
  await expect(grid).toHaveAttribute("aria-rowcount", "24");

  // Two roles more, from the menus of the columns' headings.
  for (const [column, name] of [
    [0, "Leadership"],
    [3, "Engineer"],
  ] as const) {
    await page.keyboard.press("Control+Home");
    for (let i = 0; i <= column; i++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("menuitem").first()).toBeFocused();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog", { name: /^Add a role to/ })).toBeVisible();
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("columnheader", { name: new RegExp(`^${name},`) })).toBeVisible();
    await expect(grid).toBeFocused();
  }

  await page.keyboard.press("Control+Home");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await paste(await copiedFromLibreOffice(Array.from({ length: 20 }, (_, i) => lettersOf(i))));
  await expect(page.getByRole("status").filter({ hasText: "Pasted 120 cells" })).toBeVisible();
  await page.keyboard.press("Escape");

  await tabTo(page, page.getByRole("link", { name: /^Findings/ }), 200);
  await page.keyboard.press("Enter");
  const blockers = page.getByRole("region", { name: "Blockers" });
  await expect(blockers.getByRole("listitem")).toHaveCount(3);
  for (let left = 3; left > 0; left--) {
    const fix = blockers.getByRole("listitem").first().getByRole("button").first();
    await tabTo(page, fix, 200);
    await page.keyboard.press("Enter");
    await expect(blockers.getByRole("listitem")).toHaveCount(left - 1);
  }
  await saved(page);

  await tabTo(page, page.getByRole("link", { name: "Publish version 1" }), 300);
  await page.keyboard.press("Enter");
  await typeInto(page, page.getByLabel("Reason for this version"), "Built by keyboard");
  await tabTo(page, page.getByRole("button", { name: "Publish version 1" }));
  await page.keyboard.press("Enter");
  await page.waitForURL(/versions\/1/);
  await expect(page.getByRole("heading", { name: /Version 1/ }).first()).toBeVisible();
  const version = await (await page.request.get(`${page.url()}/export/json`)).json();
  expect(version.duties.map(({ text }: { text: string }) => text)).toEqual(TEXTS);
  for (const { letters } of version.duties as { letters: Record<string, string[]> }[]) {
    expect(Object.values(letters).filter((cell) => cell.includes("A"))).toHaveLength(1);
    expect(Object.values(letters).some((cell) => cell.includes("R"))).toBe(true);
  }
});
