import { beforeEach, describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { countOpen, findAll } from "~/domain/findings/findings";
import { currentHoldings, roleHolders } from "~/domain/people/people";
import { invertDiff } from "~/domain/changes/diff";
import type { MatrixDiff } from "~/domain/changes/diff-schema";
import type { MatrixCommand } from "~/domain/editing/commands";
import type { Actor } from "~/services/who/actor.server";
import { listActivity } from "~/services/matrix/activity.server";
import { loadDraft } from "~/services/matrix/drafts.server";
import { changeMatrices } from "~/services/engagement/matrices.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { changePeople, listPeople, peopleFormSchema } from "~/services/people/people.server";
import { exportVersion } from "~/services/pack/exports.server";
import { publishVersion } from "~/services/version/versions.server";
import { aDuty, aMatrix, cells } from "../support/matrices";
import { anEngagement, aUser, freshLoad } from "../support/stored";

const NOW = new Date("2026-11-24T10:00:00Z");
const LATER = new Date("2026-11-30T10:00:00Z");
const duties = [aDuty({ letters: cells({ "it-lead": "A", "it-team": "R", "service-desk": "I" }) })];
let owner: Actor;
let matrixId: string;
let engagementId: string;

/** What a browser sends: every field as text. */
const send = (form: Record<string, string>, at = NOW, actor = owner) =>
  changePeople(actor, matrixId, peopleFormSchema.parse(form), at);
const person = (id: string, more: Record<string, string> = {}) => ({
  intent: "add",
  id,
  side: "client",
  name: `Person ${id}`,
  phoneLabel0: "Mobile",
  phoneNumber0: "020 7946 0123",
  email: `${id}@example.com`,
  ...more,
});
const roles = async (at = NOW) => {
  const { people, holdings } = await listPeople(owner, matrixId);
  const { matrix } = await freshLoad(matrixId);
  return currentHoldings(matrix, people, holdings, at.toISOString().slice(0, 10)).map(({ roleId, personId, since }) => [
    roleId,
    personId.slice(0, 1),
    since,
  ]);
};
const run = (...commands: MatrixCommand[]) =>
  runCommands(owner, matrixId, { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] }, NOW);
/** Takes the last step back, as Undo does. */
const undo = async () => {
  const entry = await read.logEntry.findFirst({
    where: { matrixId, event: "draft.edited" },
    orderBy: { revision: "desc" },
  });
  return run({ type: "diff.apply", diff: invertDiff(entry?.diff as MatrixDiff) });
};
let ids: { priya: string; sam: string; desk: string };

beforeEach(async () => {
  owner = await aUser("Daniel");
  ({ engagementId, matrixId } = await anEngagement(owner, aMatrix({ duties })));
  ids = { priya: `p${crypto.randomUUID()}`, sam: `s${crypto.randomUUID()}`, desk: `d${crypto.randomUUID()}` };
  await send(person(ids.priya));
  await send(person(ids.sam));
  await send(person(ids.desk, { side: "provider" }));
});

async function member(permission: string): Promise<Actor> {
  const actor = await aUser(permission);
  await write((tx) => tx.member.create({ data: { engagementId, userId: actor.userId, permission } }));
  return actor;
}

describe("a contact", () => {
  it("is added once however often it is sent, changed field by field, verified, removed and brought back whole", async () => {
    await send(person(ids.priya));
    await send({
      ...person(ids.sam),
      intent: "edit",
      revision: "0",
      title: "Engineer",
      phoneLabel1: "Desk",
      phoneNumber1: "020 7946 0999",
      deputyId: ids.priya,
    });
    await send({ intent: "verify", id: ids.sam });
    await send({ intent: "hold", roleId: "it-team", personId: ids.sam });
    const { people } = await listPeople(owner, matrixId);
    expect(people).toHaveLength(3);
    const sam = people.find(({ id }) => id === ids.sam);
    expect(sam).toMatchObject({
      title: "Engineer",
      deputyId: ids.priya,
      lastVerified: "2026-11-24",
      phones: [
        { label: "Mobile", number: "020 7946 0123" },
        { label: "Desk", number: "020 7946 0999" },
      ],
    });

    await send({ intent: "remove", id: ids.sam });
    expect((await listPeople(owner, matrixId)).removed).toEqual([{ id: ids.sam, name: `Person ${ids.sam}` }]);
    expect(await roles()).toEqual([]);
    await expect(send({ intent: "hold", roleId: "it-lead", personId: ids.sam })).rejects.toMatchObject({
      code: "invalid",
    });
    await send({ intent: "restore", id: ids.sam });
    expect((await listPeople(owner, matrixId)).people.find(({ id }) => id === ids.sam)).toEqual(sam);
    expect(await roles()).toEqual([["it-team", "s", "2026-11-24"]]);
  });
  it("that somebody else changed meanwhile is refused, with what is stored now, and nothing is lost", async () => {
    await send({ ...person(ids.sam), intent: "edit", revision: "0", title: "Engineer" });
    const second = { ...person(ids.sam), intent: "edit", revision: "0", title: "Lead engineer" };
    await expect(send(second)).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/changed a moment ago. Yours is kept/),
      fields: { title: "Stored now: Engineer" },
    });
    expect((await listPeople(owner, matrixId)).people.find(({ id }) => id === ids.sam)?.title).toBe("Engineer");
    await send({ ...second, revision: "1" });
    expect((await listPeople(owner, matrixId)).people.find(({ id }) => id === ids.sam)).toMatchObject({
      title: "Lead engineer",
      revision: 2,
    });
    const race = await Promise.allSettled(
      ["A", "B", "C"].map((title) => send({ ...person(ids.sam), intent: "edit", revision: "2", title })),
    );
    expect(race.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
  it("with a bad field is refused with a sentence under that field", async () => {
    await expect(send(person("new1", { email: "nobody" }))).rejects.toMatchObject({
      code: "invalid",
      fields: { email: expect.stringMatching(/not an e-mail/) },
    });
    await send({ ...person(ids.sam), intent: "edit", revision: "0", deputyId: ids.priya });
    await expect(
      send({ ...person(ids.priya), intent: "edit", revision: "0", deputyId: ids.sam }),
    ).rejects.toMatchObject({ fields: { deputyId: expect.stringMatching(/circle/) } });
    await send({ intent: "hold", roleId: "it-team", personId: ids.sam });
    await expect(send({ ...person(ids.sam), intent: "edit", revision: "1", side: "provider" })).rejects.toMatchObject({
      fields: { side: expect.stringMatching(/holds the role IT team/) },
    });
  });
});

describe("a holding", () => {
  it("starts, moves its first day, ends and goes on; the findings follow, the same on the server and from what the browser gets", async () => {
    await expect(send({ intent: "hold", roleId: "it-lead", personId: ids.desk })).rejects.toMatchObject({
      fields: { personId: expect.stringMatching(/another side/) },
    });
    await expect(send({ intent: "hold", roleId: "gone", personId: ids.desk })).rejects.toMatchObject({
      fields: { roleId: expect.stringMatching(/deleted/) },
    });
    const draft = async () => {
      const { header, matrix, people, holdings } = await loadDraft(owner, matrixId, NOW);
      const facts = { today: header.today, holders: roleHolders(matrix, people, holdings, header.today) };
      expect(header.findings).toEqual(countOpen(findAll(matrix, facts)));
      return findAll(matrix, facts).find(({ rule }) => rule === "vacant-role")?.roleIds ?? [];
    };
    // Of a role that is only asked or told nobody has to hold it.
    expect(await draft()).toEqual(["it-lead", "it-team"]);
    await send({ intent: "hold", roleId: "it-lead", personId: ids.priya, since: "2026-03-01" });
    await send({ intent: "hold", roleId: "it-lead", personId: ids.priya });
    await send({ intent: "hold", roleId: "it-team", personId: ids.priya });
    expect(await draft()).toEqual([]);
    await send({ intent: "hold", roleId: "it-lead", personId: ids.priya, since: "2026-02-01" });
    expect(await roles()).toEqual([
      ["it-lead", "p", "2026-02-01"],
      ["it-team", "p", "2026-11-24"],
    ]);
    const { ended } = await send({ intent: "end", roleId: "it-lead", personId: ids.priya });
    expect(await draft()).toEqual(["it-lead"]);
    await send({ intent: "resume", holdingId: ended ?? "" });
    expect(await roles()).toEqual([
      ["it-lead", "p", "2026-02-01"],
      ["it-team", "p", "2026-11-24"],
    ]);
    await send({ intent: "end", roleId: "it-lead", personId: ids.priya });
    await send({ intent: "hold", roleId: "it-lead", personId: ids.priya }, LATER);
    expect(await roles(LATER)).toEqual([
      ["it-team", "p", "2026-11-24"],
      ["it-lead", "p", "2026-11-30"],
    ]);
  });
  it("comes back by itself when a deleted role does, and goes along when roles merge, as long as the merge stands", async () => {
    await send({ intent: "hold", roleId: "it-team", personId: ids.sam, since: "2026-03-01" });
    await run({ type: "role.delete", roleId: "it-team" });
    expect(await roles()).toEqual([]);
    await undo();
    expect(await roles()).toEqual([["it-team", "s", "2026-03-01"]]);
    await send({ intent: "hold", roleId: "it-lead", personId: ids.priya });
    await run({ type: "role.merge", roleId: "it-team", intoId: "it-lead" });
    expect(await roles()).toEqual([
      ["it-lead", "s", "2026-03-01"],
      ["it-lead", "p", "2026-11-24"],
    ]);
    await undo();
    expect(await roles()).toEqual([
      ["it-team", "s", "2026-03-01"],
      ["it-lead", "p", "2026-11-24"],
    ]);
    await undo();
    expect(await roles()).toEqual([
      ["it-lead", "s", "2026-03-01"],
      ["it-lead", "p", "2026-11-24"],
    ]);
  });
  it("is copied with its matrix", async () => {
    await send({ intent: "hold", roleId: "it-team", personId: ids.sam, since: "2026-03-01" });
    const copy = await changeMatrices(owner, matrixId, { intent: "duplicate", of: matrixId, title: "York" }, NOW);
    expect((await listPeople(owner, copy)).holdings.map(({ roleId, since }) => [roleId, since])).toEqual([
      ["it-team", "2026-03-01"],
    ]);
  });
});

it("the log tells what happened and how to reach nobody; the version's text names nobody", async () => {
  await send({ ...person(ids.sam), intent: "edit", revision: "0", phoneNumber0: "020 7946 0999" });
  await send({ intent: "hold", roleId: "it-team", personId: ids.sam });
  await send({ intent: "end", roleId: "it-team", personId: ids.sam });
  await send({ intent: "remove", id: ids.sam });
  await send({ intent: "restore", id: ids.sam });
  const { entries } = await listActivity(owner, matrixId, { person: "", kind: "people", dutyId: "", after: null });
  const name = `Person ${ids.sam}`;
  expect(entries.map(({ sentence }) => sentence)).toEqual(
    expect.arrayContaining([
      `Added ${name} to the people.`,
      `Changed the contact of ${name}: phone numbers.`,
      `${name} holds the role IT team from 24 Nov 2026.`,
      `${name} no longer holds the role IT team.`,
      `Removed ${name} from the people.`,
      `Brought ${name} back.`,
    ]),
  );
  const log = JSON.stringify(await read.logEntry.findMany({ where: { matrixId } }));
  expect(log).not.toMatch(/7946|example\.com/);
  const form = {
    revision: 0,
    reason: "First",
    agreementReference: "",
    exhibit: "",
    precedence: "",
    effectiveDate: null,
    reviewDate: null,
  };
  const number = await publishVersion(owner, matrixId, form, NOW);
  const file = await exportVersion(owner, matrixId, number, "json", NOW);
  expect(new TextDecoder().decode(Uint8Array.from(file.bytes))).not.toContain(name);
});

it("a stranger finds nothing, a viewer reads and changes nothing, and nobody reaches people of another engagement", async () => {
  const stranger = await aUser("Stranger");
  const viewer = await member("viewer");
  const forms: Record<string, string>[] = [
    person("new2"),
    { ...person(ids.sam), intent: "edit", revision: "0" },
    { intent: "remove", id: ids.sam },
    { intent: "restore", id: ids.sam },
    { intent: "verify", id: ids.sam },
    { intent: "hold", roleId: "it-lead", personId: ids.priya },
    { intent: "end", roleId: "it-lead", personId: ids.priya },
    { intent: "resume", holdingId: "any" },
  ];
  const gone = { code: "not-found", message: "There is no such matrix, or it isn't shared with you." };
  await expect(listPeople(stranger, matrixId)).rejects.toMatchObject(gone);
  expect((await listPeople(viewer, matrixId)).people).toHaveLength(3);
  for (const form of forms) {
    await expect(send(form, NOW, stranger)).rejects.toMatchObject(gone);
    await expect(send(form, NOW, viewer)).rejects.toMatchObject({ code: "forbidden" });
  }
  const own = await anEngagement(stranger, aMatrix({ duties }));
  const elsewhere = (form: Record<string, string>) =>
    changePeople(stranger, own.matrixId, peopleFormSchema.parse(form), NOW);
  await send({ intent: "hold", roleId: "it-lead", personId: ids.priya });
  const [held] = (await listPeople(owner, matrixId)).holdings;
  const attempts: Record<string, string>[] = [
    { ...person(ids.sam), intent: "edit", revision: "0" },
    { intent: "remove", id: ids.sam },
    { intent: "verify", id: ids.sam },
    { intent: "hold", roleId: "it-lead", personId: ids.priya },
    { intent: "end", roleId: "it-lead", personId: ids.priya },
    { intent: "resume", holdingId: held?.id ?? "" },
  ];
  for (const form of attempts) {
    await expect(elsewhere(form)).rejects.toMatchObject({ code: expect.stringMatching(/not-found|invalid/) });
  }
  // An id of another engagement tells nothing: the person is added under one of its own.
  const { personId } = await elsewhere(person(ids.priya));
  expect(personId).not.toBe(ids.priya);
  expect((await listPeople(owner, matrixId)).people.find(({ id }) => id === ids.priya)?.revision).toBe(0);
});
