import type { Matrix } from "../matrix/matrix";
import type { Duty, PartyKind } from "../matrix/shapes";
import { withWordsKept } from "./own-word";
import { DUTIES } from "../parts/duties";
import { FRAME } from "../parts/frame";
import type { CollectionName, Collections, Things } from "../parts/part";
import { COLLECTIONS } from "../parts/registry";
import { takeFields } from "../parts/take-fields";
import type { Result } from "../result";

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
  const collections: Partial<Collections> = {};
  for (const name of COLLECTIONS) restoreCollection(collections, name, version);
  const duties = version.duties.map((duty) => restoredDuty(standing.get(duty.id), duty, by));
  return withWordsKept(draft, {
    ...takeFields(draft, version, FRAME, ({ restored }) => restored),
    ...collections,
    duties,
    issued,
  });
}

function restoreCollection<Name extends CollectionName>(
  collections: { [One in Name]?: Things[One][] },
  name: Name,
  version: { [One in Name]: Things[One][] },
): void {
  collections[name] = version[name];
}

function restoredDuty(now: Duty | undefined, then: Duty, by: PartyKind): Duty {
  // Nobody's mark comes back by somebody else's hand.
  if (!now) return { ...then, marks: {}, ruling: null };
  const duty = takeFields(now, then, DUTIES.fields, ({ restored }) => restored);
  return by === "client" ? duty : { ...duty, reserved: now.reserved };
}
