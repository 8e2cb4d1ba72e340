import type { APIRequestContext, Browser, Page } from "@playwright/test";
import type { Asked } from "~/domain/workshop/asked";
import type { Choice } from "~/domain/workshop/shapes";
import { createEngagement, expect, letIn, type App } from "./app";

const SAME = { "sec-fetch-site": "same-origin" };

/** Somebody in the room who acts over the workshop's addresses. */
export type InRoom = {
  /** Asks for something, which isn't refused. */ ask: (...asked: Asked[]) => Promise<void>;
  propose: (itemId: string, choice: Choice, reason?: string) => Promise<void>;
  close: () => Promise<void>;
};

/**
 * A prepared workshop about the first duties of a domain, as items `i1`, `i2`…, led by whoever is signed in on `page`
 * for the provider, and Ruth, a member of the client.
 */
export async function prepareWorkshop(
  { page, app, browser }: { page: Page; app: App; browser: Browser },
  { duties = 4, client = "Northwind", provider = "Harbour IT", domains = ["iam"] } = {},
) {
  await createEngagement(page, app, client, provider, ...domains);
  const matrixId = new URL(page.url()).pathname.split("/")[2] ?? "";
  const ruthPage = await letIn(page, browser, { name: "Ruth Adler", side: client });
  const exported = (await (await page.request.get(`${app.url}/matrices/${matrixId}/export/json`)).json()) as {
    duties: { id: string }[];
    parties: { id: string; kind: string }[];
  };
  const made = await page.request.post(`${app.url}/matrices/${matrixId}/workshops`, {
    form: { title: "Onboarding workshop" },
    headers: SAME,
    maxRedirects: 0,
  });
  const workshopId = (made.headers().location ?? "").split("/").at(-1) ?? "";
  const items = exported.duties.slice(0, duties).map(({ id }, n) => ({
    id: `i${n + 1}`,
    subject: { kind: "duty" as const, id },
    minutes: 6,
  }));
  const address = `${app.url}/workshop/${workshopId}`;
  const facilitator = inRoom(page.request, address);
  await facilitator.ask({ type: "plan", title: "Onboarding workshop", minutes: 90, items });
  const entered = await ruthPage.request.post(`${address}/enter`, { form: {}, headers: SAME });
  const { participantId } = (await entered.json()) as { participantId: string };
  const ruth = inRoom(ruthPage.request, address);
  await ruth.ask({ type: "host", participantId });
  const idOf = (kind: string) => exported.parties.find((party) => party.kind === kind)?.id ?? "";
  return {
    ...{ app, matrixId, workshopId, address, facilitator, ruth, ruthPage },
    client: idOf("client"),
    provider: idOf("provider"),
    dutyIds: items.map(({ subject }) => subject.id),
  };
}

export function inRoom(request: APIRequestContext, address: string): InRoom {
  async function ask(...asked: Asked[]) {
    const answer = await request.post(`${address}/asked`, { data: { asked }, headers: SAME });
    const body = await answer.text();
    expect(answer.status(), body).toBe(200);
    expect(JSON.parse(body)).toMatchObject({ rejected: [] });
  }
  return {
    ask,
    propose: (itemId, choice, reason = "") =>
      ask({ type: "seal", itemId, forParty: false, proposal: { choice, reason } }),
    close: () => request.dispose(),
  };
}

/** A guest comes to the door by the digits on the projector, and waits. */
export async function atTheDoor(
  browser: Browser,
  { app, address }: { app: App; address: string },
  code: string,
  name: string,
  partyId: string,
): Promise<InRoom> {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const joined = await context.request.post(`${app.url}/join`, {
    form: { code: code.replaceAll(" ", ""), name, partyId, email: "" },
    headers: SAME,
    maxRedirects: 0,
  });
  expect(joined.status(), await joined.text()).toBe(302);
  return { ...inRoom(context.request, address), close: () => context.close() };
}

export const split = (does: string | string[], answers: string): Choice => ({
  kind: "split",
  does: [does].flat(),
  answers,
});
