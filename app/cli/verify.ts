import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { LIMITS } from "~/domain/limits";
import { matchSentence, type Answer, type Verdict } from "~/domain/verify/answer";
import { differenceSentence } from "~/domain/verify/difference-words";
import { readReference, verifyFile, type VersionToCompare } from "~/files/verify/verify.server";

/** The verdicts with which the command ends well, whether the file is as it was written or was saved again. */
const GOOD_VERDICTS: readonly Verdict[] = ["consistent", "draft", "same-text"];

/**
 * Verifies files without a server, one after the other, and prints each answer. Ends the process with 0 where all are
 * consistent, and with 1 where one differs, has a broken seal or can't be used.
 */
export async function verify(
  files: readonly string[],
  { against, json = false }: { against?: string; json?: boolean },
): Promise<never> {
  const reference: VersionToCompare = against === undefined ? { kind: "nowhere" } : await referenceIn(against);
  const answers: (Answer & { file: string })[] = [];
  for (const file of files)
    answers.push({ file, ...(await verifyFile(bytesOf(file), path.basename(file), async () => reference)) });
  const printed = answers.map(({ differences, ...answer }) => ({
    ...answer,
    differences: differences.map((difference) => ({ ...difference, sentence: differenceSentence(difference) })),
  }));
  const single = answers.length === 1;
  if (json) process.stdout.write(`${JSON.stringify(single ? printed[0] : printed, null, 2)}\n`);
  else
    process.stdout.write(
      `${answers.map((answer) => [...(single ? [] : [`${answer.file}:`]), ...lines(answer)].join("\n")).join("\n\n")}\n`,
    );
  process.exit(answers.every(({ verdict }) => GOOD_VERDICTS.includes(verdict)) ? 0 : 1);
}

function lines({ sentence, match, differences, more, notes, about }: Answer): string[] {
  return [
    sentence,
    ...(match ? [matchSentence(match)] : []),
    ...differences.map((difference) => `- ${differenceSentence(difference)}`),
    ...(more > 0 ? [`- And ${more} more.`] : []),
    ...notes,
    ...(about ? [`${about.title}: ${about.client} and ${about.provider}`, `Fingerprint ${about.fingerprint}`] : []),
  ];
}

async function referenceIn(file: string): Promise<VersionToCompare> {
  const reference = await readReference(bytesOf(file), path.basename(file));
  return reference.ok ? reference.value : stop(`${file}: ${reference.rejection.message}`);
}

function bytesOf(file: string): Uint8Array {
  if (!existsSync(file)) return stop(`There is no file ${file}.`);
  try {
    const { size } = statSync(file);
    if (size > LIMITS.checkedBytes)
      stop(
        `${file} has ${Math.ceil(size / 1_000_000)} MB; at most ${LIMITS.checkedBytes / 1_000_000} MB are read. Check another file of the same version, such as the workbook: each carries the whole text.`,
      );
    return new Uint8Array(readFileSync(file));
  } catch (error) {
    return stop(`${file} can't be read: ${error instanceof Error ? error.message : "unknown"}.`);
  }
}

function stop(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
