import { amendedTitle } from "../pack/amendment-chapters";
import { buildAmendment, type AmendedBase, type AmendedDuty, type Amendment } from "../pack/amendment";
import { buildEarlierAmendment } from "./earlier/amendment";
import { dayOf } from "../days";
import type { Matrix } from "../matrix/matrix";
import type { WriterNumber } from "../version/writer";
import { cellAt, spokenRows, type Difference, type ShownPart, type ShownRow } from "./part";

/**
 * An amendment as a file shows it. `alone`: the file contains only the amendment. `onSheet`: it is on a sheet of a
 * workbook, which leaves out duties that were only moved, and not in chapters.
 */
export type ShownAmendment = { alone: boolean; onSheet: boolean; amendment: Amendment };

/** A version that an amendment may change, with the number of amendments up to it. */
export type WithOrdinal = AmendedBase & { ordinal: number };

const SHEET = "Amendment";
const ABOUT = "About this amendment";
const DUTIES = "Amended duties";
const OTHERS = "Other changes";
const NONE = "No duty is changed.";
/** How the first writer, whose amendments are read from what they show, told what happens to a duty. */
type ReadHow = Exclude<AmendedDuty["how"], "restored" | "deleted">;
const SUFFIXES: Record<ReadHow, string> = {
  changed: "",
  added: ", a new duty",
  removed: ", which no longer applies",
};
const MARKS: Record<ReadHow, string> = { changed: "", added: "New: ", removed: "No longer: " };
const HOWS: readonly ReadHow[] = ["added", "removed", "changed"];

/** Parses the amendment from the content of a file; null when there is none. */
export function readShownAmendment(parts: readonly ShownPart[]): ShownAmendment | null {
  const rowsOf = (name: string) => parts.filter((part) => part.name === name).flatMap(spokenRows);
  const sheet = rowsOf(SHEET);
  if (sheet.length > 0)
    return {
      alone: rowsOf("Cover").some((row) => cellAt(row, 0) === "Amends"),
      onSheet: true,
      amendment: readSheet(sheet, rowsOf("Cover")),
    };
  const about = rowsOf(ABOUT);
  if (about.length === 0) return null;
  const facts = about.findIndex(({ cells }) => cells.length > 1);
  const recitals = about
    .slice(0, Math.max(0, facts))
    .map((row) => cellAt(row, 0))
    .filter((text) => !text.startsWith("This is a draft."));
  const [title = ""] =
    /^Amendment \d+/.exec(
      rowsOf("Beginning")
        .map((row) => cellAt(row, 0))
        .find((text) => /^Amendment \d+ to /.test(text)) ?? "",
    ) ?? [];
  return {
    alone: true,
    onSheet: false,
    amendment: amendmentFrom(title, recitals, about, {
      sections: readChapters(rowsOf(DUTIES)),
      frame: rowsOf(OTHERS).map((row) => cellAt(row, 0)),
    }),
  };
}

function amendmentFrom(
  title: string,
  recitals: string[],
  facts: readonly ShownRow[],
  rest: Pick<Amendment, "sections" | "frame">,
): Amendment {
  const [, factNumber = "", fingerprint = ""] =
    /^Version (\d+), fingerprint ([0-9a-f]+)$/.exec(
      cellAt(
        facts.find((row) => cellAt(row, 0) === "Amends"),
        1,
      ),
    ) ?? [];
  const [, number = factNumber] = /^This amendment changes version (\d+) of /.exec(recitals[0] ?? "") ?? [];
  return {
    ordinal: Number(/\d+/.exec(title)?.[0] ?? 0),
    title,
    amends: { number: Number(factNumber || number || 0), fingerprint },
    recitals,
    ...rest,
  };
}

function readSheet(rows: readonly ShownRow[], cover: readonly ShownRow[]): Amendment {
  const head = rows.findIndex(({ cells }) => cells[0] === "Code");
  const sections: Amendment["sections"] = [];
  const frame: string[] = [];
  for (const row of rows.slice(head + 1)) {
    const [code, text, domain, what, before, after] = [0, 1, 2, 3, 4, 5].map((column) => cellAt(row, column));
    const clause = { what: what ?? "", before: before ?? "", after: after ?? "" };
    if (clause.what === "" && !code) frame.push(clause.after);
    else if (code) {
      const how = HOWS.find((one) => text?.startsWith(MARKS[one])) ?? "changed";
      sections.push({
        domain: domain ?? "",
        duties: [{ code, text: (text ?? "").slice(MARKS[how].length), how, clauses: [clause] }],
      });
    } else sections.at(-1)?.duties.at(-1)?.clauses.push(clause);
  }
  return amendmentFrom(
    cellAt(rows[0], 0),
    rows.slice(1, Math.max(1, head)).map((row) => cellAt(row, 0)),
    cover,
    { sections, frame },
  );
}

function readChapters(rows: readonly ShownRow[]): Amendment["sections"] {
  const sections: Amendment["sections"] = [];
  for (const row of rows) {
    const heading = cellAt(row, 0);
    if (row.cells.length === 1 && heading !== NONE) sections.push(readHeading(heading));
    else if (row.cells.length > 1 && !(heading === "What" && cellAt(row, 1) === "As it was"))
      sections
        .at(-1)
        ?.duties.at(-1)
        ?.clauses.push({ what: heading, before: cellAt(row, 1), after: cellAt(row, 2) });
  }
  return sections;
}

/**
 * Splits a heading into domain, code and text. An ambiguous heading may be split at the wrong place, but the parts are
 * only joined again for the comparison.
 */
function readHeading(heading: string): Amendment["sections"][number] {
  const [, domain = "", code = "", text = "", suffix = ""] =
    /^([^]*?): (\S+) “([^]*)”(, a new duty|, which no longer applies)?$/.exec(heading) ?? [];
  return {
    domain,
    duties: [{ code, text, how: HOWS.find((how) => SUFFIXES[how] === suffix) ?? "changed", clauses: [] }],
  };
}

/**
 * The differences between the amendment in a file and the one that leads from the version before to the file's own
 * text. The file doesn't contain the version before, so its content isn't disclosed. `drawn` converts a text to what
 * the file's format can show.
 */
export function compareAmendment(
  { amendment: shown, alone, onSheet }: ShownAmendment,
  { matrix, number, writer }: { matrix: Matrix; number: number | null; writer: WriterNumber },
  bases: readonly WithOrdinal[],
  drawn: (text: string) => string,
): Difference[] {
  const candidates = bases.flatMap((base) =>
    statusesOf(base, shown, writer).map((status) => {
      const built = (writer === 1 ? buildEarlierAmendment : buildAmendment)({
        base: { ...base, status, publishedAt: writer === 1 ? dayOf(base.publishedAt) : base.publishedAt },
        matrix,
        becomes: number,
        ordinal: Math.min(Math.max(1, shown.ordinal), base.ordinal),
        writer,
      });
      const expectedLines = linesOf(onSheet ? withClauses(built) : built).map(([place, text]): Line => [
        place,
        drawn(text),
      ]);
      const [expectedTexts, shownTexts] = [
        new Set(expectedLines.map(([, text]) => text)),
        new Set(linesOf(shown).map(([, text]) => text)),
      ];
      const part = alone ? ABOUT : SHEET;
      const added = linesOf(shown)
        .filter(([, text]) => !expectedTexts.has(text))
        .map(([place, text]): Difference => ({
          kind: "altered",
          part,
          subject: place,
          field: "",
          kept: null,
          shown: text,
        }));
      const missingCount = expectedLines.filter(([, text]) => !shownTexts.has(text)).length;
      const missing: Difference[] =
        missingCount > added.length
          ? [
              {
                kind: "missing",
                part,
                subject: missingCount === 1 ? "A line" : `${missingCount} lines`,
                field: "",
                kept: null,
                shown: null,
              },
            ]
          : [];
      const otherBase: Difference[] =
        shown.amends.fingerprint && shown.amends.fingerprint !== base.fingerprint
          ? [{ kind: "altered", part, subject: "", field: "Amends", kept: null, shown: shown.amends.fingerprint }]
          : [];
      return [...otherBase, ...added, ...missing];
    }),
  );
  return candidates.sort((a, b) => a.length - b.length)[0] ?? [];
}

/**
 * The statuses that the file may give for the amended version. The version may have been superseded after the file was
 * written, so earlier statuses are accepted too.
 */
function statusesOf(base: WithOrdinal, { recitals }: Amendment, writer: WriterNumber): string[] {
  if (writer > 1)
    return base.status === "superseded"
      ? ["proposed", "agreed", "superseded"]
      : base.status === "agreed"
        ? ["proposed", "agreed"]
        : [base.status];
  const shownStatus =
    /”, (proposed|agreed|superseded|withdrawn), published on /.exec(recitals[0] ?? "")?.[1] ?? base.status;
  const isPossible =
    shownStatus !== "withdrawn" &&
    base.status !== "withdrawn" &&
    (base.status !== "proposed" || shownStatus === "proposed") &&
    (shownStatus !== "superseded" || base.status !== "agreed");
  return [isPossible ? shownStatus : base.status];
}

function withClauses(amendment: Amendment): Amendment {
  return {
    ...amendment,
    sections: amendment.sections.map(({ domain, duties }) => ({
      domain,
      duties: duties.filter(({ clauses }) => clauses.length > 0),
    })),
  };
}

type Line = [place: string, text: string];

/** The lines of an amendment, each with its subject, so that equal words about different duties are different lines. */
function linesOf({ title, recitals, sections, frame }: Amendment): Line[] {
  const duties = sections.flatMap(({ domain, duties: changed }) =>
    changed.flatMap((duty): Line[] => {
      const heading = amendedTitle(domain, duty);
      return [
        [heading, heading],
        ...duty.clauses.map(({ what, before, after }): Line => [
          `${duty.code} ${duty.text}`,
          [heading, what, `${before} → ${after}`].join(" · "),
        ]),
      ];
    }),
  );
  return [
    ["", title],
    ...recitals.map((text): Line => ["", text]),
    ...duties,
    ...frame.map((text): Line => ["Beside the duties", text]),
  ];
}
