import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { PARTY_FIELDS } from "~/domain/parts/parties";
import { localDay } from "~/domain/days";
import { blockerWords, findBlockers } from "~/domain/findings/blockers";
import { countOpen, findAll } from "~/domain/findings/findings";
import type { Matrix } from "~/domain/matrix/matrix";
import { buildReport, type Report } from "~/domain/pack/report";
import {
  EXPORT_FORMATS,
  ON_CALL_FORMATS,
  PAPERS,
  WHOLE_PACK,
  type OnCallFormat,
  type Paper,
} from "~/domain/pack/report-parts";
import { canonicalText } from "~/domain/version/snapshot";
import { checkText } from "~/domain/text";
import { fingerprintOf } from "~/files/fingerprint.server";
import { readMatrixFile, writeJson } from "~/files/json.server";
import { writeOnCall } from "~/files/on-call/on-call.server";
import { writeFormat } from "~/files/pack.server";
import { isPresetId } from "~/library/presets";
import { PRESET_IDS } from "~/library/schema";
import { firstProblem } from "~/domain/parts/invariants";
import { blankMatrix, matrixFromLibrary } from "~/library/start-matrix";

const PRESETS = [...PRESET_IDS, "blank"];

const USAGE = `demarc new --client NAME --provider NAME [--reference TEXT] --preset ${PRESETS.join("|")} --out FILE [--force]
demarc export FILE --format xlsx|docx|pdf|zip|json|csv|md --out FILE [--paper A4|Letter] [--force]
demarc export FILE --format on-call|terraform --out FILE [--path NAME] [--force]
demarc check FILE [--json]
demarc verify FILE… [--against version.json] [--json]
demarc call FILE --scenario ID --at 2027-01-09T02:10 [--people people.json] [--time-zone ZONE] [--json]`;

/**
 * Ends the process with one line on standard error: with 2 where the command can't be understood, with 1 where its
 * input can't be used.
 */
function fail(message: string, code: 1 | 2): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function argumentsOf() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        client: { type: "string" },
        provider: { type: "string" },
        reference: { type: "string", default: "" },
        preset: { type: "string" },
        format: { type: "string" },
        out: { type: "string" },
        against: { type: "string" },
        force: { type: "boolean", default: false },
        paper: { type: "string", default: "A4" },
        path: { type: "string" },
        json: { type: "boolean", default: false },
        scenario: { type: "string" },
        at: { type: "string" },
        people: { type: "string" },
        "time-zone": { type: "string" },
      },
    });
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : "That was not understood."}\n${USAGE}`, 2);
  }
}

type Values = ReturnType<typeof argumentsOf>["values"];

function requiredOption(values: Values, name: "client" | "provider" | "preset" | "format" | "out"): string {
  return values[name] ?? fail(`--${name} is missing.\n${USAGE}`, 2);
}

function newMatrixFile(values: Values): string {
  const names = {
    client: requiredOption(values, "client"),
    provider: requiredOption(values, "provider"),
    agreementReference: values.reference,
  };
  const preset = requiredOption(values, "preset");
  if (preset !== "blank" && !isPresetId(preset))
    fail(`There is no preset “${preset}”. Choose one of ${PRESETS.join(", ")}.`, 2);
  const matrix =
    preset === "blank"
      ? blankMatrix(names)
      : isPresetId(preset)
        ? matrixFromLibrary({ ...names, preset })
        : fail(USAGE, 2);
  for (const name of [names.client, names.provider]) {
    const checked = checkText(name, PARTY_FIELDS.name.rule);
    if (!checked.ok) fail(checked.rejection.message, 1);
  }
  const problem = firstProblem(matrix);
  if (problem) fail(problem.message, 1);
  return writeJson(matrix);
}

async function exportedFile(
  file: string | undefined,
  format: string,
  { paper, path }: Pick<Values, "paper" | "path">,
): Promise<string | Uint8Array> {
  const onCall = ON_CALL_FORMATS.find((one) => one === format);
  if (onCall) return pathsFor(onCall, matrixIn(file), path);
  const exportFormat =
    EXPORT_FORMATS.find((one) => one === format) ??
    fail(`There is no format “${format}”. Choose ${[...EXPORT_FORMATS, ...ON_CALL_FORMATS].join(", ")}.`, 2);
  const sheet =
    PAPERS.find((one) => one === paper) ?? fail(`There is no paper “${paper}”. Choose ${PAPERS.join(" or ")}.`, 2);
  const matrix = matrixIn(file);
  // A matrix file by itself has no edition to carry.
  if (exportFormat === "json") return writeJson(matrix);
  const { bytes } = await writeFormat(exportFormat, {
    matrix,
    report: reportOf(matrix, sheet),
    amendment: null,
    seal: null,
  });
  return bytes;
}

/** The path of that name, or all where none is named, as a file for on-call tools. */
function pathsFor(format: OnCallFormat, matrix: Matrix, name: string | undefined): string {
  const path = matrix.paths.find((one) => one.name === name);
  if (name !== undefined && !path)
    fail(`There is no path “${name}”. Choose ${matrix.paths.map((one) => one.name).join(", ") || "another file"}.`, 1);
  return writeOnCall(format, matrix, { kind: "draft" }, path?.id ?? null).text;
}

function matrixIn(file: string | undefined): Matrix {
  if (!file) return fail(`Name the matrix file.\n${USAGE}`, 2);
  if (!existsSync(file)) return fail(`There is no file ${file}.`, 1);
  const matrix = readMatrixFile(readFileSync(file, "utf8"));
  return matrix.ok ? matrix.value : fail(`${file}: ${matrix.rejection.message}`, 1);
}

/** Prints the findings; ends with 1 where one of them stops signing. */
function check(matrix: Matrix, asJson: boolean): never {
  const findings = findAll(matrix, { today: localDay(new Date()) });
  const counts = countOpen(findings);
  const namesOf = (ids: readonly string[], things: readonly { id: string; code?: string; name?: string }[]) =>
    things.filter(({ id }) => ids.includes(id)).map(({ code, name }) => code ?? name ?? "");
  const rows = findings.map((finding) => ({
    rule: finding.rule,
    severity: finding.severity,
    duties: namesOf(finding.dutyIds, matrix.duties),
    roles: namesOf(finding.roleIds, matrix.roles),
    sentence: finding.title,
    why: finding.why,
    accepted: finding.accepted?.reason ?? null,
  }));
  if (asJson) process.stdout.write(`${JSON.stringify({ findings: rows }, null, 2)}\n`);
  else {
    for (const { severity, duties, sentence, accepted } of rows)
      process.stdout.write(
        `${severity}${accepted === null ? "" : " (accepted)"}: ${duties.length === 1 ? `${duties[0] ?? ""} ` : ""}${sentence}\n`,
      );
    process.stdout.write(`${counts.blocker} blockers, ${counts.warning} warnings, ${counts.insight} insights.\n`);
  }
  process.exit(counts.blocker > 0 ? 1 : 0);
}

function reportOf(matrix: Matrix, paper: Paper): Report {
  const text = canonicalText({ matrix, number: 1, previous: null });
  return buildReport({
    matrix,
    edition: {
      kind: "draft",
      differsFrom: null,
      exportedAt: new Date().toISOString(),
      fingerprint: fingerprintOf(text),
      previousFingerprint: null,
      canonicalText: text,
    },
    changes: [],
    blockers: findBlockers(matrix).map(blockerWords),
    choice: { ...WHOLE_PACK, paper },
  });
}

const { values, positionals } = argumentsOf();
const [command, ...files] = positionals;
const [file] = files;
if (command === "check") check(matrixIn(file), values.json);
if (command === "verify") {
  if (files.length === 0) fail(`Name the file to verify.\n${USAGE}`, 2);
  // The readers of files are loaded for this command only.
  const { verify } = await import("./verify");
  await verify(files, values);
}
if (command === "call") {
  // Time zones and the library's search words are loaded for this command only.
  const { call } = await import("./call");
  call(matrixIn(file), values, new Date());
}
if (command !== "new" && command !== "export") fail(USAGE, 2);
const out = requiredOption(values, "out");
if (existsSync(out) && !values.force)
  fail(`${out} is there already. Choose another name, or say --force to replace it.`, 1);
const content =
  command === "new" ? newMatrixFile(values) : await exportedFile(file, requiredOption(values, "format"), values);
try {
  writeFileSync(out, content);
} catch (error) {
  fail(`${out} could not be written: ${error instanceof Error ? error.message : "unknown"}.`, 1);
}
