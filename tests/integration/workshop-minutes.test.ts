import ICAL from "ical.js";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { read } from "~/db/client.server";
import type { Settlement } from "~/domain/workshop/shapes";
import { readPdf } from "~/files/read/pdf.server";
import { listActivity, dutyHistory } from "~/services/matrix/activity.server";
import { sendDueMail } from "~/services/mail/mail-sending.server";
import type { MailMessage } from "~/files/mail/delivery";
import { exportMinutes, minutesByMail } from "~/services/workshop/minutes-files.server";
import { reasonFromWorkshops } from "~/services/workshop/workshops.server";
import { publishVersion, previewVersion } from "~/services/version/versions.server";
import {
  actorOf,
  aMember,
  ask,
  aWorkshop,
  CLIENT,
  go,
  proposeAll,
  PROVIDER,
  settle,
  type Ground,
  type Seat,
} from "../support/workshops";

const LATER = new Date("2031-02-03T04:05:06Z");
const AGREED = { ...CLIENT, boundary: "" } as Settlement;

/** A workshop that agreed on one duty against the provider's proposal, parked one, disputed one and left one; not ended. */
async function held(): Promise<Ground> {
  const ground = await aWorkshop({ duties: 4 });
  const { facilitator, workshopId } = ground;
  await go(ground, "i1");
  await proposeAll(ground, "i1", CLIENT, PROVIDER);
  await settle(ground, "i1", AGREED);
  await ask(facilitator, workshopId, { type: "park", itemId: "i2", owner: "Helen <b>Marsh</b>", until: "2027-03-01" });
  await go(ground, "i3");
  await proposeAll(ground, "i3", CLIENT, PROVIDER);
  await settle(ground, "i3", { kind: "dispute", positions: { client: "It is ours.", provider: "No, ours." } });
  return ground;
}

const file = (
  seat: Pick<Seat, "entrant">,
  { workshopId }: Ground,
  format: string,
  paper: "A4" | "Letter" = "A4",
  now = new Date(),
) => exportMinutes(seat.entrant, workshopId, { format, paper }, now);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const wordsOfPdf = async (bytes: Uint8Array) => (await readPdf(bytes)).pages.map(({ words }) => words).join(" ");
const wordsOfDocx = (bytes: Uint8Array) => strFromU8(unzipSync(bytes)["word/document.xml"] ?? new Uint8Array());

const SAID = [
  "Agreed",
  "Northwind answers, Northwind does it.",
  "It was settled otherwise.",
  "Maya Lindqvist for Northwind, Priya Nair for Harbour IT",
  "Ruth: Ruth says so.",
  "Parked",
  "1 Mar 2027",
  "Disputed",
  "It is ours.",
  "No, ours.",
  "Left for another day",
  "Duty 4",
  "guest",
];

describe("the minutes as a file", () => {
  it("have everything as PDF and as DOCX, on either paper, and the same bytes at any time once the workshop has ended", async () => {
    const ground = await held();
    await ask(ground.facilitator, ground.workshopId, { type: "end" });
    for (const paper of ["A4", "Letter"] as const) {
      const pdf = await file(ground.client, ground, "pdf", paper);
      const docx = await file(ground.client, ground, "docx", paper);
      const words = (await wordsOfPdf(pdf.bytes)).replaceAll(/\s+/g, "");
      const xml = wordsOfDocx(docx.bytes);
      for (const said of [...SAID, "Helen <b>Marsh</b>"])
        expect(words.toLowerCase()).toContain(said.replaceAll(/\s+/g, "").toLowerCase());
      for (const said of SAID) expect(xml.toLowerCase()).toContain(said.toLowerCase());
      expect(xml).toContain("Helen &lt;b&gt;Marsh&lt;/b&gt;");
      expect(textOf(pdf.bytes)).toContain(paper === "A4" ? "595.28" : "612");
      expect(pdf.name).toMatch(/^northwind-harbour-it-workshop-minutes-workshop-1-2\d{3}-\d\d-\d\d\.pdf$/);
      expect(Buffer.compare((await file(ground.client, ground, "pdf", paper, LATER)).bytes, pdf.bytes)).toBe(0);
      expect(Buffer.compare((await file(ground.client, ground, "docx", paper, LATER)).bytes, docx.bytes)).toBe(0);
    }
  });

  it("of a workshop that nobody ended say so, and are for its guests too while they are in", async () => {
    const ground = await held();
    const words = await wordsOfPdf((await file(ground.ruth, ground, "pdf")).bytes);
    expect(words.replaceAll(/\s+/g, "")).toContain("Notended:itisstillopen.");
    await ask(ground.facilitator, ground.workshopId, { type: "end" });
    await expect(file(ground.ruth, ground, "pdf")).rejects.toMatchObject({ code: "forbidden" });
    const reader = await aMember(ground.engagementId, "Ole", "client", "viewer");
    await expect(file({ entrant: { actor: reader, passes: [] } }, ground, "pdf")).resolves.toMatchObject({
      type: "application/pdf",
    });
  });

  it("of follow-ups are a calendar of whole days that has the same entries each time; where nothing is parked there is none", async () => {
    const ground = await held();
    const first = await file(ground.client, ground, "ics");
    const event = new ICAL.Event(
      new ICAL.Component(ICAL.parse(textOf(first.bytes))).getFirstSubcomponent("vevent") ?? undefined,
    );
    expect(event.summary).toBe("SUP-02 Duty 2: Helen <b>Marsh</b>");
    expect(event.startDate.isDate).toBe(true);
    expect([event.startDate.toString(), event.endDate.toString()]).toEqual(["2027-03-01", "2027-03-02"]);
    expect(event.uid).toMatch(new RegExp(`^i2\\.${ground.workshopId}@`));
    await ask(ground.facilitator, ground.workshopId, { type: "end" });
    const again = await file(ground.client, ground, "ics");
    expect(textOf(again.bytes)).toBe(textOf(first.bytes));

    const bare = await aWorkshop();
    await expect(file(bare.client, bare, "ics")).rejects.toThrow(/Nothing is parked/);
    await expect(file(bare.client, bare, "exe")).rejects.toMatchObject({ code: "not-found" });
  });

  it("go with the mail to everybody who took part, guests included, who have no other access after the end", async () => {
    const ground = await held();
    await ask(ground.facilitator, ground.workshopId, { type: "end" });
    const letters: MailMessage[] = [];
    await sendDueMail({
      deliver: async (letter) => {
        letters.push(letter);
        return { ok: true };
      },
      clock: () => new Date(),
      report: () => undefined,
      stopped: () => false,
      minutes: minutesByMail,
    });
    const minutes = letters.filter(({ kind }) => kind === "workshop-minutes");
    expect(minutes.map(({ to }) => to)).toContain("tom@people.example");
    for (const { files, text } of minutes) {
      expect(files.map(({ type }) => type)).toEqual(["application/pdf", "text/calendar; charset=utf-8"]);
      expect(text).toContain("Northwind answers, Northwind does it.");
      expect(text).toContain("Helen");
    }
    const toGuest = minutes.find(({ to }) => to === "tom@people.example");
    expect(toGuest?.text).not.toContain("/workshop/");
    expect(await minutesByMail("no-such-workshop", LATER)).toEqual([]);
  });

  it("wait for a writer that fails, and go without them after some attempts, since their text says it all", async () => {
    const ground = await held();
    await ask(ground.facilitator, ground.workshopId, { type: "end" });
    const letters: MailMessage[] = [];
    const send = (minutes: number) =>
      sendDueMail({
        deliver: async (letter) => {
          if (letter.kind === "workshop-minutes" && letter.text.includes("Northwind")) letters.push(letter);
          return { ok: true };
        },
        clock: () => new Date(Date.now() + minutes * 60_000),
        report: () => undefined,
        stopped: () => false,
        minutes: () => Promise.reject(new Error("No room on the disk.")),
      });
    await send(0);
    expect(letters).toEqual([]);
    for (const minutes of [5, 30, 90, 300]) await send(minutes);
    expect(letters.map(({ files }) => files)).toEqual([[], [], []]);
  });
});

describe("what a workshop did is told", () => {
  it("in the activity with its minutes, in a duty's history with both hosts, and of downloads in the log", async () => {
    const ground = await held();
    const { matrixId, workshopId } = ground;
    await file(ground.client, ground, "pdf");
    await ask(ground.facilitator, workshopId, { type: "end" });
    const all = { person: "", kind: null, dutyId: "", after: null };
    const { entries } = await listActivity(actorOf(ground.client), matrixId, all);
    const told = entries.filter((entry) => entry.workshopId !== null).map(({ sentence }) => sentence);
    // It was prepared and opened at one moment.
    expect([...told.slice(0, 5), ...told.slice(5).sort()]).toEqual([
      "Ended workshop 1: 1 settled, 1 parked, 1 disputed.",
      "Downloaded the minutes of workshop 1 as PDF.",
      "Left as a dispute in workshop 1, with both positions confirmed by Maya Lindqvist and Priya Nair.",
      "Parked in workshop 1.",
      "Settled in workshop 1, confirmed by Maya Lindqvist and Priya Nair.",
      "Opened workshop 1.",
      "Prepared workshop 1.",
    ]);
    expect(new Set(entries.flatMap((entry) => entry.workshopId ?? []))).toEqual(new Set([workshopId]));
    const history = await dutyHistory(actorOf(ground.client), matrixId, "d1", null);
    expect(history.entries.map(({ workshop }) => workshop)).toEqual([
      "Settled in workshop 1, confirmed by Maya Lindqvist and Priya Nair.",
    ]);
  });

  it("in the reason of the next version, once: of a version that says it, the one after it doesn't", async () => {
    const ground = await held();
    const { matrixId } = ground;
    const priya = actorOf(ground.facilitator);
    expect(await reasonFromWorkshops(priya, matrixId)).toMatch(
      /^Workshop, \d{1,2} \w{3} \d{4}: 1 duty agreed, 1 parked, 1 disputed\.$/,
    );
    const { revision } = await previewVersion(priya, matrixId, new Date());
    await publishVersion(
      priya,
      matrixId,
      {
        revision,
        reason: await reasonFromWorkshops(priya, matrixId),
        agreementReference: "",
        exhibit: "",
        precedence: "",
        effectiveDate: null,
        reviewDate: null,
      },
      new Date(),
    );
    expect(await reasonFromWorkshops(priya, matrixId)).toBe("");
    expect(await read.version.count({ where: { matrixId } })).toBe(1);
  });
});
