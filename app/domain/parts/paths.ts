import { LIMITS } from "../limits";
import type { Channel, Clock, Direction, EscalationPath, Level, PathKind } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { minuteWords } from "../minute-words";
import type { TextRule } from "../text";
import { agreed, textField, type EntryWords, type Fields } from "./field";
import { MARK_FIELDS } from "./marks";
import type { Part } from "./part";
import { partyName } from "./parties";
import type { Problem } from "./problem";

export const PATH_KINDS: Record<PathKind, string> = {
  incident: "Incident",
  security: "Security",
  decision: "Decision",
  risk: "Risk",
  disagreement: "Disagreement about ownership or money",
};

export const CHANNELS: Record<Channel, string> = {
  phone: "phone",
  bridge: "bridge call",
  sms: "SMS",
  chat: "chat",
  ticket: "ticket",
  email: "e-mail",
};

/** The three directions of a call, and what each leads to. */
export const DIRECTIONS: Record<Direction, { name: string; leadsTo: string }> = {
  up: { name: "Up", leadsTo: "to more authority" },
  sideways: { name: "Sideways", leadsTo: "to more skill" },
  across: { name: "Across", leadsTo: "to the other organisation" },
};

export const LEVEL_MAY: TextRule = { called: "What a level may do", max: LIMITS.decision, lines: true, optional: true };

const minutes = (label: string) =>
  agreed<number | null>({ label, words: (value) => (value === null ? "" : minuteWords(value)) });

export const PATH_FIELDS = {
  kind: agreed<PathKind>({ label: "Kind", words: (kind) => PATH_KINDS[kind] }),
  name: textField("Name", { called: "The path's name", max: LIMITS.name, optional: false }),
  trigger: textField("When it begins", { called: "When a path begins", max: LIMITS.trigger, lines: true }),
  examples: textField("Examples", { called: "A path's examples", max: LIMITS.examples, lines: true }),
  clock: agreed<Clock>({ label: "Clock", words: clockWords }),
  levels: agreed<EscalationPath["levels"]>({
    label: "Levels",
    preset: "neutral",
    entries: { named: null, holdsNull: false, byField: true, each: levelsInWords },
    words: (levels, matrix) =>
      levelsInWords(levels, matrix)
        .map(({ text }) => text)
        .join("\n"),
    texts: (levels) => Object.entries(levels).map(([id, { may }]) => ({ at: `${id}.may`, text: may, rule: LEVEL_MAY })),
    marked: (levels, { roles }) =>
      levelsInOrder(levels).map(({ id, level }) => [
        id,
        level,
        level.calls.map(({ roleId }) => roles.find((role) => role.id === roleId)?.partyId ?? ""),
      ]),
    rewritten: (levels, write) =>
      Object.fromEntries(
        Object.entries(levels).map(([id, level]) => [id, { ...level, may: write(level.may, LEVEL_MAY) }]),
      ),
  }),
  repeats: agreed<number>({ label: "Begins again", assumed: 0, words: repeatWords }),
  roundMinutes: minutes("Nobody has answered after"),
  updateMinutes: minutes("An update every"),
  decisionTarget: minutes("Target: somebody may decide within"),
  restoreTarget: minutes("Target: contained or restored within"),
  handover: textField("Handed over with each call", {
    called: "What is handed over",
    max: LIMITS.handover,
    lines: true,
  }),
  lastResort: textField("When nobody answers", {
    called: "What holds when nobody answers",
    max: LIMITS.lastResort,
    lines: true,
  }),
  ...MARK_FIELDS,
} satisfies Fields<Omit<EscalationPath, "id">>;

export const PATHS: Part<EscalationPath> = {
  name: "paths",
  one: "escalation path",
  many: "escalation paths",
  limit: LIMITS.paths,
  since: 3,
  fields: PATH_FIELDS,
  title: ({ name }) => `The escalation path ${name}`,
  titled: ["name"],
  editing: "common",
  references: [
    {
      to: "roles",
      ids: ({ levels }) => Object.values(levels).flatMap(({ calls }) => calls.map(({ roleId }) => roleId)),
      gone: (path, roleId) => ({
        ...path,
        levels: Object.fromEntries(
          Object.entries(path.levels).map(([id, level]) => [
            id,
            { ...level, calls: level.calls.filter((call) => call.roleId !== roleId) },
          ]),
        ),
      }),
    },
    { to: "parties", ids: ({ clock }) => (clock.kind === "always" ? [] : [clock.partyId]), gone: "refuse" },
  ],
  blank: ({ id }) => blankPath(id),
  formProblems: levelProblems,
  problems: markProblems,
};

/** A path of which nothing is known but its id. */
export function blankPath(id: string): EscalationPath {
  return {
    id,
    kind: "incident",
    name: "",
    trigger: "",
    examples: "",
    clock: { kind: "always" },
    levels: {},
    repeats: 0,
    roundMinutes: null,
    updateMinutes: null,
    decisionTarget: null,
    restoreTarget: null,
    handover: "",
    lastResort: "",
    marks: {},
    ruling: null,
  };
}

/** A path's levels in the order in which they are reached: by their minutes, those of the same minute by their id. */
export function levelsInOrder(levels: EscalationPath["levels"]): { id: string; level: Level }[] {
  return Object.entries(levels)
    .map(([id, level]) => ({ id, level }))
    .sort((a, b) => a.level.minutes - b.level.minutes || (a.id < b.id ? -1 : 1));
}

/** When a level is reached, in words. */
export function levelTime({ minutes: after }: Pick<Level, "minutes">): string {
  return after === 0 ? "At the start" : `After ${minuteWords(after)}`;
}

/** The channels of a level in words, in the order in which they are tried. */
export function channelWords(channels: readonly Channel[]): string {
  return channels.map((channel) => CHANNELS[channel]).join(", then ");
}

/** Whose time the minutes of a path are, in words. */
export function clockWords(clock: Clock, matrix: Pick<Matrix, "parties">): string {
  return clock.kind === "always" ? "24x7" : `The working hours of ${partyName(matrix, clock.partyId)}`;
}

function repeatWords(repeats: number): string {
  if (repeats === 0) return "No";
  return repeats === 1 ? "Once, from the first level" : `${repeats} times, from the first level`;
}

export function callWords(calls: Level["calls"], { roles, parties }: Pick<Matrix, "roles" | "parties">): string {
  return calls
    .map(({ roleId, direction }) => {
      const role = roles.find(({ id }) => id === roleId);
      const party = role ? partyName({ parties }, role.partyId) : "";
      return `${role?.name ?? "another role"}${party === "" ? "" : ` (${party})`}, ${DIRECTIONS[direction].name.toLowerCase()}`;
    })
    .join("; ");
}

function levelsInWords(levels: EscalationPath["levels"], matrix: Matrix): EntryWords[] {
  return levelsInOrder(levels).map(({ id, level }) => ({
    key: id,
    label: `Level: ${levelTime(level).toLowerCase()}`,
    text: [
      `${levelTime(level)}: ${callWords(level.calls, matrix) || "nobody is called"}`,
      channelWords(level.channels),
      level.decides ? "may decide" : "",
      level.may,
    ]
      .filter(Boolean)
      .join(". "),
  }));
}

/** Marks of somebody who is neither the client nor the provider. */
function* markProblems({ paths, parties }: Matrix): Generator<Problem> {
  for (const [i, { name, marks }] of paths.entries())
    for (const partyId of Object.keys(marks)) {
      if ((parties.find(({ id }) => id === partyId)?.kind ?? "third-party") === "third-party")
        yield {
          path: `paths[${i}].marks`,
          message: `${name} is marked by somebody who isn't the client or the provider.`,
        };
    }
}

function levelProblems({ name, levels }: EscalationPath, at: string): Problem[] {
  const problems: Problem[] = [];
  const all = Object.entries(levels);
  if (all.length > LIMITS.levels)
    problems.push({
      path: `${at}.levels`,
      message: `${name} has more than ${LIMITS.levels} levels. Join some of them.`,
    });
  for (const [id, { calls, channels }] of all) {
    if (new Set(calls.map(({ roleId }) => roleId)).size < calls.length)
      problems.push({ path: `${at}.levels.${id}`, message: `${name} calls a role twice at one level. Call it once.` });
    if (new Set(channels).size < channels.length)
      problems.push({
        path: `${at}.levels.${id}`,
        message: `${name} names a channel twice at one level. Name it once.`,
      });
  }
  return problems;
}

/** Targets are what both sides aim at. */
export const TARGET_NOTE =
  "A target says what both parties aim at. It is no guarantee and no service level, unless the agreement says so.";
