import { beforeEach, describe, expect, it } from "vitest";
import { read } from "~/db/client.server";
import { LIMITS } from "~/domain/limits";
import { action } from "~/routes/matrix/escalation/rota-import";
import { listActivity } from "~/services/matrix/activity.server";
import { changePeople, peopleFormSchema } from "~/services/people/people.server";
import { changeByImport, previewImport, type ImportForm } from "~/services/people/rota-import.server";
import { openRota } from "~/services/people/rotas.server";
import { turnsOfPeople } from "~/domain/escalation/rota-import";
import { anAddress } from "../support/browsers";
import { aMatrix } from "../support/matrices";
import { anEngagement, signedIn } from "../support/stored";

const NOW = new Date("2026-11-25T12:00:00Z");
const owner = await signedIn("Maya Lindqvist");
const caller = () => ({ address: anAddress(), userAgent: "", cookie: "" });
const text = (...entries: string[][]) =>
  [
    "BEGIN:VCALENDAR",
    ...entries.flatMap((lines) => ["BEGIN:VEVENT", ...lines, "END:VEVENT"]),
    "END:VCALENDAR",
    "",
  ].join("\r\n");
const CALENDAR = text(
  ["SUMMARY:On call", "ATTENDEE:mailto:ANN@northwind.example", "DTSTART:20261201T090000", "DURATION:P1D"],
  ["SUMMARY:On call", "ATTENDEE:mailto:stranger@elsewhere.example", "DTSTART:20261202T090000", "DURATION:P1D"],
  ["SUMMARY:Lunch", "DTSTART;TZID=Mars/Olympus:20261202T090000", "DURATION:P1D"],
);

let matrixId = "";
let ids = { ann: "", ben: "" };

beforeEach(async () => {
  ({ matrixId } = await anEngagement(owner, aMatrix()));
  ids = { ann: crypto.randomUUID(), ben: crypto.randomUUID() };
  for (const [id, name, email] of [
    [ids.ann, "Ann Shah", "ann@northwind.example"],
    [ids.ben, "Ben Okafor", ""],
  ] as const)
    await changePeople(
      owner,
      matrixId,
      peopleFormSchema.parse({ intent: "add", id, side: "client", name, email, timeZone: "Europe/London" }),
      NOW,
    );
});

const preview = (bytes = CALENDAR, timeZone = "Europe/London") =>
  previewImport(
    owner,
    matrixId,
    { roleId: "it-lead", timeZone, bytes: new TextEncoder().encode(bytes) },
    caller(),
    NOW,
  );
const stored = () => openRota(owner, matrixId, "it-lead", NOW);
async function imported(chosen: Record<string, string>): Promise<Extract<ImportForm, { intent: "import" }>> {
  const { calendar, named, revision, timeZone } = await preview();
  const people = new Map(named.map(({ who, personId }) => [who, chosen[who] ?? personId]));
  return { intent: "import", roleId: "it-lead", revision, timeZone, turns: turnsOfPeople(calendar.turns, people) };
}
const rotaForm = (parts: Record<string, unknown> = {}) =>
  peopleFormSchema.parse({
    intent: "rota",
    roleId: "it-lead",
    revision: "",
    rota: JSON.stringify({
      timeZone: "America/New_York",
      period: "weekly",
      every: 1,
      handOver: { time: "09:00", weekday: "mon" },
      firstDay: "2026-11-30",
      turns: [[ids.ben]],
      hours: "always",
      overrides: [],
      ...parts,
    }),
  });

describe("a calendar imported into a rota", () => {
  it("is shown first: what would change, who is unknown and what wasn't understood; and nothing is stored", async () => {
    expect(await preview()).toEqual({
      timeZone: "Europe/London",
      revision: null,
      overrides: [],
      named: [
        { who: "ann@northwind.example", turns: 1, personId: ids.ann },
        { who: "stranger@elsewhere.example", turns: 1, personId: null },
      ],
      calendar: {
        turns: [
          { from: "2026-12-01T09:00", to: "2026-12-02T09:00", who: ["ann@northwind.example"] },
          { from: "2026-12-02T09:00", to: "2026-12-03T09:00", who: ["stranger@elsewhere.example"] },
        ],
        leftOut: [{ line: 14, title: "Lunch", why: expect.stringMatching(/Mars\/Olympus/) }],
        notes: [],
        over: 0,
        upTo: "2027-12-01",
      },
    });
    expect(await stored()).toMatchObject({ rota: null });
  });

  it("is all there is of a rota that nobody set up, is told in the activity, and is undone in one step", async () => {
    await changeByImport(owner, matrixId, await imported({ "stranger@elsewhere.example": ids.ben }), NOW);
    const open = await stored();
    expect(open?.rota).toMatchObject({
      timeZone: "Europe/London",
      turns: [],
      overrides: [
        { from: "2026-12-01T09:00", to: "2026-12-02T09:00", personIds: [ids.ann] },
        { from: "2026-12-02T09:00", to: "2026-12-03T09:00", personIds: [ids.ben] },
      ],
    });
    expect(open?.next.map(({ personIds, kind }) => [personIds[0], kind])).toEqual([
      [undefined, "nobody"],
      [ids.ann, "override"],
      [ids.ben, "override"],
      [undefined, "nobody"],
    ]);
    const { entries } = await listActivity(owner, matrixId, { kind: "people", person: "", dutyId: "", after: null });
    expect(entries.map(({ sentence }) => sentence)).toContain("Imported 2 turns into the rota of the role IT lead.");
    await changeByImport(owner, matrixId, { intent: "undo", roleId: "it-lead", revision: 0, rota: null }, NOW);
    expect(await stored()).toMatchObject({ rota: null });
  });

  it("is read on the clocks of the rota that is there, keeps its turns, and is undone to what it was", async () => {
    await changePeople(
      owner,
      matrixId,
      rotaForm({ overrides: [{ from: "2026-12-01", to: "2026-12-05", personIds: [ids.ben] }] }),
      NOW,
    );
    const before = (await stored())?.rota;
    const shown = await preview(CALENDAR, "Asia/Tokyo");
    expect(shown).toMatchObject({ timeZone: "America/New_York", revision: 0 });
    await changeByImport(owner, matrixId, await imported({}), NOW);
    expect((await stored())?.rota).toMatchObject({
      turns: [[ids.ben]],
      overrides: [
        { from: "2026-12-01T00:00", to: "2026-12-01T09:00", personIds: [ids.ben] },
        { from: "2026-12-01T09:00", to: "2026-12-02T09:00", personIds: [ids.ann] },
        { from: "2026-12-02T09:00", to: "2026-12-06T00:00", personIds: [ids.ben] },
      ],
    });
    const fields = rotaForm({ overrides: before?.overrides });
    if (fields.intent !== "rota") throw new Error("It is no rota.");
    await changeByImport(owner, matrixId, { intent: "undo", roleId: "it-lead", revision: 1, rota: fields.rota }, NOW);
    expect((await stored())?.rota).toEqual(before);
    await expect(
      changeByImport(owner, matrixId, { intent: "undo", roleId: "it-lead", revision: 1, rota: fields.rota }, NOW),
    ).rejects.toMatchObject({ code: "conflict", message: expect.stringMatching(/isn't undone/) });
  });

  it("is refused whole where the rota was changed since, says all of it already, or names somebody of another side", async () => {
    const form = await imported({});
    await changeByImport(owner, matrixId, form, NOW);
    const once = (await stored())?.rota;
    await expect(changeByImport(owner, matrixId, form, NOW)).rejects.toMatchObject({ code: "conflict" });
    await expect(changeByImport(owner, matrixId, { ...form, revision: 0 }, NOW)).rejects.toMatchObject({
      message: expect.stringMatching(/says all of that already/),
    });
    const [first] = form.turns;
    if (!first) throw new Error("There is no turn.");
    for (const [turns, sentence] of [
      [[{ ...first, from: "2026-12-04", to: "2026-12-04", personIds: ["nobody"] }], /was removed/],
      [
        Array.from({ length: LIMITS.overrides + 1 }, (_, i) => {
          const day = new Date(Date.UTC(2027, 0, 1 + 2 * i)).toISOString().slice(0, 10);
          return { from: day, to: day, personIds: [ids.ben] };
        }),
        /at most 500 fit/,
      ],
    ] as const)
      await expect(
        changeByImport(owner, matrixId, { ...form, revision: 0, turns: [...turns] }, NOW),
      ).rejects.toMatchObject({
        code: "invalid",
        message: expect.stringMatching(sentence),
      });
    expect((await stored())?.rota).toEqual(once);
    expect((await read.rota.findMany({ where: { matrixId } })).length).toBe(1);
  });

  it("is refused where it names more people than can be matched, and where a turn isn't one", async () => {
    const many = text(
      ...Array.from({ length: LIMITS.calendarNames + 1 }, (_, i) => [
        `SUMMARY:Person ${i}`,
        "DTSTART:20261201T090000",
        "DURATION:P1D",
      ]),
    );
    await expect(preview(many)).rejects.toMatchObject({ message: expect.stringMatching(/names 101 people or titles/) });
    const form = await imported({});
    for (const [from, to] of [
      ["soon", "later"],
      ["2026-12-02", "2026-12-01"],
      ["2026-12-02T25:00", "2026-12-03"],
    ] as const)
      await expect(
        changeByImport(owner, matrixId, { ...form, turns: [...form.turns, { from, to, personIds: [ids.ben] }] }, NOW),
      ).rejects.toMatchObject({ message: expect.stringMatching(/isn't one that Demarc read/) });
    expect(await stored()).toMatchObject({ rota: null });
  });

  it("is a sentence where the file can't be read, or there is no such zone", async () => {
    await expect(preview("Dear Sir or Madam")).rejects.toMatchObject({
      message: expect.stringMatching(/is no calendar/),
    });
    await expect(preview(CALENDAR, "IST")).rejects.toMatchObject({
      message: expect.stringMatching(/no time zone “IST”/),
    });
  });

  it("takes no file larger than its limit, none at all, and no form of another kind", async () => {
    const post = (body: BodyInit, headers: Record<string, string> = {}) =>
      action({
        request: new Request(`http://localhost/matrices/${matrixId}/rota-import`, {
          method: "POST",
          body,
          headers: { cookie: owner.cookie, ...headers },
        }),
        params: { matrixId },
        context: { address: anAddress() },
      } as never).catch((thrown: unknown) => thrown as Response) as Promise<Response>;
    const form = (file?: Blob) => {
      const data = new FormData();
      data.set("roleId", "it-lead");
      data.set("timeZone", "Europe/London");
      if (file) data.set("calendar", file, "turns.ics");
      return data;
    };
    expect((await post(form(new Blob([CALENDAR])))).status).toBe(200);
    const large = await post(form(new Blob(["a".repeat(LIMITS.calendarBytes + 1)])));
    expect([large.status, await large.json()]).toEqual([
      422,
      expect.objectContaining({ message: expect.stringMatching(/larger than the 5 MB/) }),
    ]);
    expect((await post(form())).status).toBe(422);
    expect((await post("{}", { "content-type": "application/json" })).status).toBe(400);
  });
});

it("a rota with as many overrides as fit is saved by its form", async () => {
  const overrides = Array.from({ length: LIMITS.overrides }, (_, i) => {
    const day = new Date(Date.UTC(2027, 0, 1 + 2 * i)).toISOString().slice(0, 10);
    return { from: `${day}T09:00`, to: `${day}T17:00`, personIds: [ids.ann, ids.ben] };
  });
  const rota = JSON.stringify({ ...rotaForm({}), overrides });
  const { bodyLimitOf } = await import("~/http/body-limits.server");
  expect(bodyLimitOf(`/matrices/${matrixId}/people`)).toBeGreaterThan(new URLSearchParams({ rota }).toString().length);
});
