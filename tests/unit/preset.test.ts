import { describe, expect, it } from "vitest";
import { termsHash } from "~/domain/agreement/agreement";
import { firstProblem } from "~/domain/parts/invariants";
import { LIMITS } from "~/domain/limits";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import type { Duty } from "~/domain/matrix/shapes";
import { matrixFromPreset, presetFrom } from "~/domain/engagement/preset";
import { blankHours } from "~/domain/parts/hours";
import { matrixFromLibrary } from "~/library/start-matrix";
import { aDuty, aMatrix, cells } from "../support/matrices";

const letters = cells({ "it-lead": "A", "service-desk": "R" });
const terms = termsHash(aMatrix(), aDuty({ letters }));

/** A duty of which everything is filled in. */
const full: Duty = aDuty({
  text: "Answer calls from Northwind's sites",
  description: "Harbour IT answers. Northwind decides.",
  doneWhen: "Northwind has closed the call.",
  cadence: "Daily",
  workshopQuestion: "Who answers at NORTHWIND at night?",
  letters,
  boundary: "Northwind logs it; Harbour IT fixes it.",
  reserved: true,
  cover: "24x7",
  stance: "invest",
  oftenDisputed: true,
  firstWorkshop: true,
  cis: ["5.3"],
  csf: ["PR.AA"],
  tools: "Northwind's ticket system",
  documentation: "https://wiki.northwind.example/calls",
  knowledge: "Priya Nair",
  searchWords: "phones at Northwind, switchboard",
  decisions: { decides: "Northwind's IT lead", limit: "EUR 500" },
  today: { how: "By phone", tried: "Mail", risk: "Slow", compromise: "conscious" },
  earlyWin: "2026-12-01",
  coverPeriod: { partyId: "client", from: "2026-12-01", to: "2026-12-31" },
  standing: { kind: "declined", reason: "Too dear", riskOwner: "Maya", until: "2027-01-01" },
  marks: { client: { state: "disputed", terms, position: "Not ours" } },
  ruling: { what: "Theirs", by: "Maya", on: "2026-11-01", why: "So", terms, confirmed: ["client"] },
});

const matrix: Matrix = aMatrix({
  title: "Responsibility matrix, Northwind",
  terms: {
    agreementReference: "MSA-7",
    exhibit: "B",
    precedence: "Ours",
    effectiveDate: "2026-01-01",
    reviewDate: "2026-12-01",
  },
  settings: {
    accountability: "stays-with-client",
    scheme: "RASCI",
    ruler: "Maya Lindqvist",
    manyDoers: 5,
    manyAsked: 6,
    answererShare: 40,
    personDuties: 30,
  },
  duties: [full],
  issued: { SUP: 9, OLD: 4 },
  accepted: { "vague-duty.duty-1": { reason: "Known", by: "Maya", on: "2026-11-01", about: "0".repeat(32) } },
});

describe("a preset", () => {
  it("takes along domains, roles, duties with letters, boundaries, tools, cadence, search words, decisions, suggestions and thresholds", () => {
    const preset = presetFrom(matrix);
    expect(preset.duties[0]).toEqual({
      ...full,
      text: "Answer calls from {client}'s sites",
      description: "{provider} answers. {client} decides.",
      doneWhen: "{client} has closed the call.",
      workshopQuestion: "Who answers at {client} at night?",
      boundary: "{client} logs it; {provider} fixes it.",
      tools: "{client}'s ticket system",
      searchWords: "phones at {client}, switchboard",
      decisions: { decides: "{client}'s IT lead", limit: "EUR 500" },
      documentation: "",
      knowledge: "",
      today: {},
      earlyWin: null,
      coverPeriod: null,
      standing: null,
      marks: {},
      ruling: null,
    });
    expect(preset).toMatchObject({ domains: matrix.domains, roles: matrix.roles, issued: { SUP: 1 }, accepted: {} });
  });

  it("takes along no party's name, no contract fact, no title and nobody's name", () => {
    const preset = presetFrom(matrix);
    expect(preset.parties.map(({ name }) => name)).toEqual(["Client", "Provider", "Third party"]);
    expect(preset.terms).toEqual({
      agreementReference: "",
      exhibit: "",
      precedence: "",
      effectiveDate: null,
      reviewDate: null,
    });
    expect(preset).toMatchObject({ title: "Responsibility matrix", settings: { ...matrix.settings, ruler: "" } });
    expect(JSON.stringify(preset)).not.toMatch(/northwind|harbour|maya|priya|msa-7/i);
  });

  it("finds a short name only as a word of its own, and a long one inside other words too", () => {
    const between = (client: string, text: string) =>
      presetFrom({
        ...matrix,
        parties: matrix.parties.map((party) => (party.kind === "client" ? { ...party, name: client } : party)),
        duties: [aDuty({ text })],
      }).duties[0]?.text;
    expect(between("BT", "Ask BT about bts and subterms")).toBe("Ask {client} about bts and subterms");
    expect(between("Contoso (UK)", "Keep contosodesk of Contoso (UK)?")).toBe("Keep contosodesk of {client}?");
    expect(between("Contoso", "Keep contosodesk")).toBe("Keep {client}desk");
  });

  it("stays within the limits where neutral words are longer than the name", () => {
    const text = "BT ".repeat(100).trim();
    const preset = presetFrom({
      ...matrix,
      parties: matrix.parties.map((party) => (party.kind === "client" ? { ...party, name: "BT" } : party)),
      duties: [aDuty({ text })],
    });
    expect(preset.duties[0]?.text.length).toBeLessThanOrEqual(LIMITS.dutyText);
    expect(firstProblem(preset)).toBeNull();
  });

  it("begins an engagement between two other sides, whatever they are called", () => {
    const started = matrixFromPreset(presetFrom(matrix), {
      client: " Contoso ",
      provider: "Third party",
      agreementReference: "MSA-8",
      precedence: "This schedule stands.",
    });
    expect(started.parties.map(({ name }) => name)).toEqual(["Contoso", "Third party", "Third party 2"]);
    expect(started.duties[0]).toMatchObject({
      text: "Answer calls from Contoso's sites",
      boundary: "Contoso logs it; Third party fixes it.",
      decisions: { decides: "Contoso's IT lead", limit: "EUR 500" },
    });
    expect(started.terms).toEqual({
      agreementReference: "MSA-8",
      exhibit: "",
      precedence: "This schedule stands.",
      effectiveDate: null,
      reviewDate: null,
    });
    expect([firstProblem(started), matrixSchema.safeParse(started).success]).toEqual([null, true]);
  });

  it("of the library's own start is the library's own start again", () => {
    const library = matrixFromLibrary({
      client: "Northwind",
      provider: "Harbour IT",
      agreementReference: "",
      preset: "shared",
    });
    const again = matrixFromPreset(presetFrom(library), {
      client: "Northwind",
      provider: "Harbour IT",
      agreementReference: "",
      precedence: library.terms.precedence,
    });
    expect(again).toEqual({
      ...library,
      parties: library.parties.map((party) =>
        party.kind === "third-party" ? { ...party, name: "Third party" } : party,
      ),
    });
  });
});

it("a preset keeps what isn't written by people, also where it holds a party's name, and makes the names of holidays neutral", () => {
  const matrix = aMatrix();
  const named = {
    ...matrix,
    parties: matrix.parties.map((party) => (party.kind === "client" ? { ...party, name: "London" } : party)),
    hours: [
      { ...blankHours("h", "client"), timeZone: "Europe/London", holidays: { "2027-05-01": "Founders of London" } },
    ],
  };
  expect(presetFrom(named).hours).toMatchObject([
    { timeZone: "Europe/London", holidays: { "2027-05-01": "Founders of {client}" } },
  ]);
});
