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

/** Writes down a holder of every role, but for some, who can be reached at every hour, without which nothing is signed. */
export async function holdEveryRole(page: Page, matrix: string, butFor: readonly string[] = []): Promise<void> {
  const { matrix: draft } = await draftOf(page, matrix);
  for (const party of draft.parties) {
    const id = crypto.randomUUID();
    await page.request.post(`${matrix}/people`, {
      ...POST,
      form: { intent: "add", id, side: party.kind, name: `Holder of ${party.kind}`, ...REACHED_ALWAYS },
    });
    for (const role of draft.roles.filter(
      ({ id: roleId, partyId }) => partyId === party.id && !butFor.includes(roleId),
    ))
      await page.request.post(`${matrix}/holders`, {
        ...POST,
        form: { intent: "hold", roleId: role.id, personId: id, since: "2026-01-01" },
      });
  }
}

/** Puts somebody behind a role of the client who is on call by a rota, except on Saturdays before eight. */
export async function holdWithHole(page: Page, matrix: string, roleId: string, name: string): Promise<void> {
  const id = crypto.randomUUID();
  const day = "00:00 to 24:00";
  const rota = {
    timeZone: "Europe/London",
    period: "weekly",
    every: 1,
    handOver: { time: "09:00", weekday: "mon" },
    firstDay: "2026-01-05",
    turns: [[id]],
    hours: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: "08:00 to 24:00", sun: day },
    overrides: [],
  };
  const person = { phoneNumber0: "020 7946 0124", timeZone: "Europe/London" };
  const forms: Record<string, string>[] = [
    { intent: "add", id, side: "client", name, ...person },
    { intent: "hold", roleId, personId: id, since: "2026-01-01" },
    { intent: "rota", roleId, revision: "", rota: JSON.stringify(rota) },
  ];
  for (const form of forms) await page.request.post(`${matrix}/people`, { ...POST, form, maxRedirects: 0 });
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
