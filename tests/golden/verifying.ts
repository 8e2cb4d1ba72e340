import type { Answer } from "~/domain/verify/answer";
import { verifyFile } from "~/files/verify/verify.server";

/** Files of a set that are also checked as those that an installation kept when everybody had signed. */
export const KEPT: readonly string[] = ["v1.docx", "v2.pdf", "v2-amendment.xlsx"];

/** What is answered about a file where no version is known. */
export function loneAnswer(name: string, bytes: Uint8Array): Promise<Answer> {
  return verifyFile(bytes, name, async () => ({ kind: "nowhere" }));
}
