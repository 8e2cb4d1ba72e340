import { existsSync, readFileSync, statSync } from "node:fs";
import { checkBeginning, type Beginning } from "~/domain/escalation/calls-words.server";
import { readPeople } from "~/domain/escalation/people-file";
import type { Behind } from "~/domain/escalation/staffing-of";
import { readJson } from "~/domain/json-text";
import { LIMITS } from "~/domain/limits";
import type { Matrix } from "~/domain/matrix/matrix";
import { answerScenario } from "~/domain/scenario/answer.server";
import { usualZone } from "~/domain/scenario/scenario";
import { scenarioNamed, SCENARIOS } from "~/library/scenarios";
import { librarySearchWords } from "~/library/search-words";

export type CallOptions = { scenario?: string; at?: string; people?: string; "time-zone"?: string; json?: boolean };

/**
 * Prints who is called, who may decide and where it breaks in a scenario. Ends the process with 0 where somebody who may decide
 * is reached in time; with 1 where nobody is, or a file can't be used; with 2 where the command can't be understood.
 */
export function call(matrix: Matrix, options: CallOptions, now: Date): never {
  const named = options.scenario ?? stop("--scenario is missing.", 2);
  const scenario =
    scenarioNamed(named) ??
    stop(`There is no scenario “${named}”. Choose one of: ${SCENARIOS.map(({ id }) => id).join(", ")}.`, 2);
  const beginning = beginningFrom(options.at, options["time-zone"] ?? usualZone(matrix));
  const behind = options.people === undefined ? null : peopleIn(options.people, matrix, now);
  const answer = answerScenario(scenario, beginning, {
    matrix,
    behind,
    awayId: null,
    wordsOf: librarySearchWords,
  });
  process.stdout.write(options.json ? `${JSON.stringify(answer, null, 2)}\n` : `${answer.words.join("\n")}\n`);
  process.exit(answer.inTime ? 0 : 1);
}

function beginningFrom(at: string | undefined, timeZone: string): Beginning {
  if (at === undefined) return stop("--at is missing. Write it as in --at 2027-01-09T02:10.", 2);
  const [day = "", time = "", ...more] = at.split("T");
  if (time === "" || more.length > 0) return stop(`“${at}” isn't a moment. Write it as in 2027-01-09T02:10.`, 2);
  const beginning = { day, time, timeZone };
  const [wrong] = checkBeginning(beginning);
  return wrong ? stop(wrong.message, 2) : beginning;
}

function peopleIn(file: string, matrix: Matrix, now: Date): Behind {
  const json = readJson(textOf(file));
  if (!json.ok)
    return stop(`${file} is ${json.rejection.message}. Choose a file in the form of docs/people-file.md.`, 1);
  const read = readPeople(json.value, matrix, now);
  return read.ok ? read.behind : stop(read.sentences.map((sentence) => `${file}: ${sentence}`).join("\n"), 1);
}

function textOf(file: string): string {
  if (!existsSync(file)) return stop(`There is no file ${file}.`, 1);
  try {
    const { size } = statSync(file);
    if (size > LIMITS.checkedBytes)
      return stop(
        `${file} has ${Math.ceil(size / 1_000_000)} MB; at most ${LIMITS.checkedBytes / 1_000_000} MB are read. A file of people is far smaller.`,
        1,
      );
    return readFileSync(file, "utf8");
  } catch (error) {
    return stop(`${file} can't be read: ${error instanceof Error ? error.message : "unknown"}.`, 1);
  }
}

function stop(message: string, code: 1 | 2): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}
