import { describe, expect, it } from "vitest";
import { agreementOf } from "~/domain/agreement/agreement";
import { buildAmendment } from "~/domain/pack/amendment";
import { agreedChanges } from "~/domain/changes/agreed-changes";
import { CHANGE_KINDS, compareDuties } from "~/domain/changes/comparison";
import { agreedWords } from "~/domain/changes/field-words";
import { changeSentences, countAgreedChanges } from "~/domain/pack/sentences";
import { applyCommand } from "~/domain/editing/apply-command";
import { describeLetters } from "~/domain/matrix/letter-words";
import { DUTY_FIELDS } from "~/domain/parts/duties";
import { buildEarlierAmendment } from "~/domain/verify/earlier/amendment";
import { describeDiff } from "~/domain/verify/earlier/describe-change";
import { describeStep, describeStructure } from "~/domain/changes/describe-log";
import { describeSigning } from "~/domain/changes/describe-signing";
import { diffMatrices, invertDiff } from "~/domain/changes/diff";
import type { MatrixDiff } from "~/domain/changes/diff-schema";
import { findAll } from "~/domain/findings/findings";
import { matrixSchema, type Matrix } from "~/domain/matrix/matrix";
import { outlineOf } from "~/domain/pack/outline";
import { matrixFromPreset, presetFrom } from "~/domain/engagement/preset";
import { amendmentReport, buildReport, type Report, type ReportEdition } from "~/domain/pack/report";
import { REPORT_PARTS, type PackChoice } from "~/domain/pack/report-parts";
import { restoredDraft } from "~/domain/editing/restore";
import { upgradeMatrix } from "~/domain/version/upgrade";
import { bytesOf, jsonOf, snapshotsOf, type Rows } from "../golden/earlier";
import { withLater } from "../golden/later";
import { readable, todayFile } from "../golden/today";

/**
 * What this release answers over editions that an earlier one stored. A change that is meant is written down by
 * `node node_modules/vitest/vitest.mjs run tests/unit/golden-today.test.ts -u` and read in the difference.
 */
const RELEASE = "0.1.0";
type Version = {
  number: number;
  fingerprint: string;
  previous: string | null;
  signing: Pick<Parameters<typeof buildReport>[0], "signers" | "signatures" | "history">;
};
const versions = jsonOf<Version[]>(RELEASE, "versions.json");
const rows = jsonOf<Rows>(RELEASE, "database.json");
const snapshots = snapshotsOf(RELEASE);
const version = (number: number): Matrix => matrixSchema.parse(upgradeMatrix(snapshots.get(number)));
const draft = matrixSchema.parse(upgradeMatrix(jsonOf(RELEASE, "draft.json")));
const editions: [string, Matrix][] = [
  ...versions.map(({ number }): [string, Matrix] => [`v${number}`, version(number)]),
  ["draft", draft],
];
const pairs: [string, Matrix, Matrix][] = [
  ["v1 to v2", version(1), version(2)],
  ["v2 to v3", version(2), version(3)],
  ["v3 to v2", version(3), version(2)],
  ["v3 to v4", version(3), version(4)],
  ["v4 to the draft", version(4), draft],
];
const byName = <T>(of: (matrix: Matrix) => T) =>
  Object.fromEntries(editions.map(([name, matrix]) => [name, of(matrix)]));
const byPair = <T>(of: (before: Matrix, after: Matrix) => T) =>
  Object.fromEntries(pairs.map(([name, before, after]) => [name, of(before, after)]));
const same = (value: unknown, ...name: string[]) => expect(readable(value)).toMatchFileSnapshot(todayFile(...name));

type Log = { stepId: string; revision: number; event: string; diff: MatrixDiff };
const log = ((rows.logEntry ?? []) as unknown as Log[])
  .filter(({ diff }) => Object.keys(diff).length > 0)
  .sort((a, b) => a.revision - b.revision);

const SIGNING_EVENTS = [
  "version.sent",
  "version.signed",
  "version.declined",
  "version.withdrawn",
  "version.agreed",
  "version.superseded",
  "version.reminded",
  "version.signatory-named",
  "version.signatory-confirmed",
  "version.signatory-replaced",
  "version.signatory-removed",
  "version.paper-stated",
  "version.paper-confirmed",
  "version.paper-refused",
  "draft.edited",
];

const signed = version(2);
const base = {
  matrix: signed,
  number: 2,
  status: "agreed",
  publishedAt: "2026-03-03T09:00:00.000Z",
  fingerprint: versions[1]?.fingerprint ?? "",
};
const amendmentOf = (matrix: Matrix, becomes: number | null) => buildAmendment({ base, matrix, becomes, ordinal: 1 });

function reportOf(number: number | null, choice?: PackChoice): Report {
  const {
    fingerprint = "",
    previous = null,
    signing = {},
  } = versions.find((one) => one.number === (number ?? 4)) ?? {};
  const common = {
    fingerprint,
    previousFingerprint: previous,
    canonicalText: number === null ? "" : Buffer.from(bytesOf(RELEASE, "texts", `v${number}.txt`)).toString(),
  };
  const edition: ReportEdition =
    number === null
      ? { kind: "draft", differsFrom: 4, exportedAt: "2026-03-16T09:00:00.000Z", ...common }
      : {
          kind: "version",
          number,
          status: number === 2 ? "agreed" : "proposed",
          reason: "After a quarter",
          authorName: "Maya Lindqvist",
          publishedAt: "2026-03-11T09:00:00.000Z",
          agreedAt: number === 2 ? "2026-03-12T09:00:00.000Z" : null,
          ...common,
        };
  const matrix = number === null ? draft : version(number);
  return buildReport({
    matrix,
    edition,
    changes: ["SUP-01 was changed."],
    blockers: number === null ? ["SUP-10 “Say what broke”: Nobody does it."] : [],
    choice,
    amendment: number === 2 ? null : amendmentOf(matrix, number),
    contacts: [
      {
        party: "Nordwind",
        name: "Ruth Adler",
        title: "Director",
        roles: "IT lead",
        email: "ruth@nordwind.example",
        phones: "Mobile 1",
        hours: "9 to 5",
      },
    ],
    ...(number === null ? {} : signing),
  });
}
const EXTRACT: PackChoice = { parts: ["by-party", "boundaries", "contacts"], paper: "Letter" };
const WITH_CONTACTS: PackChoice = { parts: REPORT_PARTS, paper: "A4" };

describe("what an edition becomes", () => {
  it("as a preset, and as the draft that begins from it", () =>
    same(
      byName((matrix) => ({
        preset: presetFrom(matrix),
        begun: matrixFromPreset(presetFrom(matrix), {
          client: "Another",
          provider: "Third party",
          agreementReference: "X-1",
          precedence: "Ours",
        }),
      })),
      "preset.json",
    ));
  it("when it is put back into a later draft, by either side", () =>
    same(
      Object.fromEntries(
        [1, 2, 3].flatMap((number) =>
          (["client", "provider"] as const).map((by) => [
            `v${number} by the ${by}`,
            diffMatrices(draft, unwrapped(restoredDraft(draft, version(number), by))),
          ]),
        ),
      ),
      "restore.json",
    ));
  it("when each step of the log is undone, alone and at once", () => {
    const diffs = log.filter(({ event }) => event === "draft.edited");
    const answers = diffs.map(({ stepId, diff }) => {
      const result = applyCommand(draft, { type: "diff.apply", diff: invertDiff(withLater(diff)) });
      return [stepId, result.ok ? diffMatrices(draft, result.value) : result.rejection];
    });
    return same(Object.fromEntries(answers), "undo.json");
  });
});

describe("how two editions differ", () => {
  /** Without the names of texts, and the words of a standing, for which there is one each to come. */
  const bare = (before: Matrix, after: Matrix) => {
    const { groups, ...rest } = compareDuties(before, after);
    return {
      ...rest,
      groups: groups.map(({ duties, ...group }) => ({
        ...group,
        duties: duties.map(({ texts, ...duty }) => ({
          ...duty,
          texts: texts.filter(({ field }) => field !== "Standing").map(({ before: was, after: is }) => [was, is]),
        })),
      })),
    };
  };
  it("duty by duty", () => same({ kinds: CHANGE_KINDS, ...byPair(bare) }, "comparison.json"));
  it("under which names", () =>
    same(
      byPair((before, after) =>
        compareDuties(before, after).groups.flatMap(({ duties }) =>
          duties.map(({ code, texts }) => [
            code,
            ...texts.map(({ field, before: was, after: is }) => (field === "Standing" ? [field, was, is] : field)),
          ]),
        ),
      ),
      "expected-to-change",
      "comparison-names.json",
    ));
  it("in the log's own form", () =>
    same(
      byPair((before, after) => diffMatrices(before, after)),
      "diff.json",
    ));
  it("beside marks, in the sentences of release 0.1.0", () =>
    same(
      byPair((before, after) => describeDiff(withoutMarks(before), withoutMarks(after))),
      "sentences.json",
    ));
  it("in sentences", () =>
    same(
      byPair((before, after) => changeSentences(before, after, agreedChanges(before, after))),
      "agreed-sentences.json",
    ));
  it("with marks, in sentences and in how many things", () =>
    same(
      byPair((before, after) => ({
        count: countAgreedChanges(before, after),
        sentences: describeDiff(before, after),
      })),
      "expected-to-change",
      "sentences-with-marks.json",
    ));
  it("as an amendment: what it is of, and which duties come, go and change", () =>
    same(
      byPair((before, after) =>
        bareAmendment(
          buildEarlierAmendment({ base: { ...base, matrix: before }, matrix: after, becomes: 3, ordinal: 2 }),
        ),
      ),
      "amendment.json",
    ));
  it("as an amendment", () =>
    same(
      byPair((before, after) =>
        buildAmendment({ base: { ...base, matrix: before }, matrix: after, becomes: 3, ordinal: 2 }),
      ),
      "agreed-amendment.json",
    ));
  it("as an amendment: its clauses", () =>
    same(
      byPair((before, after) =>
        buildEarlierAmendment({ base: { ...base, matrix: before }, matrix: after, becomes: null, ordinal: 1 }),
      ),
      "expected-to-change",
      "amendment-clauses.json",
    ));
});

describe("what is said", () => {
  it("of each step of the log", () =>
    same(
      Object.fromEntries(
        log.map(({ revision, diff, event }) => [
          `${revision} ${event}`,
          { duties: describeStep(draft, diff), structure: describeStructure(draft, diff) },
        ]),
      ),
      "log.json",
    ));
  it("of each event of signing", () =>
    same(
      Object.fromEntries(
        SIGNING_EVENTS.map((event) => [
          event,
          describeSigning(event, {
            number: 3,
            name: "Ruth Adler",
            names: "Ruth Adler, Tom Brandt",
            reason: "Not yet",
            to: 4,
            party: "Nordwind",
            due: "2026-07-01",
            file: "a.pdf",
            proposed: "Tom Brandt",
          }),
        ]),
      ),
      "signing-events.json",
    ));
  it("of each duty's letters and agreement", () =>
    same(
      byName((matrix) =>
        matrix.duties.map((duty) => [duty.code, describeLetters(matrix, duty), agreementOf(matrix, duty)]),
      ),
      "letters.json",
    ));
  it("of each duty's other terms", () =>
    same(
      byName((matrix) => matrix.duties.map((duty) => [duty.code, agreedWords(duty, DUTY_FIELDS, matrix)])),
      "expected-to-change",
      "agreed-texts.json",
    ));
  it("by the rules", () =>
    same(
      byName((matrix) =>
        findAll(matrix, {
          today: "2026-08-01",
          holders: [
            {
              roleId: "role-a-lead",
              personId: "ruth",
              name: "Ruth Adler",
              deputy: false,
              channels: ["phone"],
              ownHours: true,
              lastVerified: "2026-07-01",
            },
          ],
          phase: "signing",
        }).map(({ key, severity, accepted }) => [key, severity, accepted ?? null]),
      ),
      "findings.json",
    ));
});

describe("a report", () => {
  const reports = {
    v1: reportOf(1),
    v2: reportOf(2),
    "v2-with-contacts": reportOf(2, WITH_CONTACTS),
    "v2-extract": reportOf(2, EXTRACT),
    v3: reportOf(3),
    draft: reportOf(null),
  };
  const agreed = (what: string) => what === "Decisions and terms";
  it.each(Object.entries(reports))("has its chapters (%s)", (name, report) =>
    same(
      outlineOf(report).map((chapter) =>
        agreed(chapter.title) ? { ...chapter, blocks: chapter.blocks.length } : chapter,
      ),
      `outline-${name}.json`,
    ),
  );
  it.each(Object.entries(reports))("has its terms (%s)", (name, report) =>
    same(report.terms, "expected-to-change", `terms-${name}.json`),
  );
  it.each(Object.entries(reports))(
    "has everything beside its terms (%s)",
    (name, { terms: _terms, amendment: _amendment, edition: { canonicalText: _text, ...edition }, ...report }) =>
      same({ ...report, edition }, `report-${name}.json`),
  );
  it("of an amendment has its chapters", () =>
    same(
      Object.fromEntries(
        [3, null].map((number) => [
          String(number),
          outlineOf(amendmentReport(reportOf(number), amendmentOf(number === null ? draft : version(number), number))),
        ]),
      ),
      "expected-to-change",
      "outline-of-the-amendment.json",
    ));
});

function unwrapped(result: ReturnType<typeof restoredDraft>): Matrix {
  if (!result.ok) throw new Error(result.rejection.message);
  return result.value;
}

function withoutMarks(matrix: Matrix): Matrix {
  return { ...matrix, duties: matrix.duties.map((duty) => ({ ...duty, marks: {}, ruling: null })) };
}

function bareAmendment({ sections, frame, ...head }: ReturnType<typeof buildAmendment>) {
  return {
    ...head,
    frame,
    sections: sections.map(({ domain, duties }) => ({
      domain,
      duties: duties.map(({ code, text, how }) => ({ code, text, how })),
    })),
  };
}
