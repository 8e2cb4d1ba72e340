import { readFileSync } from "node:fs";
import { readPdf } from "~/files/read/pdf.server";
import { alive, createEngagement, expect, expectAccessible, test } from "./app";

const POST = { headers: { "sec-fetch-site": "same-origin" } };
type Draft = {
  revision: number;
  matrix: {
    title: string;
    parties: { id: string; kind: string }[];
    roles: { id: string; partyId: string }[];
    duties: { id: string; code: string }[];
  };
};

test("names in other scripts print, and a character that no typeface has is named before publishing and before signing", async ({
  app,
  page,
}, info) => {
  await createEngagement(page, app, "東京商事株式会社", "شركة النور");
  const matrix = page.url().replace(/\/board.*/, "");
  const { matrix: draft } = (await (await page.request.get(`${matrix}/draft?since=-1`)).json()) as Draft;
  for (const party of draft.parties) {
    const id = crypto.randomUUID();
    await page.request.post(`${matrix}/people`, {
      ...POST,
      form: { intent: "add", id, side: party.kind, name: `担当者 ${party.kind}` },
    });
    for (const role of draft.roles.filter(({ partyId }) => partyId === party.id))
      await page.request.post(`${matrix}/holders`, {
        ...POST,
        form: { intent: "hold", roleId: role.id, personId: id, since: "2026-01-01" },
      });
  }
  const [duty] = draft.duties;
  const answer = await page.request.post(`${matrix}/commands`, {
    headers: { ...POST.headers, "content-type": "application/json" },
    data: {
      baseRevision: 0,
      steps: [
        {
          id: crypto.randomUUID(),
          commands: [{ type: "duty.edit", dutyId: duty?.id, set: { doneWhen: "バックアップ確認 (ꙮ)، التحقق" } }],
        },
      ],
    },
  });
  expect(answer.ok()).toBe(true);

  await page.goto(`${matrix}/publish`);
  await alive(page);
  const named = page.getByRole("region", { name: "Characters without a typeface" });
  await expect(named.getByRole("listitem")).toHaveText([new RegExp(`${duty?.code}.* has ꙮ \\(U\\+A66E\\)$`)]);
  await expectAccessible(page);
  for (const scheme of ["light", "dark"] as const)
    for (const [width, height] of [
      [1440, 900],
      [390, 844],
    ] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: info.outputPath(`publish-${width}-${scheme}.png`) });
    }
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByLabel("Reason for this version").fill("First split \uE000");
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await expect(page.getByText("The reason has (U+E000), which no typeface")).toBeVisible();
  await page.getByLabel("Reason for this version").fill("初版");
  await page.getByRole("button", { name: "Publish version 1" }).click();
  await expect(page).toHaveURL(/versions\/1$/);

  await page.getByRole("button", { name: "Send for signing" }).click();
  const dialog = page.getByRole("dialog", { name: "Send version 1 for signing" });
  const other = dialog.getByRole("group", { name: "東京商事株式会社" });
  await other.getByLabel("E-mail").fill("otto@northwind.example");
  await other.getByLabel("Name").fill("高橋 ꙮ");
  await dialog.getByRole("button", { name: "Send for signing" }).click();
  await expect(dialog.getByText("The name has ꙮ (U+A66E), which no typeface")).toBeVisible();
  await other.getByLabel("Name").fill("高橋 美咲");
  await dialog.getByRole("button", { name: "Send for signing" }).click();
  await expect(page.getByText("0 of 2 signed")).toBeVisible();

  await page.goto(`${matrix}/versions/1/sign`);
  await alive(page);
  await expect(page.getByRole("region", { name: "Characters without a typeface" })).toContainText("ꙮ (U+A66E)");
  await page.screenshot({ path: info.outputPath("sign.png"), fullPage: true });
  await page.getByLabel("Your title").fill("Lead 𒀀");
  await page.getByRole("button", { name: "Sign version 1" }).click();
  await expect(page.getByText("Your title has 𒀀 (U+12000), which no typeface")).toBeVisible();

  const [pdf] = await Promise.all([
    page.waitForEvent("download"),
    page.evaluate((url) => {
      location.assign(url);
    }, `${matrix}/versions/1/export/pdf`),
  ]);
  const path = await pdf.path();
  const read = await readPdf(new Uint8Array(readFileSync(path)));
  const said = read.parts.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));
  expect(said.some((cell) => cell.includes("バックアップ確認 (□)، التحقق"))).toBe(true);
  expect(said).toContain("初版");
});
