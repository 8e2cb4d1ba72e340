import { describe, expect, it } from "vitest";
import { agreementOf, termsHash } from "~/domain/agreement/agreement";
import { applyCommands } from "~/domain/editing/apply-command";
import type { MatrixCommand } from "~/domain/editing/commands";
import { changeSentences } from "~/domain/pack/sentences";
import { describeStep } from "~/domain/changes/describe-log";
import { diffMatrices, invertDiff } from "~/domain/changes/diff";
import { matrixDiffSchema } from "~/domain/changes/diff-schema";
import { lookUp, lookUpIndex } from "~/domain/look-up/look-up";
import { slipsBetween, stemOf } from "~/domain/look-up/words";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import { canonicalText } from "~/domain/version/snapshot";
import { upgradeMatrix } from "~/domain/version/upgrade";
import { LIBRARY } from "~/library/library";
import { librarySearchWords } from "~/library/search-words";
import entries from "~/library/search-words.json";
import { PRESET_IDS } from "~/library/schema";
import { matrixFromLibrary } from "~/library/start-matrix";
import { dutyFilter } from "~/ui/board/board-view";
import { answerWords, optionsFor, type LookUpOptions } from "~/ui/look-up/look-up-options";
import { EVERYDAY_PHRASES, FURTHER_PHRASES } from "../support/everyday-phrases";
import { aDuty, aMatrix, cells } from "../support/matrices";

const presetIndex = (preset: (typeof PRESET_IDS)[number]) =>
  lookUpIndex(
    matrixFromLibrary({ client: "Northwind", provider: "Harbour IT", agreementReference: "", preset }),
    librarySearchWords,
  );
const index = presetIndex("shared");
const ids = (query: string, among = index) => lookUp(among, query).duties.map(({ id }) => id);
const firstThree = (query: string, among = index) => ids(query, among).slice(0, 3);

describe("what people say at two in the morning", () => {
  it("is at least 150 phrases, none twice", () => {
    const phrases = [...EVERYDAY_PHRASES, ...FURTHER_PHRASES].map(([phrase]) => phrase);
    expect(EVERYDAY_PHRASES.length).toBeGreaterThanOrEqual(150);
    expect(new Set(phrases).size).toBe(phrases.length);
  });

  it.each(EVERYDAY_PHRASES)("“%s” finds %s among the first three", (phrase, dutyId) =>
    expect(firstThree(phrase)).toContain(dutyId),
  );

  it("finds the same whichever preset the matrix began with", () => {
    for (const preset of PRESET_IDS) {
      const among = presetIndex(preset);
      expect(EVERYDAY_PHRASES.filter(([phrase, dutyId]) => !firstThree(phrase, among).includes(dutyId))).toEqual([]);
    }
  });

  it("finds four of five that no search word was written for, and something for each", () => {
    expect(
      FURTHER_PHRASES.filter(([phrase, dutyId]) => firstThree(phrase).includes(dutyId)).length / FURTHER_PHRASES.length,
    ).toBeGreaterThanOrEqual(0.8);
    expect(FURTHER_PHRASES.filter(([phrase]) => ids(phrase).length === 0)).toEqual([]);
  });
});

describe("looking up", () => {
  it("takes a word in capitals for itself alone: ISP finds no duty that disposes, AI none that aims", () => {
    expect(ids("ISP")).not.toContain("end-09");
    expect(ids("isp")).not.toContain("end-09");
    expect(ids("dispose")).toContain("end-09");
    const among = lookUpIndex(
      aMatrix({ duties: [aDuty({ text: "Aim high" }), aDuty({ id: "ai", text: "Approve AI tools" })] }),
      () => "",
    );
    expect(ids("AI", among)).toEqual(["ai"]);
    expect(ids("AIM", among)).toEqual(["duty-1"]);
    expect(ids("LAPTOP STOLEN")[0]).toBe("end-06");
    expect(ids("DISPOS")).toContain("end-09");
  });

  it("forgives slips: one in five letters, two in eight, none in shorter words", () => {
    for (const [typed, dutyId] of [
      ["ransomwear", "inc-03"],
      ["phising", "msg-05"],
      ["pasword reset", "sup-04"],
      ["prnter", "end-08"],
      ["fierwall rule", "net-01"],
      ["vunerability scan", "vul-05"],
      ["antivrius", "mon-01"],
      ["bitloker", "end-05"],
    ] as const)
      expect(firstThree(typed)).toContain(dutyId);
    expect(ids("xpn")).toEqual([]);
    expect(ids("qwertzuiop")).toEqual([]);
  });

  it("writes words apart, together and with a sign alike", () => {
    for (const same of [
      ["Wi-Fi", "wifi", "wi fi", "WI-FI", "Wi‑Fi", "wlan"],
      ["log in", "login", "log-in"],
      ["2FA", "two-factor", "two factor", "twofactor"],
      ["postmortem", "post-mortem", "post mortem"],
    ])
      expect(new Set(same.map((query) => ids(query)[0])).size).toBe(1);
    expect(ids("leaver's access")[0]).toBe("iam-03");
    expect(ids("leaver’s access")[0]).toBe("iam-03");
  });

  it("finds by code, with and without its sign", () => {
    for (const query of ["IAM-03", "iam-03", "iam03", "IAM 03"]) expect(ids(query)[0]).toBe("iam-03");
  });

  it("asks for no word that says nothing, unless that is all there is", () => {
    expect(ids("who do I have to call, please, the laptop is stolen!")[0]).toBe("end-06");
    expect(ids("   ")).toEqual([]);
    expect(() => ids("what is it")).not.toThrow();
    const pasted = `laptop stolen ${"and so on ".repeat(20)}`;
    expect(lookUp(index, `${pasted} ${"firewall rule ".repeat(5_000)}`)).toEqual(lookUp(index, pasted.slice(0, 200)));
    expect(() => ids("(*+?[\\ --- ''")).not.toThrow();
  });

  it("says when even the best has little of what was asked", () => {
    expect(lookUp(index, "laptop stolen").sure).toBe(true);
    expect(lookUp(index, "zzyzx bnarg laptop").sure).toBe(false);
    expect(lookUp(index, "zzyzx bnarg")).toEqual({ duties: [], sure: false });
  });

  it("knows a duty of the library that was added later by its text, and gives others no words", () => {
    const leaver = LIBRARY.duties.find(({ id }) => id === "iam-03");
    const added = aDuty({ id: "d0a4c2ce", text: leaver?.text ?? "" });
    const among = lookUpIndex(aMatrix({ duties: [aDuty({ text: "Water the plants" }), added] }), librarySearchWords);
    expect(ids("employee fired", among)).toEqual(["d0a4c2ce"]);
    expect(librarySearchWords(aDuty({ text: "Water the plants" }))).toBe("");
  });

  it("finds in scripts that put no spaces between words, and without marks", () => {
    const among = lookUpIndex(
      aMatrix({
        duties: [aDuty({ text: "退職者のアクセス権を削除する" }), aDuty({ id: "cafe", text: "Cafe\u0301 de l'Opéra" })],
      }),
      () => "",
    );
    expect(ids("アクセス権", among)).toEqual(["duty-1"]);
    expect(ids("cafe opera", among)).toEqual(["cafe"]);
  });

  it("follows an edit", () => {
    const before = aMatrix({
      duties: [aDuty({ text: "Water the plants" }), aDuty({ id: "other", text: "Feed the cat" })],
    });
    const after = { ...before, duties: before.duties.with(0, aDuty({ text: "Mow the lawn" })) };
    expect([
      ids("plants", lookUpIndex(before, librarySearchWords)),
      ids("plants", lookUpIndex(after, librarySearchWords)),
      ids("lawn", lookUpIndex(after, librarySearchWords)),
    ]).toEqual([["duty-1"], [], ["duty-1"]]);
  });
});

describe("a duty's own search words", () => {
  const start = aMatrix({
    duties: [
      aDuty({ letters: cells({ "it-lead": "A", "it-team": "R" }) }),
      aDuty({ id: "other", code: "SUP-02", text: "Feed the cat" }),
    ],
  });
  const edit = (searchWords: string): MatrixCommand => ({ type: "duty.edit", dutyId: "duty-1", set: { searchWords } });
  const run = (matrix: Matrix, ...commands: MatrixCommand[]) => {
    const { matrix: after, rejected } = applyCommands(matrix, commands);
    expect(rejected).toEqual([]);
    return after;
  };
  const dutyOf = ({ duties }: Matrix) => duties[0] ?? aDuty();

  it("find it in the look-up, on the board and in the grid", () => {
    const after = run(start, edit("badge reader, door won’t open"));
    for (const query of ["badge", "door", "won't open door", "bagde reader"])
      expect(ids(query, lookUpIndex(after, librarySearchWords))).toEqual(["duty-1"]);
    expect(
      after.duties
        .filter(dutyFilter(after, { query: "READER", domainId: "", owner: "", kind: "", role: "", only: "" }))
        .map(({ id }) => id),
    ).toEqual(["duty-1"]);
    expect(ids("badge", lookUpIndex(start, librarySearchWords))).toEqual([]);
  });

  it("are no part of what is signed and reopen no mark; undone, they are gone, and the log says so in words", () => {
    const terms = termsHash(start, dutyOf(start));
    const both = run(
      start,
      ...["client", "provider"].map((partyId): MatrixCommand => ({
        type: "duty.mark",
        dutyId: "duty-1",
        partyId,
        state: "agreed",
        position: "",
        terms,
      })),
    );
    const after = run(both, edit("hotline"));
    const diff = diffMatrices(both, after);
    expect(agreementOf(after, dutyOf(after))).toBe("agreed");
    expect(canonicalText({ matrix: after, number: 1, previous: null })).toBe(
      canonicalText({ matrix: both, number: 1, previous: null }),
    );
    expect(changeSentences(both, after, diff)).toHaveLength(1);
    expect(describeStep(after, diff)).toMatchObject([{ dutyId: "duty-1", terms: false }]);
    expect(run(after, { type: "diff.apply", diff: invertDiff(diff) })).toEqual(both);
  });

  it("have a length, and no line breaks or hidden marks", () => {
    const refused = (searchWords: string) =>
      applyCommands(start, [edit(searchWords)]).rejected.map(({ rejection }) => rejection.message);
    expect(refused("x".repeat(501))[0]).toMatch(/at most 500/);
    expect(refused("a\u202Eb")[0]).toMatch(/hidden marks/);
    expect(dutyOf(run(start, edit(" badge\nreader "))).searchWords).toBe("badge reader");
  });

  it("are none where a matrix, a kept duty or a logged step was stored without them", () => {
    const { searchWords: _none, ...duty } = dutyOf(start);
    const stored = {
      ...start,
      duties: [duty],
      deleted: { gone: { duty: { ...duty, id: "gone" }, terms: "0".repeat(32), closed: [] } },
    };
    const read = matrixSchema.parse(upgradeMatrix(stored));
    expect([read.duties[0]?.searchWords, read.deleted.gone?.duty.searchWords]).toEqual(["", ""]);
    const diff = {
      fields: {},
      duties: {
        added: [duty],
        removed: [],
        changed: [],
        placedBefore: [],
        placedAfter: [{ id: "duty-1", after: null }],
      },
    };
    expect(matrixDiffSchema.safeParse(diff).data?.duties?.added[0]?.searchWords).toBe("");
  });
});

describe("the parts of it", () => {
  it("counts slips as people make them", () => {
    for (const [a, b, slips] of [
      ["mail", "mail", 0],
      ["mial", "mail", 1],
      ["mai", "mail", 1],
      ["maill", "mail", 1],
      ["nail", "mail", 1],
      ["ransomwear", "ransomware", 2],
      ["cat", "elephant", 3],
    ] as const) {
      expect(slipsBetween(a, b, 2)).toBe(slips);
      expect(slipsBetween(b, a, 2)).toBe(slips);
    }
  });

  it("takes off endings, and leaves short words and words that only look so", () => {
    for (const same of [
      ["click", "clicks", "clicked", "clicking"],
      ["policy", "policies"],
      ["licence", "licences"],
      ["stop", "stopped", "stopping"],
    ])
      expect(new Set(same.map(stemOf)).size).toBe(1);
    for (const word of ["sms", "dns", "virus", "access", "red", "ring"]) expect(stemOf(word)).toBe(word);
  });
});

describe("the search words of the library", () => {
  it("stand for each duty of it, beside the text they belong to", () => {
    expect(entries.map(({ id, text }) => [id, text])).toEqual(LIBRARY.duties.map(({ id, text }) => [id, text]));
  });

  it("are phrases that say something, none twice at a duty", () => {
    for (const { id, words } of entries) {
      const phrases = words.split(", ");
      expect(phrases.length, id).toBeGreaterThanOrEqual(5);
      expect(new Set(phrases.map((phrase) => phrase.toLowerCase())).size, id).toBe(phrases.length);
      for (const phrase of phrases) expect(phrase, id).toMatch(/^\S(.*\S)?$/);
    }
  });
});

describe("what the look-up offers", () => {
  const offered = (query: string, among = index) => optionsFor(among, query);
  const lines = ({ options }: LookUpOptions) => options.map(({ duty, when }) => `${when ?? "fits"}: ${duty.code}`);
  const words = (query: string, among = index) => answerWords(offered(query, among), query, among.duties.length);

  it("is at most eight duties that fit", () => {
    const { options, found } = offered("access");
    expect([options.length, found > 8, options.every(({ when }) => when === null)]).toEqual([8, true, true]);
    expect(words("access")).toMatch(/^\d+ duties match; the first 8 are shown\./);
    expect(words("printer")).toMatch(/^\d+ duties match\.$/);
  });

  it("is who to turn to where nothing fits: in an incident, at any hour, for anything else", () => {
    expect(lines(offered("zzyzx"))).toEqual([
      "In an incident: INC-02",
      "At any hour: INC-11",
      "For anything else: SUP-01",
    ]);
    expect(words("zzyzx")).toBe("No duty matches “zzyzx”. Here is who to turn to.");
  });

  it("is what comes near first, and its domain, where a duty has little of what was asked", () => {
    const answer = offered("zzyzx bnarg firewall");
    expect(lines(answer).slice(-3)).toEqual([
      "In an incident: INC-02",
      "At any hour: INC-11",
      "For anything else: SUP-01",
    ]);
    expect([lines(answer)[0], answer.found, answer.domain?.name]).toEqual([
      "fits: NET-01",
      0,
      "Network and connectivity",
    ]);
    expect(words("zzyzx bnarg firewall")).toBe(
      "No duty says all of “zzyzx bnarg firewall”. The nearest stand first, then who to turn to.",
    );
  });

  it("is nothing that the matrix hasn't: neither whom to turn to without such duties, nor anything without duties", () => {
    const small = lookUpIndex(aMatrix({ duties: [aDuty({ text: "Feed the cat" })] }), librarySearchWords);
    expect([lines(offered("zzyzx", small)), words("zzyzx", small)]).toEqual([[], "No duty matches “zzyzx”."]);
    const empty = lookUpIndex(aMatrix({ duties: [] }), librarySearchWords);
    expect([lines(offered("laptop", empty)), words("laptop", empty)]).toEqual([
      [],
      "This matrix has no duties yet. Add them on the board.",
    ]);
    expect([lines(offered("  ")), words("")[0]]).toEqual([[], "T"]);
  });
});
