import { write } from "~/db/client.server";
import type { Permission } from "~/domain/engagement/permissions";
import type { PartyKind } from "~/domain/matrix/shapes";
import { beforeEach, describe, expect, it } from "vitest";
import { findInCover } from "~/domain/findings/cover-rules";
import type { Fix } from "~/domain/findings/finding";
import type { EscalationPath, Level } from "~/domain/matrix/escalation-shapes";
import { blankPath } from "~/domain/parts/paths";
import { listActivity } from "~/services/matrix/activity.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { loadDraft } from "~/services/matrix/drafts.server";
import { coverFacts } from "~/services/people/cover-facts.server";
import { changePeople, holderFormSchema, listPeople, peopleFormSchema } from "~/services/people/people.server";
import { coverOfWeek } from "~/services/people/week-cover.server";
import { sendForSigning } from "~/services/signing/signing-requests.server";
import { signVersion } from "~/services/signing/signatures.server";
import { loadVersion, previewVersion, publishVersion } from "~/services/version/versions.server";
import type { Actor } from "~/services/who/actor.server";
import { aDuty, aMatrix, cells } from "../support/matrices";
import { confirmAll } from "../support/signing";
import { anEngagement, aUser } from "../support/stored";

const NOW = new Date("2026-11-27T12:00:00Z");
const ZONE = "Europe/London";
const ALL_WEEK = Object.fromEntries(
  ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [`week-${day}`, "00:00 to 24:00"]),
);
let owner: Actor;
let matrixId: string;
let engagementId: string;

const level = (minutes: number, roleId: string, decides: boolean): Level => ({
  minutes,
  calls: [{ roleId, direction: "up" }],
  channels: ["phone"],
  decides,
  may: "",
});
const S1: EscalationPath = {
  ...blankPath("s1"),
  name: "S1",
  levels: { l1: level(0, "service-desk", false), l2: level(15, "it-lead", true), l3: level(60, "it-team", true) },
};

async function aMember(name: string, side: PartyKind, permission: Permission): Promise<Actor> {
  const member = await aUser(name);
  await write((tx) =>
    tx.member.create({ data: { engagementId, userId: member.userId, side, permission, createdAt: NOW } }),
  );
  return member;
}

const send = (form: Record<string, string>, actor = owner) =>
  changePeople(actor, matrixId, peopleFormSchema.parse(form), NOW);
async function holder(name: string, side: string, roleId: string, more: Record<string, string> = {}): Promise<string> {
  const id = crypto.randomUUID();
  await send({ intent: "add", id, side, name, phoneNumber0: "020 7946 0123", email: "", timeZone: ZONE, ...more });
  await send({ intent: "hold", roleId, personId: id, since: "2026-01-01" });
  return id;
}
const day = "00:00 to 24:00";
const rotaOf = (personId: string, saturday = "08:00 to 24:00") => ({
  timeZone: ZONE,
  period: "weekly",
  every: 1,
  handOver: { time: "09:00", weekday: "mon" },
  firstDay: "2026-01-05",
  turns: [[personId]],
  hours: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: saturday, sun: day },
  overrides: [],
});

/** Dee of the desk and Cleo of the team are always there; Ann is on call for the lead but on Saturdays until eight. */
beforeEach(async () => {
  owner = await aUser("Daniel");
  const duties = [aDuty({ letters: cells({ "it-lead": "A", "it-team": "R" }) })];
  ({ matrixId, engagementId } = await anEngagement(owner, aMatrix({ duties, paths: [S1] })));
  await holder("Dee", "provider", "service-desk", ALL_WEEK);
  await holder("Cleo", "client", "it-team", ALL_WEEK);
  const ann = await holder("Ann", "client", "it-lead");
  await send({ intent: "rota", roleId: "it-lead", revision: "", rota: JSON.stringify(rotaOf(ann)) });
});

/** What is found of who can be reached, as each member is told. */
async function found(actor = owner) {
  const facts = await coverFacts(actor, matrixId, NOW);
  const { matrix } = await loadDraft(actor, matrixId, NOW);
  return findInCover(matrix, facts ?? undefined);
}
const titles = async () => (await found()).map(({ title }) => title);
const HOLE = "IT lead has no cover: Sat 00:00 to 08:00 each week.";

async function fixOf(label: string): Promise<Fix> {
  const fix = (await found()).flatMap(({ fixes }) => fixes).find((one) => one.label === label);
  if (!fix) throw new Error(`There is no way out “${label}”.`);
  return fix;
}
const holderForm = (form: Record<string, string>) => holderFormSchema.parse(form);
async function covering(intent: "cover" | "uncover") {
  const fix = await fixOf("Let Cleo cover");
  if (!("people" in fix) || fix.people.intent !== "cover") throw new Error("It changes no rota.");
  return holderForm({ intent, roleId: "it-lead", overrides: JSON.stringify(fix.people.overrides) });
}

describe("the cover of a week", () => {
  it("is told to every member with names, and to a stranger not at all", async () => {
    const week = { path: "s1", day: "2026-11-28", timeZone: ZONE };
    const members = [
      await aMember("Vera", "client", "viewer"),
      await aMember("Otto", "provider", "editor"),
      await aMember("Thea", "third-party", "viewer"),
    ];
    for (const member of [owner, ...members]) {
      const cover = await coverOfWeek(member, matrixId, week, NOW);
      expect(cover?.paths[0]?.strips[1]?.spans.map(({ when, state, who }) => [when, state, who])).toEqual([
        ["Mon 00:00 to Fri 24:00", "on-call", "Ann"],
        ["Sat 00:00 to 08:00", "nobody", "no turn, and no working hours known"],
        ["Sat 08:00 to Sun 24:00", "on-call", "Ann"],
      ]);
      // No number stands in it, as everybody who reads the people sees those there.
      expect(JSON.stringify(cover)).not.toContain("7946");
      expect((await found(member)).map(({ title }) => title)).toEqual([HOLE]);
    }
    const stranger = await aUser("Nobody");
    await expect(coverOfWeek(stranger, matrixId, week, NOW)).rejects.toMatchObject({ code: "not-found" });
    await expect(coverFacts(stranger, matrixId, NOW)).rejects.toMatchObject({ code: "not-found" });
  });

  it("is of all paths or one, of this week or any, and says what can't be asked for", async () => {
    const asked = { path: "", day: "", timeZone: "" };
    const all = await coverOfWeek(owner, matrixId, asked, NOW);
    expect(all).toMatchObject({ firstDay: "2026-11-23", timeZone: "UTC", minutes: 10_080, now: 4 * 1_440 + 720 });
    expect(all?.paths.map(({ pathId }) => pathId)).toEqual(["s1"]);
    expect(await coverOfWeek(owner, matrixId, { ...asked, path: "gone" }, NOW)).toBeNull();
    expect((await coverOfWeek(owner, matrixId, { ...asked, day: "2027-01-09" }, NOW))?.now).toBeNull();
    for (const wrong of [{ timeZone: "IST" }, { timeZone: "Mars/Olympus" }, { day: "9999-12-31" }, { day: "today" }])
      await expect(coverOfWeek(owner, matrixId, { ...asked, ...wrong }, NOW)).rejects.toMatchObject({
        code: "invalid",
      });
  });
});

describe("a way out of a hole", () => {
  it.each(["client", "provider"] as const)(
    "is applied by an editor of the %s, undone, and told in the log",
    async (side) => {
      const editor = await aMember("Edith", side, "editor");
      expect(await titles()).toEqual([HOLE]);
      const cover = await covering("cover");
      const uncover = await covering("uncover");
      await changePeople(editor, matrixId, cover, NOW);
      expect(await titles()).toEqual([]);
      // Sent twice, it is there once.
      await changePeople(editor, matrixId, cover, NOW);
      const week = await coverOfWeek(owner, matrixId, { path: "s1", day: "2026-11-28", timeZone: ZONE }, NOW);
      expect(week?.paths[0]?.strips[1]?.spans[1]).toMatchObject({ when: "Sat 00:00 to 08:00", who: "Cleo" });
      await changePeople(editor, matrixId, uncover, NOW);
      expect(await titles()).toEqual([HOLE]);
      await changePeople(editor, matrixId, uncover, NOW);
      const { entries } = await listActivity(owner, matrixId, { kind: "people", person: "", dutyId: "", after: null });
      // All of it happened in the same moment here, so the order says nothing.
      const said = entries.flatMap(({ sentence }) => (sentence?.includes("cover") ? [sentence] : []));
      expect(said.sort()).toEqual([
        "Cleo covers for the role IT lead from 28 Nov 2026 00:00 to 19 Dec 2026 08:00, 4 times.",
        "Cleo does not cover for the role IT lead after all, from 28 Nov 2026 00:00 to 19 Dec 2026 08:00, 4 times.",
      ]);
    },
  );

  it("is refused for readers and a third party, and changes nothing", async () => {
    const cover = await covering("cover");
    for (const [side, permission] of [
      ["client", "viewer"],
      ["third-party", "viewer"],
    ] as const) {
      const reader = await aMember("Rhea", side, permission);
      await expect(changePeople(reader, matrixId, cover, NOW)).rejects.toMatchObject({ code: "forbidden" });
    }
    expect(await titles()).toEqual([HOLE]);
  });

  it("is refused where the rota was changed or removed, or names somebody of the other side, with a sentence", async () => {
    const cover = await covering("cover");
    const dee = (await loadDraft(owner, matrixId, NOW)).people.find(({ name }) => name === "Dee")?.id ?? "";
    const form = (from: string, to: string, personId: string) =>
      holderForm({
        intent: "cover",
        roleId: "it-lead",
        overrides: JSON.stringify([{ from, to, personIds: [personId] }]),
      });
    await expect(changePeople(owner, matrixId, form("2026-11-28T00:00", "2026-11-28T08:00", dee), NOW)).rejects.toThrow(
      "Dee is of another side than Northwind.",
    );
    await expect(changePeople(owner, matrixId, form("2026-11-28T08:00", "2026-11-28T00:00", dee), NOW)).rejects.toThrow(
      "ends before it begins",
    );
    await changePeople(owner, matrixId, cover, NOW);
    const cleo = (await loadDraft(owner, matrixId, NOW)).people.find(({ name }) => name === "Cleo")?.id ?? "";
    await expect(
      changePeople(owner, matrixId, form("2026-11-28T01:00", "2026-11-28T09:00", cleo), NOW),
    ).rejects.toThrow("overlap");
    await send({ intent: "no-rota", roleId: "it-lead", revision: "1" });
    await expect(changePeople(owner, matrixId, cover, NOW)).rejects.toThrow("IT lead has no rota any more.");
    expect(() => holderForm({ intent: "cover", roleId: "it-lead", overrides: "[]" })).toThrow("Reload the page");
  });

  it("as an edit is the draft's own, by either side, and closes the hole", async () => {
    for (const label of ["Pre-authorise Harbour IT", "Declare off duty"]) {
      const fix = await fixOf(label);
      if (!("commands" in fix)) throw new Error("It is no edit.");
      const editor = await aMember(`Editor ${label}`, "provider", "editor");
      const { revision } = await loadDraft(owner, matrixId, NOW);
      const steps = [{ id: crypto.randomUUID(), commands: fix.commands }];
      const answer = await runCommands(editor, matrixId, { baseRevision: revision, steps }, NOW);
      expect(answer.rejected).toEqual([]);
      expect(await titles()).toEqual([]);
      const undo = fix.commands.map((command) =>
        command.type === "thing.add"
          ? { type: "thing.delete" as const, part: command.part, thingId: command.thingId }
          : command,
      );
      const back = [{ id: crypto.randomUUID(), commands: undo }];
      await runCommands(owner, matrixId, { baseRevision: answer.revision, steps: back }, NOW);
      expect(await titles()).toEqual([HOLE]);
    }
  });

  it("verifies a contact for the day it is, and takes that back to the day before", async () => {
    const person = async () => (await loadDraft(owner, matrixId, NOW)).people.find(({ name }) => name === "Ann");
    const id = (await person())?.id ?? "";
    await changePeople(owner, matrixId, holderForm({ intent: "verify", id, on: "2026-11-27" }), NOW);
    expect((await person())?.lastVerified).toBe("2026-11-27");
    const back = (was: string) => changePeople(owner, matrixId, holderForm({ intent: "unverify", id, was }), NOW);
    await expect(back("2026-11-28")).rejects.toThrow("That day is later");
    await back("2026-02-01");
    expect((await person())?.lastVerified).toBe("2026-02-01");
    await back("");
    expect((await person())?.lastVerified).toBeNull();
  });
});

describe("signing", () => {
  it("waits while a path for every hour reaches nobody at some, and what was sent before stays sent", async () => {
    const { revision } = await loadDraft(owner, matrixId, NOW);
    const form = {
      reason: "First",
      agreementReference: "",
      exhibit: "",
      precedence: "",
      effectiveDate: null,
      reviewDate: "2027-03-01",
    };
    const needOf = async () => (await previewVersion(owner, matrixId, NOW)).needs.find(({ part }) => part === "cover");
    expect(await needOf()).toMatchObject({ stops: true, left: [] });
    const number = await publishVersion(owner, matrixId, { ...form, revision }, NOW);
    // Everybody is away: no level reaches anybody then.
    for (const { id } of (await loadDraft(owner, matrixId, NOW)).people)
      await send({ intent: "away", id: crypto.randomUUID(), personId: id, from: "2026-12-01", to: "2026-12-02" });
    const sentence = "S1 reaches nobody, at any level: Tue 00:00 to Wed 24:00 (1 Dec 2026).";
    expect(await needOf()).toMatchObject({ left: [sentence] });
    const tom = await aMember("Tom", "provider", "owner");
    const person = (partyId: string, { name, email }: Actor) => ({ partyId, name, title: "Director", email });
    const sending = {
      order: "together" as const,
      message: "",
      due: "",
      signatories: [person("client", owner), person("provider", tom)],
    };
    await expect(sendForSigning(owner, matrixId, number, sending, NOW)).rejects.toThrow(sentence);
    // Cleo is back: somebody is reached at every hour, and the version goes out. That she is away again doesn't take it back.
    const cleo = (await listPeople(owner, matrixId)).people.find(({ name }) => name === "Cleo")?.id;
    const away = (await listPeople(owner, matrixId)).absences.find(({ personId }) => personId === cleo)?.id ?? "";
    await send({ intent: "back", id: away });
    await sendForSigning(owner, matrixId, number, sending, NOW);
    await send({ intent: "away", id: crypto.randomUUID(), personId: cleo ?? "", from: "2026-12-01", to: "2026-12-02" });
    await confirmAll(tom, matrixId, number, NOW);
    const { fingerprint } = (await loadVersion(owner, matrixId, number)).facts;
    const caller = { address: "127.0.0.1", userAgent: "", cookie: "" };
    for (const signer of [owner, tom]) {
      const signature = {
        intent: "sign" as const,
        fingerprint,
        title: "Director",
        organisation: "Northwind",
        consent: "on",
        way: "typed",
        typed: signer.name,
        drawn: "",
      };
      await signVersion(signer, matrixId, number, signature, caller, NOW);
    }
    expect((await loadVersion(owner, matrixId, number)).facts.status).toBe("agreed");
  });
});
