import { execFile } from "node:child_process";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { applyCommands } from "~/domain/editing/apply-command";
import { checkPassword, checkPersonName } from "~/domain/account/account";
import { parseCell } from "~/domain/matrix/cell";
import { batchSchema } from "~/domain/editing/batch";
import type { MatrixCommand } from "~/domain/editing/commands";
import { problems } from "~/domain/parts/invariants";
import { readJson } from "~/domain/json-text";
import { LIMITS } from "~/domain/limits";
import { checkEmail } from "~/domain/mail-address";
import { checkPerson } from "~/domain/people/people";
import { readCanonical } from "~/domain/version/read-canonical";
import { checkReason, checkSigning } from "~/domain/signing/signing-form";
import { checkText, normalised, normaliseText, displayableText, type TextRule } from "~/domain/text";
import { fileName } from "~/files/file-name";
import { readMatrixFile } from "~/files/json.server";
import { drawableText } from "~/files/pdf/typefaces.server";
import { verifyFile } from "~/files/verify/verify.server";
import { ATTACKS, attacked, marks } from "../support/attacks";
import { aDuty, aMatrix } from "../support/matrices";

const rule = (max: number): TextRule => ({ called: "The text", max, lines: true, optional: false });
const message = (text: string, max: number) => {
  const checked = checkText(text, rule(max));
  return checked.ok ? null : checked.rejection.message;
};

/** The longest row of marks that was put in order while something was done. */
function longestRow(run: () => unknown): number {
  let longest = 0;
  const { normalize } = String.prototype;
  const watched = vi.spyOn(String.prototype, "normalize").mockImplementation(function (this: string, form?: string) {
    for (const [row] of this.matchAll(/\p{M}+/gu)) longest = Math.max(longest, row.length);
    return normalize.call(this, form);
  });
  run();
  watched.mockRestore();
  return longest;
}

const long = marks(20_000);
const duty = attacked.duties[0]?.id ?? "";
const day = "2026-03-02";
const terms = "a".repeat(32);
const EDITS: MatrixCommand[] = [
  { type: "duty.add", dutyId: "new", domainId: attacked.domains[0]?.id ?? "", text: long, beforeId: null },
  ...(
    [
      "text",
      "description",
      "doneWhen",
      "cadence",
      "workshopQuestion",
      "boundary",
      "tools",
      "documentation",
      "knowledge",
    ] as const
  ).map((field): MatrixCommand => ({ type: "duty.edit", dutyId: duty, set: { [field]: long } })),
  { type: "duty.edit", dutyId: duty, set: { decisions: { decides: long } } },
  { type: "duty.edit", dutyId: duty, set: { today: { how: long } } },
  { type: "duty.edit", dutyId: duty, set: { standing: { kind: "parked", owner: long, until: day } } },
  {
    type: "duty.edit",
    dutyId: duty,
    set: { standing: { kind: "declined", reason: long, riskOwner: long, until: day } },
  },
  { type: "duty.mark", dutyId: duty, partyId: "client", state: "disputed", position: long, terms },
  { type: "duty.rule", dutyId: duty, ruling: { what: long, by: long, on: day, why: long, terms } },
  { type: "domain.add", domainId: "new", name: long, code: "NEW", beforeId: null },
  { type: "domain.rename", domainId: attacked.domains[0]?.id ?? "", name: long },
  { type: "party.add", partyId: "new", name: long, engagedBy: "client", roleId: "new", roleName: long },
  { type: "party.rename", partyId: "client", name: long },
  { type: "role.add", roleId: "new", partyId: "client", name: long },
  { type: "role.rename", roleId: attacked.roles[0]?.id ?? "", name: long },
  { type: "matrix.rename", title: long },
  { type: "matrix.settings", set: { ruler: long } },
  { type: "matrix.terms", set: { precedence: long } },
  { type: "finding.accept", key: "no-doer", acceptance: { reason: long, by: long, on: day, about: terms } },
  { type: "diff.apply", diff: { fields: { title: { before: attacked.title, after: long } } } },
];

describe("marks that stand in no order", () => {
  it.each(
    EDITS.map(
      (command) => [`${command.type} ${"set" in command ? Object.keys(command.set).join() : ""}`, command] as const,
    ),
  )("are not put into one by %s, and nothing of them is kept", (_name, command) => {
    expect(batchSchema.safeParse({ baseRevision: 0, steps: [{ id: "s", commands: [command] }] }).success).toBe(true);
    expect(
      longestRow(() =>
        expect(applyCommands(attacked, [command])).toMatchObject({ matrix: attacked, rejected: [{ index: 0 }] }),
      ),
    ).toBeLessThanOrEqual(LIMITS.name);
  });

  it.each<[string, () => unknown]>([
    ["a name", () => checkPersonName(long)],
    ["an address", () => checkEmail(`${long}@northwind.example`)],
    ["a password", () => checkPassword(long, { email: long, name: long }, new Set())],
    [
      "a contact",
      () =>
        checkPerson(
          {
            side: "client",
            name: long,
            title: long,
            email: long,
            hours: long,
            timeZone: long,
            week: null,
            deputyId: null,
            lastVerified: null,
            phones: [{ label: long, number: long }],
          },
          { id: "p", people: [], now: new Date(day) },
        ),
    ],
    [
      "a signature",
      () =>
        checkSigning(
          { title: long, organisation: long, consent: "on", way: "typed", typed: long, drawn: "" },
          "Maya Lindqvist",
        ),
    ],
    ["a reason", () => checkReason(long)],
    ["a cell", () => parseCell(long)],
    ["a text that is shown", () => displayableText(long, true)],
    ["a text that is searched for", () => normaliseText(long, false)],
    ["a file's name", () => fileName([long], [], "pdf")],
    ["a text of a PDF", () => drawableText(long)],
    [
      "a matrix file",
      () => readMatrixFile(JSON.stringify({ format: "demarc.matrix", version: 2, ...attacked, title: long })),
    ],
  ])("are not put into one in %s", (_name, run) => {
    expect(longestRow(run)).toBeLessThanOrEqual(LIMITS.name);
  });

  it("are said to be too many on one letter, or the text to be too long", () => {
    expect(message(marks(100), 1_000)).toBe(
      "The text has more marks on one letter than can be shown. Type it again without them.",
    );
    expect(message(marks(10_000), 1_000)).toBe("The text has 10001 characters; at most 1000 fit. Shorten it.");
  });

  it("in a short text stay what they are", () => {
    expect(normalised(marks(40), "NFC")).toBe(marks(40).normalize("NFC"));
  });
});

describe("a text that fits once it is stored", () => {
  it.each([
    ["of letters made of four signs", "\u1f82".normalize("NFD").repeat(300), "\u1f82".repeat(300)],
    ["of syllables", "\ud55c".normalize("NFD").repeat(300), "\ud55c".repeat(300)],
    ["of characters beyond the first plane that have a plain form", "\u{2f800}".repeat(300), "\u4e3d".repeat(300)],
    ["with lines as another system ends them", `${"a\r\n".repeat(149)}bc`, `${"a\n".repeat(149)}bc`],
    ["with very much space around it", `${" \r\n".repeat(5_000)}a${"\t".repeat(5_000)}`, "a"],
    [
      "with as many marks as writing has",
      `a${"\u0323\u0301".repeat(15)}b`,
      `a${"\u0323\u0301".repeat(15)}b`.normalize("NFC"),
    ],
  ])("is taken: %s", (_name, text, stored) => {
    expect(checkText(text, rule(300))).toEqual({ ok: true, value: stored });
  });

  it("is taken on one line where its line ends were very many", () => {
    expect(checkText(`a${"\n".repeat(5_000)}b`, { ...rule(3), lines: false })).toEqual({ ok: true, value: "a b" });
  });
});

describe("every text of a matrix", () => {
  const largest = "a".repeat(10_000);
  it.each([
    ["title", { title: largest }],
    ["settings.ruler", { settings: { ...aMatrix().settings, ruler: largest } }],
    ["accepted.no-doer.reason", { accepted: { "no-doer": { reason: largest, by: "Maya", on: day, about: terms } } }],
    ["accepted.no-doer.by", { accepted: { "no-doer": { reason: "It is so.", by: largest, on: day, about: terms } } }],
    ["duties[0].standing.reason", { duties: [aDuty({ standing: { kind: "not-applicable", reason: largest } })] }],
    [
      "duties[0].standing.riskOwner",
      { duties: [aDuty({ standing: { kind: "declined", reason: "No.", riskOwner: largest, until: day } })] },
    ],
    ["duties[0].standing.owner", { duties: [aDuty({ standing: { kind: "parked", owner: largest, until: day } })] }],
    [
      "duties[0].marks.client.position",
      { duties: [aDuty({ marks: { client: { state: "disputed", terms, position: largest } } })] },
    ],
    [
      "duties[0].ruling.what",
      { duties: [aDuty({ ruling: { what: largest, by: "Maya", on: day, why: "So.", terms, confirmed: [] } })] },
    ],
  ])("has its limit, also where it comes by a diff or a file: %s", (place, over) => {
    expect([...problems(aMatrix(over))]).toContainEqual({
      path: place,
      message: expect.stringMatching(/has 10000 characters; at most/),
    });
  });
});

describe("JSON nested deeper than anything is", () => {
  const deep = (open: string, close: string) => `${open.repeat(100_000)}1${close.repeat(100_000)}`;
  const TEXTS = [deep("[", "]"), deep('{"a":', "}"), deep('[{"a":', "}]")];
  const file = (text: string) => `{"format":"demarc.matrix","version":2,"edition":${text}}`;

  it.each(TEXTS)("is refused before it is built", (text) => {
    const built = vi.spyOn(JSON, "parse");
    expect(readJson(text)).toMatchObject({ ok: false, rejection: { code: "json-deep" } });
    expect(built).not.toHaveBeenCalled();
    built.mockRestore();
  });

  it("is what its brackets say, not those in its texts", () => {
    const said = { a: `${"[".repeat(1_000)}"\\`, '\\"{': [1, `\\"${"{".repeat(1_000)}`] };
    expect(readJson(JSON.stringify(said))).toEqual({ ok: true, value: said });
    expect(readJson(`${"[".repeat(LIMITS.jsonDepth)}${"]".repeat(LIMITS.jsonDepth)}`).ok).toBe(true);
    expect(readJson("[").ok).toBe(false);
  });

  it.each(TEXTS)("is a file that can't be used", async (text) => {
    const bytes = new TextEncoder().encode(file(text));
    expect(await verifyFile(bytes, "m.json", async () => ({ kind: "nowhere" }))).toMatchObject({
      verdict: "unusable",
      sentence: expect.stringMatching(/nested deeper/),
    });
    expect(readMatrixFile(file(text))).toMatchObject({ ok: false });
    expect(readCanonical(text).ok).toBe(false);
  });
});

describe("one request", () => {
  const ended = (name: string) =>
    new Promise<string>((resolve, reject) => {
      // What goes with the square of a request's size takes minutes; what ends, ends in a second or two.
      execFile(
        process.execPath,
        ["--import", "tsx", path.resolve("tests/support/attack-process.ts"), name],
        { timeout: 45_000, killSignal: "SIGKILL" },
        (error, said) => (error ? reject(error) : resolve(said)),
      );
    });

  it.each(Object.keys(ATTACKS))("keeps nobody waiting and changes nothing: %s", async (name) => {
    expect(await ended(name)).toBe("refused");
  });
});
