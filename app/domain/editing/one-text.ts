import type { CommandOf, MatrixCommand } from "./commands";
import type { Matrix } from "../matrix/matrix";
import type { Duty, Party } from "../matrix/shapes";
import { DOMAIN_FIELDS } from "../parts/domains";
import { DECISION_FIELDS, DECISIONS, DUTY_FIELDS, TEXT_FIELDS, TODAY, TODAY_FIELDS } from "../parts/duties";
import { partsOfPath, type Field } from "../parts/field";
import { FRAME, SETTINGS } from "../parts/frame";
import { LEGAL, LEGAL_FIELDS, PARTY_FIELDS } from "../parts/parties";
import type { AnyThing } from "../parts/part";
import { PART_LIST } from "../parts/registry";
import { ROLE_FIELDS } from "../parts/roles";
import { reject, type Rejection } from "../result";

/**
 * The single text that a command sets: its key, its name in sentences, its present value in the matrix, and the value
 * that the command sets.
 */
export type SingleText = { key: string; called: string; stands: string; set: string };

const TEXT_COMMAND_TYPES = [
  "duty.edit",
  "party.rename",
  "party.describe",
  "role.rename",
  "domain.rename",
  "matrix.rename",
  "matrix.settings",
  "thing.edit",
] as const;
/** A command that can contain the text its writer saw, as `was`. */
export type TextCommand = Extract<MatrixCommand, { type: (typeof TEXT_COMMAND_TYPES)[number] }>;

export function isTextCommand(command: MatrixCommand): command is TextCommand {
  return TEXT_COMMAND_TYPES.some((type) => type === command.type);
}

/** The single text that a command sets on an existing thing; null for every other command. */
export function singleTextOf(matrix: Matrix, command: MatrixCommand): SingleText | null {
  switch (command.type) {
    case "duty.edit": {
      const duty = matrix.duties.find(({ id }) => id === command.dutyId);
      return duty ? dutyText(duty, command.set) : null;
    }
    case "party.rename":
      return nameText(
        matrix.parties.find(({ id }) => id === command.partyId),
        command.name,
        PARTY_FIELDS.name.rule.called,
      );
    case "party.describe":
      return legalText(
        matrix.parties.find(({ id }) => id === command.partyId),
        command.set,
      );
    case "role.rename":
      return nameText(
        matrix.roles.find(({ id }) => id === command.roleId),
        command.name,
        ROLE_FIELDS.name.rule.called,
      );
    case "domain.rename":
      return nameText(
        matrix.domains.find(({ id }) => id === command.domainId),
        command.name,
        DOMAIN_FIELDS.name.rule.called,
      );
    case "matrix.rename":
      return { key: "title", called: FRAME.title.rule.called, stands: matrix.title, set: command.title };
    case "matrix.settings":
      return command.set.ruler === undefined || Object.keys(command.set).length !== 1
        ? null
        : { key: "ruler", called: SETTINGS.ruler.rule.called, stands: matrix.settings.ruler, set: command.set.ruler };
    case "thing.edit":
      return thingText(matrix, command);
    default:
      return null;
  }
}

function thingText(matrix: Matrix, { part: name, thingId, set }: CommandOf<"thing.edit">): SingleText | null {
  const part = PART_LIST.find((one) => one.name === name);
  const things: readonly AnyThing[] = matrix[name];
  const thing = things.find(({ id }) => id === thingId);
  const [[path, value] = ["", null], ...others] = Object.entries(set);
  const { name: field, key, field: inside } = partsOfPath(path);
  const described = part?.fields[field];
  if (!part || !thing || !described || others.length > 0) return null;
  if (key !== null)
    return ofEntry(`${name}/${thingId}/${field}/${key}`, described, { key, inside }, thing[field], value);
  const stands = thing[field];
  if (!described.rule || typeof stands !== "string" || typeof value !== "string") return null;
  return { key: `${name}/${thingId}/${field}`, called: described.rule.called, stands, set: value };
}

/**
 * The text of an entry that holds one: where the entry is there and its text is set to another, or where an entry that is a
 * text is added.
 */
function ofEntry(
  path: string,
  { texts }: Field<unknown>,
  { key, inside }: { key: string; inside: string | null },
  record: unknown,
  value: unknown,
): SingleText | null {
  const entry = new Map<string, unknown>(Object.entries(record ?? {})).get(key);
  const standing = entry ?? (typeof value === "string" && inside === null ? "" : undefined);
  if (!texts || standing === undefined || value === null) return null;
  const changed = inside === null ? value : { ...Object(standing), [inside]: value };
  const [[stands, ...more], [set]] = [texts({ [key]: standing }), texts({ [key]: changed })];
  if (!stands || !set || more.length > 0 || (inside !== null && stands.at !== `${key}.${inside}`)) return null;
  return { key: path, called: stands.rule.called, stands: stands.text, set: set.text };
}

function dutyText(duty: Duty, set: CommandOf<"duty.edit">["set"]): SingleText | null {
  const { code } = duty;
  const [name, ...others] = Object.keys(set);
  if (others.length > 0) return null;
  const field = TEXT_FIELDS.find((one) => one === name);
  if (field)
    return {
      key: `${duty.id}/${field}`,
      called:
        field === "text" ? `${DUTY_FIELDS.text.rule.called} ${code}` : `${DUTY_FIELDS[field].rule.called} of ${code}`,
      stands: duty[field],
      set: set[field] ?? "",
    };
  const decision = onlyField(set.decisions, DECISION_FIELDS);
  if (decision)
    return {
      key: `${duty.id}/decisions/${decision}`,
      called: `“${DECISIONS[decision].label}” of ${code}`,
      stands: duty.decisions[decision] ?? "",
      set: set.decisions?.[decision] ?? "",
    };
  const today = onlyField(set.today, TODAY_FIELDS);
  return today
    ? {
        key: `${duty.id}/today/${today}`,
        called: `“${TODAY[today].label}” of ${code}`,
        stands: duty.today[today] ?? "",
        set: set.today?.[today] ?? "",
      }
    : null;
}

function legalText(party: Party | undefined, set: CommandOf<"party.describe">["set"]): SingleText | null {
  const field = onlyField(set, LEGAL_FIELDS);
  return party && field
    ? {
        key: `${party.id}/legal/${field}`,
        called: `${LEGAL[field].rule.called} of ${party.name}`,
        stands: party.legal[field] ?? "",
        set: set[field] ?? "",
      }
    : null;
}

function onlyField<T extends string>(record: object | undefined, fields: readonly T[]): T | null {
  const [name, ...others] = Object.keys(record ?? {});
  return others.length > 0 ? null : (fields.find((field) => field === name) ?? null);
}

function nameText(item: { id: string; name: string } | undefined, set: string, called: string): SingleText | null {
  return item ? { key: `${item.id}/name`, called, stands: item.name, set } : null;
}

/** The code of a rejection because somebody else changed the same text first. */
export const CHANGED_SINCE = "changed-since";

/**
 * The rejection when somebody changed the text after its writer began to edit. A command without `was` overwrites the
 * text.
 */
export function textConflict(matrix: Matrix, command: MatrixCommand): Rejection | null {
  if (!isTextCommand(command) || command.was === undefined) return null;
  const text = singleTextOf(matrix, command);
  if (!text || text.stands === command.was) return null;
  return reject(CHANGED_SINCE, `${text.called} was changed meanwhile. Choose which of the two texts stands.`).rejection;
}
