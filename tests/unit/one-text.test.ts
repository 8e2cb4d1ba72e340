import { describe, expect, it } from "vitest";
import { applyCommands, applyCommand } from "~/domain/editing/apply-command";
import { matrixCommandSchema, type MatrixCommand } from "~/domain/editing/commands";
import type { Matrix } from "~/domain/matrix/matrix";
import { blankHours } from "~/domain/parts/hours";
import { blankPath } from "~/domain/parts/paths";
import { singleTextOf } from "~/domain/editing/one-text";
import { aDuty, aMatrix } from "../support/matrices";

const duty = aDuty({ boundary: "Old", text: "Old", tools: "Old", decisions: { limit: "Old" }, today: { how: "Old" } });
const level = { minutes: 0, calls: [], channels: [], decides: false, may: "Old" };
const path = { ...blankPath("s1"), name: "Old", levels: { first: level } };
const matrix = aMatrix({
  paths: [path],
  hours: [{ ...blankHours("client-hours", "client"), holidays: { "2027-01-01": "Old" } }],
  duties: [duty],
  title: "Old",
  settings: { ...aMatrix().settings, ruler: "Old" },
});
const named: Matrix = {
  ...matrix,
  parties: matrix.parties.map((party) => (party.id === "client" ? { ...party, name: "Old" } : party)),
  roles: matrix.roles.map((role) => (role.id === "it-team" ? { ...role, name: "Old" } : role)),
  domains: matrix.domains.map((domain) => (domain.id === "sup" ? { ...domain, name: "Old" } : domain)),
};

/** Every command that sets one text, as a writer sends it who saw `was`. */
const ONE_TEXT: Record<string, (set: string, was?: string) => MatrixCommand> = {
  "a duty's words": (text, was) => ({ type: "duty.edit", dutyId: "duty-1", set: { text }, was }),
  "a boundary note": (boundary, was) => ({ type: "duty.edit", dutyId: "duty-1", set: { boundary }, was }),
  "tools and standards": (tools, was) => ({ type: "duty.edit", dutyId: "duty-1", set: { tools }, was }),
  "a kind of decision": (limit, was) => ({ type: "duty.edit", dutyId: "duty-1", set: { decisions: { limit } }, was }),
  "how it is done today": (how, was) => ({ type: "duty.edit", dutyId: "duty-1", set: { today: { how } }, was }),
  "a party's name": (name, was) => ({ type: "party.rename", partyId: "client", name, was }),
  "a role's name": (name, was) => ({ type: "role.rename", roleId: "it-team", name, was }),
  "a domain's name": (name, was) => ({ type: "domain.rename", domainId: "sup", name, was }),
  "a path's name": (name, was) => ({ type: "thing.edit", part: "paths", thingId: "s1", set: { name }, was }),
  "what a level of a path may do": (may, was) => ({
    type: "thing.edit",
    part: "paths",
    thingId: "s1",
    set: { "levels/first/may": may },
    was,
  }),
  "what a level may do, where the level is set whole": (may, was) => ({
    type: "thing.edit",
    part: "paths",
    thingId: "s1",
    set: { "levels/first": { ...level, may } },
    was,
  }),
  "the name of a holiday": (name, was) => ({
    type: "thing.edit",
    part: "hours",
    thingId: "client-hours",
    set: { "holidays/2027-01-01": name },
    was,
  }),
  "the title": (title, was) => ({ type: "matrix.rename", title, was }),
  "who rules": (ruler, was) => ({ type: "matrix.settings", set: { ruler }, was }),
};
const COMMANDS = Object.entries(ONE_TEXT);

function applied(before: Matrix, ...commands: MatrixCommand[]): Matrix {
  const { matrix: after, rejected } = applyCommands(before, commands);
  expect(rejected).toEqual([]);
  return after;
}

describe("a text that its writer saw", () => {
  it.each(COMMANDS)("%s is set where it still says what they saw", (_what, command) => {
    const after = applied(named, command("Mine", "Old"));
    expect(singleTextOf(after, command("", ""))?.stands).toBe("Mine");
  });

  it.each(COMMANDS)("%s is refused where somebody else changed it meanwhile, and theirs stands", (_what, command) => {
    const theirs = applied(named, command("Theirs", "Old"));
    const result = applyCommand(theirs, command("Mine", "Old"));
    expect(result).toMatchObject({ ok: false, rejection: { code: "changed-since" } });
    expect(!result.ok && result.rejection.message).toMatch(/ was changed meanwhile\. Choose /);
    expect(applyCommands(theirs, [command("Mine", "Old")]).matrix).toBe(theirs);
  });

  it.each(COMMANDS)("%s may be sent twice, and by two who mean the same", (_what, command) => {
    const once = applied(named, command("Mine", "Old"));
    expect(applied(once, command("Mine", "Old"))).toBe(once);
    expect(applied(once, command(" Mine ", "Old"))).toBe(once);
  });

  it.each(COMMANDS)(
    "%s set by an older command, which doesn't say what was seen, is set whatever stands",
    (_what, command) => {
      const theirs = applied(named, command("Theirs", "Old"));
      const { was: _was, ...older } = command("Mine") as MatrixCommand & { was?: string };
      expect(matrixCommandSchema.parse(older)).toEqual(older);
      expect(singleTextOf(applied(theirs, older as MatrixCommand), command(""))?.stands).toBe("Mine");
    },
  );

  it.each(COMMANDS)("%s is parsed with what was seen", (_what, command) => {
    expect(matrixCommandSchema.parse(command("Mine", "Old"))).toEqual(command("Mine", "Old"));
  });

  it.each(["what a level of a path may do", "what a level may do, where the level is set whole"])(
    "doesn't bring back a level that somebody took out: %s",
    (what) => {
      const command = ONE_TEXT[what]?.("Mine", "Old");
      if (!command) throw new Error("A level's text is one of them.");
      const without = applied(named, {
        type: "thing.edit",
        part: "paths",
        thingId: "s1",
        set: { "levels/first": null },
      });
      expect(applyCommand(without, command)).toMatchObject({ ok: false, rejection: { code: "changed-since" } });
      expect(singleTextOf(without, command)).toBeNull();
    },
  );

  it("is refused where two add the same holiday by two names, and the first name stands", () => {
    const add = (name: string): MatrixCommand => ({
      type: "thing.edit",
      part: "hours",
      thingId: "client-hours",
      set: { "holidays/2027-05-01": name },
      was: "",
    });
    const theirs = applied(named, add("May Day"));
    expect(applied(theirs, add("May Day"))).toBe(theirs);
    expect(applyCommand(theirs, add("Labour Day"))).toMatchObject({
      ok: false,
      rejection: {
        code: "changed-since",
        message: expect.stringContaining("The holiday's name was changed meanwhile"),
      },
    });
    expect(singleTextOf(theirs, add("Labour Day"))).toMatchObject({ stands: "May Day", set: "Labour Day" });
  });

  it("is one that others' fields don't matter to", () => {
    const theirs = applied(named, {
      type: "duty.edit",
      dutyId: "duty-1",
      set: { doneWhen: "Theirs", decisions: { decides: "Theirs" } },
    });
    const after = applied(
      theirs,
      ONE_TEXT["a boundary note"]!("Mine", "Old"),
      ONE_TEXT["a kind of decision"]!("Mine", "Old"),
    );
    expect(after.duties[0]).toMatchObject({
      boundary: "Mine",
      doneWhen: "Theirs",
      decisions: { decides: "Theirs", limit: "Mine" },
    });
  });

  it("may be empty before and after", () => {
    const empty = applied(named, ONE_TEXT["a kind of decision"]!("", "Old"));
    expect(empty.duties[0]?.decisions).toEqual({});
    expect(applied(empty, ONE_TEXT["a kind of decision"]!("Mine", "")).duties[0]?.decisions).toEqual({ limit: "Mine" });
    expect(applyCommand(empty, ONE_TEXT["a kind of decision"]!("Mine", "Old"))).toMatchObject({ ok: false });
  });

  it("is called by a name that tells it from the others", () => {
    expect(COMMANDS.map(([, command]) => singleTextOf(named, command("Mine"))?.called)).toEqual([
      "The duty SUP-01",
      "The boundary note of SUP-01",
      "“Tools and standards” of SUP-01",
      "“Up to” of SUP-01",
      "“How it is done now” of SUP-01",
      "The party's name",
      "The role's name",
      "The domain's name",
      "The path's name",
      "What a level may do",
      "What a level may do",
      "The holiday's name",
      "The title",
      "Who rules on disputes",
    ]);
  });

  it("is none where a command sets several, or something else, or what is gone", () => {
    expect(singleTextOf(named, { type: "duty.edit", dutyId: "duty-1", set: { boundary: "a", text: "b" } })).toBeNull();
    expect(singleTextOf(named, { type: "duty.edit", dutyId: "duty-1", set: { reserved: true } })).toBeNull();
    expect(
      singleTextOf(named, { type: "duty.edit", dutyId: "duty-1", set: { decisions: { limit: "a", told: "b" } } }),
    ).toBeNull();
    expect(singleTextOf(named, { type: "duty.edit", dutyId: "gone", set: { boundary: "a" } })).toBeNull();
    expect(singleTextOf(named, { type: "matrix.settings", set: { manyDoers: 3 } })).toBeNull();
    expect(singleTextOf(named, { type: "duty.delete", dutyId: "duty-1" })).toBeNull();
  });
});
