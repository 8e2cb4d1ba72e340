import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { LIMITS } from "~/domain/limits";
import type { Answer, Verdict } from "~/domain/verify/answer";
import { differenceSentence } from "~/domain/verify/difference-words";
import { readReference, verifyFile, type Reference } from "~/files/verify.server";

const SOUND: readonly Verdict[] = ["consistent", "draft", "same-text"];

/** Verifies a file without a server and prints the answer. Ends with 0 where the file is consistent, 1 where it differs or can't be used. */
export async function verify(file: string, { against, json = false }: { against?: string; json?: boolean }): Promise<never> {
  const reference: Reference = against === undefined ? { kind: "nowhere" } : await referenceIn(against);
  const answer = await verifyFile(bytesOf(file), path.basename(file), async () => reference);
  if (json) process.stdout.write(`${JSON.stringify({ ...answer, differences: answer.differences.map((difference) => ({ ...difference, sentence: differenceSentence(difference) })) }, null, 2)}\n`);
  else process.stdout.write(`${lines(answer).join("\n")}\n`);
  process.exit(SOUND.includes(answer.verdict) ? 0 : 1);
}

function lines({ sentence, differences, more, notes, about }: Answer): string[] {
  return [
    sentence,
    ...differences.map((difference) => `- ${differenceSentence(difference)}`),
    ...(more > 0 ? [`- And ${more} more.`] : []),
    ...notes,
    ...(about ? [`${about.title}: ${about.client} and ${about.provider}`, `Fingerprint ${about.fingerprint}`] : []),
  ];
}

async function referenceIn(file: string): Promise<Reference> {
  const reference = await readReference(bytesOf(file), path.basename(file));
  return reference.ok ? reference.value : stop(`${file}: ${reference.rejection.message}`);
}

function bytesOf(file: string): Uint8Array {
  if (!existsSync(file)) return stop(`There is no file ${file}.`);
  try {
    const { size } = statSync(file);
    if (size > LIMITS.checkedBytes) stop(`${file} has ${Math.ceil(size / 1_000_000)} MB; at most ${LIMITS.checkedBytes / 1_000_000} MB are read. Demarc's own files are far smaller.`);
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    return stop(`${file} can't be read: ${error instanceof Error ? error.message : "unknown"}.`);
  }
}

function stop(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
