import type { Duty, Matrix, PartyKind } from "./matrix";
import { withWordsKept } from "./own-word";
import type { Result } from "./result";

/**
 * The draft with what a version agreed put back: title, terms, settings, parties, roles, domains and duties. What is no
 * part of a version stays as it is on duties that are in both: marks, rulings, documentation, how it is done today.
 * Warnings accepted in the draft stay accepted, for nobody but the one who accepts can bring an acceptance back. Numbers
 * issued for codes stay issued. What is reserved stays as it is too, unless the client restores.
 */
export function restored(draft: Matrix, version: Matrix, by: PartyKind): Result<Matrix> {
  const standing = new Map(draft.duties.map((duty) => [duty.id, duty]));
  const issued = { ...draft.issued };
  for (const [code, number] of Object.entries(version.issued)) issued[code] = Math.max(number, issued[code] ?? 0);
  return withWordsKept(draft, {
    ...draft,
    title: version.title,
    terms: version.terms,
    settings: version.settings,
    parties: version.parties,
    roles: version.roles,
    domains: version.domains,
    duties: version.duties.map((duty) => restoredDuty(standing.get(duty.id), duty, by)),
    issued,
  });
}

function restoredDuty(now: Duty | undefined, then: Duty, by: PartyKind): Duty {
  // Nobody's mark comes back by somebody else's hand.
  if (!now) return { ...then, marks: {}, ruling: null };
  const { boundary, cadence, code, cover, coverPeriod, decisions, description, domainId, doneWhen, letters, standing, text, tools, suggestions } = then;
  const reserved = by === "client" ? then.reserved : now.reserved;
  return { ...now, boundary, cadence, code, cover, coverPeriod, decisions, description, domainId, doneWhen, letters, reserved, standing, text, tools, suggestions };
}
