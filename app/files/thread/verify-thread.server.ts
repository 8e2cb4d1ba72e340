import { answerWithoutComparison, type Answer } from "~/domain/verify/answer";
import { createFileThread, ThreadStopped, type FileJob } from "./file-thread.server";
import type { LookUpVersion } from "../verify/verify.server";

type VerifyJob = Extract<FileJob, { kind: "verify" }>;

/** A second worker thread, so that checks don't wait for exports. The upload limits the memory of files that wait. */
const run = createFileThread<VerifyJob, Answer>({ waiting: 20, longest: 120_000, here });

/** Loads the parsers only where no thread can be started. A server with threads never needs them here. */
async function here({ bytes, name }: VerifyJob, lookUp: LookUpVersion): Promise<Answer> {
  const { verifyFile } = await import("../verify/verify.server");
  return verifyFile(bytes, name, lookUp);
}

export { ThreadStopped as VerifyStopped };

/**
 * Checks a file in a worker thread; the process looks up versions for it. A file that takes too long or too much memory
 * gets an answer that says so. The abort signal, which closing the request triggers, ends the check.
 */
export async function runVerify(
  file: { bytes: Uint8Array; name: string },
  lookUp: LookUpVersion,
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
