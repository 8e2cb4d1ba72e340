/**
 * The rules whose findings stop signing; they never stop editing. One cause gives one blocker: a duty without letters
 * isn't reported as "nobody answers" too. Sources: exactly one A and at least one R (ITIL's rule for RACI charts);
 * shared work needs a note on which part is whose (PCI DSS 12.8.5, CSA CCM STA-04); a third party that isn't a party to
 * the agreement can't answer in it.
 */
export type BlockerCode =
  | "empty"
  | "only-informed"
  | "no-answer"
  | "several-answer"
  | "third-party-answers"
  | "no-doer"
  | "shared-without-boundary"
  | "unknown-letter"
  | "disputed"
  | "declining-unconfirmed"
  | "deleted-disputed";

export const BLOCKER_SENTENCES: Record<BlockerCode, string> = {
  empty: "Nobody does it and nobody answers for it. Give it to somebody.",
  "only-informed": "Roles are asked or told, but nobody does it or answers for it. Give it to somebody.",
  "no-answer": "Nobody answers for it. Choose who does.",
  "several-answer": "Several roles answer for it. Choose one.",
  "third-party-answers": "A third party answers for it. One of the two sides must.",
  "no-doer": "Nobody does it. Choose who does.",
  "shared-without-boundary": "Several parties do it and no boundary note says which part is whose. Write the note.",
  "unknown-letter": "It uses S, which this matrix doesn't know. Choose another letter, or switch the matrix to RASCI.",
  disputed: "One side disputes it. Settle it, or write down the ruling.",
  "declining-unconfirmed": "It is declined, and the client hasn't confirmed that. Have it confirmed, or let it apply.",
  "deleted-disputed": "It was deleted while one side disputed it. Both sides close the dispute, or bring it back.",
};

/** The short label of a blocker on a card. */
export const BLOCKER_LABELS: Record<BlockerCode, string> = {
  empty: "Nobody yet",
  "only-informed": "Nobody active",
  "no-answer": "Nobody answers",
  "several-answer": "Several answer",
  "third-party-answers": "Third party answers",
  "no-doer": "Nobody does it",
  "shared-without-boundary": "Boundary note missing",
  "unknown-letter": "Unknown letter",
  disputed: "Disputed",
  "declining-unconfirmed": "Declining not confirmed",
  "deleted-disputed": "Deleted while disputed",
};
