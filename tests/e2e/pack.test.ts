import { strFromU8, unzipSync } from "fflate";
import { readFileSync } from "node:fs";
import { alive, createEngagement, expect, expectAccessible, test } from "./app";

test("an extract is chosen by its parts and paper, and a long download can be cancelled", async ({ page, app }) => {
  await createEngagement(page, app, "Northwind", "Harbour IT");
  // A file holds every duty whatever the board shows; behind the dialog a few of them will do.
  await page.goto(`${page.url()}?domain=gov`);
  await alive(page);
  await page.getByRole("button", { name: "Download draft" }).click();
  await page.getByRole("menuitem", { name: /Choose parts/ }).click();
  const dialog = page.getByRole("dialog", { name: "Download draft" });
  await expect(dialog.getByRole("checkbox")).toHaveCount(8);
  await expectAccessible(page);
  await expect(dialog.getByRole("checkbox", { checked: false })).toHaveCount(3);
  await expect(dialog.getByRole("checkbox", { name: "Accepted warnings" })).not.toBeChecked();
  for (const part of ["Duties", "Changes"]) await dialog.getByRole("checkbox", { name: part, exact: true }).uncheck();
  await expect(dialog).toContainText("it is an extract, and says so on every page.");
  await dialog.getByText("Word", { exact: true }).click();
  await dialog.getByText("Letter", { exact: true }).click();
  const downloading = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download" }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe("northwind-harbour-it-responsibility-matrix-draft-extract.docx");
  const document = strFromU8(unzipSync(readFileSync(await file.path()))["word/document.xml"] ?? new Uint8Array());
  expect(document).toContain('w:w="12240"');
  expect(document).not.toContain("Annex 2. Duties");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.getByRole("button", { name: "Download draft" }).click();
  await page.getByRole("menuitem", { name: /^PDF/ }).click();
  const writing = page.getByRole("dialog", { name: "Writing: PDF" });
  const ended = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/export/pdf"));
  await writing.getByRole("button", { name: "Cancel" }).click();
  await ended;
  await expect(writing).toHaveCount(0);
});
