import { dayWords } from "../day-words";
import { isDay, isYetToCome } from "../days";
import { LIMITS } from "../limits";
import type { Matrix } from "../matrix/matrix";
import type { PartyKind } from "../matrix/shapes";
import { checkText, hasVisibleText, type TextRule } from "../text";

/** The largest sizes of drills. They stand here, since the pages that have no drill load those of everything else. */
export const DRILL_LIMITS = {
  /** Drills of an engagement. */
  drills: 500,
  /** Names of those who took part. */
  names: 60,
  learned: 4_000,
  change: 500,
  /** Things to change; each is four fields of a form. */
  changes: 20,
  /** The query of the scenario's link. */
  query: 2_000,
} as const;

/** Something that should change after a drill. */
export type DrillChange = {
  id: string;
  text: string;
  /** Who sees to it, as it was written; empty where nobody was named. */
  owner: string;
  /** The id of the party or role of that name, so that a new name is followed; null where the name is of something else. */
  ownerId: string | null;
  /** The day (YYYY-MM-DD) by which it is changed; null where none was said. */
  by: string | null;
  /** Who said that it is done, on which day; null while it isn't. */
  done: { on: string; by: string } | null;
};

/** A drill: somebody tried what happens when people are called, and wrote down what came of it. */
export type Drill = {
  id: string;
  /** The matrix whose paths were tried. */
  matrixId: string;
  /** The day (YYYY-MM-DD) of the drill. */
  day: string;
  scenario: string;
  /** The query of the link to the scenario that was tried; empty where there is none. */
  query: string;
  tookPart: string[];
  learned: string;
  changes: DrillChange[];
  recordedById: string;
  recordedByName: string;
  /** The side of whoever recorded it. */
  side: PartyKind;
  /** When it was recorded, in ISO 8601. */
  recordedAt: string;
  /** The number of corrections. It detects two at the same time. */
  revision: number;
};

/** What a form says of a drill; those who took part one a line. */
export type DrillForm = Pick<Drill, "day" | "scenario" | "query" | "learned"> & {
  tookPart: string;
  changes: { id: string; text: string; owner: string; by: string }[];
};
/** The fields that a form sets. */
type DrillValues = Pick<Drill, "day" | "scenario" | "query" | "tookPart" | "learned" | "changes">;

const SCENARIO: TextRule = { called: "The scenario", max: LIMITS.name, lines: false, optional: false };
const NAME: TextRule = { called: "A name", max: LIMITS.name, lines: false, optional: false };
const LEARNED: TextRule = { called: "What was learned", max: DRILL_LIMITS.learned, lines: true, optional: true };
const CHANGE: TextRule = { called: "What to change", max: DRILL_LIMITS.change, lines: false, optional: false };
const OWNER: TextRule = { called: "Who sees to it", max: LIMITS.name, lines: false, optional: true };

type DrillCheck = { ok: true; value: DrillValues } | { ok: false; errors: Record<string, string> };
type WithOwners = Pick<Matrix, "parties" | "roles">;

/**
 * The stored form of a drill, or a sentence for each field that needs another look. What was ticked off before stays
 * so.
 */
export function checkDrill(
  form: DrillForm,
  { matrix, before, now }: { matrix: WithOwners; before: readonly DrillChange[]; now: Date },
): DrillCheck {
  const errors: Record<string, string> = {};
  const checked = (field: string, text: string, rule: TextRule) => {
    const result = checkText(text, rule);
    if (result.ok) return result.value;
    errors[field] ??= result.rejection.message;
    return "";
  };
  const scenario = checked("scenario", form.scenario, SCENARIO);
  if (!isDay(form.day)) errors.day = "Choose the day of the drill, as in 2026-11-27.";
  else if (isYetToCome(form.day, now)) errors.day = "That day is yet to come. Record the drill once it took place.";
  const tookPart = [
    ...new Set(
      form.tookPart
        .split(/\r\n?|\n/)
        .filter(hasVisibleText)
        .map((line) => checked("tookPart", line, NAME)),
    ),
  ];
  if (tookPart.length === 0) errors.tookPart = "Write down who took part, one name a line.";
  if (tookPart.length > DRILL_LIMITS.names)
    errors.tookPart = `At most ${DRILL_LIMITS.names} names fit. Name teams instead.`;
  const learned = checked("learned", form.learned, LEARNED);
  const changes = form.changes.flatMap(({ id, text, owner, by }, i): DrillChange[] => {
    if (!hasVisibleText(`${text}${owner}${by}`)) return [];
    if (by !== "" && !isDay(by)) errors[`changeBy${i}`] = "Choose a day, as in 2026-12-24.";
    const name = checked(`changeOwner${i}`, owner, OWNER);
    return [
      {
        id,
        text: checked(`changeText${i}`, text, CHANGE),
        owner: name,
        ownerId: namedOwner(matrix, name),
        by: by || null,
        done: before.find((change) => change.id === id)?.done ?? null,
      },
    ];
  });
  if (changes.length > DRILL_LIMITS.changes)
    errors.form = `A drill has at most ${DRILL_LIMITS.changes} things to change. Keep those that matter most.`;
  return Object.keys(errors).length > 0
    ? { ok: false, errors }
    : { ok: true, value: { day: form.day, scenario, query: form.query, tookPart, learned, changes } };
}

function namedOwner({ parties, roles }: WithOwners, name: string): string | null {
  if (name === "") return null;
  const same = (other: { name: string }) => other.name.toLowerCase() === name.toLowerCase();
  return (roles.find(same) ?? parties.find(same))?.id ?? null;
}

/** Who sees to a change, by the name that their role or party has; empty where nobody was named. */
export function changeOwner({ parties, roles }: WithOwners, { owner, ownerId }: DrillChange): string {
  return [...roles, ...parties].find(({ id }) => id === ownerId)?.name ?? owner;
}

/** The changes that aren't done yet. */
export function openChanges({ changes }: Pick<Drill, "changes">): DrillChange[] {
  return changes.filter(({ done }) => done === null);
}

/** The changes, of which one is done, or isn't done after all. */
export function tickChange(
  changes: readonly DrillChange[],
  changeId: string,
  done: DrillChange["done"],
): DrillChange[] {
  return changes.map((change) => (change.id === changeId ? { ...change, done } : change));
}

/** What was said of a drill, for the record: who took part, what was learned, and what to change. */
export function drillFacts(
  matrix: WithOwners,
  { id, day, scenario, tookPart, learned, changes }: DrillValues & { id: string },
): Record<string, string> {
  return {
    drillId: id,
    scenario,
    day,
    tookPart: tookPart.join(", "),
    learned,
    changes: changes
      .map((change) => {
        const facts = [changeOwner(matrix, change), change.by && `by ${dayWords(change.by)}`].filter(Boolean);
        return `“${change.text}”${facts.length > 0 ? ` (${facts.join(", ")})` : ""}`;
      })
      .join("; "),
  };
}

type Facts = Readonly<Record<string, unknown>>;

/** A drill as a sentence names it, from the facts that a log keeps of it. */
export function drillCalled({ day, scenario }: Facts): string {
  return `the drill “${scenario}” of ${dayWords(String(day))}`;
}

/** What was said of a drill in sentences, from the facts that a log keeps of it. */
export function drillWords({ tookPart, learned, changes }: Facts): string {
  const parts = [
    ["Took part", tookPart],
    ["Learned", learned],
    ["To change", changes],
  ] as const;
  return parts.flatMap(([label, text]) => (text ? [`${label}: ${sentenceEnd(String(text))}`] : [])).join(" ");
}

function sentenceEnd(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
