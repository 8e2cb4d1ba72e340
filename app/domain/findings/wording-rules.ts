import { isActive } from "../agreement/agreement";
import { oncePer } from "../cache";
import { nameList } from "../name-list";
import type { Matrix } from "../matrix/matrix";
import type { Duty } from "../matrix/shapes";
import type { Finding } from "./finding";

/**
 * The words that a schedule must define where it uses them, unless a party or a role is called so: the id of the finding,
 * the word in sentences, and how texts write it.
 */
const WATCHED: readonly (readonly [id: string, word: string, pattern: string])[] = [
  ["the-msp", "the MSP", "the msp"],
  ["internal-it", "Internal IT", "internal it"],
  ["the-desk", "the desk", "the desk"],
  ["working-day", "working day", "working days?"],
  ["business-day", "business day", "business days?"],
  ["all-hours", "24x7", "24\\s?[x×/]\\s?7"],
  ["office-hours", "office hours", "office hours"],
  ["working-hours", "working hours", "working hours?"],
  ["target", "target", "targets?"],
  ["priority", "P1 to P5", "p[1-5]"],
];

const whole = (pattern: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, "iu");
const PATTERNS = WATCHED.map(([id, word, pattern]) => ({ id, word, pattern: whole(pattern) }));
const ANY = whole(WATCHED.map(([, , pattern]) => pattern).join("|"));

/** What is found in the words of a schedule: words that nobody defined, and that it has no clauses. */
export function findInWording(matrix: Matrix): Finding[] {
  return [...findNoClauses(matrix), ...findUndefined(matrix)];
}

function findNoClauses({ clauses, duties }: Matrix): Finding[] {
  return clauses.length > 0 || duties.length === 0
    ? []
    : [
        finding("no-clauses", "insight", {
          title: "The schedule has no clauses.",
          why: "Without them it doesn't say which agreement it belongs to, how it changes, or how a dispute is settled.",
          fixes: [{ label: "Put the standard ones in", write: "wording" }],
          about: "",
        }),
      ];
}

function findUndefined(matrix: Matrix): Finding[] {
  const { clauses, definitions, duties, terms } = matrix;
  const names = [...matrix.parties, ...matrix.roles].map(({ name }) => name);
  const known = idsIn([...names, ...definitions.map(({ term }) => term)]);
  const dutiesBy = new Map<string, string[]>();
  for (const duty of duties) {
    if (!isActive(duty)) continue;
    for (const id of usedIn(duty)) dutiesBy.set(id, [...(dutiesBy.get(id) ?? []), duty.id]);
  }
  const standing = clauses.filter(({ struck }) => !struck);
  const others = [
    ...standing.map(({ title, text }) => ({ where: `the clause “${title}”`, ids: idsIn([title, text]) })),
    ...definitions.map(({ term, meaning }) => ({ where: `the definition of “${term}”`, ids: idsIn([meaning]) })),
    { where: "the order of precedence", ids: idsIn([terms.precedence]) },
  ];
  return PATTERNS.flatMap(({ id, word }): Finding[] => {
    const dutyIds = dutiesBy.get(id) ?? [];
    const places = others.filter(({ ids }) => ids.includes(id)).map(({ where }) => where);
    if (known.includes(id) || dutyIds.length + places.length === 0) return [];
    const counted = dutyIds.length === 0 ? [] : [dutyIds.length === 1 ? "one duty" : `${dutyIds.length} duties`];
    return [
      finding("undefined-term", definitions.length === 0 ? "insight" : "warning", {
        key: `undefined-term.${id}`,
        dutyIds,
        title: `“${word}” isn't defined. It stands in ${nameList([...counted, ...places])}.`,
        why: "Each side reads its own meaning into a word that nobody defined.",
        fixes: [{ label: "Define it", write: "wording" }],
        about: JSON.stringify([dutyIds, places]),
      }),
    ];
  });
}

/** The ids of the watched words that a duty uses. */
const usedIn = oncePer(({ text, description, doneWhen, cadence, boundary }: Duty) =>
  idsIn([text, description, doneWhen, cadence, boundary]),
);

/** The watched words in texts. Nearly every text has none, which one pattern tells. */
function idsIn(texts: readonly string[]): string[] {
  const text = texts.join("\n");
  return ANY.test(text) ? PATTERNS.flatMap(({ id, pattern }) => (pattern.test(text) ? [id] : [])) : [];
}

function finding(
  rule: "no-clauses" | "undefined-term",
  severity: "insight" | "warning",
  said: Pick<Finding, "title" | "why" | "fixes" | "about"> & Partial<Finding>,
): Finding {
  return { key: rule, rule, severity, dutyIds: [], roleIds: [], accepted: null, ...said };
}
