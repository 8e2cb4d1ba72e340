import type { Fact, TextBlock } from "../blocks";
import { dayWords } from "../day-words";
import type { AuthorityKind, Conversation, EscalationPath } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import { amountWords, AUTHORITY_KINDS, STANCES } from "../parts/authorities";
import { CONVERSATION_KINDS } from "../parts/conversations";
import { holidayWords, weekInRuns, weekWords } from "../parts/hours";
import type { CollectionName, Things } from "../parts/part";
import { partyName } from "../parts/parties";
import { DOMAIN_FIELDS } from "../parts/domains";
import { callWords, channelWords, DIRECTIONS, levelsInOrder, levelTime, TARGET_NOTE } from "../parts/paths";
import { roleWords, roleWordsOr } from "../parts/role-of";

/** The agreed fields of a thing in words, in the order of its description. `field` is the name or path of the field. */
type WordsOf<T> = (thing: T) => readonly { field: string; label: string; text: string }[];

export type ThingChapter<T> = { title: string; blocks(matrix: Matrix, wordsOf: WordsOf<T>): TextBlock[] };

/**
 * The chapters of the kinds of thing for which a table of their agreed fields doesn't read well. They stand apart from
 * the descriptions, which the browser loads with the board.
 */
export const THING_CHAPTERS: { readonly [Name in CollectionName]?: ThingChapter<Things[Name]> } = {
  paths: { title: "Escalation", blocks: escalationBlocks },
  authorities: { title: "Who may approve what", blocks: authorityBlocks },
  containments: { title: "Containment", blocks: containmentBlocks },
  offLimits: { title: "Systems off limits", blocks: offLimitsBlocks },
  hours: { title: "Working hours", blocks: hoursBlocks },
  offDuties: { title: "Times off duty", blocks: offDutyBlocks },
  conversations: { title: "Communication plan", blocks: planBlocks },
};

/** What may be approved only up to an amount, so that it is said where none is set. */
const OF_MONEY: ReadonlySet<AuthorityKind> = new Set(["spend", "out-of-hours"]);

const DIRECTIONS_NOTE = `${Object.values(DIRECTIONS)
  .map(({ name, leadsTo }, i) => `${i === 0 ? name : name.toLowerCase()} leads ${leadsTo}`)
  .join(", ")}.`;

/** The fields of a conversation that its row of the overview doesn't show. */
const IN_FULL = ["agenda", "inputs", "shared", "clientHolds", "providerHolds"];

function escalationBlocks(matrix: Matrix, wordsOf: WordsOf<EscalationPath>): TextBlock[] {
  return [
    {
      kind: "paragraph",
      look: "plain",
      text: `Minutes are counted from the start of a path, on the clock that the path names. Levels of the same minute are called together. A level that reaches nobody is passed over at once. ${DIRECTIONS_NOTE} ${TARGET_NOTE}`,
    },
    ...matrix.paths.flatMap((path) => {
      const facts = wordsOf(path).filter(({ field }) => field !== "name" && !field.startsWith("levels"));
      return pathBlocks(
        path,
        matrix,
        facts.map(({ label, text }) => ({ label, value: text })),
      );
    }),
    ...appliedBlocks(matrix),
  ];
}

/** Which path applies to the duties of each domain; nothing where no domain names one. */
function appliedBlocks(matrix: Matrix): TextBlock[] {
  const { domains } = matrix;
  if (domains.every(({ pathId }) => pathId === null)) return [];
  return [
    { kind: "heading", text: "Which path applies" },
    {
      kind: "paragraph",
      look: "plain",
      text: "A duty follows the path of its domain, unless it names a path of its own among what else is agreed on it.",
    },
    {
      kind: "table",
      label: "Which path applies",
      columns: [
        { title: "Domain", share: 60 },
        { title: DOMAIN_FIELDS.pathId.label, share: 40 },
      ],
      rows: domains.map(({ name, pathId }) => [name, DOMAIN_FIELDS.pathId.words(pathId, matrix) || "None"]),
    },
  ];
}

function pathBlocks(path: EscalationPath, matrix: Matrix, facts: readonly Fact[]): TextBlock[] {
  const levels = levelsInOrder(path.levels);
  return [
    { kind: "heading", text: path.name },
    { kind: "facts", label: path.name, facts: [...facts] },
    levels.length === 0
      ? { kind: "paragraph", look: "alert", text: "This path has no level yet." }
      : {
          kind: "table",
          label: `Levels of ${path.name}`,
          columns: [
            { title: "When", share: 18 },
            { title: "Who is called", share: 38 },
            { title: "How", share: 20 },
            { title: "What they may do", share: 24 },
          ],
          rows: levels.map(({ level }) => [
            levelTime(level),
            callWords(level.calls, matrix) || "Nobody",
            capital(channelWords(level.channels)) || "By any channel",
            [level.decides ? "May decide." : "", level.may].filter(Boolean).join(" ") || "May not decide.",
          ]),
        },
  ];
}

function authorityBlocks(matrix: Matrix): TextBlock[] {
  return [
    {
      kind: "paragraph",
      look: "plain",
      text: "A deputy may approve where the first role can't be reached.",
    },
    {
      kind: "table",
      label: "Who may approve what",
      columns: [
        { title: "What may be approved", share: 22 },
        { title: "Kind", share: 14 },
        { title: "Up to", share: 12 },
        { title: "Who may", share: 17 },
        { title: "Deputy", share: 17 },
        { title: "Condition", share: 18 },
      ],
      rows: matrix.authorities.map(({ kind, name, upTo, currency, roleId, deputyId, condition }) => [
        name,
        AUTHORITY_KINDS[kind],
        upTo === null ? (OF_MONEY.has(kind) ? "No amount is set" : "") : `${amountWords(upTo)} ${currency}`,
        roleWordsOr("Nobody yet", roleId, matrix),
        roleWordsOr("", deputyId, matrix),
        condition,
      ]),
    },
  ];
}

function containmentBlocks(matrix: Matrix): TextBlock[] {
  return [
    {
      kind: "paragraph",
      look: "plain",
      text: "What may be done to contain an incident: at once, after a call, or never.",
    },
    {
      kind: "table",
      label: "Containment actions",
      columns: [
        { title: "Action", share: 28 },
        { title: "May be taken", share: 15 },
        { title: "Who acts", share: 18 },
        { title: "Who is called first", share: 18 },
        { title: "Condition", share: 21 },
      ],
      rows: matrix.containments.map(({ action, stance, roleId, callsId, condition }) => [
        action,
        STANCES[stance],
        stance === "never" ? roleWordsOr("", roleId, matrix) : roleWordsOr("Nobody yet", roleId, matrix),
        roleWordsOr(stance === "call-first" ? "Nobody yet" : "", callsId, matrix),
        condition,
      ]),
    },
  ];
}

function planBlocks(matrix: Matrix, wordsOf: WordsOf<Conversation>): TextBlock[] {
  return [
    {
      kind: "table",
      label: "Communication plan",
      columns: [
        { title: "Conversation", share: 22 },
        { title: "How often", share: 16 },
        { title: "Where", share: 14 },
        { title: "For the client", share: 16 },
        { title: "For the provider", share: 16 },
        { title: "Led by", share: 16 },
      ],
      rows: matrix.conversations.map(({ kind, name, cadence, place, clientRoleId, providerRoleId, leadsId }) => [
        kind === "other" || name === CONVERSATION_KINDS[kind]
          ? name
          : `${name} (${CONVERSATION_KINDS[kind].toLowerCase()})`,
        cadence,
        place,
        roleWordsOr("Nobody yet", clientRoleId, matrix),
        roleWordsOr("Nobody yet", providerRoleId, matrix),
        roleWordsOr("", leadsId, matrix),
      ]),
    },
    ...matrix.conversations.flatMap((conversation): TextBlock[] => {
      const facts = wordsOf(conversation)
        .filter(({ field }) => IN_FULL.includes(field))
        .map(({ label, text }) => ({ label, value: text }));
      return facts.length === 0
        ? []
        : [
            { kind: "heading", text: conversation.name },
            { kind: "facts", label: conversation.name, facts },
          ];
    }),
  ];
}

function hoursBlocks(matrix: Matrix): TextBlock[] {
  return matrix.hours.flatMap(({ partyId, timeZone: zone, week, holidays, billable }): TextBlock[] => {
    const party = partyName(matrix, partyId);
    const days = holidayWords(holidays);
    return [
      { kind: "heading", text: party },
      {
        kind: "facts",
        label: `Working hours of ${party}`,
        facts: [
          { label: "Time zone", value: zone },
          ...weekInRuns(week).map(({ days: run, hours }) => ({ label: run, value: hours || "No working hours" })),
          ...(billable === "" ? [] : [{ label: "Billed outside these hours", value: billable }]),
        ],
      },
      days.length === 0
        ? { kind: "paragraph", look: "quiet", text: "No holiday is agreed." }
        : {
            kind: "table",
            label: `Holidays of ${party}`,
            columns: [
              { title: "Holiday", share: 62 },
              { title: "Day", share: 38 },
            ],
            rows: days.map(({ label, text }) => [text, label]),
          },
    ];
  });
}

function offDutyBlocks(matrix: Matrix): TextBlock[] {
  return [
    {
      kind: "paragraph",
      look: "plain",
      text: "A role is agreed to be off duty at these times. Nobody is missing then.",
    },
    {
      kind: "table",
      label: "Times off duty",
      columns: [
        { title: "Role", share: 24 },
        { title: "Off duty each week", share: 28 },
        { title: "Off duty on", share: 22 },
        { title: "Reason", share: 26 },
      ],
      rows: matrix.offDuties.map(({ roleId, timeZone: zone, week, days, reason }) => {
        const weekly = weekWords(week);
        return [
          roleWords(roleId, matrix),
          weekly === "" ? "" : `${weekly} (${zone})`,
          days.map(dayWords).join(", "),
          reason,
        ];
      }),
    },
  ];
}

function offLimitsBlocks({ offLimits }: Matrix): TextBlock[] {
  return [
    {
      kind: "paragraph",
      look: "plain",
      text: "Nobody touches these systems in an incident without asking.",
    },
    {
      kind: "table",
      label: "Systems off limits",
      columns: [
        { title: "System", share: 40 },
        { title: "Reason", share: 60 },
      ],
      rows: offLimits.map(({ system, reason }) => [system, reason]),
    },
  ];
}

function capital(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
