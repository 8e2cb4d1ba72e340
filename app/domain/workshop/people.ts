import { LIMITS } from "../limits";
import { ok, reject, type Result } from "../result";
import { fold } from "../search";
import { checkText, type TextRule } from "../text";
import type { ChangeOf } from "./events";
import type { Participant, Workshop } from "./shapes";

const PARTICIPANT_NAME: TextRule = {
  called: "Your name",
  max: LIMITS.participantName,
  lines: false,
  optional: false,
};

/** Somebody who takes part, by their id; null where there is nobody of it. */
export function participantOf({ participants }: Pick<Workshop, "participants">, id: string | null): Participant | null {
  return participants.find((one) => one.id === id) ?? null;
}

/** The name of a participant as everybody sees it. */
export function labelOf(workshop: Pick<Workshop, "participants">, id: string): string {
  return participantOf(workshop, id)?.label ?? "Somebody";
}

/** Whether somebody leads the workshop. */
export function isFacilitator({ facilitatorId }: Pick<Workshop, "facilitatorId">, id: string | null): boolean {
  return facilitatorId === id;
}

/** The host of a party, or null where it has none. */
export function hostOf({ hosts }: Pick<Workshop, "hosts">, partyId: string): string | null {
  return Object.hasOwn(hosts, partyId) ? (hosts[partyId] ?? null) : null;
}

/** The id of the party that somebody is the host of, or null. */
export function hostedBy({ hosts }: Pick<Workshop, "hosts">, id: string | null): string | null {
  return Object.entries(hosts).find(([, hostId]) => hostId === id)?.[0] ?? null;
}

/** Whether somebody may admit a participant: the facilitator anybody, a host those of their party. */
export function mayAdmit(workshop: Workshop, by: string | null, { partyId }: Pick<Participant, "partyId">): boolean {
  return isFacilitator(workshop, by) || hostOf(workshop, partyId) === by;
}

/** Those whose proposals are waited for: whoever was admitted, but for a facilitator who is nobody's host. */
export function proposersOf(workshop: Workshop): Participant[] {
  return workshop.participants.filter(
    ({ id, state }) => state === "in" && (id !== workshop.facilitatorId || hostedBy(workshop, id) !== null),
  );
}

/** `join`: somebody comes to the door, or straight in where they are known. Joining twice is joining once. */
export function join(
  workshop: Workshop,
  { participantId, name, partyId, member, admitted }: ChangeOf<"join">,
): Result<Workshop> {
  const before = participantOf(workshop, participantId);
  if (before?.state === "left") return ok(withParticipant(workshop, { ...before, state: member ? "in" : "waiting" }));
  if (before) return ok(workshop);
  const checked = checkText(name, PARTICIPANT_NAME);
  if (!checked.ok) return checked;
  if (workshop.participants.length >= LIMITS.participants)
    return reject(
      "full",
      `${LIMITS.participants} people are in this workshop, which is as many as fit. Ask the facilitator.`,
    );
  const participant: Participant = {
    id: participantId,
    name: checked.value,
    label: distinguished(workshop, checked.value),
    partyId,
    member,
    state: admitted ? "in" : "waiting",
  };
  return ok({ ...workshop, participants: [...workshop.participants, participant] });
}

/** A name that nobody in the workshop has: with a number behind it where somebody does. */
function distinguished({ participants }: Workshop, name: string): string {
  const taken = new Set(participants.map(({ label }) => fold(label)));
  if (!taken.has(fold(name))) return name;
  let number = 2;
  while (taken.has(fold(`${name} (${number})`))) number++;
  return `${name} (${number})`;
}

/** `admit`: lets some of those who wait in, or all of them. Whoever is in already stays. */
export function admit(workshop: Workshop, by: string | null, { participantIds }: ChangeOf<"admit">): Result<Workshop> {
  const named = workshop.participants.filter(({ id }) => participantIds.includes(id));
  const waiting = named.filter(({ state }) => state === "waiting");
  if (waiting.some((one) => !mayAdmit(workshop, by, one)))
    return reject("not-yours-to-admit", "The facilitator or the host of their party lets people in.");
  if (named.length === 0) return reject("gone", "They have left again. Look at who is waiting.");
  if (waiting.length === 0) return ok(workshop);
  return ok({
    ...workshop,
    participants: workshop.participants.map((one) => (waiting.includes(one) ? { ...one, state: "in" } : one)),
  });
}

/** `refuse`: sends somebody away. Of whoever was let in before, what they proposed stays. */
export function refuse(workshop: Workshop, by: string | null, { participantId }: ChangeOf<"refuse">): Result<Workshop> {
  const participant = participantOf(workshop, participantId);
  if (!participant || participant.state === "left") return ok(workshop);
  if (!mayAdmit(workshop, by, participant))
    return reject("not-yours-to-admit", "The facilitator or the host of their party decides who takes part.");
  if (isFacilitator(workshop, participantId))
    return reject("facilitator-stays", `${participant.label} leads the workshop. Hand it over first.`);
  if (participant.state === "waiting")
    return ok({ ...workshop, participants: workshop.participants.filter(({ id }) => id !== participantId) });
  return ok(gone(workshop, participant));
}

/** `leave`: somebody goes. Their name and what they sealed stay; a host's seat is free then. The facilitator hands over first. */
export function leave(workshop: Workshop, by: string | null): Result<Workshop> {
  const participant = participantOf(workshop, by);
  if (!participant || participant.state === "left") return ok(workshop);
  if (isFacilitator(workshop, by))
    return reject("facilitator-stays", "You lead this workshop. Hand it over first, or end it.");
  return ok(gone(workshop, participant));
}

function gone(workshop: Workshop, participant: Participant): Workshop {
  const hosts = Object.fromEntries(Object.entries(workshop.hosts).filter(([, id]) => id !== participant.id));
  const secondIds = workshop.secondIds.filter((id) => id !== participant.id);
  return { ...withParticipant(workshop, { ...participant, state: "left" }), hosts, secondIds };
}

function withParticipant(workshop: Workshop, changed: Participant): Workshop {
  return {
    ...workshop,
    participants: workshop.participants.map((one) => (one.id === changed.id ? changed : one)),
  };
}

/** `second`: the facilitator says who may take over. Whoever leads needs an account, because what is settled is logged under it. */
export function second(workshop: Workshop, { participantId, may }: ChangeOf<"second">): Result<Workshop> {
  const others = workshop.secondIds.filter((id) => id !== participantId);
  if (!may) return ok(others.length === workshop.secondIds.length ? workshop : { ...workshop, secondIds: others });
  const refusal = notLeading(workshop, participantId);
  if (refusal) return refusal;
  return ok(
    workshop.secondIds.includes(participantId) ? workshop : { ...workshop, secondIds: [...others, participantId] },
  );
}

/** `take-over`: one whom the facilitator named before leads on, openly. Nobody else can. */
export function takeOver(workshop: Workshop, by: string | null): Result<Workshop> {
  if (by === null || isFacilitator(workshop, by)) return ok(workshop);
  if (!workshop.secondIds.includes(by))
    return reject("not-second", "Only whom the facilitator has named may take over. Ask the facilitator.");
  return ok(ledBy(workshop, by));
}

/** `hand-over`: the facilitator gives the lead to somebody with an account. */
export function handOver(workshop: Workshop, { participantId }: ChangeOf<"hand-over">): Result<Workshop> {
  if (isFacilitator(workshop, participantId)) return ok(workshop);
  return notLeading(workshop, participantId) ?? ok(ledBy(workshop, participantId));
}

/** Whoever led before may take it back: both lead in turn, and everybody sees who does. */
function ledBy(workshop: Workshop, id: string): Workshop {
  const secondIds = [...workshop.secondIds.filter((one) => one !== id), workshop.facilitatorId];
  return { ...workshop, facilitatorId: id, secondIds };
}

function notLeading(workshop: Workshop, id: string): Result<never> | null {
  const participant = participantOf(workshop, id);
  if (!participant || participant.state !== "in")
    return reject("gone", "They aren't in the workshop. Look at who takes part.");
  return participant.member
    ? null
    : reject("guest-leads", `${participant.label} is a guest. Whoever leads needs access to the matrix.`);
}

/** `host`: somebody speaks for their party. An empty seat is taken; a taken one is given by the host or the facilitator. */
export function takeSeat(workshop: Workshop, by: string | null, { participantId }: ChangeOf<"host">): Result<Workshop> {
  const participant = participantOf(workshop, participantId);
  if (!participant || participant.state !== "in")
    return reject("gone", "They aren't in the workshop. Look at who takes part.");
  if (!participant.member)
    return reject(
      "guest-hosts",
      `${participant.label} is a guest. A host needs access to the matrix, to agree for the party.`,
    );
  const before = hostOf(workshop, participant.partyId);
  if (before === participantId) return ok(workshop);
  if (before !== null && before !== by && !isFacilitator(workshop, by))
    return reject("seat-taken", `${labelOf(workshop, before)} is the host of your party and can hand that over.`);
  if (before === null && by !== participantId && !isFacilitator(workshop, by))
    return reject("not-your-seat", `${participant.label} becomes host on their own screen, or by the facilitator.`);
  return ok({ ...workshop, hosts: { ...workshop.hosts, [participant.partyId]: participantId } });
}
