import type { Page, TestInfo } from "@playwright/test";
import { execFileSync } from "node:child_process";
import { works } from "../support/programs.mjs";
import { alive, createEngagement, expect, test } from "./app";

const POST = { headers: { "sec-fetch-site": "same-origin" } };
const MM = 72 / 25.4;
const PAPERS = [
  { format: "A4", width: 297 * MM, height: 210 * MM },
  { format: "Letter", width: 792, height: 612 },
] as const;
const CLIENT = "Stadtwerke und Verkehrsbetriebe Nordwind GmbH";
const PROVIDER = "Hafen Informationstechnik Gesellschaft mbH";
const NAMES = [
  "Infrastructure and telecommunications manager",
  "Endpoint",
  "Information security officer",
  "Identity and access",
  "Applications",
  "Vendor relationships coordinator",
  "Network operations",
  "Service desk",
];

type Draft = {
  matrix: {
    parties: { id: string; kind: string }[];
    roles: { id: string; name: string }[];
    duties: { id: string; text: string }[];
  };
};

const draftOf = async (page: Page, matrix: string) =>
  ((await (await page.request.get(`${matrix}/draft?since=-1`)).json()) as Draft).matrix;

/** Roles of long names for both sides, every third of them with a letter on each duty, until there are so many. */
async function addRoles(page: Page, matrix: string, count: number): Promise<void> {
  const { parties, roles, duties } = await draftOf(page, matrix);
  const sides = parties.filter(({ kind }) => kind !== "third-party");
  const commands = Array.from({ length: count - roles.length }, (_, i) => [
    { type: "role.add", roleId: `more-${i}`, partyId: sides[i % 2]?.id, name: `${NAMES[i % NAMES.length]} ${i + 1}` },
    ...(i % 3 === 0
      ? duties.map(({ id }) => ({ type: "duty.letters", dutyId: id, roleId: `more-${i}`, letters: ["I"] }))
      : []),
  ]).flat();
  for (let from = 0; from < commands.length; from += 1_500) {
    const answer = await page.request.post(`${matrix}/commands`, {
      ...POST,
      data: { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands: commands.slice(from, from + 1_500) }] },
    });
    expect(await answer.json()).toMatchObject({ rejected: [] });
  }
}

/** The pages of what the browser prints, each as its text as it is laid out, and the size of each sheet in points. */
async function printed(
  page: Page,
  format: "A4" | "Letter",
  info: TestInfo,
  name: string,
): Promise<{ pages: string[]; width: number; height: number }> {
  const file = info.outputPath(`${name}-${format}.pdf`);
  await page.pdf({ path: file, format, preferCSSPageSize: true, printBackground: false });
  const [, width = "0", height = "0"] =
    /Page size:\s+([\d.]+) x ([\d.]+)/.exec(execFileSync("pdfinfo", [file], { encoding: "utf8" })) ?? [];
  const pages = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" }).split("\f").slice(0, -1);
  return { pages, width: Number(width), height: Number(height) };
}

const flat = (text: string) => text.replace(/\s+/g, " ");

test.skip(!works("pdftotext", "-v"), "needs pdftotext and pdfinfo: apt-get install poppler-utils");

for (const count of [8, 24]) {
  test(`the matrix of ${count} roles prints on its side, on A4 and Letter, with every duty, both sides on each sheet, title, DRAFT, moment and pages`, async ({
    app,
    page,
  }, info) => {
    await createEngagement(page, app, CLIENT, PROVIDER);
    const matrix = page.url().replace(/\/board.*/, "");
    await addRoles(page, matrix, count);
    const { duties, roles } = await draftOf(page, matrix);
    expect(roles).toHaveLength(count);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.goto(`${matrix}/matrix`);
    await alive(page);
    await expect(page.getByRole("grid")).toHaveAttribute("aria-colcount", String(count + 1));
    for (const { format, width, height } of PAPERS) {
      const sheet = await printed(page, format, info, `matrix-${count}`);
      expect(
        Math.abs(sheet.width - width) + Math.abs(sheet.height - height),
        `${sheet.width} x ${sheet.height}`,
      ).toBeLessThan(3);
      const all = flat(sheet.pages.join(" "));
      for (const { name } of roles) expect(all).toContain(name);
      expect(duties.filter(({ text }) => !all.includes(text.split(" ").slice(0, 2).join(" ")))).toEqual([]);
      sheet.pages.forEach((text, i) => {
        const said = flat(text);
        expect(said).toContain(`${CLIENT} and ${PROVIDER}: Responsibility matrix`);
        expect(said).toContain("DRAFT");
        expect(said).toMatch(/Printed \d{1,2} \w{3} \d{4}, \d\d:\d\d \S+/);
        expect(said).toContain(`Page ${i + 1} of ${sheet.pages.length}`);
      });
    }
    // Paper is white and every head is whole: nothing runs over what holds it, on either side.
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const heads = page.locator("[data-printed] thead th");
    await expect(heads).toHaveCount(count + 1 + 3);
    expect(
      await heads.evaluateAll((all) =>
        all
          .filter((head) => head.scrollWidth > head.clientWidth + 1 || head.scrollHeight > head.clientHeight + 1)
          .map(({ textContent }) => textContent),
      ),
    ).toEqual([]);
    expect(await page.locator("body").evaluate((body) => getComputedStyle(body).color)).toBe("rgb(27, 29, 33)");
  });
}

test("the matrix of sixty roles prints in blocks that each repeat the duties, and a filter says how much of it is there", async ({
  app,
  page,
}, info) => {
  await createEngagement(page, app, CLIENT, PROVIDER, "gov");
  const matrix = page.url().replace(/\/board.*/, "");
  await addRoles(page, matrix, 60);
  await page.goto(`${matrix}/matrix?q=policies`);
  await alive(page);
  const some = await printed(page, "A4", info, "some");
  expect(flat(some.pages.join(" "))).toContain("1 of 14 duties.");
  await page.goto(`${matrix}/matrix`);
  await alive(page);
  await page.getByRole("button", { name: "Fold all" }).click();
  const { pages } = await printed(page, "Letter", info, "blocks");
  const all = flat(pages.join(" "));
  expect([...all.matchAll(/Roles \d+ to \d+ of 60/g)].map(([words]) => words)).toEqual([
    "Roles 1 to 20 of 60",
    "Roles 21 to 40 of 60",
    "Roles 41 to 60 of 60",
  ]);
  expect(all.match(/GOV-08/g)).toHaveLength(3);
});

test("what else of a draft is printed, from a phone too, and a version, say what they are on each sheet", async ({
  app,
  page,
}, info) => {
  await createEngagement(page, app, 'Axel "Quote" </style> AB', "Portside IT", "gov");
  const matrix = page.url().replace(/\/board.*/, "");
  const form = {
    revision: "0",
    reason: "First split",
    agreementReference: "",
    exhibit: "",
    precedence: "",
    effectiveDate: "",
    reviewDate: "",
  };
  const { revision } = (await (await page.request.get(`${matrix}/draft?since=-1`)).json()) as { revision: number };
  await page.request.post(`${matrix}/publish`, { ...POST, form: { ...form, revision: String(revision) } });
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ colorScheme: "dark" });
  for (const [address, edition] of [
    ["board", "DRAFT"],
    ["matrix", "DRAFT"],
    ["findings", "DRAFT"],
    ["people", "DRAFT"],
    ["parties", "DRAFT"],
    ["versions/1", "Version 1, proposed"],
    ["versions", ""],
  ] as const) {
    await page.goto(`${matrix}/${address}`);
    await alive(page);
    const { pages } = await printed(page, "A4", info, address.replace("/", "-"));
    pages.forEach((text, i) => {
      const said = flat(text);
      expect(said, address).toContain('Axel "Quote" </style> AB and Portside IT: Responsibility matrix');
      expect(said, address).toContain(edition);
      if (edition !== "DRAFT") expect(said, address).not.toContain("DRAFT");
      expect(said, address).toContain(`Page ${i + 1} of ${pages.length}`);
    });
  }
});
