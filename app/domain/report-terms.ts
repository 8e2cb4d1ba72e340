import { dayWords } from "./day-words";
import { RULE_LABELS } from "./findings/finding";
import { LETTER_ORDER, LETTER_WORDS } from "./letters";
import type { Matrix } from "./matrix";
import type { Duty } from "./parts/shapes";
import { indexOf } from "./owner";
import type { AcceptedRow, Fact, TermsRow } from "./report";
import type { Writer } from "./writer";

/** What the letters and the words of a matrix mean. */
export function definitions(matrix: Matrix): Fact[] {
  const { client, provider } = indexOf(matrix);
  return [
    ...LETTER_ORDER.filter((letter) => letter !== "S" || matrix.settings.scheme === "RASCI").map((letter) => ({ label: `${letter} – ${LETTER_WORDS[letter].verb}`, value: LETTER_WORDS[letter].meaning })),
    { label: "A/R", value: "The same role answers for the duty and does it." },
    { label: "Owner", value: `The party whose role holds the A: ${client?.name ?? "the client"} or ${provider?.name ?? "the provider"}. Exactly one owns each duty.` },
    { label: "Shared duty", value: "A duty that roles of more than one party do. Its boundary note says which part is whose." },
    { label: "Boundary note", value: "For a shared duty: which part is whose, and where the work passes from one side to the other." },
    { label: "Reserved", value: `Direction, priorities, budget or the acceptance of risk. ${client?.name ?? "The client"} answers for it, whoever does the work.` },
    { label: "Third party", value: "A vendor or another provider. It can do, be asked and be told; whoever engages it answers for its work." },
    { label: "Fingerprint", value: "A number computed from the whole text of a version. Any change to the text gives another number." },
    { label: "Accountability", value: matrix.settings.accountability === "stays-with-client" ? `${client?.name ?? "The client"} keeps answering, whoever does the work.` : "Who does a duty answers for it, unless the duty is reserved or the letters say otherwise." },
  ];
}

/** What is agreed on a duty in words besides its boundary note, done-when and cadence; nothing where nothing is said. */
export function termsRow(matrix: Matrix, duty: Duty): TermsRow[] {
  const { decisions, coverPeriod, standing } = duty;
  const covering = coverPeriod ? indexOf(matrix).party.get(coverPeriod.partyId)?.name : undefined;
  const facts: [string, string | undefined][] = [
    ["Standing", standingFact(standing)],
    ["In detail", duty.description],
    ["Reserved", duty.reserved ? "Yes" : undefined],
    ["Covered", duty.cover === "24x7" ? "24x7" : undefined],
    ["Who decides", decisions.decides],
    ["Asked first", decisions.asked],
    ["Told afterwards", decisions.told],
    ["Up to", decisions.limit],
    ["Without an answer", decisions.silence],
    ["Tools and standards", duty.tools],
    ["Covered for a while", coverPeriod ? `${covering ?? "Another party"}, ${dayWords(coverPeriod.from)} to ${dayWords(coverPeriod.to)}` : undefined],
  ];
  const said = facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
  return said.length > 0 ? [{ code: duty.code, text: duty.text, facts: said }] : [];
}

/** A duty's standing in words; nothing where it applies like any other. */
export function standingFact(standing: Duty["standing"]): string | undefined {
  if (!standing) return undefined;
  if (standing.kind === "parked") return `Parked until ${dayWords(standing.until)} with ${standing.owner}`;
  if (standing.kind === "declined") return `Declined until ${dayWords(standing.until)} at the risk of ${standing.riskOwner}: ${standing.reason}`;
  return `Doesn't apply: ${standing.reason || "no reason given"}`;
}

/** The warnings both sides live with, each with what it is about, in the order of their keys; the first writer had them in the order in which the matrix holds them. */
export function acceptedRows(matrix: Matrix, writer: Writer): AcceptedRow[] {
  const labels = new Map<string, string>(Object.entries(RULE_LABELS));
  const entries = Object.entries(matrix.accepted);
  if (writer > 1) entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return entries.map(([key, { reason, by, on }]) => {
    const [rule = "", subject] = key.split(".", 2);
    const duty = matrix.duties.find(({ id }) => id === subject);
    const role = matrix.roles.find(({ id }) => id === subject);
    return { warning: labels.get(rule) ?? rule, about: duty ? `${duty.code} ${duty.text}` : (role?.name ?? "The matrix"), reason, by, on: dayWords(on) };
  });
}
