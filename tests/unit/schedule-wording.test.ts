import { describe, expect, it } from "vitest";
import { applyCommand, applyCommands } from "~/domain/editing/apply-command";
import { matrixCommandSchema, type MatrixCommand } from "~/domain/editing/commands";
import { presetFrom, matrixFromPreset } from "~/domain/engagement/preset";
import { findAll } from "~/domain/findings/findings";
import { LIMITS } from "~/domain/limits";
import type { Matrix } from "~/domain/matrix/matrix";
import { firstProblem } from "~/domain/parts/invariants";
import { printedClauses, printedDefinitions } from "~/domain/schedule/clauses";
import { WORDING_FIELDS } from "~/domain/parts/wording/field-names";
import { filledIn } from "~/domain/parts/wording/fields";
import { readCanonical } from "~/domain/version/read-canonical";
import { canonicalText } from "~/domain/version/snapshot";
import { PRESETS } from "~/library/presets";
import { sampleMatrix } from "~/library/sample";
import { STANDARD_WORDING } from "~/library/standard-wording";
import { blankMatrix, matrixFromLibrary } from "~/library/start-matrix";
import { aDuty, aMatrix } from "../support/matrices";

const NAMES = { client: "Harbour Foods", provider: "Northwind", agreementReference: "" };
const text = (matrix: Matrix) => canonicalText({ matrix, number: 1, previous: null });
const clause = (thingId: string, fields: object): MatrixCommand =>
  matrixCommandSchema.parse({
    type: "thing.add",
    part: "clauses",
    thingId,
    fields: { key: "", title: "Own clause", text: "Own words.", struck: false, ...fields },
    beforeId: null,
  });
const edit = (part: string, thingId: string, set: object): MatrixCommand =>
  matrixCommandSchema.parse({ type: "thing.edit", part, thingId, set });
function applied(matrix: Matrix, ...commands: MatrixCommand[]): Matrix {
  const result = applyCommands(matrix, commands);
  expect(result.rejected).toEqual([]);
  return result.matrix;
}
const refused = (matrix: Matrix, command: MatrixCommand) => {
  const result = applyCommand(matrix, command);
  return result.ok ? "" : result.rejection.message;
};

describe("clauses", () => {
  it("are printed with the parties' names, and read well where the matrix says nothing yet", () => {
    const matrix = blankMatrix(NAMES);
    const words = printedClauses(matrix).flatMap(({ paragraphs }) => paragraphs);
    expect(words[0]).toBe(
      "This document is a schedule to the agreement between Harbour Foods and Northwind and forms part of it. It says who of Harbour Foods and Northwind does and answers for what.",
    );
    expect(words).toContain(
      "What stays open is settled as the agreement between Harbour Foods and Northwind provides for disputes.",
    );
    expect(words.join("\n")).not.toMatch(/[{}]| {2}| [,.]|undefined|null/);
    const bare = applied(matrix, { type: "matrix.terms", set: { precedence: "" } });
    expect(printedClauses(bare).find(({ title }) => title === "Order of precedence")?.paragraphs).toEqual([
      "Where this schedule and the agreement differ on who does or answers for a duty, this schedule stands; in everything else the agreement stands.",
    ]);
  });

  it("take what the matrix says: agreement, exhibit, days, who rules, and the path for disagreements", () => {
    const matrix = applied(
      sampleMatrix("2026-03-01"),
      { type: "matrix.terms", set: { effectiveDate: "2026-04-01", reviewDate: "2027-04-01" } },
      { type: "matrix.settings", set: { ruler: "Jordan Ames" } },
    );
    const words = printedClauses(matrix)
      .flatMap(({ paragraphs }) => paragraphs)
      .join("\n");
    for (const said of [
      "This document is Exhibit B to the agreement MSA-2026-014 and forms part of it.",
      "This schedule holds from 1 Apr 2026 for as long as the agreement MSA-2026-014 does",
      "The parties review it on 1 Apr 2027, and whenever",
      "they first follow the escalation path Disagreement.",
      "What stays open is put to Jordan Ames, whose ruling counts once both parties have confirmed it. Failing that, it is settled as the agreement MSA-2026-014 provides for disputes.",
    ])
      expect(words).toContain(said);
  });

  it("keep number and title where they are struck, and are restored as they were", () => {
    const matrix = blankMatrix(NAMES);
    const struck = applied(matrix, edit("clauses", "clause-change", { struck: true }));
    expect(printedClauses(struck).find(({ title }) => title === "Changes")).toEqual({
      title: "Changes",
      paragraphs: ["Struck."],
      struck: true,
    });
    expect(printedClauses(struck)).toHaveLength(STANDARD_WORDING.clauses.length);
    expect(text(applied(struck, edit("clauses", "clause-change", { struck: false })))).toBe(text(matrix));
  });

  it("refuse a field that nobody knows with a list of those there are, and a brace alone", () => {
    const matrix = blankMatrix(NAMES);
    const sentence = refused(matrix, edit("clauses", "clause-change", { text: "Signed by {nobody}." }));
    expect(sentence).toContain(
      "The clause's text has {nobody}, which is no field. The fields are {client}, {provider}",
    );
    for (const field of WORDING_FIELDS) expect(sentence).toContain(`{${field}}`);
    expect(refused(matrix, edit("clauses", "clause-change", { text: "An open {client" }))).toContain("stands alone");
    expect(refused(matrix, edit("clauses", "clause-change", { text: "An {} empty one" }))).toContain("{}");
    expect(refused(matrix, clause("own", { title: "{what}" }))).toContain("The clause's title has {what}");
    expect(refused(matrix, edit("definitions", "definition-desk", { meaning: "{constructor}" }))).toContain(
      "The meaning has {constructor}, which is no field.",
    );
    expect(refused(matrix, edit("clauses", "clause-change", { text: "" }))).toContain("is empty");
    expect(refused(matrix, clause("own", { text: "x".repeat(LIMITS.clause + 1) }))).toContain("at most 4000 fit");
  });

  it("have a value for every field in every state of a matrix, which begins a sentence with a capital", () => {
    for (const matrix of [blankMatrix(NAMES), sampleMatrix("2026-03-01"), aMatrix(), { ...aMatrix(), roles: [] }])
      for (const field of WORDING_FIELDS) {
        const value = filledIn(`{${field}}`, matrix);
        expect(value, field).toMatch(/^[\p{Lu}\p{N}]|^vCIO/u);
        expect(value, field).not.toMatch(/[{}]|undefined/);
      }
    expect(filledIn("Under {agreement}. {agreement} holds.", blankMatrix(NAMES))).toBe(
      "Under the agreement between Harbour Foods and Northwind. The agreement between Harbour Foods and Northwind holds.",
    );
  });

  it("don't read a name that has braces as a field", () => {
    const matrix = { ...blankMatrix({ ...NAMES, client: "{provider}" }) };
    expect(filledIn("{client}", matrix)).toBe("{provider}");
  });
});

describe("what a text of a version holds", () => {
  it("is as it was without clauses and legal details, and has the next number with them", () => {
    const without = { ...blankMatrix(NAMES), clauses: [], definitions: [] };
    expect(JSON.parse(text(without))).toMatchObject({ schema: 2 });
    expect(text(without)).not.toMatch(/"clauses"|"definitions"|"legal"/);
    const described = applied(without, {
      type: "party.describe",
      partyId: "client",
      set: { name: "Harbour Foods Ltd" },
    });
    expect(JSON.parse(text(described))).toMatchObject({
      schema: 4,
      parties: [{ id: "client", legal: { name: "Harbour Foods Ltd" } }, { id: "provider" }],
    });
    expect(JSON.parse(text(described)).parties[1]).not.toHaveProperty("legal");
    expect(JSON.parse(text(blankMatrix(NAMES)))).toMatchObject({ schema: 4 });
    const sample = text(sampleMatrix("2026-03-01"));
    const read = readCanonical(sample);
    expect(read.ok && text(read.value.matrix)).toBe(sample);
  });
});

describe("what a party is by law", () => {
  it("is set by entry, taken out when it is empty, refused when it is too long or was changed meanwhile", () => {
    const matrix = applied(blankMatrix(NAMES), {
      type: "party.describe",
      partyId: "client",
      set: { name: "Harbour Foods Ltd", address: " 1 Quay\r\nHarbour " },
    });
    expect(matrix.parties[0]?.legal).toEqual({ name: "Harbour Foods Ltd", address: "1 Quay\nHarbour" });
    expect(matrix.parties[0]?.name).toBe("Harbour Foods");
    const without = applied(matrix, { type: "party.describe", partyId: "client", set: { address: "" } });
    expect(without.parties[0]?.legal).toEqual({ name: "Harbour Foods Ltd" });
    expect(
      refused(matrix, { type: "party.describe", partyId: "client", set: { form: "x".repeat(LIMITS.legalForm + 1) } }),
    ).toContain("The legal form");
    expect(
      refused(matrix, { type: "party.describe", partyId: "client", set: { name: "Other" }, was: "Harbour Ltd" }),
    ).toBe("The legal name of Harbour Foods was changed meanwhile. Choose which of the two texts stands.");
    expect(refused(matrix, { type: "party.describe", partyId: "nobody", set: { name: "Other" } })).toContain("deleted");
    expect(applied(matrix, { type: "party.describe", partyId: "client", set: {} })).toBe(matrix);
  });
});

describe("a preset", () => {
  it("keeps clauses with the names as fields, which stay fields in what begins from it", () => {
    const matrix = applied(
      blankMatrix(NAMES),
      clause("own", { title: "Northwind at Harbour Foods", text: "Northwind asks {clientLead} of Harbour Foods." }),
      { type: "party.describe", partyId: "client", set: { name: "Harbour Foods Ltd" } },
    );
    const preset = presetFrom(matrix);
    expect(preset.clauses.at(-1)).toMatchObject({
      title: "{provider} at {client}",
      text: "{provider} asks {clientLead} of {client}.",
    });
    expect(preset.parties[0]?.legal).toEqual({});
    const next = matrixFromPreset(preset, { client: "Oak", provider: "Elm", agreementReference: "", precedence: "" });
    expect(firstProblem(next)).toBeNull();
    expect(next.clauses.at(-1)?.text).toBe("{provider} asks {clientLead} of {client}.");
    expect(printedClauses(next).at(-1)).toMatchObject({
      title: "Elm at Oak",
      paragraphs: ["Elm asks IT lead of Oak."],
    });
  });
});

describe("an undefined term", () => {
  const facts = { today: "2026-03-01" };
  const found = (matrix: Matrix) => findAll(matrix, facts).filter(({ rule }) => rule === "undefined-term");
  const withDuty = (doneWhen: string, definitions: Matrix["definitions"] = []): Matrix => ({
    ...aMatrix({ duties: [aDuty({ doneWhen })] }),
    definitions,
  });
  const one = [{ id: "one", key: "", term: "Duty", meaning: "A row." }];

  it("is a warning where a schedule defines words and not this one, by whole words in any case", () => {
    for (const [said, key] of [
      ["Within two Working Days", "working-day"],
      ["Within 1 business day", "business-day"],
      ["The MSP says so", "the-msp"],
      ["INTERNAL IT says so", "internal-it"],
      ["The desk has it", "the-desk"],
      ["Watched 24/7", "all-hours"],
      ["Watched 24 x 7", "all-hours"],
      ["In office hours", "office-hours"],
      ["Meets its targets", "target"],
      ["All P2 are closed", "priority"],
    ] as const)
      expect(found(withDuty(said, one)), said).toMatchObject([
        { key: `undefined-term.${key}`, severity: "warning", dutyIds: ["duty-1"] },
      ]);
    for (const said of ["Untargeted working days-off", "the deskless", "MP3 and P22", "internal items"])
      expect(found(withDuty(said.replace("working days-off", ""), one)), said).toEqual([]);
  });

  it("is an insight where nothing is defined yet, beside one that says that there are no clauses", () => {
    expect(found(withDuty("Within a working day"))).toMatchObject([{ severity: "insight" }]);
    expect(findAll(withDuty("Done"), facts).filter(({ rule }) => rule === "no-clauses")).toMatchObject([
      { severity: "insight", fixes: [{ write: "wording" }] },
    ]);
  });

  it("is none once it is defined, or where a party or role is called so", () => {
    const defined = [{ id: "one", key: "", term: "Business day, working day", meaning: "Monday to Friday." }];
    expect(found(withDuty("Within a working day", defined))).toEqual([]);
    const matrix = withDuty("Internal IT says so", one);
    const called = {
      ...matrix,
      parties: matrix.parties.map((p) => (p.kind === "client" ? { ...p, name: "Internal IT" } : p)),
    };
    expect(found(called)).toEqual([]);
  });

  it("is found in clauses that aren't struck, in meanings and in the order of precedence", () => {
    const matrix = {
      ...withDuty("Done", [{ id: "one", key: "", term: "Duty", meaning: "Due on a business day." }]),
      clauses: [{ id: "c", key: "", title: "Own", text: "In office hours.", struck: false }],
    };
    expect(
      found({ ...matrix, terms: { ...matrix.terms, precedence: "The MSP goes first." } }).map(({ title }) => title),
    ).toEqual([
      "“the MSP” isn't defined. It stands in the order of precedence.",
      "“business day” isn't defined. It stands in the definition of “Duty”.",
      "“office hours” isn't defined. It stands in the clause “Own”.",
    ]);
    expect(found({ ...matrix, clauses: matrix.clauses.map((c) => ({ ...c, struck: true })) })).toHaveLength(1);
  });

  it("is none in any fresh matrix", () => {
    for (const matrix of [
      blankMatrix(NAMES),
      ...PRESETS.map(({ id }) => matrixFromLibrary({ ...NAMES, preset: id })),
      sampleMatrix("2026-03-01"),
    ]) {
      expect(found(matrix)).toEqual([]);
      expect(printedDefinitions(matrix).every(({ term, meaning }) => term !== "" && !/[{}]/.test(meaning))).toBe(true);
    }
  });
});
