import { wallOf, type Override } from "../cover/rota";
import { difference, piecesOf, union, type Span } from "../cover/spans";
import { DAY_MS, utcDay } from "../days";
import { sameJson } from "../equal";
import type { Person } from "../people/people";
import { fold } from "../search";

/** Something of a calendar that isn't taken as it is written: where it stands (0 where that is nowhere), its title, and why. */
export type Remark = { line: number; title: string; why: string };

/** A turn as a calendar has it: its ends as those of an override, and by which words it names people, in the order in which they are called. */
export type ReadTurn = { from: string; to: string; who: string[] };

/** What was read of a calendar for a rota. */
export type ReadCalendar = {
  turns: ReadTurn[];
  /** What is left out. */
  leftOut: Remark[];
  /** What is taken, and otherwise than one might expect. */
  notes: Remark[];
  /** How many turns are over, and so are left out. */
  over: number;
  /** The day up to which turns are read, as YYYY-MM-DD. */
  upTo: string;
};

/** Somebody whom a calendar names: an e-mail address or a title, how many turns it names them in, and whom of the people that is. */
export type NamedInCalendar = { who: string; turns: number; personId: string | null };

/**
 * Whom a calendar names and who of the people that is: by their e-mail address; or by their whole name within the words, where
 * it is the name of one of them alone.
 */
export function matchPeople(
  turns: readonly ReadTurn[],
  people: readonly Pick<Person, "id" | "name" | "email">[],
): NamedInCalendar[] {
  const counts = new Map<string, number>();
  for (const { who } of turns) for (const one of new Set(who)) counts.set(one, (counts.get(one) ?? 0) + 1);
  return [...counts].map(([who, count]) => ({ who, turns: count, personId: personCalled(who, people) }));
}

function personCalled(who: string, people: readonly Pick<Person, "id" | "name" | "email">[]): string | null {
  // An invitation is written as Ann Shah <ann@northwind.example>, or as the address alone.
  const address = (/<([^<>]+)>$/.exec(who)?.[1] ?? who).toLowerCase();
  const [byMail, ...more] = people.filter(({ email }) => email !== "" && email.toLowerCase() === address);
  if (byMail) return more.length === 0 ? byMail.id : null;
  const words = ` ${wordsOf(who.replace(/<[^<>]*>$/, ""))} `;
  const [byName, ...others] = people.filter(({ name }) => wordsOf(name) !== "" && words.includes(` ${wordsOf(name)} `));
  return byName && others.length === 0 ? byName.id : null;
}

function wordsOf(text: string): string {
  return fold(text)
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter(Boolean)
    .join(" ");
}

/** A turn to import, with the people who are called in order. */
export type ImportedTurn = { from: string; to: string; personIds: readonly string[] };

/** The turns of a calendar with the people that were chosen for those it names; turns of nobody are left out. */
export function turnsOfPeople(
  turns: readonly ReadTurn[],
  chosen: { get(who: string): string | null | undefined },
): ImportedTurn[] {
  return turns.flatMap(({ from, to, who }) => {
    const personIds = [...new Set(who.flatMap((one) => chosen.get(one) ?? []))];
    return personIds.length === 0 ? [] : [{ from, to, personIds }];
  });
}

/** The overrides of a rota with turns imported into it, and what that does. */
type Imported = {
  overrides: Override[];
  added: Override[];
  /** Overrides of before that give way, whole or in part. */
  replaced: Override[];
};

/**
 * The overrides of a rota with turns imported into it. Where turns overlap, all their people are called, those of the earlier
 * turn first. An override of before gives way to a turn as far as they overlap, and stays as it is where that says the same.
 */
export function withImported(
  overrides: readonly Override[],
  turns: readonly ImportedTurn[],
  mostPeople: number,
): Imported {
  const before = overrides.flatMap((override) => {
    const span = spanOf(override);
    return span ? [{ ...span, override }] : [];
  });
  const known = new Set(overrides.map(keyOf));
  const placed = turns.flatMap((turn) => {
    const span = spanOf(turn);
    return span ? [{ ...span, personIds: turn.personIds }] : [];
  });
  const imported = joined(placed, mostPeople).map(overrideOf);
  const added = imported.filter((override) => !known.has(keyOf(override)));
  const kept = imported.filter((override) => known.has(keyOf(override))).map(keyOf);
  const taken = union(added.flatMap((override) => spanOf(override) ?? []));
  const replaced: Override[] = [];
  const left = before.flatMap(({ override, from, to }) => {
    const pieces = difference([{ from, to }], taken);
    const [only] = pieces;
    if (pieces.length === 1 && only?.from === from && only.to === to) return [override];
    if (!kept.includes(keyOf(override))) replaced.push(override);
    return pieces.map((piece) => overrideOf({ ...piece, personIds: override.personIds }));
  });
  const all = [...left, ...added].sort((a, b) => (spanOf(a)?.from ?? 0) - (spanOf(b)?.from ?? 0));
  return { overrides: all, added, replaced };
}

type Placed = Span & { personIds: readonly string[] };

/** Turns cut wherever one begins or ends, and joined again where the same people go on being called. */
function joined(turns: readonly Placed[], mostPeople: number): Placed[] {
  const inOrder = [...turns].sort((a, b) => a.from - b.from || a.to - b.to);
  const window = { from: inOrder[0]?.from ?? 0, to: Math.max(0, ...inOrder.map(({ to }) => to)) };
  const whole: Placed[] = [];
  for (const { from, to, layers } of piecesOf(
    inOrder.map((turn) => [turn]),
    window,
  )) {
    const personIds = [...new Set(layers.flatMap((layer) => inOrder[layer]?.personIds ?? []))].slice(0, mostPeople);
    if (personIds.length === 0) continue;
    const last = whole.at(-1);
    if (last && last.to === from && sameJson(last.personIds, personIds)) last.to = to;
    else whole.push({ from, to, personIds });
  }
  return whole;
}

/** Whether a turn begins and ends at times or days, in this order. */
export function isTurn(turn: Pick<ImportedTurn, "from" | "to">): boolean {
  return spanOf(turn) !== null;
}

function spanOf({ from, to }: { from: string; to: string }): Span | null {
  const begins = wallOf(from, "begins");
  const ends = wallOf(to, "ends");
  return begins === null || ends === null || begins >= ends ? null : { from: begins, to: ends };
}

/** A span of times on the wall as an override: in days where it is whole ones. */
function overrideOf({ from, to, personIds }: Placed): Override {
  return { ...endsOf({ from, to }), personIds };
}

/** The ends of a span of times on the wall, as those of an override: days where it is whole ones. */
export function endsOf({ from, to }: Span): { from: string; to: string } {
  const day = (wall: number) => utcDay(new Date(wall));
  if (from % DAY_MS === 0 && to % DAY_MS === 0) return { from: day(from), to: day(to - DAY_MS) };
  const time = (wall: number) => new Date(wall).toISOString().slice(0, 16);
  return { from: time(from), to: time(to) };
}

function keyOf(override: Override): string {
  const span = spanOf(override);
  return JSON.stringify([span?.from, span?.to, override.personIds]);
}
