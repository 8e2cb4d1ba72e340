import type { OnCallFile, OnCallLevel, OnCallPath } from "~/domain/escalation/on-call-file";
import { minuteWords } from "~/domain/minute-words";
import { normalised } from "~/domain/text";

/**
 * The fewest minutes between two rules. The provider's schema takes 1; PagerDuty's own page asks for 3 where a rule has several
 * targets, and a schedule may stand for several.
 */
export const LEAST_DELAY = 3;

/** Accounts were refused a rule with more targets than this. */
const MANY_TARGETS = 5;

/**
 * The paths as Terraform for PagerDuty: an escalation policy each, and a variable for the people and schedules of each role.
 * What PagerDuty can't do as it is agreed is said in a comment where it differs.
 */
export function writeTerraform(file: OnCallFile): string {
  const client = file.parties.find(({ kind }) => kind === "client")?.name ?? file.title;
  const variables = identifiers("role", file.roles);
  const resources = identifiers("path", file.paths);
  const names = uniqueNames(file.paths.map(({ name }) => `${client}: ${name}`));
  const blocks = [
    headOf(file),
    TERRAFORM,
    ...file.roles.map(({ id, name, partyId }) => variableOf(variables.get(id) ?? "", name, partyNameOf(file, partyId))),
    ...file.paths.map((path, i) =>
      policyOf({ file, path, variables, identifier: resources.get(path.id) ?? "", name: names[i] ?? path.name }),
    ),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function headOf({ title, edition, paths }: OnCallFile): string {
  const of =
    edition.kind === "draft"
      ? "the draft, which nobody has signed"
      : `version ${edition.number} (${edition.status}), fingerprint ${edition.fingerprint}`;
  return [
    comment(`Escalation paths of ${oneLine(title)}: ${of}.`),
    comment(
      "Give each role the people or schedules of PagerDuty that stand behind it. Their names are no part of this file.",
    ),
    comment("Delays are whole minutes from one rule to the next; what was agreed counts from the start of a path."),
    ...(paths.length === 0 ? [comment("No escalation path is agreed.")] : []),
  ].join("\n");
}

const TERRAFORM = `terraform {
  required_providers {
    pagerduty = {
      source = "PagerDuty/pagerduty"
    }
  }
}`;

function variableOf(identifier: string, role: string, party: string): string {
  return `variable "${identifier}" {
  description = ${quotedText(`Who is called for the role ${role} of ${party}: people (user_reference) or schedules (schedule_reference).`)}
  type = list(object({
    type = string
    id   = string
  }))

  validation {
    condition     = length(var.${identifier}) > 0
    error_message = "A rule without a target is refused. Name at least one person or schedule."
  }
}`;
}

type PolicyFacts = {
  file: OnCallFile;
  path: OnCallPath;
  variables: ReadonlyMap<string, string>;
  identifier: string;
  name: string;
};

function policyOf({ file, path, variables, identifier, name }: PolicyFacts): string {
  const rules = rulesOf(path);
  const heading = pathComments(file, path);
  if (rules.length === 0) return [...heading, comment("It calls nobody, so there is no policy for it.")].join("\n");
  return [
    ...heading,
    `resource "pagerduty_escalation_policy" "${identifier}" {`,
    `  name        = ${quotedText(name)}`,
    `  description = ${quotedText(descriptionOf(path))}`,
    `  num_loops   = ${path.repeats}`,
    ...rules.map((rule) => `\n${ruleText(rule, variables)}`),
    "}",
  ].join("\n");
}

function pathComments({ hours, parties }: OnCallFile, { name, clock, decisionTargetMinutes }: OnCallPath): string[] {
  const partyId = clock.kind === "always" ? null : clock.partyId;
  const party = parties.find(({ id }) => id === partyId)?.name ?? "a party";
  const agreed = hours.some((one) => one.partyId === partyId) ? "" : ", which aren't agreed yet";
  return [
    comment(oneLine(name)),
    ...(partyId === null
      ? []
      : [
          comment(
            `Its minutes count only in the working hours of ${oneLine(party)}${agreed}. A policy counts every minute: let the service decide when it applies.`,
          ),
        ]),
    ...(decisionTargetMinutes === null
      ? []
      : [comment(`Target, no guarantee: somebody may decide within ${minuteWords(decisionTargetMinutes)}.`)]),
  ];
}

/** A rule of a policy: whom it calls, the minutes until the next, and where it differs from what is agreed. */
type Rule = { roleIds: string[]; delay: number; notes: string[] };

/**
 * The rules of a path. Levels that call nobody are passed over, so that the next one takes their minute. A policy begins with
 * its first rule at once; levels keep the minute agreed from the start of the path wherever the least delay lets them.
 */
function rulesOf(path: OnCallPath): Rule[] {
  const { reached, end } = levelsReached(path.levels);
  let at = 0;
  return reached.map(({ level, minutes, passedOver }, i): Rule => {
    const next = reached[i + 1]?.minutes ?? end ?? path.roundMinutes;
    const agreed = next - (i === 0 ? 0 : minutes);
    const delay = Math.max(LEAST_DELAY, next - at);
    at += delay;
    return {
      roleIds: level.calls.map(({ roleId }) => roleId),
      delay,
      notes: [
        ...noteIf(passedOver, "A level before this one calls nobody and is passed over."),
        ...noteIf(
          i === 0 && minutes > 0,
          `Agreed after ${minuteWords(minutes)}; a policy calls its first rule at once.`,
        ),
        ...noteIf(
          delay > agreed,
          `Raised from ${minuteWords(agreed)} to ${delay}, the fewest that PagerDuty takes for every rule.`,
        ),
        ...noteIf(
          delay < agreed,
          `Lowered from ${minuteWords(agreed)}, since a rule before it was raised: what follows keeps its minute.`,
        ),
        ...noteIf(level.calls.length > MANY_TARGETS, `Some accounts take at most ${MANY_TARGETS} targets in a rule.`),
      ],
    };
  });
}

function noteIf(applies: boolean, note: string): string[] {
  return applies ? [note] : [];
}

type Reached = { level: OnCallLevel; minutes: number; passedOver: boolean };

/** The levels that call somebody, each at the minute at which it is called; `end` is that of levels without calls at the end. */
function levelsReached(levels: readonly OnCallLevel[]): { reached: Reached[]; end: number | null } {
  const reached: Reached[] = [];
  let passedOverAt: number | null = null;
  for (const level of levels) {
    if (level.calls.length === 0) passedOverAt ??= level.minutes;
    else {
      reached.push({ level, minutes: passedOverAt ?? level.minutes, passedOver: passedOverAt !== null });
      passedOverAt = null;
    }
  }
  return { reached, end: passedOverAt };
}

function ruleText({ roleIds, delay, notes }: Rule, variables: ReadonlyMap<string, string>): string {
  const roles = roleIds.map((id) => `var.${variables.get(id) ?? ""}`).join(", ");
  return [
    "  rule {",
    ...notes.map((note) => `    ${comment(note)}`),
    `    escalation_delay_in_minutes = ${delay}`,
    "",
    '    dynamic "target" {',
    `      for_each = distinct(concat(${roles}))`,
    "      content {",
    "        type = target.value.type",
    "        id   = target.value.id",
    "      }",
    "    }",
    "  }",
  ].join("\n");
}

/** What a policy has no field for: when the path begins, what is handed over, and what holds where nobody answers. */
function descriptionOf({ trigger, handover, lastResort, updateEveryMinutes }: OnCallPath): string {
  return [
    trigger,
    handover && `Handed over with each call: ${handover}`,
    updateEveryMinutes === null ? "" : `An update every ${minuteWords(updateEveryMinutes)}.`,
    lastResort && `When nobody answers: ${lastResort}`,
  ]
    .filter(Boolean)
    .join("\n");
}

function partyNameOf({ parties }: OnCallFile, partyId: string): string {
  return parties.find(({ id }) => id === partyId)?.name ?? "a party";
}

/** Identifiers by id: letters, digits and underscores of a name behind a prefix, each given once. */
function identifiers(prefix: string, things: readonly { id: string; name: string }[]): Map<string, string> {
  const given = new Set<string>();
  return new Map(
    things.map(({ id, name }) => {
      const words =
        normalised(name, "NFKD")
          .toLowerCase()
          .match(/[a-z0-9]+/g) ?? [];
      const plain = [prefix, ...words].join("_").slice(0, 60);
      let identifier = words.length === 0 ? `${prefix}_1` : plain;
      for (let count = 2; given.has(identifier); count++)
        identifier = words.length === 0 ? `${prefix}_${count}` : `${plain}_${count}`;
      given.add(identifier);
      return [id, identifier];
    }),
  );
}

/** The names, with a number behind those that stood before: an account has one policy of a name. */
function uniqueNames(names: readonly string[]): string[] {
  const given = new Set<string>();
  return names.map((name) => {
    let unique = name;
    for (let count = 2; given.has(unique); count++) unique = `${name} (${count})`;
    given.add(unique);
    return unique;
  });
}

/**
 * A text as a string of HCL on one line. Dollar and percent signs before a brace begin a template there, so they are written
 * by their numbers.
 */
function quotedText(text: string): string {
  const inside = text.replace(/["\\]|[$%](?=\{)|\p{C}|[\u2028\u2029]/gu, (character) => {
    if (character === "\n") return "\\n";
    if (character === '"' || character === "\\") return `\\${character}`;
    const code = (character.codePointAt(0) ?? 0).toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
  });
  return `"${inside}"`;
}

function comment(text: string): string {
  return `# ${text}`;
}

/** People's words on one line, without characters that can't be seen: a comment ends with its line. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{C}\u2028\u2029]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();
}
