import type { FieldChanges, MatrixDiff } from "../../changes/diff-schema";
import { diffMatrices } from "../../changes/diff";
import { cellText, lettersOf } from "../../matrix/letters";
import type { Matrix } from "../../matrix/matrix";
import type { Duty, Letter } from "../../matrix/shapes";
import { ownerOf, partiesHolding } from "../../matrix/owner";
import { dayWords } from "../../day-words";
import { quoted } from "../../text";

type Both = { before: Matrix; after: Matrix };

const FIELD_WORDS: Record<string, string> = {
  text: "the wording",
  description: "the description",
  doneWhen: "“done when”",
  cadence: "the cadence",
  boundary: "the boundary note",
  workshopQuestion: "the workshop question",
  tools: "tools and standards",
  documentation: "the documentation",
  knowledge: "who holds the knowledge",
  searchWords: "the search words",
  decisions: "how it is decided",
  today: "how it is done today",
};

const SETTING_WORDS: Record<string, string> = {
  "settings/ruler": "Who rules on disputes",
  "settings/manyDoers": "The most roles that do a duty without a warning",
  "settings/manyAsked": "The most roles asked without a warning",
  "settings/answererShare": "The most a role answers for without a warning, in percent,",
  "settings/personDuties": "The most duties that rest on one person without a warning",
};

const TERM_WORDS: Record<string, string> = {
  "terms/agreementReference": "The agreement reference",
  "terms/exhibit": "The exhibit number",
  "terms/precedence": "The order of precedence",
  "terms/effectiveDate": "The effective date",
  "terms/reviewDate": "The review date",
};

/** The list of changes as release 0.1.0 wrote it into its files, by which those are checked. What it says, and how, never changes. */
export function describeDiff(before: Matrix, after: Matrix): string[] {
  const diff = diffMatrices(before, after);
  const both = { before, after };
  return [...dutySentences(both, diff), ...describeFrame(before, after, diff)];
}

/** What a diff changes beside the duties, in sentences: parties, roles, domains, then terms and settings. */
export function describeFrame(before: Matrix, after: Matrix, diff: MatrixDiff): string[] {
  return [...structureSentences({ before, after }, diff), ...termSentences(diff)];
}

function dutySentences({ before, after }: Both, diff: MatrixDiff): string[] {
  const part = diff.duties;
  if (!part) return [];
  const byId = (matrix: Matrix) => new Map(matrix.duties.map((duty) => [duty.id, duty]));
  const was = byId(before);
  const is = byId(after);
  const changed = new Map(part.changed.map(({ id, fields }) => [id, fields]));
  const sentences = after.duties.flatMap((duty) => {
    const old = was.get(duty.id);
    if (!old) return [`${name(duty)} was added. ${standing(after, duty)}`];
    const fields = changed.get(duty.id);
    return fields ? changeSentences({ before, after }, old, duty, fields) : [];
  });
  for (const { id } of part.removed) {
    const old = was.get(id);
    if (old && !is.has(id)) sentences.push(`${name(old)} was removed.`);
  }
  const touched = new Set([...changed.keys(), ...part.added.map(({ id }) => id)]);
  const moved = part.placedAfter.filter(({ id }) => !touched.has(id) && was.has(id)).length;
  if (moved > 0)
    sentences.push(`${moved} ${moved === 1 ? "duty stands" : "duties stand"} in another place of the list.`);
  return sentences;
}

function changeSentences(both: Both, old: Duty, duty: Duty, fields: FieldChanges): string[] {
  const sentences: string[] = [];
  const letters = letterSentence(both, old, duty, fields);
  if (letters) sentences.push(`${name(duty)}: ${letters}`);
  if (fields.text) sentences.push(`${duty.code} “${old.text}” now reads ${quoted(duty.text)}`);
  const touched = new Set(Object.keys(fields).map((path) => path.split("/", 1)[0]));
  const edited = Object.keys(FIELD_WORDS).filter((field) => field !== "text" && touched.has(field));
  if (edited.length > 0)
    sentences.push(`${name(duty)}: ${list(edited.map((field) => FIELD_WORDS[field] ?? field))} changed.`);
  if (fields.domainId) {
    const domain = both.after.domains.find(({ id }) => id === duty.domainId);
    sentences.push(`${name(duty)} moved to ${domain?.name ?? "another domain"}.`);
  }
  if (fields.reserved)
    sentences.push(`${name(duty)} is ${duty.reserved ? "now" : "no longer"} reserved to the client.`);
  if (fields.cover)
    sentences.push(`${name(duty)} is now covered ${duty.cover === "24x7" ? "24x7" : "in office hours"}.`);
  if (fields.stance) sentences.push(`${name(duty)} now counts as ${duty.stance}.`);
  if (fields.earlyWin)
    sentences.push(
      duty.earlyWin
        ? `${name(duty)} is an early win, by ${dayWords(duty.earlyWin)}.`
        : `${name(duty)} is no longer an early win.`,
    );
  if (fields.coverPeriod) sentences.push(`${name(duty)} ${coverWords(both.after, duty)}.`);
  if (fields.standing) sentences.push(`${name(duty)} ${standingWords(duty.standing)}`);
  sentences.push(...markSentences(both, duty, fields));
  return sentences;
}

function coverWords(matrix: Matrix, { coverPeriod }: Duty): string {
  if (!coverPeriod) return "is no longer covered by another party for a period";
  const party = matrix.parties.find(({ id }) => id === coverPeriod.partyId);
  return `is covered by ${party?.name ?? "another party"} from ${dayWords(coverPeriod.from)} to ${dayWords(coverPeriod.to)}`;
}

function standingWords(standing: Duty["standing"]): string {
  switch (standing?.kind) {
    case undefined:
      return "applies like any other duty.";
    case "not-applicable":
      return `doesn't apply${standing.reason ? `: “${standing.reason}”` : ""}.`;
    case "parked":
      return `is parked until ${dayWords(standing.until)}; ${standing.owner} takes it up again.`;
    case "declined":
      return `is declined until ${dayWords(standing.until)} at the risk of ${standing.riskOwner}: “${standing.reason}”.`;
  }
}

function markSentences({ after }: Both, duty: Duty, fields: FieldChanges): string[] {
  const sentences = after.parties.flatMap((party) => {
    if (!fields[`marks/${party.id}`]) return [];
    const mark = duty.marks[party.id];
    if (!mark) return [`${party.name} took back its mark on ${name(duty)}.`];
    return [
      mark.state === "agreed"
        ? `${party.name} agreed to ${name(duty)}.`
        : `${party.name} disputes ${name(duty)}: ${quoted(mark.position)}`,
    ];
  });
  if (!fields.ruling) return sentences;
  const { ruling } = duty;
  if (!ruling) return [...sentences, `The ruling on ${name(duty)} was taken back.`];
  const confirmed = after.parties.filter(({ id }) => ruling.confirmed.includes(id)).map((party) => party.name);
  return [
    ...sentences,
    `${ruling.by} ruled on ${name(duty)}: ${quoted(ruling.what)}${confirmed.length > 0 ? ` Confirmed by ${list(confirmed)}.` : ""}`,
  ];
}

function letterSentence({ before, after }: Both, old: Duty, duty: Duty, fields: FieldChanges): string | null {
  const roleIds = Object.keys(fields).flatMap((path) =>
    path.startsWith("letters/") ? [path.slice("letters/".length)] : [],
  );
  if (roleIds.length === 0) return null;
  const parts: string[] = [];
  const answered = ownerOf(before, old);
  const answers = ownerOf(after, duty);
  if (answered?.id !== answers?.id)
    parts.push(`${answers ? `${answers.name} answers` : "nobody answers"} instead of ${answered?.name ?? "nobody"}`);
  const did = parties(before, old);
  const does = parties(after, duty);
  if (did !== does) parts.push(`${doing(after, duty)} instead of ${did || "nobody"}`);
  const cells = roleIds.map((roleId) => {
    const role = after.roles.find(({ id }) => id === roleId) ?? before.roles.find(({ id }) => id === roleId);
    return `${role?.name ?? "a role"} ${cell(lettersOf(old, roleId))} → ${cell(lettersOf(duty, roleId))}`;
  });
  return `${[...parts, cells.join(", ")].join("; ")}.`;
}

function structureSentences({ before, after }: Both, diff: MatrixDiff): string[] {
  const sentences: string[] = [];
  for (const [part, word] of [
    [diff.parties, "party"],
    [diff.roles, "role"],
    [diff.domains, "domain"],
  ] as const) {
    if (!part) continue;
    for (const { name: added } of part.added) sentences.push(`The ${word} ${added} was added.`);
    for (const { name: removed } of part.removed) sentences.push(`The ${word} ${removed} was removed.`);
    for (const { id, fields } of part.changed) {
      const renamed = fields.name;
      if (renamed) sentences.push(`The ${word} ${String(renamed.before)} is now called ${String(renamed.after)}.`);
      if (fields.partyId)
        sentences.push(
          `The role ${after.roles.find((role) => role.id === id)?.name ?? ""} now belongs to ${after.parties.find((party) => party.id === fields.partyId?.after)?.name ?? "another party"}.`,
        );
      if (fields.lead?.after === true)
        sentences.push(`${after.roles.find((role) => role.id === id)?.name ?? "A role"} is now the lead of its party.`);
      if (fields.engagedBy) {
        const nameOf = (partyId: unknown) => after.parties.find((party) => party.id === partyId)?.name ?? "nobody";
        const third = after.parties.find((party) => party.id === id) ?? before.parties.find((party) => party.id === id);
        sentences.push(`${third?.name ?? "A third party"} is now engaged by ${nameOf(fields.engagedBy.after)}.`);
      }
    }
  }
  return sentences;
}

function termSentences(diff: MatrixDiff): string[] {
  return Object.entries(diff.fields).flatMap(([path, { before, after }]) => {
    if (path === "title") return [`The title is now “${String(after)}”.`];
    if (path === "settings/accountability") {
      return [
        after === "stays-with-client"
          ? "Accountability now stays with the client, whoever does the work."
          : "Accountability now follows the work.",
      ];
    }
    if (path === "settings/scheme")
      return [
        after === "RASCI" ? "The matrix now uses RASCI: S supports who does a duty." : "The matrix now uses RACI.",
      ];
    if (path.startsWith("accepted/"))
      return [
        after === null ? "An accepted warning is open again." : `A warning was accepted: ${acceptedWords(after)}`,
      ];
    const term = TERM_WORDS[path] ?? SETTING_WORDS[path];
    if (!term) return [];
    return [`${term} is now ${shown(after)}; it was ${shown(before)}.`];
  });
}

function acceptedWords(acceptance: unknown): string {
  if (typeof acceptance !== "object" || acceptance === null || !("reason" in acceptance) || !("by" in acceptance))
    return "";
  return `“${String(acceptance.reason)}”, by ${String(acceptance.by)}.`;
}

function shown(value: unknown): string {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? `“${value}”` : "not set";
}

function standing(matrix: Matrix, duty: Duty): string {
  const owner = ownerOf(matrix, duty);
  return `${owner ? `${owner.name} answers` : "Nobody answers yet"}, ${doing(matrix, duty)}.`;
}

function doing(matrix: Matrix, duty: Duty): string {
  return `${parties(matrix, duty) || "nobody"} ${partiesHolding(matrix, duty, "R").length > 1 ? "do" : "does"} it`;
}

function parties(matrix: Matrix, duty: Duty): string {
  return list(partiesHolding(matrix, duty, "R").map((party) => party.name));
}

function name(duty: Duty): string {
  return `${duty.code} “${duty.text}”`;
}

function cell(letters: readonly Letter[]): string {
  return letters.length > 0 ? cellText(letters) : "–";
}

function list(words: string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}
