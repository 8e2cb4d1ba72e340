import { z } from "zod";
import { pathSchema, partyHoursSchema, type EscalationPath } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { idSchema, partySchema, roleSchema } from "../matrix/shapes";
import { levelsInOrder } from "../parts/paths";
import { roundOf } from "./call-path-of";

/** The version of the file format. It increases when a reader of the previous format would misread a new file. */
export const ON_CALL_VERSION = 1;

const { kind, trigger, examples, clock, levels, repeats, handover, lastResort } = pathSchema.shape;
const { direction } = levels.valueType.shape.calls.element.shape;
const { channels, minutes } = levels.valueType.shape;
const minutesOrNull = pathSchema.shape.updateMinutes;
const { timeZone, week, holidays } = partyHoursSchema.shape;

const levelSchema = z.object({
  minutes: minutes.describe("From the start of a round, on the path's clock"),
  minutesAfterPrevious: minutes.describe("From the level before; of the first level, from the start of the round"),
  calls: z
    .array(
      z.object({
        roleId: idSchema,
        direction: direction.describe("To more authority, to more skill, or to the other organisation"),
        channels: channels.describe("In the order in which they are tried; none: any may be used"),
        mayDecide: z.boolean().describe("Whether whoever answers may decide what the path is for"),
      }),
    )
    .describe("The roles called at the same moment. Nobody: the level is passed over, and the next one called at once"),
  may: z.string().describe("What whoever answers may do, in words"),
});

const onCallPathSchema = z.object({
  id: idSchema,
  name: z.string(),
  kind,
  trigger: trigger.describe("When the path begins, in business words"),
  examples,
  clock: clock.describe("Whether its minutes count always, or only in the working hours of a party"),
  levels: z.array(levelSchema).describe("In the order in which they are reached, no two at the same minute"),
  repeats: repeats.describe("How often the levels are gone through again where nobody answered"),
  roundMinutes: z
    .number()
    .int()
    .positive()
    .describe("When a round without an answer is over, from its start: then the next begins, or the last resort holds"),
  updateEveryMinutes: minutesOrNull,
  decisionTargetMinutes: minutesOrNull.describe("Until somebody may decide. A target, no guarantee"),
  restoreTargetMinutes: minutesOrNull.describe("Until it is contained or restored. A target, no guarantee"),
  handover: handover.describe("What is handed over with each call"),
  lastResort: lastResort.describe("What holds where nobody answers"),
});

/** Agreed paths as a JSON file that on-call tools can be set up from. `docs/on-call-file.md` is generated from this schema. */
export const onCallFileSchema = z.object({
  format: z.literal("demarc.on-call"),
  version: z.literal(ON_CALL_VERSION),
  title: z.string().describe("The matrix that the paths are of"),
  edition: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("draft") }),
      z.object({
        kind: z.literal("version"),
        number: z.number().int().positive(),
        status: z.string(),
        fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    ])
    .describe("The draft, which nobody has signed, or the version that says it"),
  parties: z.array(partySchema.pick({ id: true, kind: true, name: true })),
  roles: z
    .array(roleSchema.pick({ id: true, partyId: true, name: true }))
    .describe("The roles that the paths call. Who holds them is no part of the file"),
  hours: z
    .array(z.object({ partyId: idSchema, timeZone, week, holidays }))
    .describe("The working hours that the paths' clocks count, as far as they are agreed"),
  paths: z.array(onCallPathSchema),
});
export type OnCallFile = z.infer<typeof onCallFileSchema>;
export type OnCallPath = OnCallFile["paths"][number];
export type OnCallLevel = OnCallPath["levels"][number];

/** What of an on-call file doesn't come from the matrix. */
export type OnCallEdition = OnCallFile["edition"];

/** The file of one path, or of all where `pathId` is null. Roles, hours and third parties are those that these paths refer to. */
export function onCallFileOf(matrix: Matrix, edition: OnCallEdition, pathId: string | null): OnCallFile {
  const chosen = matrix.paths.filter(({ id }) => pathId === null || id === pathId);
  const paths = chosen.map(onCallPathOf);
  const called = new Set(
    paths.flatMap((path) => path.levels.flatMap(({ calls }) => calls.map(({ roleId }) => roleId))),
  );
  const clocks = new Set(paths.map((path) => (path.clock.kind === "always" ? "" : path.clock.partyId)));
  const roles = matrix.roles.filter(({ id }) => called.has(id));
  const named = new Set([...clocks, ...roles.map(({ partyId }) => partyId)]);
  return {
    format: "demarc.on-call",
    version: ON_CALL_VERSION,
    title: matrix.title,
    edition,
    parties: matrix.parties.flatMap(({ id, kind: side, name }) =>
      side !== "third-party" || named.has(id) ? [{ id, kind: side, name }] : [],
    ),
    roles: roles.map(({ id, partyId, name }) => ({ id, partyId, name })),
    hours: matrix.hours.flatMap(({ partyId, timeZone: zone, week: days, holidays: dated }) =>
      clocks.has(partyId) ? [{ partyId, timeZone: zone, week: days, holidays: dated }] : [],
    ),
    paths,
  };
}

function onCallPathOf(path: EscalationPath): OnCallPath {
  const reached = levelsOf(path.levels);
  return {
    id: path.id,
    name: path.name,
    kind: path.kind,
    trigger: path.trigger,
    examples: path.examples,
    clock: path.clock,
    levels: reached,
    repeats: path.repeats,
    roundMinutes: roundOf(
      reached.map((level) => level.minutes),
      path.roundMinutes,
    ),
    updateEveryMinutes: path.updateMinutes,
    decisionTargetMinutes: path.decisionTarget,
    restoreTargetMinutes: path.restoreTarget,
    handover: path.handover,
    lastResort: path.lastResort,
  };
}

/** The levels of a path, those of the same minute as one: a role that several call is called by the channels of all of them. */
function levelsOf(agreed: EscalationPath["levels"]): OnCallLevel[] {
  const joined: OnCallLevel[] = [];
  for (const { level } of levelsInOrder(agreed)) {
    const before = joined.at(-1);
    const isNew = before?.minutes !== level.minutes;
    const reached =
      before && !isNew
        ? before
        : {
            minutes: level.minutes,
            minutesAfterPrevious: level.minutes - (before?.minutes ?? 0),
            calls: [],
            may: "",
          };
    if (isNew) joined.push(reached);
    reached.may = [reached.may, level.may].filter(Boolean).join("\n");
    for (const { roleId, direction: leadsTo } of level.calls) {
      const known = reached.calls.find((call) => call.roleId === roleId);
      if (known) {
        const isAny = known.channels.length === 0 || level.channels.length === 0;
        known.channels = isAny ? [] : [...new Set([...known.channels, ...level.channels])];
        known.mayDecide ||= level.decides;
      } else
        reached.calls.push({ roleId, direction: leadsTo, channels: [...level.channels], mayDecide: level.decides });
    }
  }
  return joined;
}
