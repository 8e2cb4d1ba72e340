import type { PartyKind } from "../matrix/shapes";

/** The papers of a call card: a page of its own for each path, or cards of a wallet's size, several to a page. */
export const CARD_SIZES = ["A4", "Letter", "wallet-A4", "wallet-Letter"] as const;
export type CardSize = (typeof CARD_SIZES)[number];

/** Whether cards of a size go into a wallet. */
export function isWallet(size: CardSize): boolean {
  return size === "wallet-A4" || size === "wallet-Letter";
}

/** The sheet that cards of a size are printed on. */
export function sheetOf(size: CardSize): "A4" | "Letter" {
  return size === "A4" || size === "wallet-A4" ? "A4" : "Letter";
}

/** The size that an address names; an A4 page where it names none. */
export function cardSizeOf(name: string | null): CardSize {
  return CARD_SIZES.find((size) => size === name) ?? "A4";
}

/** How many wallet cards a sheet holds, in two columns. */
export const CARDS_PER_SHEET = 8;

/** The cards of one sheet after the other, for cards of a wallet's size. One card alone fills its sheet, to be handed to several people. */
export function wholeSheets(cards: readonly CallCard[]): CallCard[][] {
  const [only] = cards;
  if (only && cards.length === 1) return [Array.from({ length: CARDS_PER_SHEET }, () => only)];
  return Array.from({ length: Math.ceil(cards.length / CARDS_PER_SHEET) }, (_, i) =>
    cards.slice(i * CARDS_PER_SHEET, (i + 1) * CARDS_PER_SHEET),
  );
}

/** Somebody who is called: when they are there, how they are reached, and how fresh that is. */
type CardPerson = { name: string; when: string; ways: CardWay[]; verified: string };

/** A number or an e-mail address, and what sort of number it is; empty where nobody said. */
type CardWay = { to: string; label: string };

/** A role that a level calls, with whoever is behind it in order. `note` says what isn't shown of them, or that nobody is. */
type CardCall = { role: string; party: string; kind: PartyKind | null; people: CardPerson[]; note: string };

type CardLevel = {
  number: number;
  /** “After 15 minutes”, and as short as “+15 min”. */
  when: string;
  short: string;
  channels: string;
  mayDecide: boolean;
  may: string;
  calls: CardCall[];
};

/** What is said about one stance of containment: the actions, each with who acts or is called. */
type CardAction = { action: string; about: string };

/** Who is called in one kind of trouble, on paper. */
export type CallCard = {
  pathId: string;
  name: string;
  kind: string;
  parties: string;
  trigger: string;
  examples: string;
  /** Which edition the path is of, and its fingerprint where it was signed. */
  edition: string;
  /** What the minutes count, and that they count from the start of the path. */
  clock: string;
  levels: CardLevel[];
  lastResort: string;
  handover: string;
  /** Update rhythm, targets and how often the path begins again. */
  times: { label: string; value: string }[];
  containment: { act: CardAction[]; callFirst: CardAction[]; never: CardAction[] };
  offLimits: CardAction[];
  /** When it was printed, how fresh its numbers are, and until when to use it. `until` alone is short enough for a wallet. */
  validity: string;
  until: string;
  /** Why it shows no names and numbers; empty where it does. */
  withheld: string;
  /** The size of its letters, as a share of the usual one. */
  scale: number;
  /** What was left out for want of room. */
  left: string[];
  /** Where all of it stands. */
  address: string;
};

/** One thing that a card can do without: the card with less, or null where there is nothing to leave out. */
type Reduction = { left: string; reduce: (card: CallCard) => CallCard | null };

/** The card that fits: the whole one, or the first that does of those with less and less on them, each of which says what it left out. */
export function fittedCard(card: CallCard, size: CardSize, fits: (card: CallCard) => boolean): CallCard {
  const cards = [card];
  for (const reduce of reductionsOf(card, size)) cards.push(reduce(cards.at(-1) ?? card));
  // Each has less on it than the one before, so those that fit are the last ones.
  let [from, to] = [0, cards.length - 1];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (fits(cards[middle] ?? card)) to = middle;
    else from = middle + 1;
  }
  return cards[to] ?? card;
}

/** What to do to a card that doesn't fit, one after the other, the least painful first. The last leaves one level. */
export function reductionsOf(card: CallCard, size: CardSize): ((card: CallCard) => CallCard)[] {
  const common = isWallet(size) ? WALLET : PAGE;
  const levels = Array.from({ length: Math.max(0, card.levels.length - 1) }, () => WITHOUT_LAST_LEVEL);
  return [...common, ...levels].map(({ left, reduce }) => (before: CallCard) => {
    const after = reduce(before);
    if (!after) return before;
    return left === "" || before.left.includes(left) ? after : { ...after, left: [...before.left, left] };
  });
}

const smaller = (scale: number): Reduction => ({ left: "", reduce: (card) => ({ ...card, scale }) });

const WITHOUT_LAST_LEVEL: Reduction = {
  left: "later levels",
  reduce: (card) => (card.levels.length > 1 ? { ...card, levels: card.levels.slice(0, -1) } : null),
};

const PAGE: readonly Reduction[] = [
  smaller(0.94),
  smaller(0.88),
  { left: "examples", reduce: (card) => (card.examples === "" ? null : { ...card, examples: "" }) },
  { left: "who acts in containment", reduce: withoutAbout },
  cutTexts(240),
  mostPeople(4),
  smaller(0.82),
  mostPeople(3),
  mostWays(2),
  smaller(0.76),
  { left: "working hours", reduce: withoutHours },
  mostPeople(2),
  mostWays(1),
  { left: "some containment actions", reduce: (card) => fewerActions(card, 4) },
  mostPeople(1),
  cutTexts(120),
  mostCalls(4),
  { left: "what levels may do", reduce: (card) => withLevels(card, (level) => ({ ...level, may: "" })) },
  { left: "containment", reduce: (card) => fewerActions(card, 0) },
  mostCalls(2),
];

const WALLET: readonly Reduction[] = [
  { left: "", reduce: (card) => ({ ...card, examples: "" }) },
  mostPeople(2),
  smaller(0.94),
  smaller(0.88),
  mostPeople(1),
  cutTexts(150),
  mostCalls(3),
  cutTexts(110),
  smaller(0.82),
  mostCalls(2),
  cutTexts(80),
  mostCalls(1),
];

function withLevels(card: CallCard, change: (level: CardLevel) => CardLevel): CallCard | null {
  const levels = card.levels.map(change);
  return JSON.stringify(levels) === JSON.stringify(card.levels) ? null : { ...card, levels };
}

function withCalls(card: CallCard, change: (call: CardCall) => CardCall): CallCard | null {
  return withLevels(card, (level) => ({ ...level, calls: level.calls.map(change) }));
}

function mostPeople(most: number): Reduction {
  return {
    left: "further people",
    reduce: (card) => withCalls(card, (call) => ({ ...call, people: call.people.slice(0, most) })),
  };
}

function mostCalls(most: number): Reduction {
  return {
    left: "further roles",
    reduce: (card) => withLevels(card, (level) => ({ ...level, calls: level.calls.slice(0, most) })),
  };
}

function withoutHours(card: CallCard): CallCard | null {
  return withCalls(card, (call) => ({ ...call, people: call.people.map((person) => ({ ...person, when: "" })) }));
}

function mostWays(most: number): Reduction {
  return {
    left: "further numbers",
    reduce: (card) =>
      withCalls(card, (call) => ({
        ...call,
        people: call.people.map((person) => ({ ...person, ways: person.ways.slice(0, most) })),
      })),
  };
}

function cutTexts(most: number): Reduction {
  return {
    left: "ends of long texts",
    reduce: (card) => {
      const { trigger, handover, lastResort } = card;
      const cut = (text: string) => shortened(text, most);
      const texts = { trigger: cut(trigger), handover: cut(handover), lastResort: cut(lastResort) };
      const cutCard = withLevels(card, (level) => ({ ...level, may: cut(level.may) })) ?? card;
      const isSame =
        cutCard === card && texts.trigger === trigger && texts.handover === handover && texts.lastResort === lastResort;
      return isSame ? null : { ...cutCard, ...texts };
    },
  };
}

/** A text of at most so many characters; where it is longer, it ends at a word and says so by three dots. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const beginning = text.slice(0, most - 1).replace(/[\uD800-\uDBFF]$/, "");
  const words = beginning.replace(/\s+\S*$/, "");
  return `${(words.length > most / 2 ? words : beginning).replace(/[\s,;:.]+$/, "")}…`;
}

function withoutAbout(card: CallCard): CallCard | null {
  const plain = (actions: CardAction[]) => actions.map(({ action }) => ({ action, about: "" }));
  return ifOther(card, { containment: eachStance(card, plain), offLimits: plain(card.offLimits) });
}

function fewerActions(card: CallCard, most: number): CallCard | null {
  const fewer = (actions: CardAction[]) => actions.slice(0, most);
  return ifOther(card, { containment: eachStance(card, fewer), offLimits: fewer(card.offLimits) });
}

function eachStance(
  { containment: { act, callFirst, never } }: CallCard,
  change: (actions: CardAction[]) => CardAction[],
) {
  return { act: change(act), callFirst: change(callFirst), never: change(never) };
}

function ifOther(card: CallCard, next: Pick<CallCard, "containment" | "offLimits">): CallCard | null {
  const { containment, offLimits } = card;
  return JSON.stringify({ containment, offLimits }) === JSON.stringify(next) ? null : { ...card, ...next };
}

/** What a card says of what it left out; empty where nothing is missing. */
export function leftOutWords({ left, address }: Pick<CallCard, "left" | "address">): string {
  if (left.length === 0) return "";
  const last = left.at(-1) ?? "";
  const names = left.length === 1 ? last : `${left.slice(0, -1).join(", ")} and ${last}`;
  return `Left out for want of room: ${names}. All of it: ${address}`;
}
