import { describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { loader } from "~/routes/calendar";
import {
  calendarBasis,
  calendarFile,
  endFeed,
  listFeeds,
  makeFeed,
  openFeed,
  type CalendarChoice,
} from "~/services/access/calendars.server";
import { listActivity } from "~/services/matrix/activity.server";
import { changeAccess } from "~/services/access/members.server";
import { listRecord } from "~/services/access/record.server";
import { forgetAccount } from "~/services/account/forget-account.server";
import { ownData } from "~/services/account/own-data.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { changePeople } from "~/services/people/people.server";
import type { Actor } from "~/services/who/actor.server";
import { publishVersion } from "~/services/version/versions.server";
import { startingConversations } from "~/library/starting-conversations";
import { anAddress } from "../support/browsers";
import { aMatrix } from "../support/matrices";
import { anEngagement, aUser } from "../support/stored";

const NOW = new Date("2026-11-25T12:00:00Z");
const LATER = new Date("2026-11-25T18:00:00Z");
const caller = () => ({ address: anAddress(), userAgent: "", cookie: "" });
const GONE = expect.objectContaining({
  code: "not-found",
  message: expect.stringMatching(/^This address gives no calendar/),
});
const secretOf = ({ link }: { link: string }) => /\/calendars\/(.*)\.ics$/.exec(link)?.[1] ?? "";
const CONVERSATIONS: Extract<CalendarChoice, { about: "conversations" }> = {
  about: "conversations",
  plan: {
    timeZone: "Europe/Berlin",
    first: [{ conversationId: "operations", day: "2026-12-01", time: "10:00", rhythm: "once", minutes: 60 }],
  },
};

async function aPlan() {
  const owner = await aUser("Maya Lindqvist");
  const draft = aMatrix();
  const { engagementId, matrixId } = await anEngagement(owner, {
    ...draft,
    conversations: startingConversations(draft),
  });
  const personId = crypto.randomUUID();
  const person = {
    intent: "add" as const,
    id: personId,
    side: "client" as const,
    name: "Ann Shah",
    title: "",
    email: "ann@hidden.example",
    phones: [{ label: "Mobile", number: "+44 20 7946 0123" }],
    hours: "",
    timeZone: "Europe/London",
    week: null,
    deputyId: null,
    lastVerified: null,
  };
  await changePeople(owner, matrixId, person, NOW);
  await changePeople(
    owner,
    matrixId,
    {
      intent: "rota",
      roleId: "it-lead",
      revision: null,
      rota: {
        timeZone: "Europe/London",
        period: "weekly",
        every: 1,
        handOver: { time: "09:00", weekday: "mon" },
        firstDay: "2026-11-02",
        turns: [[personId]],
        hours: "always",
        overrides: [],
      },
    },
    NOW,
  );
  return { owner, engagementId, matrixId, personId };
}

async function aMember(engagementId: string, permission: string): Promise<Actor> {
  const member = await aUser(`A ${permission}`);
  await write((tx) =>
    tx.member.create({ data: { engagementId, userId: member.userId, side: "client", permission, createdAt: NOW } }),
  );
  return member;
}

describe("a calendar at its private address", () => {
  it("gives one person's turns to whoever has the address, without how to reach anybody", async () => {
    const { owner, matrixId, personId } = await aPlan();
    const secret = secretOf(await makeFeed(owner, matrixId, { about: "turns", personId }, NOW));
    const { text } = await openFeed(secret, caller(), NOW);
    expect(text.match(/BEGIN:VEVENT/g)?.length).toBe(29);
    expect(text).toContain("X-WR-CALNAME:On call (plan): Ann Shah");
    expect(text.replace(/\r\n /g, "")).toContain("not a live answer to who is on call");
    expect(text).not.toMatch(/7946|hidden\.example/);
    expect(JSON.stringify(await read.calendarFeed.findMany({ where: { matrixId } }))).not.toContain(secret);
  });

  it("says the same as long as nothing changed, and counts a change of what it says", async () => {
    const { owner, matrixId } = await aPlan();
    const secret = secretOf(await makeFeed(owner, matrixId, CONVERSATIONS, NOW));
    const before = await openFeed(secret, caller(), NOW);
    expect(await openFeed(secret, caller(), LATER)).toEqual(before);
    expect(before.text).toContain("SEQUENCE:0");
    const place = {
      type: "thing.edit",
      part: "conversations",
      thingId: "operations",
      set: { place: "Room 2" },
    } as const;
    await runCommands(
      owner,
      matrixId,
      { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands: [place] }] },
      LATER,
    );
    const after = await openFeed(secret, caller(), LATER);
    expect(after.etag).not.toBe(before.etag);
    expect(after.text).toContain("SEQUENCE:1");
    expect(after.text).toContain("LOCATION:Room 2");
  });

  it("has the conversations of the version in force, and those of the draft while none is", async () => {
    const { owner, matrixId } = await aPlan();
    const secret = secretOf(await makeFeed(owner, matrixId, CONVERSATIONS, NOW));
    expect((await openFeed(secret, caller(), NOW)).text.replace(/\r\n /g, "")).toContain("No version is in force");
    const publication = { reason: "First", agreementReference: "", exhibit: "", precedence: "" };
    await publishVersion(owner, matrixId, { ...publication, revision: 0, effectiveDate: null, reviewDate: null }, NOW);
    await write((tx) => tx.version.updateMany({ where: { matrixId }, data: { status: "agreed", agreedAt: NOW } }));
    const place = {
      type: "thing.edit",
      part: "conversations",
      thingId: "operations",
      set: { place: "Room 2" },
    } as const;
    await runCommands(
      owner,
      matrixId,
      { baseRevision: 1, steps: [{ id: crypto.randomUUID(), commands: [place] }] },
      NOW,
    );
    const { text } = await openFeed(secret, caller(), NOW);
    expect(text.replace(/\r\n /g, "")).toContain("conversations of version 1\\, which is in force");
    expect(text).toContain("LOCATION:Video call");
    expect((await calendarBasis(owner, matrixId, NOW)).sentence).toMatch(/version 1/);
  });

  it("answers alike where it was ended, was never there, or is the secret of something else", async () => {
    const { owner, matrixId, personId } = await aPlan();
    const secret = secretOf(await makeFeed(owner, matrixId, { about: "turns", personId }, NOW));
    const [row] = await listFeeds(owner, matrixId);
    await endFeed(owner, matrixId, row?.id ?? "", NOW);
    for (const wrong of [secret, `${secret}x`, "", matrixId])
      await expect(openFeed(wrong, caller(), NOW)).rejects.toEqual(GONE);
    expect(await listFeeds(owner, matrixId)).toEqual([]);
    await expect(endFeed(owner, matrixId, row?.id ?? "", NOW)).rejects.toMatchObject({ code: "conflict" });
  });

  it("ends when its maker loses access, also for good when they come back, and when the person is removed", async () => {
    const { owner, engagementId, matrixId, personId } = await aPlan();
    const member = await aMember(engagementId, "viewer");
    const secret = secretOf(await makeFeed(member, matrixId, { about: "turns", personId }, NOW));
    await openFeed(secret, caller(), NOW);
    await changeAccess(owner, matrixId, { intent: "remove", userId: member.userId }, NOW);
    await expect(openFeed(secret, caller(), NOW)).rejects.toEqual(GONE);
    await write((tx) =>
      tx.member.create({ data: { engagementId, userId: member.userId, side: "client", permission: "viewer" } }),
    );
    await expect(openFeed(secret, caller(), NOW)).rejects.toEqual(GONE);

    expect((await listRecord(owner, matrixId, null)).entries.map(({ sentence }) => sentence)).toContain(
      "Ended a calendar that A viewer had made.",
    );

    const leaves = await aMember(engagementId, "editor");
    const theirs = secretOf(await makeFeed(leaves, matrixId, CONVERSATIONS, NOW));
    await changeAccess(owner, matrixId, { intent: "change", userId: leaves.userId, permission: "viewer" }, NOW);
    await openFeed(theirs, caller(), NOW);
    await changeAccess(leaves, matrixId, { intent: "leave" }, NOW);
    await expect(openFeed(theirs, caller(), NOW)).rejects.toEqual(GONE);

    const goes = await aMember(engagementId, "editor");
    const last = secretOf(await makeFeed(goes, matrixId, CONVERSATIONS, NOW));
    await forgetAccount(goes.userId, NOW);
    await expect(openFeed(last, caller(), NOW)).rejects.toEqual(GONE);

    const own = secretOf(await makeFeed(owner, matrixId, { about: "turns", personId }, NOW));
    await changePeople(owner, matrixId, { intent: "remove", id: personId }, NOW);
    await expect(openFeed(own, caller(), NOW)).rejects.toEqual(GONE);
    await expect(makeFeed(owner, matrixId, { about: "turns", personId }, NOW)).rejects.toMatchObject({
      code: "invalid",
    });
  });

  it("is ended by its maker and by owners, and by nobody else; each sees in the list what they may end", async () => {
    const { owner, engagementId, matrixId } = await aPlan();
    const [maker, other] = [await aMember(engagementId, "viewer"), await aMember(engagementId, "editor")];
    await makeFeed(maker, matrixId, CONVERSATIONS, NOW);
    await makeFeed(maker, matrixId, CONVERSATIONS, LATER);
    const [newest, oldest] = (await listFeeds(maker, matrixId)).map(({ id }) => id);
    expect(await listFeeds(other, matrixId)).toEqual([]);
    await expect(endFeed(other, matrixId, newest ?? "", NOW)).rejects.toMatchObject({ code: "forbidden" });
    await endFeed(maker, matrixId, newest ?? "", NOW);
    expect(await listFeeds(owner, matrixId)).toMatchObject([{ id: oldest, person: null, own: false }]);
    await changeAccess(owner, matrixId, { intent: "end-calendar", calendarId: oldest ?? "" }, NOW);
    expect(await listFeeds(maker, matrixId)).toEqual([]);
    const record = (await listRecord(owner, matrixId, null)).entries.map(({ sentence }) => sentence);
    expect(record).toContain("Ended a calendar that A viewer had made.");
    expect(
      record.some((sentence) => /^Made a private address for the calendar “Conversations \(plan\)/.test(sentence)),
    ).toBe(true);
    const data = new TextDecoder().decode((await ownData(maker, NOW)).bytes);
    expect(JSON.parse(data).calendars).toHaveLength(2);
  });

  it("is limited: how many one makes, how often one is fetched, and how often one is guessed at", async () => {
    const { owner, matrixId } = await aPlan();
    const { link } = await makeFeed(owner, matrixId, CONVERSATIONS, NOW);
    for (let i = 1; i < 20; i++) await makeFeed(owner, matrixId, CONVERSATIONS, NOW);
    await expect(makeFeed(owner, matrixId, CONVERSATIONS, NOW)).rejects.toMatchObject({ code: "conflict" });
    const from = caller();
    for (let i = 0; i < 60; i++) await openFeed(secretOf({ link }), from, NOW);
    await expect(openFeed(secretOf({ link }), caller(), NOW)).rejects.toMatchObject({ code: "too-many" });
    const guesser = caller();
    for (let i = 0; i < 30; i++) await expect(openFeed(`made-up-${i}`, guesser, NOW)).rejects.toEqual(GONE);
    await expect(openFeed("made-up", guesser, NOW)).rejects.toMatchObject({ code: "too-many" });
  });

  it("is sent once, and then only where it differs; a program may keep it for itself", async () => {
    const { owner, matrixId } = await aPlan();
    const token = `${secretOf(await makeFeed(owner, matrixId, CONVERSATIONS, NOW))}.ics`;
    const fetched = (headers: Record<string, string>) =>
      loader({
        request: new Request(`http://localhost/calendars/${token}`, { headers }),
        params: { token },
        context: { address: anAddress() },
      } as never) as Promise<Response>;
    const first = await fetched({});
    expect(first.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    expect(first.headers.get("cache-control")).toBe("private, no-cache");
    expect(first.headers.get("set-cookie")).toBeNull();
    const again = await fetched({ "If-None-Match": `"other", ${first.headers.get("etag")}` });
    expect(again.status).toBe(304);
    expect(await again.text()).toBe("");
  });
});

describe("a calendar as a file", () => {
  it("is told in the activity, and refuses what can't be planned with a sentence", async () => {
    const { owner, matrixId, personId } = await aPlan();
    const file = await calendarFile(owner, matrixId, { about: "turns", personId }, NOW);
    expect(file.name).toBe("on-call-plan-ann-shah.ics");
    const { entries } = await listActivity(owner, matrixId, { kind: "downloads", person: "", dutyId: "", after: null });
    expect(entries.map(({ sentence }) => sentence)).toEqual(["Downloaded the calendar “On call (plan): Ann Shah”."]);
    const wrong = (parts: Partial<(typeof CONVERSATIONS)["plan"]>) =>
      calendarFile(owner, matrixId, { about: "conversations", plan: { ...CONVERSATIONS.plan, ...parts } }, NOW);
    const [first] = CONVERSATIONS.plan.first;
    if (!first) throw new Error("There is no first time.");
    for (const [parts, sentence] of [
      [{ timeZone: "IST" }, /no time zone “IST”/],
      [{ first: [] }, /at least one conversation/],
      [{ first: [{ ...first, day: "2026-02-30" }] }, /isn't a day/],
      [{ first: [{ ...first, day: "9999-02-01" }] }, /from 2000 to 2100/],
      [{ first: [{ ...first, time: "25:00" }] }, /isn't a time/],
      [{ first: [{ ...first, minutes: 1e9 }] }, /lasts from 5 to 1440 minutes/],
    ] as const)
      await expect(wrong(parts as never)).rejects.toMatchObject({ message: expect.stringMatching(sentence) });
  });
});
