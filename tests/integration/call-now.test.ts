import { execFileSync } from "node:child_process";
import { beforeEach, describe, expect, it } from "vitest";
import { write } from "~/db/client.server";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import type { Permission } from "~/domain/engagement/permissions";
import { exportRecord } from "~/services/access/record.server";
import { callCards, exportCallCards } from "~/services/pack/call-cards.server";
import { listActivity } from "~/services/matrix/activity.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { changePeople, peopleFormSchema } from "~/services/people/people.server";
import { callsFromNow } from "~/services/people/right-now.server";
import { publishVersion } from "~/services/version/versions.server";
import type { Actor } from "~/services/who/actor.server";
import { aMatrix } from "../support/matrices";
import { readBy } from "../support/read-by";
import { anEngagement, aUser } from "../support/stored";

const NOW = new Date("2026-11-27T12:00:00Z");
const NUMBER = "020 7946 0199";
let owner: Actor;
let engagementId: string;
let matrixId: string;

const path = (id: string, lastResort: string): EscalationPath => ({
  id,
  kind: "incident",
  name: id.toUpperCase(),
  trigger: "Work has stopped",
  examples: "",
  clock: { kind: "always" },
  levels: {
    l1: {
      minutes: 0,
      calls: [{ roleId: "service-desk", direction: "up" }],
      channels: ["phone"],
      decides: true,
      may: "",
    },
  },
  repeats: 0,
  roundMinutes: null,
  updateMinutes: null,
  decisionTarget: null,
  restoreTarget: null,
  handover: "",
  lastResort,
  marks: {},
  ruling: null,
});

/** What a command that adds a path says of it. */
const fieldsOf = ({ id: _id, marks: _marks, ruling: _ruling, ...fields }: EscalationPath) => fields;

const send = (form: Record<string, string>) => changePeople(owner, matrixId, peopleFormSchema.parse(form), NOW);
const ALWAYS = Object.fromEntries(
  ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map((day) => [`week-${day}`, "00:00-24:00"]),
);

async function member(side: string, permission: Permission): Promise<Actor> {
  const somebody = await aUser(`${side} ${permission}`);
  await write((tx) =>
    tx.member.create({ data: { engagementId, userId: somebody.userId, side, permission, createdAt: NOW } }),
  );
  return somebody;
}

/** Publishes the draft and has it agreed, as far as cards look. */
async function agree(number: number): Promise<void> {
  await publishVersion(
    owner,
    matrixId,
    {
      revision: await revisionNow(),
      reason: "First",
      agreementReference: "",
      exhibit: "",
      precedence: "",
      effectiveDate: null,
      reviewDate: null,
    },
    NOW,
  );
  await write((tx) =>
    tx.version.update({
      where: { matrixId_number: { matrixId, number } },
      data: { status: "agreed", agreedAt: new Date("2026-11-26T09:00:00Z") },
    }),
  );
}

async function revisionNow(): Promise<number> {
  return write(async (tx) => (await tx.matrix.findUniqueOrThrow({ where: { id: matrixId } })).revision);
}

const edit = (commands: Parameters<typeof runCommands>[2]["steps"][number]["commands"]) =>
  runCommands(owner, matrixId, { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] }, NOW);

/** A desk that Dee holds at any hour, and a path that calls it. */
beforeEach(async () => {
  owner = await aUser("Daniel");
  ({ engagementId, matrixId } = await anEngagement(owner, aMatrix({ paths: [path("s1", "Cut the site off")] })));
  const id = crypto.randomUUID();
  const dee = { side: "provider", name: "Dee Ashworth", phoneNumber0: NUMBER, email: "", timeZone: "Europe/London" };
  await send({ intent: "add", id, ...dee, ...ALWAYS });
  await send({ intent: "hold", roleId: "service-desk", personId: id });
});

describe("who is called from now on", () => {
  it("is told to every member with the ways to reach them, and to nobody else", async () => {
    const everybody = [
      owner,
      await member("client", "viewer"),
      await member("provider", "editor"),
      await member("third-party", "viewer"),
    ];
    for (const actor of everybody) {
      const window = await callsFromNow(actor, matrixId, NOW);
      expect(window.workedOutAt).toBe(NOW.getTime());
      expect(Object.values(window.contacts).map(({ phones }) => phones[0]?.number)).toEqual([NUMBER]);
      expect(window.paths[0]?.levels[0]?.calls[0]?.spans[0]?.answers[0]).toMatchObject({ state: "on-shift" });
    }
    await expect(callsFromNow(await aUser("Stranger"), matrixId, NOW)).rejects.toMatchObject({ code: "not-found" });
  });

  it("says whether a path is what the last agreed version says", async () => {
    await agree(1);
    const standing = async () => (await callsFromNow(owner, matrixId, NOW)).paths[0]?.standing;
    expect(await standing()).toBe("As agreed in version 1");
    await edit([{ type: "thing.edit", part: "paths", thingId: "s1", set: { lastResort: "Ring the police" } }]);
    expect(await standing()).toBe("Changed since version 1, the last one agreed");
  });
});

describe("call cards", () => {
  const all = { pathId: null, ofDraft: false };

  it("are those of the version in force, of the draft where asked for, and of a path that only the draft has", async () => {
    expect((await callCards(owner, matrixId, all, NOW)).cards[0]).toMatchObject({
      edition: "Draft of 27 Nov 2026, not agreed",
      lastResort: "Cut the site off",
    });
    await agree(1);
    await edit([
      { type: "thing.edit", part: "paths", thingId: "s1", set: { lastResort: "Ring the police" } },
      {
        type: "thing.add",
        part: "paths",
        thingId: "s2",
        beforeId: null,
        fields: fieldsOf(path("s2", "")),
      },
    ]);
    const agreed = await callCards(owner, matrixId, all, NOW);
    expect(agreed).toMatchObject({ inForce: 1, ofDraft: false, paths: [{ id: "s1" }, { id: "s2" }] });
    expect(agreed.cards).toHaveLength(1);
    expect(agreed.cards[0]?.lastResort).toBe("Cut the site off");
    expect(agreed.cards[0]?.edition).toMatch(
      /^Version 1, agreed 26 Nov 2026, fingerprint [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4}$/,
    );
    const drafted = await callCards(owner, matrixId, { pathId: null, ofDraft: true }, NOW);
    expect(drafted.cards.map(({ lastResort }) => lastResort)).toEqual(["Ring the police", ""]);
    expect(drafted.cards[0]?.edition).toBe("Draft of 27 Nov 2026, not agreed; version 1 is in force");
    const only = await callCards(owner, matrixId, { pathId: "s2", ofDraft: false }, NOW);
    expect(only.cards[0]?.edition).toContain("not agreed");
    expect((await callCards(owner, matrixId, { pathId: "gone", ofDraft: false }, NOW)).cards).toEqual([]);
  });

  it("show people and numbers of today, whichever edition they are of", async () => {
    await agree(1);
    const id = crypto.randomUUID();
    const fields = { side: "provider", name: "Eve New", phoneNumber0: "020 7946 0200", email: "" };
    await send({ intent: "add", id, ...fields });
    await send({ intent: "hold", roleId: "service-desk", personId: id });
    const { cards } = await callCards(await member("client", "viewer"), matrixId, all, NOW);
    // Both hold the role from the same day on, so either may stand first.
    const people = cards[0]?.levels[0]?.calls[0]?.people.map(({ name, ways }) => [name, ways[0]?.to]) ?? [];
    expect(people.sort(([a = ""], [b = ""]) => (a < b ? -1 : 1))).toEqual([
      ["Dee Ashworth", NUMBER],
      ["Eve New", "020 7946 0200"],
    ]);
  });

  readBy(
    ["pdftotext"],
    "are a file with names and numbers for owners, without them for everybody else, and the log says which",
    async () => {
      const textFor = async (actor: Actor) => {
        const { bytes, name, type } = await exportCallCards(actor, matrixId, { ...all, size: "A4" }, NOW);
        expect(name).toBe("northwind-harbour-it-call-card-s1-2026-11-27.pdf");
        expect(type).toBe("application/pdf");
        return execFileSync("pdftotext", ["-layout", "-", "-"], { input: Buffer.from(bytes), encoding: "utf8" });
      };
      const owned = await textFor(owner);
      expect(owned).toContain("Dee Ashworth");
      expect(owned).toContain(NUMBER);
      for (const permission of ["viewer", "editor", "signatory"] as const) {
        const text = await textFor(await member("provider", permission));
        expect(text).toContain("Service desk");
        expect(text).not.toContain("Dee Ashworth");
        expect(text).not.toContain("7946");
        expect(text.replace(/\s+/g, " ")).toContain("Names and numbers are left out: in a file they are for owners.");
      }
      await expect(textFor(await aUser("Stranger"))).rejects.toMatchObject({ code: "not-found" });
      const { entries } = await listActivity(owner, matrixId, {
        person: "",
        kind: "downloads",
        dutyId: "",
        after: null,
      });
      const said = entries.map(({ actorName, sentence }) => `${actorName}: ${sentence}`);
      expect(said).toContain("Daniel: Downloaded the call card of S1, with names and numbers.");
      expect(said).toContain("provider viewer: Downloaded the call card of S1, without names and numbers.");
      const recorded = Buffer.from((await exportRecord(owner, matrixId, "csv")).bytes).toString("utf8");
      expect(recorded).toContain("Downloaded the call card of S1 of Responsibility matrix, with names and numbers.");
    },
  );

  it("of a matrix without paths are refused with what to do", async () => {
    await edit([{ type: "thing.delete", part: "paths", thingId: "s1" }]);
    await expect(exportCallCards(owner, matrixId, { ...all, size: "A4" }, NOW)).rejects.toMatchObject({
      code: "not-found",
      message: "There is no escalation path to print a card of. Add one under Escalation first.",
    });
    const gone = exportCallCards(owner, matrixId, { pathId: "s1", ofDraft: false, size: "A4" }, NOW);
    await expect(gone).rejects.toMatchObject({ message: expect.stringContaining("That escalation path isn’t there.") });
  });
});
