import { beforeEach, describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { DRILL_LIMITS } from "~/domain/escalation/drills";
import { LIMITS } from "~/domain/limits";
import { linkForm, makeLink, openSharedLink } from "~/services/access/links.server";
import { exportRecord, listRecord } from "~/services/access/record.server";
import { ownData } from "~/services/account/own-data.server";
import { listActivity } from "~/services/matrix/activity.server";
import { changeDrills, drillFormSchema, listDrills } from "~/services/people/drills.server";
import { previewVersion, publishVersion } from "~/services/version/versions.server";
import type { Actor } from "~/services/who/actor.server";
import { aDuty, aMatrix, cells } from "../support/matrices";
import { anEngagement, aUser } from "../support/stored";

const NOW = new Date("2026-11-27T12:00:00Z");
const LATER = new Date("2026-12-01T12:00:00Z");
let owner: Actor;
let editor: Actor;
let provider: Actor;
let matrixId: string;
let engagementId: string;

const join = (actor: Actor, side: string, permission: string) =>
  write((tx) => tx.member.create({ data: { userId: actor.userId, engagementId, side, permission } }));
/** A second after the request before, so that what is said of them has an order. */
let clock = NOW.getTime();
const nextSecond = () => new Date((clock += 1000));
/** What a browser sends: every field as text. */
const send = (form: Record<string, string>, actor = editor) =>
  changeDrills(actor, matrixId, drillFormSchema.parse(form), nextSecond());
const drill = (more: Record<string, string> = {}) => ({
  intent: "record",
  id: crypto.randomUUID(),
  day: "2026-11-26",
  scenario: "Ransomware is spreading",
  query: "try=ransomware&day=2027-01-09&time=02%3A10&zone=Europe%2FLondon",
  tookPart: "Daniel Okafor\r\n\r\nPriya Nair\nDaniel Okafor",
  learned: "Nobody knew the bridge number.",
  changeText0: "Print the bridge number",
  changeOwner0: "IT lead",
  changeBy0: "2026-12-24",
  changeText3: "Buy a second phone",
  changeOwner3: "Whoever buys phones",
  ...more,
});
const listed = async (actor = editor) => (await listDrills(actor, matrixId, 1)).drills;
const sentences = async () =>
  (await listActivity(owner, matrixId, { person: "", kind: "people", dutyId: "", after: null })).entries.map(
    ({ sentence }) => sentence,
  );
const recorded = async () => (await listRecord(owner, matrixId, null)).entries.map(({ sentence }) => sentence);
const published = async (reason: string) => {
  const now = nextSecond();
  const { revision } = await previewVersion(owner, matrixId, now);
  const terms = { agreementReference: reason, exhibit: "", precedence: "", effectiveDate: null, reviewDate: null };
  return publishVersion(owner, matrixId, { revision, reason, ...terms }, now);
};

beforeEach(async () => {
  clock = NOW.getTime();
  owner = await aUser("Olive");
  editor = await aUser("Daniel");
  provider = await aUser("Priya");
  const duties = [aDuty({ letters: cells({ "it-lead": "A", "it-team": "R" }) })];
  ({ engagementId, matrixId } = await anEngagement(owner, aMatrix({ duties })));
  await join(editor, "client", "editor");
  await join(provider, "provider", "owner");
});

describe("a drill", () => {
  it("is recorded once however often it is sent, by either side, and read by both", async () => {
    const form = drill();
    await send(form);
    await send(form);
    await send(drill({ scenario: "An internet line is down", day: "2026-11-20" }), provider);
    const [first, second] = await listed(provider);
    expect(first).toMatchObject({
      matrixId,
      scenario: "Ransomware is spreading",
      query: form.query,
      tookPart: ["Daniel Okafor", "Priya Nair"],
      learned: "Nobody knew the bridge number.",
      recordedByName: "Daniel",
      recordedAt: new Date(NOW.getTime() + 1000).toISOString(),
      correctable: false,
      changes: [
        { text: "Print the bridge number", owner: "IT lead", ownerId: "it-lead", by: "2026-12-24", done: null },
        { text: "Buy a second phone", owner: "Whoever buys phones", ownerId: null, by: null, done: null },
      ],
    });
    expect(second).toMatchObject({ scenario: "An internet line is down", correctable: true });
    expect(await listDrills(editor, matrixId, 1)).toMatchObject({ total: 2, page: 1, pages: 1 });
  });

  it("is refused with a sentence for each field, and nothing is stored", async () => {
    const bad = drill({
      scenario: " ",
      day: "2026-12-25",
      tookPart: "\n ",
      changeText0: "",
      changeBy3: "soon",
      changeOwner3: "x".repeat(LIMITS.name + 1),
    });
    await expect(send(bad)).rejects.toMatchObject({
      code: "invalid",
      fields: {
        scenario: expect.stringMatching(/empty/),
        day: expect.stringMatching(/yet to come/),
        tookPart: expect.stringMatching(/who took part/),
        changeText0: expect.stringMatching(/empty/),
        changeBy3: expect.stringMatching(/Choose a day/),
        changeOwner3: expect.stringMatching(/at most 120/),
      },
    });
    await expect(send(drill({ day: "soon" }))).rejects.toMatchObject({ fields: { day: expect.any(String) } });
    expect(drillFormSchema.safeParse(drill({ query: "x".repeat(DRILL_LIMITS.query + 1) })).success).toBe(false);
    expect(await listed()).toEqual([]);
  });

  it("is corrected by whoever recorded it and by an owner of their side alone, and what is done stays done", async () => {
    const form = drill();
    await send(form);
    const [{ changes = [] } = {}] = await listed();
    const [print, phone] = changes;
    await send({ intent: "tick", id: form.id, changeId: print?.id ?? "", done: "yes", on: "2026-11-27" }, provider);
    const correction = {
      ...form,
      intent: "correct",
      revision: "0",
      learned: "The bridge number was wrong.",
      changeId0: phone?.id ?? "",
      changeText0: "Buy two phones",
      changeId3: print?.id ?? "",
      changeText3: "Print the bridge number",
    };
    await expect(send(correction, provider)).rejects.toMatchObject({
      code: "forbidden",
      message: expect.stringMatching(/^Daniel recorded this drill/),
    });
    await send(correction);
    await expect(send(correction)).rejects.toMatchObject({ code: "conflict" });
    expect((await listed())[0]).toMatchObject({
      learned: "The bridge number was wrong.",
      revision: 1,
      changes: [
        { id: phone?.id, text: "Buy two phones", done: null },
        { id: print?.id, done: { on: "2026-11-27", by: "Priya" } },
      ],
    });
    await send({ ...correction, revision: "1", learned: "Both were wrong." }, owner);
    expect((await listed())[0]).toMatchObject({ learned: "Both were wrong.", recordedByName: "Daniel" });
  });

  it("has changes that an editor of either side ticks off and back, each said in the activity", async () => {
    const form = drill();
    await send(form);
    const tick = (changeId: string, done: string, actor: Actor) =>
      send({ intent: "tick", id: form.id, changeId, done, on: "2026-11-27" }, actor);
    const [change] = (await listed())[0]?.changes ?? [];
    await tick(change?.id ?? "", "yes", provider);
    await tick(change?.id ?? "", "yes", editor);
    expect((await listed())[0]?.changes[0]?.done).toEqual({ on: "2026-11-27", by: "Priya" });
    await tick(change?.id ?? "", "no", editor);
    expect((await listed())[0]?.changes[0]?.done).toBeNull();
    await expect(tick("no-change", "yes", editor)).rejects.toMatchObject({ code: "not-found" });
    expect(await sentences()).toEqual([
      "Not done yet after the drill “Ransomware is spreading” of 26 Nov 2026: Print the bridge number",
      "Done after the drill “Ransomware is spreading” of 26 Nov 2026: Print the bridge number",
      "Recorded the drill “Ransomware is spreading” of 26 Nov 2026.",
    ]);
  });

  it("is deleted by whoever recorded it, and the record keeps that, and what it said, in each of its formats", async () => {
    const form = drill();
    await send(form);
    await expect(send({ intent: "delete", id: form.id }, provider)).rejects.toMatchObject({ code: "forbidden" });
    await send({ intent: "delete", id: form.id });
    await expect(send({ intent: "delete", id: form.id })).rejects.toMatchObject({ code: "not-found" });
    expect(await listed()).toEqual([]);
    const said =
      "Took part: Daniel Okafor, Priya Nair. Learned: Nobody knew the bridge number. To change: “Print the bridge number” (IT lead, by 24 Dec 2026); “Buy a second phone” (Whoever buys phones).";
    const called = "the drill “Ransomware is spreading” of 26 Nov 2026";
    expect(await recorded()).toEqual([`Deleted ${called}. It said: ${said}`, `Recorded ${called}. ${said}`]);
    for (const format of ["csv", "jsonl"] as const) {
      const text = new TextDecoder().decode((await exportRecord(owner, matrixId, format)).bytes);
      expect(text).toContain("drill.removed");
      expect(text).toContain("Buy a second phone");
    }
  });

  it("is in the own data of whoever recorded it, and goes with the engagement", async () => {
    await send(drill());
    const text = new TextDecoder().decode((await ownData(editor, NOW)).bytes);
    expect(JSON.parse(text)).toMatchObject({ drills: [{ engagementId, scenario: "Ransomware is spreading" }] });
    expect(new TextDecoder().decode((await ownData(provider, NOW)).bytes)).not.toContain("Ransomware");
    await write((tx) => tx.engagement.delete({ where: { id: engagementId } }));
    expect(await read.drill.count({ where: { engagementId } })).toBe(0);
  });

  it("is listed a page at a time, and one too many is refused with a sentence", async () => {
    for (let i = 0; i < 21; i++) await send(drill({ scenario: `Drill ${i}` }));
    const second = await listDrills(editor, matrixId, 2);
    expect([second.drills.length, second.pages, second.total]).toEqual([1, 2, 21]);
    expect((await listDrills(editor, matrixId, 99)).page).toBe(2);
    const row = await read.drill.findFirst({ where: { engagementId } });
    if (!row) throw new Error("There is no drill.");
    await write((tx) =>
      tx.drill.createMany({
        data: Array.from({ length: DRILL_LIMITS.drills - 21 }, () => ({
          ...row,
          id: crypto.randomUUID(),
          tookPart: [],
          changes: [],
        })),
      }),
    );
    await expect(send(drill())).rejects.toMatchObject({
      fields: { form: expect.stringMatching(/at most 500 drills/) },
    });
  });

  it("of another engagement can't be reached, and its id gives a drill an id of its own", async () => {
    const form = drill();
    await send(form);
    const stranger = await aUser("Sam");
    const elsewhere = await anEngagement(stranger, aMatrix({}));
    const there = (fields: Record<string, string>) =>
      changeDrills(stranger, elsewhere.matrixId, drillFormSchema.parse(fields), NOW);
    await expect(there({ ...form, intent: "correct", revision: "0" })).rejects.toMatchObject({ code: "not-found" });
    await expect(there({ intent: "delete", id: form.id })).rejects.toMatchObject({ code: "not-found" });
    expect(await there(form)).not.toBe(form.id);
    expect(await listed()).toHaveLength(1);
  });
});

describe("beside others", () => {
  it("two ticks and a correction at once all stand", async () => {
    const form = drill();
    await send(form);
    const [{ changes = [] } = {}] = await listed();
    const [print, phone] = changes;
    await Promise.all([
      send({ intent: "tick", id: form.id, changeId: print?.id ?? "", done: "yes" }, provider),
      send({ intent: "tick", id: form.id, changeId: phone?.id ?? "", done: "yes" }, owner),
      send({
        ...form,
        intent: "correct",
        revision: "0",
        learned: "Corrected meanwhile.",
        changeId0: print?.id ?? "",
        changeId3: phone?.id ?? "",
      }),
    ]);
    expect((await listed())[0]).toMatchObject({
      learned: "Corrected meanwhile.",
      changes: [{ done: { by: "Priya" } }, { done: { by: "Olive" } }],
    });
  });

  it("a read-only link shows no drill, also where it shows contacts", async () => {
    await send(drill());
    const made = await makeLink(
      owner,
      matrixId,
      linkForm.parse({ intent: "link", label: "Board", shows: "draft", days: "7", password: "", contacts: "on" }),
      NOW,
    );
    const secret = made.link.split("/").at(-1) ?? "";
    const shown = await openSharedLink(secret, [], { address: "192.0.2.1", userAgent: "", cookie: "" }, NOW);
    expect(shown).toMatchObject({ kind: "matrix", contacts: { people: [] } });
    expect(JSON.stringify(shown)).not.toContain("Ransomware");
  });
});

describe("before a publication", () => {
  it("drills since the last version are listed, and earlier ones while something isn't done", async () => {
    const [done, open, late] = [drill({ day: "2026-11-24" }), drill({ day: "2026-11-25" }), drill()];
    await send(done);
    await send(open);
    const ids = async () => (await previewVersion(owner, matrixId, LATER)).drills.drills.map(({ id }) => id);
    expect(await ids()).toEqual([open.id, done.id]);
    await published("First");
    for (const { id: changeId } of (await listed()).find(({ id }) => id === done.id)?.changes ?? [])
      await send({ intent: "tick", id: done.id, changeId, done: "yes" });
    await send(late);
    expect(await ids()).toEqual([late.id, open.id]);
  });
});
