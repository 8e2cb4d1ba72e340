import type { Page } from "@playwright/test";

const POST = { headers: { "sec-fetch-site": "same-origin" } };
type Draft = {
  revision: number;
  matrix: {
    parties: { id: string; kind: "client" | "provider" | "third-party" }[];
    roles: { id: string; partyId: string }[];
    duties: { id: string }[];
  };
};

/** The draft of a matrix, by the address of its pages. */
export async function draftOf(page: Page, matrix: string): Promise<Draft> {
  return (await (await page.request.get(`${matrix}/draft?since=-1`)).json()) as Draft;
}

const REACHED_ALWAYS = {
  phoneNumber0: "020 7946 0123",
  timeZone: "Europe/London",
  ...Object.fromEntries(["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [`week-${day}`, "00:00-24:00"])),
};

/** Writes down a holder of every role who can be reached at every hour, without which nothing is signed. */
export async function holdEveryRole(page: Page, matrix: string): Promise<void> {
  const { matrix: draft } = await draftOf(page, matrix);
  for (const party of draft.parties) {
    const id = crypto.randomUUID();
    await page.request.post(`${matrix}/people`, {
      ...POST,
      form: { intent: "add", id, side: party.kind, name: `Holder of ${party.kind}`, ...REACHED_ALWAYS },
    });
    for (const role of draft.roles.filter(({ partyId }) => partyId === party.id))
      await page.request.post(`${matrix}/holders`, {
        ...POST,
        form: { intent: "hold", roleId: role.id, personId: id, since: "2026-01-01" },
      });
  }
}

/** Publishes the draft as the next version. */
export async function publish(page: Page, matrix: string, reason: string): Promise<void> {
  const { revision } = await draftOf(page, matrix);
  await page.request.post(`${matrix}/publish`, {
    ...POST,
    form: {
      revision: String(revision),
      reason,
      agreementReference: "",
      exhibit: "",
      precedence: "",
      effectiveDate: "",
      reviewDate: "",
    },
  });
}
