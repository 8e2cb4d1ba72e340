import type { Answer } from "~/domain/verify/answer";
import { verifyFile } from "~/files/verify/verify.server";

/** Files of a set that are also checked as those that an installation kept when everybody had signed. */
export const KEPT: readonly string[] = ["v1.docx", "v2.pdf", "v2-amendment.xlsx"];

/** What is answered about a file where no version is known. */
export async function loneAnswer(name: string, bytes: Uint8Array): Promise<AsBefore> {
  return asBefore(await verifyFile(bytes, name, async () => ({ kind: "nowhere" })));
}

/** An answer as releases gave it before they said how a file is like the one that Demarc writes. */
export type AsBefore = Omit<Answer, "match">;

export function asBefore({ match: _match, ...answer }: Answer): AsBefore {
  return {
    ...answer,
    sentence: answer.sentence.replace(/an (?:extract of|amendment that leads to) (?=version \d|a draft)/, ""),
  };
}
