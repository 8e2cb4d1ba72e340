import { LIMITS } from "../limits";
import type { EscalationPath } from "../matrix/escalation-shapes";
import type { Mark, Ruling } from "../matrix/shapes";
import type { TextRule } from "../text";
import { unsigned } from "./field";

export const POSITION: TextRule = { called: "The position", max: LIMITS.position, lines: true, optional: true };
export const RULED: TextRule = { called: "What was ruled", max: LIMITS.reason, lines: true, optional: false };
export const RULED_BY: TextRule = { called: "Who ruled", max: LIMITS.name, lines: false, optional: false };
export const RULED_WHY: TextRule = {
  called: "The reason for the ruling",
  max: LIMITS.reason,
  lines: true,
  optional: false,
};
const RULING_TEXTS = [
  ["what", RULED],
  ["by", RULED_BY],
  ["why", RULED_WHY],
] as const;

/** The kinds of thing, besides duties, that the parties mark. */
export const MARKED_NAMES = ["paths"] as const;
export type MarkedName = (typeof MARKED_NAMES)[number];
/** A thing, other than a duty, that the parties mark. */
export type MarkedThing = EscalationPath;

/** What the parties say of a thing. Commands of its own set it; no command that sets fields does. */
export const MARK_FIELDS = {
  marks: unsigned<Record<string, Mark>>({
    label: "Marks",
    stated: true,
    preset: "blank",
    entries: { named: null, holdsNull: false },
    words: () => "",
    texts: (stated) =>
      Object.entries(stated).map(([partyId, { position }]) => ({
        at: `${partyId}.position`,
        text: position,
        rule: POSITION,
      })),
  }),
  ruling: unsigned<Ruling | null>({
    label: "Ruling",
    stated: true,
    preset: "blank",
    words: (ruling) => ruling?.what ?? "",
    texts: (ruling) => (ruling ? RULING_TEXTS.map(([field, rule]) => ({ at: field, text: ruling[field], rule })) : []),
  }),
};
