import type { ChangeKind, DutyChange } from "~/domain/changes/comparison";

/** The name of each kind of change. */
export const KIND_WORDS: Record<ChangeKind, string> = {
  added: "Added",
  removed: "Removed",
  does: "Who does it",
  answers: "Who answers",
  letters: "Other letters",
  boundary: "Boundary",
  tools: "Tools and standards",
  decisions: "Decisions",
  standing: "Standing and cover",
  wording: "Wording",
};

/** The words of a change mark: "Changed since version 3: who does it, boundary". */
export function changeWords({ kinds }: DutyChange, since: number): string {
  if (kinds.includes("added")) return `New since version ${since}`;
  return `Changed since version ${since}: ${kinds.map((kind) => KIND_WORDS[kind].toLowerCase()).join(", ")}`;
}
