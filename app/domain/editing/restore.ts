import type { Matrix } from "../matrix/matrix";
import type { Duty, PartyKind } from "../matrix/shapes";
import { withStatementsKept } from "./own-word";
import { FRAME } from "../parts/frame";
import type { CollectionName, Collections, Things } from "../parts/part";
import { COLLECTIONS, PARTS } from "../parts/registry";
import { takeFields } from "../parts/field";
import type { Result } from "../result";

/**
 * The draft with the agreed content of a version restored: title, terms, settings and every kind of thing. Things that
 * are in both keep their unsigned fields, such as a duty's marks, ruling, documentation and notes about today. Accepted
 * warnings stay as they are in the draft, since only the person who accepts can restore an acceptance. Numbers issued
 * for codes stay issued. `reserved` stays too, unless the client restores.
 */
export function restoredDraft(draft: Matrix, version: Matrix, by: PartyKind): Result<Matrix> {
  const issued = { ...draft.issued };
  for (const [code, number] of Object.entries(version.issued)) issued[code] = Math.max(number, issued[code] ?? 0);
  const collections: Partial<Collections> = {};
  for (const name of COLLECTIONS) restoreCollection(collections, name, draft, version);
  const draftDuties = new Map(draft.duties.map((duty) => [duty.id, duty]));
  const duties = (collections.duties ?? []).map((duty) =>
    withoutRestoredStatements(draftDuties.get(duty.id), duty, by),
  );
  return withStatementsKept(draft, {
    ...takeFields(draft, version, FRAME, ({ restored }) => restored),
    ...collections,
    duties,
    issued,
  });
}

function restoreCollection<Name extends CollectionName>(
  collections: { [One in Name]?: Things[One][] },
  name: Name,
  draft: { [One in Name]: Things[One][] },
  version: { [One in Name]: Things[One][] },
): void {
  const draftThings = new Map(draft[name].map((thing) => [thing.id, thing]));
  collections[name] = version[name].map((thing) => {
    const draftThing = draftThings.get(thing.id);
    return draftThing
      ? takeFields<Things[Name]>(draftThing, thing, PARTS[name].fields, ({ restored }) => restored)
      : thing;
  });
}

/**
 * A restored duty. Marks and a ruling aren't restored, since a member can't make statements for others; only the client
 * restores `reserved`.
 */
function withoutRestoredStatements(before: Duty | undefined, duty: Duty, by: PartyKind): Duty {
  if (!before) return { ...duty, marks: {}, ruling: null };
  return by === "client" ? duty : { ...duty, reserved: before.reserved };
}
