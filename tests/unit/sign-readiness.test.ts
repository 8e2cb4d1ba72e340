import { describe, expect, it } from "vitest";
import { findBlockers } from "~/domain/findings/blockers";
import type { Matrix } from "~/domain/matrix/matrix";
import { stopSentences, signingRequirements, type SigningFacts } from "~/domain/signing/sign-readiness";
import { aDuty, aMatrix, cells } from "../support/matrices";

const holder = (roleId: string) => ({
  roleId,
  personId: `of ${roleId}`,
  name: roleId,
  deputy: false,
  channels: [],
  ownHours: true,
  lastVerified: null,
});
const TERMS = { ...aMatrix().terms, reviewDate: "2027-03-01" };
const READY = aMatrix({
  terms: TERMS,
  duties: [aDuty({ letters: cells({ "it-lead": "A", "it-team": "R", "service-desk": "C", vendor: "I" }) })],
});
const left = (matrix: Matrix, ground: Partial<SigningFacts> = {}) =>
  signingRequirements(matrix, {
    today: "2026-11-27",
    blockers: findBlockers(matrix),
    holders: [holder("it-lead"), holder("it-team")],
    signers: { client: 1, provider: 1 },
    ...ground,
  }).flatMap(({ part, left: sentences }) => (sentences.length > 0 ? [part] : []));

describe("what signing needs", () => {
  it("is all there where duties are clear, who acts has a holder, both sides can sign and the review has a day; who is only asked or told needs no holder", () => {
    expect(left(READY)).toEqual([]);
  });
  it("names each thing that is left, alone", () => {
    expect(left({ ...READY, duties: [] })).toEqual(["duties"]);
    expect(
      left({ ...READY, duties: READY.duties.map((duty) => ({ ...duty, letters: cells({ "it-team": "R" }) })) }),
    ).toEqual(["blockers"]);
    expect(left(READY, { holders: [holder("it-lead")] })).toEqual(["holders"]);
    expect(left(READY, { signers: { client: 1, provider: 0 } })).toEqual(["signatories"]);
    expect(left(READY, { today: "2027-03-02" })).toEqual(["dates"]);
    expect(left({ ...READY, terms: { ...TERMS, reviewDate: null } })).toEqual(["dates"]);
  });
  it("asks for somebody behind a role that supports", () => {
    const matrix = {
      ...READY,
      settings: { ...READY.settings, scheme: "RASCI" as const },
      duties: READY.duties.map((duty) => ({ ...duty, letters: { ...duty.letters, "service-desk": ["S" as const] } })),
    };
    expect(left(matrix)).toEqual(["holders"]);
  });
  it("is all left on an empty matrix nobody has looked at, of which only what can't be done later stops signing", () => {
    const empty = aMatrix({ duties: [] });
    const needs = signingRequirements(empty, {
      today: "2026-11-27",
      blockers: [],
      holders: [],
      signers: { client: 0, provider: 0 },
    });
    expect(stopSentences(needs)).toEqual(["There are no duties yet. Write down the first one."]);
    expect(
      needs.find(({ part }) => part === "signatories")?.left.map((sentence) => sentence.replace(/\. Invite.*/, "")),
    ).toEqual(["Nobody is known who could sign for Northwind", "Nobody is known who could sign for Harbour IT"]);
  });
});
