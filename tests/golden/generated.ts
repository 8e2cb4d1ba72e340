import { termsHash } from "~/domain/agreement/agreement";
import { diffMatrices, invertDiff } from "~/domain/changes/diff";
import { hashText, sortedJson } from "~/domain/hash";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import { canonicalText } from "~/domain/version/snapshot";
import { upgradeMatrix } from "~/domain/version/upgrade";
import { withoutLater } from "./later";

/** How many matrices a set keeps the hashes of. */
export const GENERATED = 500;

/**
 * A matrix by its number, in the form of schema 2 as a database holds it. What it says follows from this file alone, which
 * therefore never changes: a set keeps hashes of what it gives.
 */
export function generatedMatrix(seed: number): Matrix {
  const random = numbers(seed);
  const below = (count: number) => Math.floor(random() * count);
  const one = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const maybe = <T>(value: () => T, otherwise: T): T => (random() < 0.4 ? value() : otherwise);
  const text = () => one(WORDS);
  /** For fields that hold one line, and for those that never hold nothing. */
  const line = () => text().replace("\n", " ");
  const something = () => line() || "Something";
  const day = () => `2026-${String(1 + below(12)).padStart(2, "0")}-${String(1 + below(28)).padStart(2, "0")}`;
  const thirds = below(3);
  const parties = [
    { id: "client", kind: "client", name: one(["Northwind", "Städtische Betriebe", "日本北風"]), engagedBy: null },
    { id: "provider", kind: "provider", name: one(["Harbour IT", "Hafen <GmbH> & Co", "שלום"]), engagedBy: null },
    ...Array.from({ length: thirds }, (_, i) => ({
      id: `third-${i}`,
      kind: "third-party",
      name: `Vendor ${i}`,
      engagedBy: one(["client", "provider"]),
    })),
  ];
  const roles = parties.flatMap(({ id }) =>
    Array.from({ length: 1 + below(3) }, (_, i) => ({
      id: `${id}-role-${i}`,
      partyId: id,
      name: `${id} role ${i} ${below(3)}`,
      lead: i === 0,
    })),
  );
  const domains = Array.from({ length: 1 + below(3) }, (_, i) => ({
    id: `domain-${i}`,
    code: `D${"ABC"[i] ?? "X"}`,
    name: one(["Network", "Desk", "Direction"]),
  }));
  const duties = Array.from({ length: 1 + below(6) }, (_, i) => {
    const domain = one(domains);
    return {
      id: `duty-${(i * 7 + below(2)) % 11}-${i}`,
      code: `${domain.code}-${String(i + 1).padStart(2, "0")}`,
      domainId: domain.id,
      text: `${something()} ${i}`,
      description: maybe(text, ""),
      doneWhen: maybe(line, ""),
      cadence: maybe(line, ""),
      workshopQuestion: maybe(line, ""),
      letters: Object.fromEntries(
        roles
          .filter(() => random() < 0.5)
          .map(({ id }) => [id, LETTERS.filter(() => random() < 0.4)] as const)
          .filter(([, letters]) => letters.length > 0),
      ),
      boundary: maybe(text, ""),
      suggestions: {},
      reserved: random() < 0.2,
      cover: one(["24x7", "office-hours"]),
      stance: one(["defend", "invest"]),
      oftenDisputed: random() < 0.3,
      firstWorkshop: random() < 0.3,
      cis: maybe(() => ["5.3"], []),
      csf: maybe(() => ["PR.AA"], []),
      tools: maybe(line, ""),
      documentation: maybe(line, ""),
      knowledge: maybe(line, ""),
      searchWords: maybe(line, ""),
      decisions: Object.fromEntries(
        ["silence", "limit", "told", "asked", "decides"]
          .filter(() => random() < 0.3)
          .map((field) => [field, something()]),
      ),
      today: {},
      earlyWin: maybe(day, null as string | null),
      coverPeriod: maybe(() => ({ partyId: one(parties).id, from: "2025-12-31", to: day() }), null as null | object),
      standing: maybe(
        () =>
          one([
            { kind: "not-applicable", reason: something() },
            { kind: "parked", owner: "Maya", until: day() },
            { kind: "declined", reason: something(), riskOwner: "Ruth", until: day() },
          ]),
        null as null | object,
      ),
      marks: {},
      ruling: null,
    };
  });
  const issued = Object.fromEntries(domains.map(({ code }) => [code, 9]));
  return matrixSchema.parse(
    upgradeMatrix({
      schema: 2,
      title: one(["Who does what", "Matrix"]),
      terms: {
        agreementReference: maybe(line, ""),
        exhibit: maybe(line, ""),
        precedence: maybe(text, ""),
        effectiveDate: maybe(day, null as string | null),
        reviewDate: maybe(day, null as string | null),
      },
      settings: {
        accountability: one(["follows-work", "stays-with-client"]),
        scheme: one(["RACI", "RASCI"]),
        ruler: maybe(() => "Ruth Adler", ""),
        manyDoers: 1 + below(5),
        manyAsked: 1 + below(5),
        answererShare: 1 + below(99),
        personDuties: 1 + below(40),
      },
      ...{ parties, roles, domains, duties, issued },
      accepted: Object.fromEntries(
        ["no-verb", "many-doers.duty-0", "idle-role.client-role-0"]
          .filter(() => random() < 0.3)
          .map((key) => [
            key,
            {
              reason: something(),
              by: "Maya",
              on: day(),
              about: "0".repeat(32),
              ...(random() < 0.5 ? { partyId: "client" } : {}),
            },
          ]),
      ),
      deleted: {},
    }),
  );
}

/** The hashes of a generated matrix's text, of its duties' terms, and of what leads from it to the next and back. */
export function hashesOf(
  matrix: Matrix,
  next: Matrix,
): { text: string; terms: string; diff: string; inverted: string } {
  const diff = diffMatrices(matrix, next);
  return {
    text: hashText(canonicalText({ matrix, number: 7, previous: "a".repeat(64) })),
    terms: hashText(matrix.duties.map((duty) => termsHash(matrix, duty)).join(" ")),
    diff: hashText(sortedJson(withoutLater(diff))),
    inverted: hashText(sortedJson(withoutLater(invertDiff(diff)))),
  };
}

const LETTERS = ["A", "R", "S", "C", "I"] as const;
const WORDS = [
  "Patch servers",
  "Answer calls",
  '=HYPERLINK("x")',
  "<script>alert(1)</script>",
  "שלום עולם",
  "é 👩‍💻",
  "",
  "Two\nlines",
  "a".repeat(80),
] as const;

/** Numbers from 0 up to 1, always the same for one seed (Mulberry32). */
function numbers(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
