import { describe, expect, it } from "vitest";
import { portfolio, portfolioQuery, type PortfolioRow } from "~/domain/engagement/portfolio";
import { fold, searchAmong, searchFor } from "~/domain/search";
import type { OfferedDuty } from "~/services/engagement/library.server";
import { dutyFilter } from "~/ui/board/board-view";
import { findInLibrary, isPresent } from "~/ui/duty-library/add-from-library";
import { findPeople } from "~/ui/people/people-view";
import { aDuty, aMatrix } from "../support/matrices";
import { aPerson } from "../support/people";

/** What is stored, and what somebody types who means it. */
const ALIKE: readonly (readonly [stored: string, typed: string])[] = [
  ["cafe\u0301", "café"],
  ["café", "cafe\u0301"],
  ["Café Müller", "cafe muller"],
  ["İstanbul", "istanbul"],
  ["istanbul", "İSTANBUL"],
  ["Isparta", "ısparta"],
  ["IĞDIR", "ığdır"],
  ["Straße", "STRASSE"],
  ["STRASSE", "straße"],
  ["GROẞ", "gross"],
  ["ΟΔΥΣΣΕΥΣ", "οδυσσευς"],
  ["Οδυσσεύς", "ΟΔΥΣΣΕΥΣ"],
  ["Ｎｏｒｔｈｗｉｎｄ　ＡＧ", "northwind ag"],
  ["ﬁrewall oﬃce", "firewall office"],
  ["Łódź", "lodz"],
  ["København", "kobenhavn"],
  ["Ærø", "aero"],
  ["O’Brien", "o'brien"],
  ["co\u00ADmanaged", "comanaged"],
  ["North\u200Bwind", "northwind"],
  ["Wi‑Fi", "wi-fi"],
  ["Wi–Fi", "wi-fi"],
  ["ﾊｰﾊﾞｰ", "ハーバー"],
  ["Привет Йод", "привет йод"],
  ["한국", "한국"],
  ["North\u00A0wind Ltd", "wind ltd"],
];

describe("one way to search", () => {
  it.each(ALIKE)("finds %j by %j", (stored, typed) =>
    expect(searchFor(typed)(`Wholesale ${stored} & Sons`)).toBe(true),
  );

  it("keeps apart what readers keep apart", () => {
    for (const [stored, typed] of [
      ["かき", "がき"],
      ["ハ", "パ"],
      ["cafe", "cave"],
      ["strase", "straße"],
      ["lodz", "todz"],
    ] as const)
      expect(searchFor(typed)(stored)).toBe(false);
  });

  it("asks for every word, in any order, and for nothing where nothing is typed", () => {
    expect(searchFor("vane casterly")("Casterly & Vane")).toBe(true);
    expect(searchFor("vane nowhere")("Casterly & Vane")).toBe(false);
    expect(searchFor("  \u200B ")("anything")).toBe(true);
  });

  it("folds what is folded to itself", () => {
    for (const [stored, typed] of ALIKE) for (const text of [stored, typed]) expect(fold(fold(text))).toBe(fold(text));
  });

  it("folds a value once, however often it is asked for, and a new value anew", () => {
    let asked = 0;
    const search = searchAmong(({ name }: { name: string }) => ((asked += 1), name));
    const before = { name: "İzmir" };
    expect([search("izmir")(before), search("IZMIR")(before), search("ankara")(before), asked]).toEqual([
      true,
      true,
      false,
      1,
    ]);
    expect([search("ankara")({ name: "Ankara" }), asked]).toEqual([true, 2]);
  });
});

const NOBODY = { does: null, answers: null };

describe("every place that searches", () => {
  const anywhere = { domainId: "", owner: "", kind: "", role: "", only: "" };
  it.each(ALIKE)("finds %j by %j: board and grid, engagements, people, the library", (stored, typed) => {
    const matrix = aMatrix({
      duties: [
        aDuty({ text: `Answer ${stored} calls` }),
        aDuty({ id: "note", boundary: stored }),
        aDuty({ id: "other", text: "Nothing" }),
      ],
    });
    expect(matrix.duties.filter(dutyFilter(matrix, { ...anywhere, query: typed })).map(({ id }) => id)).toEqual([
      "duty-1",
      "note",
    ]);

    const row: PortfolioRow = {
      engagementId: "e",
      matrixId: "m",
      clientName: stored,
      providerName: "",
      agreementReference: "",
      title: "",
      several: false,
      sample: false,
      duties: 0,
      blockers: 0,
      disputed: 0,
      balance: [],
      changes: null,
      reviewDate: null,
      version: null,
      updatedAt: "2026-11-25T00:00:00.000Z",
    };
    expect(
      portfolio(
        [row, { ...row, clientName: "Nothing" }],
        portfolioQuery(new URLSearchParams({ q: typed })),
        "2026-11-25",
      ),
    ).toEqual([row]);

    const people = [aPerson("sought", { name: stored }), aPerson("other", { name: "Nothing" })];
    expect(
      findPeople(matrix, { people, holdings: [], held: [], holders: [], vacant: new Set() }, "client", typed).map(
        ({ id }) => id,
      ),
    ).toEqual(["sought"]);

    const duties: OfferedDuty[] = matrix.duties.map((duty) => ({
      ...duty,
      suggestions: { client: NOBODY, provider: NOBODY },
      doneWhen: duty.id === "note" ? stored : "",
    }));
    expect(findInLibrary({ domains: matrix.domains, duties }, typed)).toEqual([
      { domain: matrix.domains[0], duties: duties.slice(0, 2) },
    ]);
  });

  it("knows a duty of the library again however its letters are composed", () => {
    expect(
      isPresent(
        { duties: [aDuty({ text: "Empty the cafe\u0301 bins" })] },
        { id: "bins", text: "Empty the café bins" },
      ),
    ).toBe(true);
    expect(
      isPresent(
        { duties: [aDuty({ text: "Empty the cafe\u0301 bins" })] },
        { id: "bins", text: "Empty the cave bins" },
      ),
    ).toBe(false);
  });
});
