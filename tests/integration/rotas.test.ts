import { beforeEach, describe, expect, it } from "vitest";
import { read } from "~/db/client.server";
import { loadAbsences, loadRotas } from "~/db/people-store.server";
import { invertDiff } from "~/domain/changes/diff";
import type { MatrixDiff } from "~/domain/changes/diff-schema";
import type { MatrixCommand } from "~/domain/editing/commands";
import { LIMITS } from "~/domain/limits";
import { changeMatrices } from "~/services/engagement/matrices.server";
import { listActivity } from "~/services/matrix/activity.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { changePeople, listPeople, peopleFormSchema } from "~/services/people/people.server";
import { openRota } from "~/services/people/rotas.server";
import type { Actor } from "~/services/who/actor.server";
import { aDuty, aMatrix, cells } from "../support/matrices";
import { anEngagement, aUser } from "../support/stored";

const NOW = new Date("2026-11-27T12:00:00Z");
let owner: Actor;
let matrixId: string;
let engagementId: string;
let ids: { ann: string; ben: string; desk: string };

/** What a browser sends: every field as text. */
const send = (form: Record<string, string>) => changePeople(owner, matrixId, peopleFormSchema.parse(form), NOW);
const person = (id: string, more: Record<string, string> = {}) => ({
  intent: "add",
  id,
  side: "client",
  name: `Person ${id}`,
  phoneNumber0: "020 7946 0123",
  email: "hidden@example.com",
  timeZone: "Europe/London",
  ...more,
});
const rotaForm = (fields: Record<string, unknown> = {}, revision = "") => ({
  intent: "rota",
  roleId: "it-lead",
  revision,
  rota: JSON.stringify({
    timeZone: "Europe/London",
    period: "weekly",
    every: 1,
    handOver: { time: "09:00", weekday: "mon" },
    firstDay: "2026-11-02",
    turns: [[ids.ann], [ids.ben]],
    hours: "always",
    overrides: [],
    ...fields,
  }),
});
const away = (personId: string, from: string, to: string, id: string = crypto.randomUUID()) =>
  send({ intent: "away", id, personId, from, to });
const run = (...commands: MatrixCommand[]) =>
  runCommands(owner, matrixId, { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] }, NOW);
const onCall = async () => (await openRota(owner, matrixId, "it-lead", NOW))?.next.map(({ personIds }) => personIds);
const stored = () => Promise.all([loadRotas(read, matrixId), loadAbsences(read, engagementId)]);

beforeEach(async () => {
  owner = await aUser("Daniel");
  const duties = [aDuty({ letters: cells({ "it-lead": "A", "it-team": "R" }) })];
  ({ engagementId, matrixId } = await anEngagement(owner, aMatrix({ duties })));
  ids = { ann: `a${crypto.randomUUID()}`, ben: `b${crypto.randomUUID()}`, desk: `d${crypto.randomUUID()}` };
  await send(person(ids.ben));
  await send(person(ids.ann, { deputyId: ids.ben }));
  await send(person(ids.desk, { side: "provider" }));
});

describe("working hours", () => {
  it("are stored with the person, said where somebody else changed them meanwhile, and taken away again", async () => {
    const edit = (revision: number, fields: Record<string, string>) =>
      send(person(ids.ann, { intent: "edit", revision: String(revision), deputyId: ids.ben, ...fields }));
    const week = async () => (await listPeople(owner, matrixId)).people.find(({ id }) => id === ids.ann)?.week;
    expect(await week()).toBeNull();
    await edit(0, { "week-mon": "9-12:30, 13:00-17:00" });
    expect((await week())?.mon).toEqual([
      { from: "09:00", to: "12:30" },
      { from: "13:00", to: "17:00" },
    ]);
    await expect(edit(0, { "week-mon": "10-12" })).rejects.toMatchObject({
      code: "conflict",
      fields: { week: "Stored now: Monday 09:00 to 12:30, 13:00 to 17:00" },
    });
    await edit(1, {});
    expect(await week()).toBeNull();
    expect(
      peopleFormSchema.safeParse(person(ids.ann, { "week-mon": "soon" })).error?.issues.map(({ path }) => path[0]),
    ).toEqual(["week"]);
  });
});

describe("days away", () => {
  it("are written down once however often they are sent, move the turn to the deputy, and are taken back", async () => {
    await send(rotaForm());
    expect((await onCall())?.slice(0, 2)).toEqual([[ids.ben], [ids.ann]]);
    const id = crypto.randomUUID();
    await away(ids.ann, "2026-11-29", "2026-12-20", id);
    await away(ids.ann, "2026-11-29", "2026-12-20", id);
    expect((await onCall())?.slice(0, 2)).toEqual([[ids.ben], [ids.ben]]);
    expect((await listPeople(owner, matrixId)).absences).toEqual([
      { id, personId: ids.ann, from: "2026-11-29", to: "2026-12-20", note: "" },
    ]);
    await send({ intent: "back", id });
    expect((await onCall())?.slice(0, 2)).toEqual([[ids.ben], [ids.ann]]);
    await expect(send({ intent: "back", id })).rejects.toMatchObject({ code: "not-found" });
  });
  it("are refused with a sentence where they aren't days in order, overlap, or are of nobody here", async () => {
    await away(ids.ann, "2026-12-01", "2026-12-05");
    await expect(away(ids.ann, "2026-12-24", "2026-12-23")).rejects.toMatchObject({
      fields: { to: expect.any(String) },
    });
    await expect(away(ids.ann, "soon", "")).rejects.toMatchObject({ fields: { from: expect.any(String) } });
    await expect(away(ids.ann, "2026-12-05", "2026-12-06")).rejects.toMatchObject({
      fields: { from: expect.stringMatching(/already written down as away then/) },
    });
    await expect(away("nobody", "2026-12-05", "2026-12-06")).rejects.toMatchObject({ code: "invalid" });
    expect((await stored())[1]).toHaveLength(1);
  });
});

describe("a rota", () => {
  it("is stored, changed from what was stored last and removed; whoever was overtaken is told, and nothing is lost", async () => {
    await send(rotaForm());
    await expect(send(rotaForm())).rejects.toMatchObject({ code: "conflict" });
    await send(rotaForm({ turns: [[ids.ben]] }, "0"));
    await expect(send(rotaForm({}, "0"))).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringMatching(/^The rota of IT lead was changed a moment ago/),
    });
    await expect(send({ intent: "no-rota", roleId: "it-lead", revision: "0" })).rejects.toMatchObject({
      code: "invalid",
    });
    expect((await openRota(owner, matrixId, "it-lead", NOW))?.rota?.turns).toEqual([[ids.ben]]);
    await send({ intent: "no-rota", roleId: "it-lead", revision: "1" });
    expect(await openRota(owner, matrixId, "it-lead", NOW)).toMatchObject({ rota: null, revision: null, next: [] });
  });
  it.each<[string, () => Record<string, unknown>, RegExp]>([
    ["of nobody", () => ({ turns: [] }), /names nobody/],
    ["of somebody of the other side", () => ({ turns: [[ids.desk]] }), /is of another side/],
    ["of somebody who isn't here", () => ({ turns: [["nobody"]] }), /was removed/],
    ["in no zone", () => ({ timeZone: "Mars/Olympus" }), /no time zone “Mars\/Olympus”/],
    ["without a turn's length", () => ({ every: 0 }), /A turn lasts/],
    ["with hours that can't be read", () => ({ hours: week("always") }), /hours of Monday can't be read/],
    ["that applies at no hour", () => ({ hours: week("") }), /applies at no hour/],
    [
      "with overlapping overrides",
      () => ({
        overrides: [
          { from: "2026-12-24", to: "2026-12-26", personIds: [] },
          { from: "2026-12-26", to: "2026-12-27", personIds: [ids.ann] },
        ],
      }),
      /overlap/,
    ],
    [
      "with more overrides than fit",
      () => ({
        overrides: Array.from({ length: LIMITS.overrides + 1 }, () => ({
          from: "2026-12-24",
          to: "2026-12-24",
          personIds: [],
        })),
      }),
      /at most 500 fit/,
    ],
  ])("%s is refused with a sentence, and nothing of it is stored", async (_what, fields, sentence) => {
    await expect(send(rotaForm(fields()))).rejects.toMatchObject({
      code: "invalid",
      fields: { rota: expect.stringMatching(sentence) },
    });
    expect((await stored())[0]).toEqual([]);
  });
  it.each(["", "{", "[]", '{"turns":[]}', "[".repeat(200)])("isn't made of %s", (rota) => {
    expect(peopleFormSchema.safeParse({ ...rotaForm(), rota }).success).toBe(false);
  });
  it("lives on while somebody of it is removed, goes with its role and comes back with it, and is copied with the matrix", async () => {
    await send(rotaForm());
    await send({ intent: "remove", id: ids.ann });
    expect((await onCall())?.slice(0, 2)).toEqual([[ids.ben], []]);
    await send(rotaForm({ every: 2 }, "0"));
    await send({ intent: "restore", id: ids.ann });
    expect((await onCall())?.slice(0, 2)).toContainEqual([ids.ann]);

    await run({ type: "role.delete", roleId: "it-lead" });
    expect(await openRota(owner, matrixId, "it-lead", NOW)).toBeNull();
    await expect(send(rotaForm({}, "1"))).rejects.toMatchObject({ fields: { roleId: expect.any(String) } });
    const step = await read.logEntry.findFirst({
      where: { matrixId, event: "draft.edited" },
      orderBy: { revision: "desc" },
    });
    await run({ type: "diff.apply", diff: invertDiff(step?.diff as MatrixDiff) });
    expect((await openRota(owner, matrixId, "it-lead", NOW))?.rota?.every).toBe(2);

    const copy = await changeMatrices(owner, matrixId, { intent: "duplicate", of: matrixId, title: "Copy" }, NOW);
    expect((await listPeople(owner, copy)).rotaRoleIds).toEqual(["it-lead"]);
  });
});

it("stands in the activity, without a word of how people are reached or why they are away", async () => {
  await send(rotaForm());
  await send({
    intent: "away",
    id: crypto.randomUUID(),
    personId: ids.ann,
    from: "2026-12-01",
    to: "",
    note: "Surgery",
  });
  await send({ intent: "no-rota", roleId: "it-lead", revision: "0" });
  const { entries } = await listActivity(owner, matrixId, { kind: "people", person: "", dutyId: "", after: null });
  const sentences = entries.map(({ sentence }) => sentence);
  expect(sentences).toEqual(
    expect.arrayContaining([
      "Removed the rota of the role IT lead.",
      `Person ${ids.ann} is away on 1 Dec 2026.`,
      "Changed the rota of the role IT lead.",
    ]),
  );
  const log = JSON.stringify(await read.logEntry.findMany({ where: { matrixId } }));
  expect(log).not.toMatch(/Surgery|7946|hidden@/);
});

const week = (mon: string) => ({ mon, tue: "", wed: "", thu: "", fri: "", sat: "", sun: "" });
