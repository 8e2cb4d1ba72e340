import { describe, expect, it } from "vitest";
import { thingAgreement, thingTerms } from "~/domain/agreement/thing-agreement";
import { agreedChanges } from "~/domain/changes/agreed-changes";
import { applyDiff, diffMatrices, invertDiff } from "~/domain/changes/diff";
import { applyCommand, applyCommands } from "~/domain/editing/apply-command";
import { matrixCommandSchema, type MatrixCommand } from "~/domain/editing/commands";
import { withStatementsOf } from "~/domain/editing/own-word";
import { editRefusal } from "~/domain/engagement/permissions";
import { findBlockers } from "~/domain/findings/blockers";
import { findAll } from "~/domain/findings/findings";
import type { EscalationPath, Level } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { buildAmendment } from "~/domain/pack/amendment";
import { partChapters } from "~/domain/pack/part-chapters";
import { changeSentences } from "~/domain/pack/sentences";
import { blankPath } from "~/domain/parts/paths";
import { readCanonical } from "~/domain/version/read-canonical";
import { canonicalText } from "~/domain/version/snapshot";
import { PRESET_IDS } from "~/library/schema";
import { blankMatrix, matrixFromLibrary } from "~/library/start-matrix";
import { startingPaths } from "~/library/starting-paths";
import { aDuty, aMatrix } from "../support/matrices";

const NAMES = { client: "Northwind", provider: "Harbour IT", agreementReference: "" };
const level = (fields: Partial<Level> = {}): Level => ({
  minutes: 0,
  calls: [{ roleId: "service-desk", direction: "up" }],
  channels: ["phone"],
  decides: false,
  may: "",
  ...fields,
});
const path = (fields: Partial<EscalationPath> = {}): EscalationPath => ({
  ...blankPath("s1"),
  name: "S1",
  levels: {
    one: level(),
    two: level({ minutes: 30, calls: [{ roleId: "it-lead", direction: "across" }], decides: true }),
  },
  ...fields,
});
const withPaths = (...paths: EscalationPath[]): Matrix => aMatrix({ paths });
const text = (matrix: Matrix) => canonicalText({ matrix, number: 1, previous: null });
const edit = (set: Record<string, unknown>): MatrixCommand =>
  matrixCommandSchema.parse({ type: "thing.edit", part: "paths", thingId: "s1", set });
const after = (matrix: Matrix, ...commands: MatrixCommand[]): Matrix => {
  const result = applyCommands(matrix, commands);
  expect(result.rejected).toEqual([]);
  return result.matrix;
};
const rulesOf = (matrix: Matrix) =>
  findAll(matrix, { today: "2026-11-27" })
    .filter(({ key }) => key.endsWith(".s1"))
    .map(({ rule }) => rule);

describe("the starting paths", () => {
  it.each(PRESET_IDS)(
    "suit a matrix of the library (%s): every level calls somebody, somebody may decide in time, and nothing stops signing",
    (preset) => {
      const start = matrixFromLibrary({ ...NAMES, preset });
      const matrix = { ...start, paths: startingPaths(start) };
      const found = findAll(matrix, { today: "2026-11-27" }).filter(({ fixes }) =>
        fixes.some((fix) => "write" in fix && fix.write === "escalation"),
      );
      expect(matrix.paths.map(({ name }) => name)).toEqual([
        "S1",
        "S2",
        "S3",
        "S4",
        "Security",
        "Decision",
        "Risk",
        "Disagreement",
      ]);
      expect(found.filter(({ severity }) => severity !== "insight").map(({ title }) => title)).toEqual([]);
    },
  );
  it("call the leads of a matrix that has other roles, each once a level", () => {
    const start = blankMatrix(NAMES);
    for (const { levels } of startingPaths(start))
      for (const { calls } of Object.values(levels)) {
        expect(calls.length).toBeGreaterThan(0);
        expect(new Set(calls.map(({ roleId }) => roleId)).size).toBe(calls.length);
        for (const { roleId } of calls) expect(start.roles.map(({ id }) => id)).toContain(roleId);
      }
  });
});

describe("the canonical text", () => {
  it("of a matrix without paths says nothing of them, and keeps its number", () => {
    expect(JSON.parse(text(aMatrix()))).toMatchObject({ schema: 2 });
    expect(text(aMatrix())).not.toMatch(/path/i);
  });
  it("holds a path with its levels, and the path that a duty or domain names, and is read back as it is", () => {
    const [domain, ...domains] = aMatrix().domains;
    if (!domain) throw new Error("There is no domain.");
    const matrix = {
      ...withPaths(path()),
      domains: [{ ...domain, pathId: "s1" }, ...domains],
      duties: [aDuty({ pathId: "s1" })],
    };
    expect(JSON.parse(text(matrix))).toMatchObject({
      schema: 3,
      paths: [{ id: "s1", levels: { two: { minutes: 30, decides: true } } }],
      domains: [{ pathId: "s1" }, { code: "NET" }],
      duties: [{ pathId: "s1" }],
    });
    const read = readCanonical(text(matrix));
    expect(read.ok && text(read.value.matrix)).toBe(text(matrix));
  });
});

describe("an edit of a level", () => {
  const before = withPaths(path());
  it("leaves the other levels to whoever edits those at the same moment", () => {
    const matrix = after(
      before,
      edit({ "levels/one": level({ channels: ["sms"] }) }),
      edit({ "levels/two": level({ minutes: 45 }) }),
      edit({ "levels/three": level({ minutes: 60 }) }),
    );
    expect(matrix.paths[0]?.levels).toMatchObject({
      one: { channels: ["sms"] },
      two: { minutes: 45 },
      three: { minutes: 60 },
    });
  });
  it("leaves its other fields to whoever edits those at the same moment, whichever of them is stored first", () => {
    const edits = [
      edit({ "levels/two/minutes": 45 }),
      edit({ "levels/two/decides": false }),
      edit({ "levels/two/channels": ["sms", "phone"] }),
      edit({ "levels/two/may": "Spend what it takes" }),
    ];
    for (const order of [edits, edits.toReversed()])
      expect(after(before, ...order).paths[0]?.levels).toEqual({
        one: level(),
        two: {
          minutes: 45,
          calls: [{ roleId: "it-lead", direction: "across" }],
          channels: ["sms", "phone"],
          decides: false,
          may: "Spend what it takes",
        },
      });
  });
  it("is taken back field by field: what somebody else changed in the level since stays, and the same field isn't taken back", () => {
    const mine = after(before, edit({ "levels/two/minutes": 45 }));
    const undo = invertDiff(diffMatrices(before, mine));
    const theirs = after(mine, edit({ "levels/two/may": "Spend what it takes" }));
    const undone = applyDiff(theirs, undo);
    expect(undone.ok && undone.value.paths[0]?.levels.two).toMatchObject({ minutes: 30, may: "Spend what it takes" });
    expect(applyDiff(after(mine, edit({ "levels/two/minutes": 50 })), undo)).toMatchObject({
      ok: false,
      rejection: { code: "changed-since" },
    });
    expect(applyDiff(after(mine, edit({ "levels/two": null })), undo)).toMatchObject({ ok: false });
  });
  it("is refused where the level was taken out meanwhile, and brings back nothing of it", () => {
    const without = after(before, edit({ "levels/two": null }));
    expect(applyCommand(without, edit({ "levels/two/minutes": 45 }))).toMatchObject({
      ok: false,
      rejection: {
        code: "entry-gone",
        message: "That was taken out of the escalation path S1 meanwhile. Undo that, or add it again.",
      },
    });
  });
  it("is refused where it names a field that levels don't have, or a field and the level at once", () => {
    for (const set of [
      { "levels/two/minutes": -1 },
      { "levels/two/minutes": null },
      { "levels/two/colour": "red" },
      { "levels/two/__proto__": {} },
      { "levels/two/may/x": "" },
      { "levels/two/minutes": 45, "levels/two": level() },
      { "levels/two/minutes": 45, "levels/two": null },
      { "clock/kind/x": "always" },
      { "name/one/two": "S1" },
    ])
      expect(
        matrixCommandSchema.safeParse({ type: "thing.edit", part: "paths", thingId: "s1", set }).success,
        JSON.stringify(set),
      ).toBe(false);
    expect(
      matrixCommandSchema.safeParse({
        type: "thing.edit",
        part: "hours",
        thingId: "h",
        set: { "holidays/2027-01-01/name": "New Year" },
      }).success,
    ).toBe(false);
  });
  it("is the one clause of an amendment, with what it said and says", () => {
    const matrix = after(before, edit({ "levels/two": level({ minutes: 45, decides: true }) }));
    const amendment = buildAmendment({
      base: {
        matrix: before,
        number: 1,
        status: "agreed",
        publishedAt: "2026-03-03T09:00:00.000Z",
        fingerprint: "f".repeat(64),
      },
      matrix,
      becomes: 2,
      ordinal: 1,
    });
    expect(amendment.sections).toEqual([]);
    expect(amendment.frame).toHaveLength(1);
    expect(amendment.frame[0]).toContain("After 30 minutes: IT lead (Northwind), across");
    expect(amendment.frame[0]).toContain("After 45 minutes: Service desk (Harbour IT), up");
    expect(amendment.frame[0]).not.toContain("At the start");
    expect(agreedChanges(before, matrix).paths?.changed).toEqual([
      { id: "s1", fields: { "levels/two": expect.anything() } },
    ]);
  });
  it("takes a level out by null, and refuses a level of nonsense, an entry of a field that has none, and a role called twice", () => {
    expect(Object.keys(after(before, edit({ "levels/one": null })).paths[0]?.levels ?? {})).toEqual(["two"]);
    for (const set of [
      { "levels/one": { minutes: -1 } },
      { "levels/one": level({ minutes: 1.5 }) },
      { "name/one": "S1" },
      { "levels/__proto__": level() },
      { levels: {}, "levels/one": level() },
      { "nothing/one": 1 },
    ])
      expect(
        matrixCommandSchema.safeParse({ type: "thing.edit", part: "paths", thingId: "s1", set }).success,
        JSON.stringify(set),
      ).toBe(false);
    const call = { roleId: "service-desk", direction: "up" as const };
    expect(applyCommand(before, edit({ "levels/one": level({ calls: [call, call] }) }))).toMatchObject({
      ok: false,
      rejection: { message: "S1 calls a role twice at one level. Call it once." },
    });
    expect(
      applyCommand(before, edit({ "levels/one": level({ calls: [{ roleId: "gone", direction: "up" }] }) })).ok,
    ).toBe(false);
  });
});

describe("what goes", () => {
  it("takes its calls along where it is a role, and leaves duties and domains without a path where it is a path", () => {
    const [domain, ...domains] = aMatrix().domains;
    if (!domain) throw new Error("There is no domain.");
    const start = {
      ...withPaths(path()),
      domains: [{ ...domain, pathId: "s1" }, ...domains],
      duties: [aDuty({ pathId: "s1" })],
    };
    const withoutRole = applyCommand(start, { type: "role.delete", roleId: "it-team" });
    expect(withoutRole.ok && withoutRole.value.paths).toEqual(start.paths);
    const added = after(start, { type: "role.add", roleId: "night", partyId: "provider", name: "Night desk" });
    const called = after(added, edit({ "levels/one": level({ calls: [{ roleId: "night", direction: "up" }] }) }), {
      type: "role.delete",
      roleId: "night",
    });
    expect(called.paths[0]?.levels.one?.calls).toEqual([]);
    expect(rulesOf(called)).toContain("level-calls-nobody");
    const gone = after(start, { type: "thing.delete", part: "paths", thingId: "s1" });
    expect([gone.domains[0]?.pathId, gone.duties[0]?.pathId]).toEqual([null, null]);
  });
  it("stays where it is a party whose hours a path counts", () => {
    const start = withPaths(path({ clock: { kind: "working-hours", partyId: "vendors" } }));
    expect(applyCommand(start, { type: "party.delete", partyId: "vendors" })).toMatchObject({
      ok: false,
      rejection: { message: "That party is still named by 1 escalation path. Change it first." },
    });
  });
});

describe("the rules find", () => {
  it.each<[string, Partial<EscalationPath>]>([
    ["path-calls-nobody", { levels: {} }],
    ["level-calls-nobody", { levels: { one: level(), two: level({ minutes: 9, calls: [], decides: true }) } }],
    ["path-decides-nobody", { levels: { one: level() } }],
    ["target-out-of-reach", { decisionTarget: 15 }],
    ["one-role-on-path", { levels: { one: level(), two: level({ minutes: 9, decides: true }) } }],
    ["path-unused", { kind: "risk" }],
  ])("%s", (rule, fields) => {
    expect(rulesOf(withPaths(path()))).toEqual([]);
    expect(rulesOf(withPaths(path(fields)))).toContain(rule);
  });
  it("a duty covered 24x7 whose path counts working hours, by its own path or its domain's", () => {
    const clocked = path({ clock: { kind: "working-hours", partyId: "provider" } });
    const [domain, ...domains] = aMatrix().domains;
    if (!domain) throw new Error("There is no domain.");
    const night = aDuty({ cover: "24x7" });
    expect(rulesOf({ ...withPaths(clocked), duties: [{ ...night, pathId: "s1" }] })).toEqual(["cover-beyond-clock"]);
    expect(
      rulesOf({ ...withPaths(clocked), domains: [{ ...domain, pathId: "s1" }, ...domains], duties: [night] }),
    ).toEqual(["cover-beyond-clock"]);
    expect(rulesOf({ ...withPaths(clocked), duties: [{ ...night, cover: "office-hours", pathId: "s1" }] })).toEqual([]);
  });
});

describe("what the parties say of a path", () => {
  const start = { ...withPaths(path()), duties: [] };
  const present = (matrix: Matrix) => thingTerms(matrix, "paths", matrix.paths[0] ?? blankPath(""));
  const mark = (matrix: Matrix, partyId: string, state: "agreed" | "disputed" | "open", position = "") =>
    matrixCommandSchema.parse({
      type: "thing.mark",
      part: "paths",
      thingId: "s1",
      partyId,
      state,
      position,
      terms: present(matrix),
    });
  const said = (matrix: Matrix) => thingAgreement(matrix, "paths", matrix.paths[0] ?? blankPath(""));
  const ruling = { what: "As it is", by: "Ada", on: "2026-03-01", why: "It works.", terms: present(start) };

  it("is agreed once both agree to the same terms, and open again once a level, or whose role it calls, changes", () => {
    const one = after(start, mark(start, "client", "agreed"));
    expect(said(one)).toBe("proposed");
    const both = after(one, mark(one, "provider", "agreed"));
    expect(said(both)).toBe("agreed");
    expect(said(after(both, edit({ "levels/one": level({ minutes: 5 }) })))).toBe("proposed");
    const roles = both.roles.map((role) => (role.id === "it-lead" ? { ...role, partyId: "provider" } : role));
    expect(said({ ...both, roles })).toBe("proposed");
    expect(text(both)).toBe(text(start));
  });
  it("stops signing while it is disputed, until a ruling is confirmed by both", () => {
    const disputed = after(start, mark(start, "client", "disputed", "We call first."));
    expect([said(disputed), rulesOf(disputed)]).toEqual(["disputed", ["path-disputed"]]);
    expect(findBlockers(disputed)).toMatchObject([
      { part: "paths", id: "s1", sentence: "S1 is disputed. Settle it, or write down the ruling." },
    ]);
    const of = (command: object) => matrixCommandSchema.parse({ ...command, part: "paths", thingId: "s1" });
    const ruled = after(disputed, of({ type: "thing.rule", ruling }));
    expect(said(ruled)).toBe("disputed");
    const confirmed = after(
      ruled,
      of({ type: "thing.confirm", partyId: "client", terms: ruling.terms }),
      of({ type: "thing.confirm", partyId: "provider", terms: ruling.terms }),
    );
    expect([said(confirmed), findBlockers(confirmed)]).toEqual(["agreed", []]);
    expect(said(after(confirmed, of({ type: "thing.unconfirm", partyId: "client" })))).toBe("disputed");
  });
  it("is refused for a third party, for terms that changed meanwhile, and without a position", () => {
    for (const [command, code] of [
      [mark(start, "vendors", "agreed"), "third-party-marks"],
      [mark(start, "client", "disputed"), "position-empty"],
      [
        matrixCommandSchema.parse({ ...mark(start, "client", "agreed"), terms: `2:${"0".repeat(32)}` }),
        "terms-changed",
      ],
    ] as const)
      expect(applyCommand(start, command)).toMatchObject({ ok: false, rejection: { code } });
  });
  it("is set by no command that sets fields", () => {
    const marks = { client: { state: "agreed", terms: present(start), position: "" } };
    for (const set of [{ marks }, { "marks/client": marks.client }, { ruling: null }])
      expect(matrixCommandSchema.safeParse({ type: "thing.edit", part: "paths", thingId: "s1", set }).success).toBe(
        false,
      );
    const { id: _id, ...fields } = { ...blankPath(""), name: "S9", marks };
    expect(
      matrixCommandSchema.safeParse({ type: "thing.add", part: "paths", thingId: "s9", fields, beforeId: null })
        .success,
    ).toBe(false);
  });
  it("is its own: the other side neither changes it, nor deletes the path it is said of, nor forges it by an undo", () => {
    const marked = after(start, mark(start, "client", "disputed", "We call first."));
    const refused = (to: Matrix) =>
      editRefusal({ side: "provider", permission: "owner" }, marked, to, diffMatrices(marked, to));
    expect(refused(after(marked, { type: "thing.delete", part: "paths", thingId: "s1" }))).toMatchObject({
      code: "not-your-mark",
      message: "What Northwind said of S1 is Northwind's to change. Ask somebody of that side.",
    });
    expect(refused(after(marked, mark(marked, "client", "open")))).toMatchObject({ code: "not-your-mark" });
    const undone = applyDiff(marked, invertDiff(diffMatrices(start, marked)));
    expect(undone.ok && refused(undone.value)).toMatchObject({ code: "not-your-mark" });
    expect(refused(after(marked, edit({ "levels/one": level({ minutes: 5 }) })))).toBeNull();
    expect(refused(after(marked, mark(marked, "provider", "agreed")))).toBeNull();
    expect(withStatementsOf(marked, "provider").paths[0]?.marks).toEqual({});
  });
});

it("a report has a chapter with each path's facts and its levels in order, and says that targets are no guarantee", () => {
  const [chapter] = partChapters(withPaths(path({ decisionTarget: 30, lastResort: "Isolate it." })));
  expect(chapter?.title).toBe("Escalation");
  const words = JSON.stringify(chapter?.blocks);
  expect(words).toContain("It is no guarantee and no service level");
  expect(chapter?.blocks.find(({ kind }) => kind === "table")).toMatchObject({
    rows: [
      ["At the start", "Service desk (Harbour IT), up", "Phone", "May not decide."],
      ["After 30 minutes", "IT lead (Northwind), across", "Phone", "May decide."],
    ],
  });
  expect(words).toContain("Isolate it.");
  expect(words).toContain(
    "Up leads to more authority, sideways leads to more skill, across leads to the other organisation.",
  );
  expect(words).not.toContain("Which path applies");
});

it("a report says which path applies to the duties of each domain, once one of them names any", () => {
  const [first, ...others] = aMatrix().domains;
  if (!first) throw new Error("There is a domain.");
  const [chapter] = partChapters({ ...withPaths(path()), domains: [{ ...first, pathId: "s1" }, ...others] });
  expect(chapter?.blocks.at(-1)).toMatchObject({
    rows: [
      ["Service desk", "S1"],
      ["Network", "None"],
    ],
  });
});

it("an amendment says a new order of many in one line, and names one that was moved by itself", () => {
  const names = ["S1", "S2", "S3", "S4", "Risk"];
  const ordered = (...order: string[]) => withPaths(...order.map((name) => path({ id: name.toLowerCase(), name })));
  const before = ordered(...names);
  const said = (after: Matrix) => changeSentences(before, after, agreedChanges(before, after));
  expect(said(ordered("S2", "S1", "S3", "S4", "Risk"))).toEqual([
    expect.stringMatching(/^The escalation path S[12] stands (first|after the escalation path S2) now\.$/),
  ]);
  expect(said(ordered(...names.toReversed()))).toEqual([
    "The escalation paths stand in this order now: Risk, S4, S3, S2, S1.",
  ]);
  const many = Array.from({ length: 30 }, (_, i) => aDuty({ id: `duty-${i}`, code: `SUP-${i + 10}` }));
  const duties = (list: typeof many) => aMatrix({ duties: list });
  const [from, to] = [duties(many), duties(many.toReversed())];
  expect(changeSentences(from, to, agreedChanges(from, to))).toEqual([
    "The order of the duties changed: 29 of 30 stand elsewhere now.",
  ]);
});
