import { nameList } from "~/domain/name-list";
import { answersOutcome, doersOutcome, OUTCOME_WORDS } from "~/domain/workshop/outcome";
import type { Choice } from "~/domain/workshop/shapes";
import type { PictureView, RevealView, PartyView } from "~/domain/workshop/view/view-types";

export type NamedParty = Pick<PartyView, "partyId" | "kind" | "name">;
type Split = Extract<Choice, { kind: "split" }>;

/** The name of a party, also where it was taken out of the matrix since. */
export function partyName(parties: readonly NamedParty[], partyId: string): string {
  return parties.find((party) => party.partyId === partyId)?.name ?? "a party that was taken out";
}

const namesOf = (parties: readonly NamedParty[], ids: readonly string[]) =>
  nameList(ids.map((id) => partyName(parties, id)));

/** A choice in words that follow “says that”: “Northwind answers and does it”. */
export function choiceWords(parties: readonly NamedParty[], choice: Choice): string {
  switch (choice.kind) {
    case "split": {
      const answers = partyName(parties, choice.answers);
      if (choice.does.length === 1 && choice.does[0] === choice.answers) return `${answers} answers and does it`;
      return `${answers} answers, ${namesOf(parties, choice.does)} ${choice.does.length === 1 ? "does" : "do"} it`;
    }
    case "stands":
      return "it stands as written";
    case "change":
      return "it has to change";
    case "not-sure":
      return "it isn't clear to them";
  }
}

/** What a reveal comes to: its outcome in a short sentence, and what each side said in one more. */
export function verdictWords(
  parties: readonly NamedParty[],
  { outcome, pictures }: Pick<RevealView, "outcome" | "pictures">,
): { title: string; detail: string } {
  const { name, meaning } = OUTCOME_WORDS[outcome];
  const title = `${name}: ${meaning.charAt(0).toLowerCase()}${meaning.slice(1)}`;
  const [client, provider] = pictures;
  return { title, detail: client && provider ? detailOf(parties, client, provider) : "" };
}

function detailOf(parties: readonly NamedParty[], client: PictureView, provider: PictureView): string {
  const sides = { client: client.partyId, provider: provider.partyId };
  const says = [client, provider].map((picture) => saidBy(parties, picture));
  if (client.choice?.kind !== "split" || provider.choice?.kind !== "split") return says.join(" ");
  const does = doersOutcome(sides, client.choice.does, provider.choice.does);
  const answers = answersOutcome(sides, client.choice.answers, provider.choice.answers);
  if (does === "agree" && answers === "agree") return `Both say that ${choiceWords(parties, client.choice)}.`;
  const [one, other] = [partyName(parties, client.partyId), partyName(parties, provider.partyId)];
  const expects = (of: (split: Split) => string, what: string, split: [Split, Split]) =>
    `${one} expects ${of(split[0])} to ${what}, ${other} expects ${of(split[1])}. As it stands nobody would.`;
  const both: [Split, Split] = [client.choice, provider.choice];
  const doers = (split: Split) => namesOf(parties, split.does);
  const answering = (split: Split) => partyName(parties, split.answers);
  if (does === "gap") return expects(doers, "do it", both);
  if (answers === "gap") return expects(answering, "answer for it", both);
  if (does === "overlap") return `${one} and ${other} each do it alone, as they see it.`;
  if (answers === "overlap") return `${one} and ${other} each say that they answer for it.`;
  return [
    answers === "agree" ? "" : `${one} says that ${answering(both[0])} answers, ${other} says ${answering(both[1])}.`,
    does === "agree" ? "" : `As to who does it, ${one} says ${doers(both[0])}, ${other} says ${doers(both[1])}.`,
  ]
    .filter(Boolean)
    .join(" ");
}

function saidBy(parties: readonly NamedParty[], { partyId, choice, of }: PictureView): string {
  const name = partyName(parties, partyId);
  if (of === 0) return `${name} said nothing.`;
  if (!choice) return `${name} is divided.`;
  return choice.kind === "not-sure" ? `${name} isn't sure.` : `${name} says that ${choiceWords(parties, choice)}.`;
}
