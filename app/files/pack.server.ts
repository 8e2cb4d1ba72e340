import { createHash } from "node:crypto";
import type { TextDocument } from "~/domain/blocks";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Report } from "~/domain/pack/report";
import { AMENDMENT_FORMATS, EXPORT_FORMATS, type ExportFormat } from "~/domain/pack/report-parts";
import { writeCsv } from "./csv.server";
import { writeDocx, writeTextDocx } from "./docx.server";
import { fileName } from "./file-name";
import { writeJson } from "./json.server";
import { writeMarkdown } from "./markdown.server";
import { textPart, zip, type Parts } from "./package.server";
import { writeCallCards, writePdf, writeTextPdf } from "./pdf.server";
import type { CallCardsInput } from "./pdf/cards/call-card.server";
import type { Seal } from "./pdf/seal.server";
import { writeXlsx } from "./xlsx.server";

/** The kind of a file in a pack: the whole report in a format, or its amendment alone. */
export type PackPart = ExportFormat | `amendment-${(typeof AMENDMENT_FORMATS)[number]}`;

/** A file with its name, its type and the hash of its bytes. */
export type PackFile = { name: string; type: string; bytes: Uint8Array; sha256: string };

/** Everything that a pack is written from. It is plain data, so that a worker thread can write it. */
export type PackInput = {
  matrix: Matrix;
  report: Report;
  /** The report of the amendment as a document of its own, where there is one to amend. */ amendment: Report | null;
  seal: Seal | null;
};

const TYPES: Record<ExportFormat, string> = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pdf: "application/pdf",
  json: "application/json",
  csv: "text/csv; charset=utf-8",
  md: "text/markdown; charset=utf-8",
  zip: "application/zip",
};
const MANIFEST = "manifest.json";

/** Writes one file of a pack. The same input gives the same bytes. */
export async function writeFormat(format: ExportFormat, input: PackInput): Promise<PackFile> {
  if (format === "zip") return zipOf(await writeInOrder(filesOfPack(input)), headOf(input.report));
  const bytes = await WRITERS[format](input);
  return packFile(packName(input.report, format), format, bytes);
}

async function writeInOrder(files: readonly PlannedFile[]): Promise<PackFile[]> {
  const written: PackFile[] = [];
  for (const { format, input } of files) written.push(await writeFormat(format, input));
  return written;
}

/** A job of the worker thread that writes files: one file, the ZIP of files that are already written, call cards, or a document of text. */
export type ExportJob =
  | { kind: "export"; format: ExportFormat; input: PackInput }
  | { kind: "call-cards"; name: string; input: CallCardsInput }
  | { kind: "text"; name: string; format: "pdf" | "docx"; document: TextDocument }
  | { kind: "zip"; head: PackHead; files: readonly PackFile[] };

/** Runs a job of the worker thread that writes files. */
export async function doExport(job: ExportJob): Promise<PackFile> {
  switch (job.kind) {
    case "zip":
      return zipOf(job.files, job.head);
    case "call-cards":
      return packFile(job.name, "pdf", await writeCallCards(job.input));
    case "text":
      return packFile(job.name, job.format, await TEXT_WRITERS[job.format](job.document));
    case "export":
      return writeFormat(job.format, job.input);
  }
}

const TEXT_WRITERS = { pdf: writeTextPdf, docx: writeTextDocx };

const WRITERS: Record<Exclude<ExportFormat, "zip">, (input: PackInput) => Promise<Uint8Array> | Uint8Array> = {
  xlsx: ({ report }) => writeXlsx(report),
  docx: ({ report }) => writeDocx(report),
  pdf: ({ report, seal }) => writePdf(report, report.certificate ? seal : null),
  json: ({ matrix, report }) => textPart(writeJson(matrix, report.edition)),
  csv: ({ report }) => textPart(writeCsv(report)),
  md: ({ report }) => textPart(writeMarkdown(report)),
};

/** A file of a pack before it is written: its name, its format and its input. */
type PlannedFile = {
  part: Exclude<PackPart, "zip">;
  name: string;
  format: Exclude<ExportFormat, "zip">;
  input: PackInput;
};

/**
 * Lists the files of a pack except its ZIP, in their order inside the ZIP: the whole report in each format, then the
 * amendment as documents.
 */
export function filesOfPack(input: PackInput): PlannedFile[] {
  const whole = EXPORT_FORMATS.filter((format) => format !== "zip").map((format) => ({
    part: format,
    name: packName(input.report, format),
    format,
    input,
  }));
  if (!input.amendment) return whole;
  const amendment: PackInput = { ...input, report: input.amendment, amendment: null };
  return [
    ...whole,
    ...AMENDMENT_FORMATS.map((format) => ({
      part: `amendment-${format}` as const,
      name: packName(amendment.report, format),
      format,
      input: amendment,
    })),
  ];
}

/** The data for the name and the manifest of the ZIP of a pack. */
export type PackHead = Named & {
  edition: { fingerprint: string; previousFingerprint: string | null } & (
    { kind: "draft" } | { kind: "version"; number: number; status: string }
  );
};

/** Picks the data for the ZIP of a pack from its report, which is far larger. */
export function headOf({ client, provider, title, kind, mark, edition, amendment }: Report): PackHead {
  const { fingerprint, previousFingerprint } = edition;
  const which =
    edition.kind === "draft"
      ? { kind: edition.kind }
      : { kind: edition.kind, number: edition.number, status: edition.status };
  return {
    client,
    provider,
    title,
    kind,
    mark,
    amendment: amendment && { title: amendment.title },
    edition: { ...which, fingerprint, previousFingerprint },
  };
}

/**
 * Packs the files of a pack into a ZIP with a manifest. It throws where two names differ at most in case, since one
 * file would be lost.
 */
function zipOf(files: readonly PackFile[], head: PackHead): PackFile {
  const parts: Parts = {};
  const names = [...files.map(({ name }) => name), MANIFEST].map((name) => name.toLowerCase());
  const duplicate = names.find((name, place) => names.indexOf(name) !== place);
  if (duplicate !== undefined) throw new Error(`Two files of the pack are called ${duplicate}.`);
  for (const { name, bytes } of files) parts[name] = bytes;
  parts[MANIFEST] = textPart(`${JSON.stringify(manifest(files, head), null, 2)}\n`);
  return packFile(packName(head, "zip"), "zip", zip(parts));
}

function manifest(files: readonly PackFile[], { title, client, provider, edition }: PackHead) {
  const { kind, fingerprint, previousFingerprint: previous } = edition;
  return {
    format: "demarc.manifest",
    title,
    client,
    provider,
    edition: {
      kind,
      number: edition.kind === "version" ? edition.number : null,
      status: edition.kind === "version" ? edition.status : null,
      fingerprint,
      previous,
    },
    files: files.map(({ name, bytes, sha256 }) => ({ name, size: bytes.length, sha256 })),
  };
}

type Named = Pick<Report, "client" | "provider" | "title" | "kind" | "mark"> & {
  edition: { kind: "draft" } | { kind: "version"; number: number };
  amendment?: { title: string } | null;
};

/** The name of a file: who agrees, on which matrix, which edition, and whether it is an amendment or an extract. */
function packName({ client, provider, title, edition, kind, amendment, mark }: Named, format: ExportFormat): string {
  const which = edition.kind === "draft" ? "draft" : `version ${edition.number}`;
  return fileName(
    [client, provider, title],
    [which, kind === "amendment" ? (amendment?.title ?? "amendment") : "", mark.includes("EXTRACT") ? "extract" : ""],
    format,
  );
}

function packFile(name: string, format: ExportFormat, bytes: Uint8Array): PackFile {
  return { name, type: TYPES[format], bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}
