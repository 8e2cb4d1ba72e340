import fc from "fast-check";
import { termsHash } from "~/domain/agreement/agreement";
import { thingTerms } from "~/domain/agreement/thing-agreement";
import { issuedNumbers } from "~/domain/matrix/issued";
import type { MatrixCommand } from "~/domain/editing/commands";
import type { Clock, EscalationPath, Level } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { PRESSURES, STANCES } from "~/domain/matrix/kinds";
import { blankAuthority } from "~/domain/parts/authorities";
import { blankPath } from "~/domain/parts/paths";
import type { Letter } from "~/domain/matrix/shapes";
import { DEFAULT_SETTINGS } from "~/domain/version/upgrade";
import { aDuty, aMatrix } from "./matrices";

const PARTIES = ["client", "provider", "vendors", "party-x"];
const ROLES = ["it-lead", "it-team", "service-desk", "vendor", "role-x", "role-y", "constructor"];
const DOMAINS = ["sup", "net", "domain-x"];
const PATHS = ["path-1", "path-x", "constructor"];
const AUTHORITIES = ["spend", "authority-x"];
const DUTIES = ["duty-1", "duty-2", "duty-3", "duty-4", "duty-x", "toString"];

const words = fc.oneof(
  fc.constantFrom(
    "Patch servers",
    "Answer calls",
    '=HYPERLINK("x")',
    "<script>alert(1)</script>",
    "שלום עולם",
    "é 👩‍💻",
    "",
    " ",
    "\u0000",
    "a".repeat(400),
  ),
  fc.string({ maxLength: 40 }),
);
const letters = fc.uniqueArray(fc.constantFrom<Letter>("A", "R", "S", "C", "I"), { maxLength: 4 });
const cell = fc
  .uniqueArray(fc.constantFrom<Letter>("A", "R", "C", "I"), { minLength: 1, maxLength: 2 })
  .map((list) => (["A", "R", "C", "I"] as const).filter((letter) => list.includes(letter)));
const pick = (ids: string[]) => fc.constantFrom(...ids);
const before = fc.option(pick(DUTIES), { nil: null });

const day = fc.constantFrom("2026-03-01", "2026-09-01", "2027-01-31");
/** The hash of an untouched duty of `arbitraryMatrix`, or of nothing. */
const terms = fc.constantFrom(termsHash(aMatrix(), aDuty({ text: "Duty number 1" })), `2:${"f".repeat(32)}`);

const level: fc.Arbitrary<Level> = fc.record({
  minutes: fc.constantFrom(0, 15, 90),
  calls: fc
    .uniqueArray(pick(ROLES), { maxLength: 2 })
    .map((ids) => ids.map((roleId) => ({ roleId, direction: "up" as const }))),
  channels: fc.uniqueArray(fc.constantFrom("phone" as const, "sms" as const), { maxLength: 2 }),
  decides: fc.boolean(),
  may: fc.constantFrom("", "Isolates a device"),
});
const clock: fc.Arbitrary<Clock> = fc.oneof(
  fc.constant({ kind: "always" as const }),
  fc.record({ kind: fc.constant("working-hours" as const), partyId: pick(PARTIES) }),
);
/** Fields of a path, by the names under which a command sets them. */
const pathFields = fc.record(
  {
    name: words,
    trigger: words,
    clock,
    repeats: fc.constantFrom(0, 1, 2),
    decisionTarget: fc.constantFrom(null, 30),
    "levels/level-1": fc.option(level, { nil: null }),
    "levels/level-2": fc.option(level, { nil: null }),
  },
  { requiredKeys: [] },
);
/** Fields of single levels, by the names under which a command sets them. */
const levelFields = fc.record(
  {
    "levels/level-1/minutes": fc.nat({ max: 90 }),
    "levels/level-1/may": words,
    "levels/level-2/decides": fc.boolean(),
  },
  { requiredKeys: [] },
);
/** A path that calls the desk at once and the lead after half an hour. */
const A_PATH: EscalationPath = {
  ...blankPath("path-1"),
  name: "S1",
  levels: {
    "level-1": {
      minutes: 0,
      calls: [{ roleId: "service-desk", direction: "up" }],
      channels: ["phone"],
      decides: false,
      may: "",
    },
    "level-2": {
      minutes: 30,
      calls: [{ roleId: "it-lead", direction: "across" }],
      channels: ["phone", "sms"],
      decides: true,
      may: "",
    },
  },
};

/** The hash of that path in an untouched matrix, or of nothing. */
const pathTerms = fc.constantFrom(thingTerms(aMatrix(), "paths", A_PATH), `2:${"f".repeat(32)}`);

/** A sound matrix of one to four duties whose letters may break every rule of signing. */
export const arbitraryMatrix: fc.Arbitrary<Matrix> = fc
  .record({
    duties: fc.array(
      fc.record({
        letters: fc.dictionary(pick(ROLES.slice(0, 4)), cell),
        domainId: pick(["sup", "net"]),
        reserved: fc.boolean(),
        boundary: fc.constantFrom("", "The desk logs it; the team fixes it."),
        suggests: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    accountability: fc.constantFrom("follows-work" as const, "stays-with-client" as const),
    engagedBy: fc.constantFrom("client", "provider"),
    scheme: fc.constantFrom("RACI" as const, "RASCI" as const),
    paths: fc.boolean(),
  })
  .map(({ duties, accountability, engagedBy, scheme, paths }) => {
    const built = duties.map(({ suggests, ...duty }, i) => {
      const base = aDuty({
        ...duty,
        letters: { ...duty.letters },
        id: `duty-${i + 1}`,
        code: `${duty.domainId.toUpperCase()}-0${i + 1}`,
        text: `Duty number ${i + 1}`,
      });
      return suggests ? base : { ...base, suggestions: {} };
    });
    const matrix = aMatrix({
      duties: built,
      issued: issuedNumbers(built),
      settings: { ...DEFAULT_SETTINGS, accountability, scheme },
      paths: paths ? [A_PATH] : [],
      authorities: paths ? [{ ...blankAuthority("spend"), name: "Unplanned spend", roleId: "it-lead" }] : [],
    });
    return {
      ...matrix,
      parties: matrix.parties.map((party) => (party.kind === "third-party" ? { ...party, engagedBy } : party)),
    };
  });

/** Any command except `diff.apply`, about things that may or may not exist. */
export const arbitraryCommand: fc.Arbitrary<MatrixCommand> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      type: fc.constant("duty.assign" as const),
      dutyId: pick(DUTIES),
      lens: fc.constantFrom("does" as const, "answers" as const),
      to: fc.oneof(fc.constantFrom("unassigned" as const, "shared" as const), fc.record({ partyId: pick(PARTIES) })),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("duty.add" as const),
      dutyId: pick(DUTIES),
      domainId: pick(DOMAINS),
      text: words,
      beforeId: before,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("duty.edit" as const),
      dutyId: pick(DUTIES),
      set: fc.record(
        {
          text: words,
          boundary: words,
          reserved: fc.boolean(),
          cover: fc.constantFrom("24x7" as const, "office-hours" as const),
          tools: words,
          searchWords: words,
          cis: fc.constantFrom<string[]>([], ["5.3"]),
          stance: fc.constantFrom(...STANCES),
          pressures: fc.shuffledSubarray([...PRESSURES]),
          earlyWin: fc.option(day, { nil: null }),
          decisions: fc.record({ decides: words, limit: words }, { requiredKeys: [] }),
          today: fc.record(
            { how: words, compromise: fc.constantFrom("conscious" as const, "accident" as const, "" as const) },
            { requiredKeys: [] },
          ),
          pathId: fc.option(pick(PATHS), { nil: null }),
          authorityId: fc.option(pick(AUTHORITIES), { nil: null }),
          coverPeriod: fc.option(fc.record({ partyId: pick(PARTIES), from: day, to: day }), { nil: null }),
          standing: fc.constantFrom(
            null,
            { kind: "not-applicable" as const, reason: "" },
            { kind: "parked" as const, owner: "Priya", until: "2026-12-01" },
            { kind: "declined" as const, reason: "Too dear", riskOwner: " ", until: "2027-01-01" },
          ),
        },
        { requiredKeys: [] },
      ),
    }),
  },
  fc.record({
    type: fc.constant("duty.edit" as const),
    dutyId: pick(DUTIES),
    set: fc.record({ boundary: words }),
    was: fc.constantFrom("", "The desk logs it; the team fixes it."),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("duty.letters" as const),
      dutyId: pick(DUTIES),
      roleId: pick(ROLES),
      letters,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("duty.cells" as const),
      dutyId: pick(DUTIES),
      cells: fc.dictionary(pick(ROLES), letters),
    }),
  },
  fc.record({
    type: fc.constant("duty.suggest" as const),
    dutyId: pick(DUTIES),
    partyId: pick(PARTIES),
    suggestion: fc.record({
      does: fc.option(pick(ROLES), { nil: null }),
      answers: fc.option(pick(ROLES), { nil: null }),
    }),
  }),
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("duty.move" as const),
      dutyId: pick(DUTIES),
      domainId: pick(DOMAINS),
      beforeId: before,
    }),
  },
  fc.record({ type: fc.constant("duty.copy" as const), dutyId: pick(DUTIES), copyId: pick(DUTIES) }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("duty.mark" as const),
      dutyId: pick(DUTIES),
      partyId: pick(PARTIES),
      state: fc.constantFrom("agreed" as const, "disputed" as const, "open" as const),
      position: words,
      terms,
    }),
  },
  fc.record({
    type: fc.constant("duty.rule" as const),
    dutyId: pick(DUTIES),
    ruling: fc.option(fc.record({ what: words, by: words, on: day, why: words, terms }), { nil: null }),
  }),
  fc.record({ type: fc.constant("duty.confirm" as const), dutyId: pick(DUTIES), partyId: pick(PARTIES), terms }),
  fc.record({ type: fc.constant("duty.unconfirm" as const), dutyId: pick(DUTIES), partyId: pick(PARTIES) }),
  fc.record({ type: fc.constant("duty.close" as const), dutyId: pick(DUTIES), partyId: pick(PARTIES) }),
  fc.record({
    type: fc.constant("role.place" as const),
    roleId: pick(ROLES),
    partyId: pick(PARTIES),
    beforeId: fc.option(pick(ROLES), { nil: null }),
  }),
  fc.record({ type: fc.constant("role.merge" as const), roleId: pick(ROLES), intoId: pick(ROLES) }),
  fc.record({
    type: fc.constant("domain.place" as const),
    domainId: pick(DOMAINS),
    beforeId: fc.option(pick(DOMAINS), { nil: null }),
  }),
  fc.record({ type: fc.constant("domain.merge" as const), domainId: pick(DOMAINS), intoId: pick(DOMAINS) }),
  fc.record({
    type: fc.constant("matrix.scheme" as const),
    scheme: fc.constantFrom("RACI" as const, "RASCI" as const),
    supportBecomes: fc.constantFrom("R" as const, "C" as const, "I" as const, null),
  }),
  fc.record({
    type: fc.constant("finding.accept" as const),
    key: fc.constantFrom("many-doers.duty-1", "answers-for-much.it-lead", "no-verb"),
    acceptance: fc.option(fc.record({ reason: words, by: words, on: day, about: fc.constant("0".repeat(32)) }), {
      nil: null,
    }),
  }),
  { weight: 2, arbitrary: fc.record({ type: fc.constant("duty.delete" as const), dutyId: pick(DUTIES) }) },
  fc.record({ type: fc.constant("duty.restore" as const), dutyId: pick(DUTIES) }),
  fc.record({
    type: fc.constant("domain.add" as const),
    domainId: pick(DOMAINS),
    name: words,
    code: fc.constantFrom("SUP", "OPS", "AIG"),
    beforeId: fc.option(pick(DOMAINS), { nil: null }),
  }),
  fc.record({ type: fc.constant("domain.rename" as const), domainId: pick(DOMAINS), name: words }),
  fc.record({
    type: fc.constant("domain.escalate" as const),
    domainId: pick(DOMAINS),
    pathId: fc.option(pick(PATHS), { nil: null }),
  }),
  fc.record({
    type: fc.constant("thing.add" as const),
    part: fc.constant("authorities" as const),
    thingId: pick(AUTHORITIES),
    fields: words.map((name) => {
      const { id: _id, ...blank } = blankAuthority("");
      return { ...blank, name, roleId: "it-lead" };
    }),
    beforeId: fc.constant(null),
  }),
  fc.record({
    type: fc.constant("thing.delete" as const),
    part: fc.constant("authorities" as const),
    thingId: pick(AUTHORITIES),
  }),
  fc.record({
    type: fc.constant("thing.add" as const),
    part: fc.constant("paths" as const),
    thingId: pick(PATHS),
    fields: fc.record({ name: words, level: fc.option(level, { nil: null }) }).map(({ name, level: first }) => {
      const { id: _id, marks: _marks, ruling: _ruling, ...blank } = blankPath("");
      const levels: EscalationPath["levels"] = first ? { "level-1": first } : {};
      return { ...blank, name, levels };
    }),
    beforeId: fc.option(pick(PATHS), { nil: null }),
  }),
  {
    weight: 3,
    arbitrary: fc.record({
      type: fc.constant("thing.edit" as const),
      part: fc.constant("paths" as const),
      thingId: pick(PATHS),
      set: fc.oneof(pathFields, levelFields),
    }),
  },
  fc.record({
    type: fc.constant("thing.mark" as const),
    part: fc.constant("paths" as const),
    thingId: pick(PATHS),
    partyId: pick(PARTIES),
    state: fc.constantFrom("agreed" as const, "disputed" as const, "open" as const),
    position: words,
    terms: pathTerms,
  }),
  fc.record({
    type: fc.constant("thing.rule" as const),
    part: fc.constant("paths" as const),
    thingId: pick(PATHS),
    ruling: fc.option(fc.record({ what: words, by: words, on: day, why: words, terms: pathTerms }), { nil: null }),
  }),
  fc.record({
    type: fc.constant("thing.confirm" as const),
    part: fc.constant("paths" as const),
    thingId: pick(PATHS),
    partyId: pick(PARTIES),
    terms: pathTerms,
  }),
  fc.record({
    type: fc.constant("thing.unconfirm" as const),
    part: fc.constant("paths" as const),
    thingId: pick(PATHS),
    partyId: pick(PARTIES),
  }),
  fc.record({
    type: fc.constant("thing.place" as const),
    part: fc.constant("paths" as const),
    thingId: pick(PATHS),
    beforeId: fc.option(pick(PATHS), { nil: null }),
  }),
  fc.record({
    type: fc.constant("thing.delete" as const),
    part: fc.constant("paths" as const),
    thingId: pick(PATHS),
  }),
  fc.record({ type: fc.constant("domain.delete" as const), domainId: pick(DOMAINS) }),
  fc.record({
    type: fc.constant("party.add" as const),
    partyId: pick(PARTIES),
    name: words,
    engagedBy: pick(PARTIES),
    roleId: pick(ROLES),
    roleName: words,
  }),
  fc.record({ type: fc.constant("party.rename" as const), partyId: pick(PARTIES), name: words }),
  fc.record({
    type: fc.constant("party.describe" as const),
    partyId: pick(PARTIES),
    set: fc.record({ name: words, form: words, register: words, address: words }, { requiredKeys: [] }),
  }),
  fc.record({ type: fc.constant("party.engage" as const), partyId: pick(PARTIES), engagedBy: pick(PARTIES) }),
  fc.record({ type: fc.constant("party.delete" as const), partyId: pick(PARTIES) }),
  fc.record({ type: fc.constant("role.add" as const), roleId: pick(ROLES), partyId: pick(PARTIES), name: words }),
  fc.record({ type: fc.constant("role.rename" as const), roleId: pick(ROLES), name: words }),
  fc.record({ type: fc.constant("role.lead" as const), roleId: pick(ROLES) }),
  fc.record({ type: fc.constant("role.delete" as const), roleId: pick(ROLES) }),
  fc.record({ type: fc.constant("matrix.rename" as const), title: words }),
  fc.record({
    type: fc.constant("matrix.settings" as const),
    set: fc.record(
      { accountability: fc.constantFrom("follows-work" as const, "stays-with-client" as const) },
      { requiredKeys: [] },
    ),
  }),
  fc.record({
    type: fc.constant("matrix.terms" as const),
    set: fc.record(
      {
        exhibit: words,
        effectiveDate: fc.constantFrom(null, "2026-03-01"),
        reviewDate: fc.constantFrom(null, "2026-02-01", "2026-09-01"),
      },
      { requiredKeys: [] },
    ),
  }),
);

/** A run of commands, as one person makes them. */
export const arbitraryCommands = fc.array(arbitraryCommand, { minLength: 1, maxLength: 12 });
