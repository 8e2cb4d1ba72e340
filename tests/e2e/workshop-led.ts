import type { Browser, Page } from "@playwright/test";
import { LIVE_PROTOCOL } from "~/domain/live/live-event";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import { expect, type App } from "./app";

export const PHONE = { width: 390, height: 844 };
const SAME = { "sec-fetch-site": "same-origin" };

/** A workshop that is led over its addresses by whoever is signed in on `page`. */
export type Led = {
  id: string;
  page: Page;
  app: App;
  ask: (...asked: unknown[]) => Promise<void>;
  look: () => Promise<WorkshopShown>;
  client: string;
  provider: string;
};

/** Adds an escalation path of one level to the matrix that is open. */
export async function addPath(page: Page): Promise<void> {
  const matrix = page.url().replace(/\/board.*/, "");
  const { roles } = (await (await page.request.get(`${matrix}/export/json`)).json()) as { roles: { id: string }[] };
  const calls = [{ roleId: roles[0]?.id, direction: "up" }];
  const fields = {
    kind: "incident",
    name: "S1",
    trigger: "Nobody can work",
    examples: "",
    clock: { kind: "always" },
    levels: { l1: { minutes: 0, calls, channels: ["phone"], decides: true, may: "Opens the bridge" } },
    repeats: 0,
    roundMinutes: null,
    updateMinutes: 30,
    decisionTarget: 30,
    restoreTarget: null,
    handover: "Reason and next step",
    lastResort: "Whoever is on the bridge decides",
  };
  const commands = [{ type: "thing.add", part: "paths", thingId: "s1", fields, beforeId: null }];
  const answer = await page.request.post(`${matrix}/commands`, {
    data: { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] },
    headers: SAME,
  });
  expect(await answer.json()).toMatchObject({ rejected: [] });
}

/** Prepares a workshop about the first duties `i1`… and one escalation path after them; whoever prepares it speaks for the provider. */
export async function lead(page: Page, app: App, duties = 3): Promise<Led> {
  const matrix = new URL(page.url()).pathname.split("/")[2] ?? "";
  const made = await page.request.post(`${app.url}/matrices/${matrix}/workshops`, {
    form: { title: "Onboarding" },
    headers: SAME,
    maxRedirects: 0,
  });
  const id = (made.headers().location ?? "").split("/").at(-1) ?? "";
  const exported = await (await page.request.get(`${app.url}/matrices/${matrix}/export/json`)).json();
  const ask = async (...asked: unknown[]) => {
    const answer = await page.request.post(`${app.url}/workshop/${id}/asked`, { data: { asked }, headers: SAME });
    const body = await answer.text();
    expect(answer.status(), body).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ rejected: [] });
  };
  const look = () => shownNow(page, `/workshop/${id}/live?protocol=${LIVE_PROTOCOL}`);
  await page.request.post(`${app.url}/workshop/${id}/enter`, { form: {}, headers: SAME });
  const { duties: all, paths } = exported as Record<"duties" | "paths", { id: string }[]>;
  const items = [
    ...all.slice(0, duties).map((duty) => ({ kind: "duty", id: duty.id })),
    ...paths.slice(0, 1).map((path) => ({ kind: "path", id: path.id })),
  ].map((subject, i) => ({ id: `i${i + 1}`, subject, minutes: 10 }));
  const me = (await look()).yours?.participantId ?? "";
  await ask({ type: "plan", title: "Onboarding", minutes: 90, items }, { type: "host", participantId: me });
  const { parties } = (await look()).room ?? { parties: [] };
  const idOf = (kind: string) => parties.find((party) => party.kind === kind)?.partyId ?? "";
  return {
    id,
    page,
    app,
    ask,
    look,
    client: idOf("client"),
    provider: idOf("provider"),
  };
}

/** What the workshop's stream shows first, which is all of it. */
function shownNow(page: Page, address: string): Promise<WorkshopShown> {
  return page.evaluate(async (live) => {
    const controller = new AbortController();
    const response = await fetch(live, { signal: controller.signal, headers: { Accept: "text/event-stream" } });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let text = ""; reader;) {
      const { value = "", done } = await reader.read();
      text += value;
      const event = /^data: ?(.*)\n\n/m.exec(text)?.[1];
      if (event !== undefined || done) {
        controller.abort();
        return JSON.parse(event ?? text).parts;
      }
    }
  }, address);
}

/** Lets everybody in who waits. */
export async function admitAll(led: Led): Promise<void> {
  const waiting = (await led.look()).yours?.waiting ?? [];
  await led.ask({ type: "admit", participantIds: waiting.map(({ participantId }) => participantId) });
}

/** A phone on which nobody is signed in. */
export async function aPhone(browser: Browser, options = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: PHONE,
    hasTouch: true,
    storageState: { cookies: [], origins: [] },
    ...options,
  });
  return context.newPage();
}

/** Comes to the door by digits and asks to come in. */
export async function byDigits(phone: Page, led: Led, name: string, party: string): Promise<void> {
  const code = (await led.look()).door?.code ?? "";
  await phone.goto(`${led.app.url}/join`);
  await phone.getByLabel("Six digits").fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await phone.getByRole("button", { name: "Go on" }).click();
  await phone.getByLabel("Your name").fill(name);
  await phone.getByRole("radio", { name: party }).check();
  await phone.getByRole("button", { name: "Ask to come in" }).click();
  await expect(phone.getByRole("heading", { name: "Waiting to be let in" })).toBeVisible();
}

/** The link by which people join, on the address under test. */
export async function joinLink(led: Led): Promise<string> {
  const link = (await led.look()).door?.link ?? "";
  return `${led.app.url}${new URL(link).pathname}`;
}

/** Picks who answers and who does it. */
export async function answer(phone: Page, answers: string, does: string): Promise<void> {
  await phone
    .getByRole("group", { name: /Who answers/ })
    .getByText(answers)
    .click();
  await phone
    .getByRole("group", { name: /Who does/ })
    .getByText(does)
    .click();
}
