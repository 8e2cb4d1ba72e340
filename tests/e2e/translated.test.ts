import type { Browser, Page } from "@playwright/test";
import { alive, cardOf, createEngagement, expect, saved, test, type Owned } from "./app";

const DUTY = "Run switches and wireless, including firmware";

/**
 * What a browser's translation does to a page: each text gives way to elements that hold it in other words, here the same
 * in brackets, and so does each text that comes later. What says `translate="no"` is left alone.
 */
async function translate(page: Page): Promise<void> {
  await page.evaluate(() => {
    const spared = "[translate=no], script, style, textarea, option, svg, font";
    const put = (text: Text) => {
      const parent = text.parentElement;
      if (!parent || parent.closest(spared) || !/\p{L}|\d/u.test(text.data)) return;
      const [outer, inner] = [document.createElement("font"), document.createElement("font")];
      inner.textContent = text.data;
      outer.append(inner);
      text.replaceWith(outer);
    };
    const all = (root: Node) => {
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const found: Text[] = [];
      while (walker.nextNode()) found.push(walker.currentNode as Text);
      found.forEach(put);
    };
    all(document.body);
    new MutationObserver((records) => {
      for (const { target, addedNodes } of records) {
        if (target instanceof Text) put(target);
        addedNodes.forEach((node) => (node instanceof Text ? put(node) : all(node)));
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
}

/** What a reader sees: the page's own words, its tabs and how far the draft is. The minute in which it is printed goes on meanwhile. */
const words = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>("main, nav[aria-label=Views], header p")].map((element) =>
      element.innerText
        .replace(/\s+/g, " ")
        .replace(/(Printed .*)\d\d:\d\d UTC/, "$1")
        .trim(),
    ),
  );

/** The page says under translation what the same page says that is loaded anew without. */
async function expectTrue(page: Page, fresh: Page): Promise<void> {
  await saved(page);
  await fresh.goto(page.url());
  await alive(fresh);
  await expect(async () => expect(await words(page)).toEqual(await words(fresh))).toPass({ timeout: 15_000 });
}

async function beside(browser: Browser, app: Owned): Promise<Page> {
  const context = await browser.newContext({
    storageState: app.owner,
    viewport: { width: 1440, height: 900 },
    reducedMotion: "reduce",
  });
  return context.newPage();
}

test("translated by the browser a board shows the figures that are true after moving, undoing, filtering and going on", async ({
  page,
  app,
  browser,
}) => {
  await createEngagement(page, app, "Northwind", "Harbour IT", "net", "iam");
  const fresh = await beside(browser, app);
  await translate(page);
  await cardOf(page, DUTY).focus();
  await page.keyboard.press("m");
  await page.getByRole("button", { name: /Give to Northwind/ }).click();
  await expectTrue(page, fresh);
  await page.keyboard.press("Control+z");
  await expectTrue(page, fresh);
  for (const target of [/Give to Northwind/, /Nobody does it/]) {
    await cardOf(page, DUTY).focus();
    await page.keyboard.press("m");
    await page.getByRole("button", { name: target }).click();
  }
  await expectTrue(page, fresh);

  await page.getByLabel("Find a duty").fill("wireless");
  await expect(page).toHaveURL(/q=wireless/);
  await expectTrue(page, fresh);
  await page.getByLabel("Find a duty").fill("");
  await expect(page).not.toHaveURL(/q=/);
  await expectTrue(page, fresh);

  // On to the other views and back, each drawn by the same window.
  for (const view of ["Findings", "Parties and roles", "Versions", "Matrix", "Board"]) {
    await page
      .getByRole("navigation", { name: "Views" })
      .getByRole("link", { name: new RegExp(`^${view}`) })
      .click();
    await expect(page.getByRole("navigation", { name: "Views" }).locator("[aria-current=page]")).toHaveText(
      new RegExp(`^${view}`),
    );
    await expectTrue(page, fresh);
  }
  await fresh.context().close();
});

test("translated by the browser a grid and its drawer show what is true", async ({ page, app, browser }) => {
  await createEngagement(page, app, "Eastwind", "Harbour IT", "net");
  const fresh = await beside(browser, app);
  await page.goto(page.url().replace(/\/board.*/, "/matrix?duty=net-04"));
  await alive(page);
  await expect(page.getByRole("region", { name: "Agreement" })).toBeVisible();
  await translate(page);
  await page.getByRole("grid").focus();
  for (const key of ["a", "r", "Delete", "c", "Control+z", "Control+z"]) await page.keyboard.press(key);
  await expectTrue(page, fresh);
  const agreement = page.getByRole("region", { name: "Agreement" });
  await agreement.getByRole("button", { name: "Agree", exact: true }).click();
  await expectTrue(page, fresh);
  await agreement.getByRole("button", { name: "Take back" }).click();
  await expectTrue(page, fresh);
  await page.getByRole("textbox", { name: "Boundary note", exact: true }).fill("The desk runs it.");
  await page.getByRole("textbox", { name: "Boundary note", exact: true }).press("Tab");
  await expectTrue(page, fresh);
  await page.getByRole("button", { name: "Next duty" }).click();
  await expect(page).not.toHaveURL(/net-04/);
  await expectTrue(page, fresh);
  await page.getByRole("button", { name: "Delete duty" }).click();
  await expectTrue(page, fresh);
  await page.getByLabel("Find a duty").fill("remote");
  await expect(page).toHaveURL(/q=remote/);
  await expectTrue(page, fresh);
  await fresh.context().close();
});

test("letters, codes, names and keys are left as they are", async ({ page, app }) => {
  await createEngagement(page, app, "Southwind", "Harbour IT", "net");
  await page.goto(page.url().replace(/\/board.*/, "/matrix?duty=net-04"));
  await alive(page);
  await expect(page.getByRole("region", { name: "Agreement" })).toBeVisible();
  await translate(page);
  const changed = await page.evaluate(() =>
    [...document.querySelectorAll("main font > font, header font > font")]
      .map(({ textContent }) => (textContent ?? "").trim())
      .filter((text) => /^([RACIS](\/[RACIS])*|[A-Z]{2,6}-\d+|Southwind|Harbour IT|\d[\d,.]*( ?%)?)$/.test(text)),
  );
  expect(changed).toEqual([]);
});
