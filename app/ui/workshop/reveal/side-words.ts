import type { PartyKind } from "~/domain/matrix/shapes";

/** What a party is to the other, beside its name. */
export const SIDE_WORDS: Record<PartyKind, string> = {
  client: "Internal IT",
  provider: "MSP",
  "third-party": "Third party",
};
