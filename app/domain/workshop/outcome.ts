import { sameJson } from "../equal";
import type { Participant, Choice, Voice, Workshop } from "./shapes";

/**
 * What two sides' pictures come to. A gap: neither thinks it is theirs. An overlap: both claim it. Unclear: a side said
 * nothing, isn't sure, or is divided.
 */
export const OUTCOMES = ["gap", "overlap", "differs", "unclear", "agree"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** An outcome in words: what it is called, and what it means. */
export const OUTCOME_WORDS: Record<Outcome, { name: string; meaning: string }> = {
  agree: { name: "Agree", meaning: "Both sides see it the same way." },
  gap: { name: "Gap", meaning: "Each thinks the other owns it." },
  overlap: { name: "Overlap", meaning: "Both claim it." },
  differs: { name: "Split differs", meaning: "The sides divide the work differently." },
  unclear: { name: "Unclear", meaning: "A side is divided, isn't sure, or said nothing." },
};

/** How a party sees an item: the choice of its host for all, or the one that most of its people made; null where there is none. */
export type Picture = { choice: Choice | null; said: number; of: number; byHost: boolean };

/** A party's picture out of its people's voices. Where as many made another choice, there is none. */
export function pictureOf(voices: readonly Voice[]): Picture {
  const of = voices.length;
  const forParty = voices.find((voice) => voice.forParty);
  const counted = new Map<string, { choice: Choice; said: number }>();
  for (const { proposal } of voices) {
    const choice = ordered(proposal.choice);
    const key = JSON.stringify(choice);
    counted.set(key, { choice, said: (counted.get(key)?.said ?? 0) + 1 });
  }
  if (forParty) {
    const choice = ordered(forParty.proposal.choice);
    return { choice, said: counted.get(JSON.stringify(choice))?.said ?? 1, of, byHost: true };
  }
  const [first, next] = [...counted.values()].sort((a, b) => b.said - a.said);
  if (!first || next?.said === first.said) return { choice: null, said: first?.said ?? 0, of, byHost: false };
  return { ...first, of, byHost: false };
}

/** A choice in one form, so that equal ones are equal whatever the order in which parties were picked. */
function ordered(choice: Choice): Choice {
  return choice.kind === "split"
    ? { kind: "split", does: [...new Set(choice.does)].sort(), answers: choice.answers }
    : choice;
}

/** Whether two choices say the same. */
export function sameChoice(one: Choice, other: Choice): boolean {
  return sameJson(ordered(one), ordered(other));
}

/** The voices of a party's people. */
export function voicesOf(
  participants: readonly Pick<Participant, "id" | "partyId">[],
  voices: readonly Voice[],
  partyId: string,
): Voice[] {
  const ids = new Set(participants.filter((one) => one.partyId === partyId).map(({ id }) => id));
  return voices.filter(({ participantId }) => ids.has(participantId));
}

/** What the pictures of both sides come to. */
export function outcomeOf(sides: Workshop["sides"], client: Choice | null, provider: Choice | null): Outcome {
  if (!client || !provider || client.kind === "not-sure" || provider.kind === "not-sure") return "unclear";
  if (client.kind !== "split" || provider.kind !== "split") return client.kind === provider.kind ? "agree" : "differs";
  const does = doersOutcome(sides, client.does, provider.does);
  const answers = answersOutcome(sides, client.answers, provider.answers);
  return OUTCOMES.find((outcome) => outcome === does || outcome === answers) ?? "agree";
}

type Sides = Workshop["sides"];

/** What both sides say about who does it comes to. */
export function doersOutcome(sides: Sides, byClient: readonly string[], byProvider: readonly string[]): Outcome {
  if (sameJson([...byClient].sort(), [...byProvider].sort())) return "agree";
  const claims = { client: byClient.includes(sides.client), provider: byProvider.includes(sides.provider) };
  if (!claims.client && !claims.provider) return "gap";
  // Who says that both do it leaves room for the other side, so that only the split differs.
  const alone = { client: !byClient.includes(sides.provider), provider: !byProvider.includes(sides.client) };
  return claims.client && claims.provider && alone.client && alone.provider ? "overlap" : "differs";
}

/** What both sides say about who answers comes to. */
export function answersOutcome(sides: Sides, byClient: string, byProvider: string): Outcome {
  if (byClient === byProvider) return "agree";
  if (byClient === sides.client && byProvider === sides.provider) return "overlap";
  return byClient !== sides.client && byProvider !== sides.provider ? "gap" : "differs";
}
