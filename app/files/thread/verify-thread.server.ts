import { answerWithoutComparison, type Answer } from "~/domain/verify/answer";
import { fileThread, ThreadStopped, type FileJob } from "./file-thread.server";
import type { LookUp } from "../verify/verify.server";

type VerifyJob = Extract<FileJob, { kind: "verify" }>;

/** A thread beside the one that writes, so that a check waits for no export. What those who wait hold in memory is counted where it arrives. */
const run = fileThread<VerifyJob, Answer>({ waiting: 20, longest: 120_000, here });

/** What reads files is loaded only where it is needed: a server that has threads never does. */
async function here({ bytes, name }: VerifyJob, lookUp: LookUp): Promise<Answer> {
  const { verifyFile } = await import("../verify/verify.server");
  return verifyFile(bytes, name, lookUp);
}

export { ThreadStopped as VerifyStopped };

/** Checks a file in a thread of its own; what has to be looked up is asked here. A file that takes too long or too much is answered so; closing the request that asked for it ends it. */
export async function runVerify(
  file: { bytes: Uint8Array; name: string },
  lookUp: LookUp,
  signal?: AbortSignal,
): Promise<Answer> {
  try {
    return await run(() => ({ kind: "verify", ...file }), { lookUp, signal });
  } catch (error) {
    if (error instanceof ThreadStopped && (error.why === "too-long" || error.why === "too-large"))
      return answerWithoutComparison(
        "unusable",
        "Checking this file took too long or too much memory. Fetch it again from where you have it, then check that copy. Of a very large matrix, check the JSON or the Excel workbook, which carry the same text.",
      );
    throw error;
  }
}
