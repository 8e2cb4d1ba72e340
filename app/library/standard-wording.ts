import type { Wording } from "~/domain/schedule/wording";

/** The standard clauses by the key that a clause of a matrix keeps: each may be edited, struck or left out. */
const CLAUSES: Readonly<Record<string, readonly [title: string, ...paragraphs: string[]]>> = {
  incorporation: [
    "What this schedule belongs to",
    "This document is {exhibit} to {agreement} and forms part of it. It says who of {client} and {provider} does and answers for what.",
    "Its annexes are part of it.",
  ],
  reading: [
    "How to read the matrix",
    "The party whose role holds R does the duty. The party whose role holds A answers for it and decides where the two differ. A role that holds C is asked before; a role that holds I is told; S, where it is used, helps whoever holds R. A role without a letter has no part in the duty.",
    "Letters in brackets rest: the duty doesn't apply, is declined or is put off, as its row says.",
    "A boundary note says which part of a shared duty is whose. It goes before the letters where the two differ.",
  ],
  completion: [
    "What “done when” and targets are",
    "“Done when” and targets say how both parties recognise that a duty has been carried out. They are no warranty and no service level, and missing one gives no credit or other remedy, unless {agreement} says so.",
  ],
  precedence: ["Order of precedence", "{precedence}"],
  change: [
    "Changes",
    "This schedule changes only by a new version that both parties have signed. Until then the version signed last goes on.",
    "Talks, tickets, e-mails and how the work is done in practice change nothing in it.",
  ],
  disagreement: [
    "Disagreements",
    "Where the parties differ on a duty, each writes down its position, and they first {disagreement}. Until it is settled, the letters of the version signed last hold.",
    "What stays open {settlement}.",
  ],
  term: [
    "Term and review",
    "This schedule holds from {effective} for as long as {agreement} does, or until a later version takes its place.",
    "The parties review it {review}, and whenever a duty, a system or a party changes so much that its letters no longer fit.",
  ],
  "third-parties": [
    "No rights of third parties",
    "Only {client} and {provider} can rely on this schedule. A third party that it names neither signs it nor gains a right by it. The party that engages a third party answers for its work.",
  ],
  authority: ["Authority to sign", "Whoever signs declares that they may bind their party to this schedule."],
};

/** The standard definitions by their key. */
const DEFINITIONS: Readonly<Record<string, readonly [term: string, meaning: string]>> = {
  schedule: ["Schedule", "This document with its annexes, in the version whose fingerprint it names."],
  duty: ["Duty", "Work that the matrix has a row for, within the domain that it stands under."],
  provider: ["The MSP, the provider", "{providerLegalName}, with its roles {providerRoles}."],
  "internal-it": ["Internal IT", "The IT department of {client}, with the roles {clientRoles}."],
  desk: ["The desk", "Where users turn to first: {desk}."],
  "working-day": ["Working day, business day", "A day on which the party that acts has working hours: {workingDays}."],
  "office-hours": ["Office hours, working hours", "The hours of a working day: {workingHours}."],
  "all-hours": ["24x7", "At every hour of every day, weekends and holidays included."],
  target: [
    "Target",
    "A time or figure by which the parties recognise that something was done as agreed. What it is not, the clause on “done when” says.",
  ],
  priority: [
    "P1, P2, P3, P4",
    "The urgency of an incident or a request. P1: the business or a whole site stands still. P2: a team or an important service does. P3: one person can't work properly. P4: it can wait.",
  ],
};

/** The wording that a matrix begins with where an organisation has none of its own. */
export const STANDARD_WORDING: Wording = {
  clauses: Object.entries(CLAUSES).map(([key, [title, ...paragraphs]]) => ({
    id: `clause-${key}`,
    key,
    title,
    text: paragraphs.join("\n"),
    struck: false,
  })),
  definitions: Object.entries(DEFINITIONS).map(([key, [term, meaning]]) => ({
    id: `definition-${key}`,
    key,
    term,
    meaning,
  })),
};
