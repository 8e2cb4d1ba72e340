import { ok, reject, type Result } from "../result";
import type { ChangeOf } from "./events";
import { hostOf, labelOf, proposersOf } from "./people";
import { checkPlan, keyOf, planHash } from "./planning";
import type { Item, Workshop } from "./shapes";

/** Half of an item's minutes are for proposing, the rest for settling. */
const PROPOSE_SHARE = 0.5;

/** An item of a workshop, or a refusal where it has been taken out of the plan. */
export function itemOf(workshop: Workshop, itemId: string): Result<Item> {
  const item = workshop.items.find(({ id }) => id === itemId);
  return item ? ok(item) : reject("item-gone", "That was taken out of the plan. Look at what comes next.");
}

/** A workshop with one of its items changed. */
export function withItem(workshop: Workshop, changed: Item): Workshop {
  return { ...workshop, items: workshop.items.map((item) => (item.id === changed.id ? changed : item)) };
}

/** Whether anything was said about an item, so that it stays in the plan. */
export function isTouched({ sealed, revealed, settled, spentMs }: Item): boolean {
  return sealed.length > 0 || revealed !== null || settled !== null || spentMs > 0;
}

/**
 * `plan`: what is talked about, in which order and for how long. Where it says which plan it was made from, it is refused
 * once that one has been changed, so that of two windows none takes back what the other did.
 */
export function plan(workshop: Workshop, { title, minutes, items, from }: ChangeOf<"plan">): Result<Workshop> {
  const checked = checkPlan({ title, minutes, items });
  if (!checked.ok) return checked;
  const now = planHash(workshop);
  if (now === planHash({ title: checked.value, minutes, items })) return ok(workshop);
  if (from !== undefined && from !== now)
    return reject("plan-changed", "The plan was changed in another window a moment ago. Look at it as it stands.");
  const subjects = new Set(items.map(({ subject }) => keyOf(subject)));
  if (subjects.size < items.length || new Set(items.map(({ id }) => id)).size < items.length)
    return reject("twice", "Something is in the plan twice. Take one of them out.");
  const missing = workshop.items.filter((item) => isTouched(item) && !items.some(({ id }) => id === item.id));
  if (missing.length > 0)
    return reject("talked-about", "What was proposed or talked about already stays in the plan. Skip it instead.");
  const planned = items.map(({ id, subject, minutes: each }): Item => {
    const before = workshop.items.find((item) => item.id === id);
    if (before) return { ...before, subject: isTouched(before) ? before.subject : subject, minutes: each };
    return {
      id,
      subject,
      minutes: each,
      sealed: [],
      revealed: null,
      settling: null,
      settled: null,
      skipped: false,
      spentMs: 0,
      roundFromMs: 0,
    };
  });
  const current = planned.some(({ id }) => id === workshop.current) ? workshop.current : null;
  return ok({
    ...workshop,
    title: checked.value,
    minutes,
    items: planned,
    current,
    runningSince: current === null ? null : workshop.runningSince,
  });
}

/** The workshop with the time that has run since it was last counted added to the current item. The time stands then. */
export function withTimeCounted(workshop: Workshop, at: number): Workshop {
  const item = workshop.items.find(({ id }) => id === workshop.current);
  if (workshop.runningSince === null || !item) return { ...workshop, runningSince: null };
  const spentMs = item.spentMs + Math.max(0, at - workshop.runningSince);
  return { ...withItem(workshop, { ...item, spentMs }), runningSince: null };
}

/** `go`: this is what everybody talks about from now on. */
export function go(workshop: Workshop, at: number, { itemId }: ChangeOf<"go">): Result<Workshop> {
  const item = itemOf(workshop, itemId);
  if (!item.ok) return item;
  if (workshop.current === itemId) return ok(workshop);
  const counted = withTimeCounted(workshop, at);
  return ok({
    ...withItem(counted, { ...item.value, skipped: false }),
    current: itemId,
    // Looking back at what is settled takes no time of it.
    runningSince: item.value.settled ? null : at,
  });
}

/** `skip`: an item is left out for now. What was proposed for it stays sealed. */
export function skip(workshop: Workshop, at: number, { itemId }: ChangeOf<"skip">): Result<Workshop> {
  const item = itemOf(workshop, itemId);
  if (!item.ok) return item;
  if (item.value.settled) return reject("settled", "This is settled. Reopen it first.");
  const counted = workshop.current === itemId ? withTimeCounted(workshop, at) : workshop;
  const items = counted.items.map((one) => (one.id === itemId ? { ...one, skipped: true, settling: null } : one));
  if (counted.current !== itemId) return ok({ ...counted, items });
  const next = nextItem({ ...counted, items }, itemId);
  return ok({ ...counted, items, current: next, runningSince: next === null ? null : at });
}

/** The next item after one that isn't settled or skipped; null after the last. */
export function nextItem({ items }: Pick<Workshop, "items">, itemId: string | null): string | null {
  const index = items.findIndex(({ id }) => id === itemId);
  return items.slice(index + 1).find(({ settled, skipped }) => !settled && !skipped)?.id ?? null;
}

/** The item before one; null before the first. */
export function previousItem({ items }: Pick<Workshop, "items">, itemId: string | null): string | null {
  const index = items.findIndex(({ id }) => id === itemId);
  return items[index - 1]?.id ?? null;
}

/** The time to propose for an item, in milliseconds. */
export function proposingMs({ minutes }: Pick<Item, "minutes">): number {
  return minutes * 60_000 * PROPOSE_SHARE;
}

/** When the time to propose for the current item is over, in milliseconds since 1970; null while none runs. */
export function proposingEnds(workshop: Workshop): number | null {
  const item = workshop.items.find(({ id }) => id === workshop.current);
  if (workshop.runningSince === null || !item || item.revealed) return null;
  return workshop.runningSince + Math.max(0, proposingMs(item) - (item.spentMs - item.roundFromMs));
}

/** `seal`: somebody has proposed. What they propose isn't in the event. Sealing again changes the proposal alone. */
export function seal(workshop: Workshop, by: string, { itemId, forParty }: ChangeOf<"seal">): Result<Workshop> {
  const item = itemOf(workshop, itemId);
  if (!item.ok) return item;
  const refusal = notProposing(item.value);
  if (refusal) return refusal;
  const participant = workshop.participants.find(({ id }) => id === by);
  if (participant?.state !== "in")
    return reject("not-in", "You aren't let in yet. The facilitator or your party's host does that.");
  if (forParty && hostOf(workshop, participant.partyId) !== by)
    return reject("not-host", "Only your party's host proposes for the party. Seal your own proposal.");
  const { sealed } = item.value;
  // Whoever changes what they sealed has sealed before: nothing that others see is different.
  if (sealed.some((one) => one.participantId === by && one.forParty === forParty)) return ok(workshop);
  const others = sealed.filter((one) => one.participantId !== by);
  return ok(withItem(workshop, { ...item.value, sealed: [...others, { participantId: by, forParty }] }));
}

/** `unseal`: somebody takes their proposal back, to think again. */
export function unseal(workshop: Workshop, by: string, { itemId }: ChangeOf<"unseal">): Result<Workshop> {
  const item = itemOf(workshop, itemId);
  if (!item.ok) return item;
  const refusal = notProposing(item.value);
  if (refusal) return refusal;
  const sealed = item.value.sealed.filter((one) => one.participantId !== by);
  return ok(sealed.length === item.value.sealed.length ? workshop : withItem(workshop, { ...item.value, sealed }));
}

function notProposing({ revealed, settled }: Item): Result<never> | null {
  if (revealed)
    return reject("revealed", "This was revealed a moment ago, so no proposal is taken any more. Say it to the room.");
  return settled ? reject("settled", "This is settled already. The facilitator can reopen it.") : null;
}

/** Those who are waited for before an item is revealed: whoever is there, hasn't sealed, and whose host didn't propose for all. */
export function waitedFor(workshop: Workshop, { sealed }: Pick<Item, "sealed">): string[] {
  const partyOf = new Map(workshop.participants.map(({ id, partyId }) => [id, partyId]));
  const spokenFor = new Set(sealed.flatMap((one) => (one.forParty ? [partyOf.get(one.participantId)] : [])));
  const done = new Set(sealed.map(({ participantId }) => participantId));
  return proposersOf(workshop).flatMap(({ id, partyId }) => (done.has(id) || spokenFor.has(partyId) ? [] : [id]));
}

/** Whether an item is to be revealed by itself: both sides have proposed, and nobody is waited for. */
export function fullyHeard(workshop: Workshop, item: Item): boolean {
  if (item.revealed || item.settled) return false;
  const done = new Set(item.sealed.map(({ participantId }) => participantId));
  const heard = new Set(workshop.participants.flatMap(({ id, partyId }) => (done.has(id) ? [partyId] : [])));
  const { client, provider } = workshop.sides;
  return heard.has(client) && heard.has(provider) && waitedFor(workshop, item).length === 0;
}

/** Who is left out if an item is revealed as it stands, in a sentence; empty where nobody is. */
export function leftOutWords(workshop: Workshop, item: Item): string {
  const names = waitedFor(workshop, item).map((id) => labelOf(workshop, id));
  const [first] = names;
  if (first === undefined) return "";
  return names.length === 1
    ? `${first} has not sealed yet. Revealing now leaves them out.`
    : `${names.length} people have not sealed yet. Revealing now leaves them out.`;
}

/**
 * `reveal`: the proposals are shown to all. Revealing twice is revealing once. The voices have to be those of whoever
 * has sealed, so that nothing is lost and nobody's is made up.
 */
export function reveal(workshop: Workshop, at: number, { itemId, why, voices }: ChangeOf<"reveal">): Result<Workshop> {
  const item = itemOf(workshop, itemId);
  if (!item.ok) return item;
  const { value } = item;
  if (value.revealed) return ok(workshop);
  if (value.settled) return reject("settled", "This is settled already. Reopen it first.");
  if (value.sealed.length === 0)
    return reject("nobody-sealed", "Nobody has sealed a proposal yet. Wait for one, or go on to the next.");
  const leftOut = waitedFor(workshop, value);
  const ends = proposingEnds(workshop);
  if (why === "all" && !fullyHeard(workshop, value))
    return reject("still-waiting", "Somebody is still thinking. Wait for them.");
  if (why === "timer" && (workshop.current !== itemId || ends === null || at < ends))
    return reject("time-left", "There is time left to propose.");
  const order = new Map(value.sealed.map(({ participantId }, index) => [participantId, index]));
  const missing = voices.length !== order.size || voices.some(({ participantId }) => !order.has(participantId));
  if (missing) return reject("voices-missing", "Not every sealed proposal is there. Try again.");
  const inOrder = [...voices].sort((a, b) => (order.get(a.participantId) ?? 0) - (order.get(b.participantId) ?? 0));
  return ok(withItem(workshop, { ...value, revealed: { at, why, leftOut, voices: inOrder } }));
}
