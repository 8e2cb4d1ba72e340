import type { Match } from "~/domain/verify/answer";
import type { ShownFacts } from "~/domain/verify/facts";
import type { Difference } from "~/domain/verify/part";
import type { ShownSignatures } from "~/domain/verify/signatures";
import type { Edition } from "~/domain/version/snapshot";

/**
 * What a file states beyond its canonical text. `sealed` is the text on its certificate about the digital signature.
 */
export type FileFacts = ShownFacts & ShownSignatures & { sealed?: string | null };

/** The differences between a file and what it should show, with notes and the facts that were compared. */
export type FileComparison = {
  differences: Difference[];
  notes: string[];
  facts: FileFacts | null;
  /** How the file is like the one that Demarc writes, where nothing differs. */ match: Match;
  /** Whether its digital signature no longer fits it, or was taken away. */ sealBroken: boolean;
};

/** The edition that a file is compared with. */
export type ExpectedEdition = { edition: Edition; fingerprint: string };
