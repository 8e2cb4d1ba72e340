import { createHash } from "node:crypto";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Report } from "~/domain/pack/report";
import { AMENDMENT_FORMATS, EXPORT_FORMATS, type ExportFormat } from "~/domain/pack/report-parts";
import { writeCsv } from "./csv.server";
import { writeDocx } from "./docx.server";
import { fileName } from "./file-name";
import { writeJson } from "./json.server";
import { writeMarkdown } from "./markdown.server";
import { textPart, zip, type Parts } from "./package.server";
import { writePdf } from "./pdf.server";
import type { Seal } from "./pdf/seal.server";
import { writeXlsx } from "./xlsx.server";

/** What a file of a pack is, whatever it is called: all of it in a format, or its amendment alone. */
export type PackPart = ExportFormat | `amendment-${(typeof AMENDMENT_FORMATS)[number]}`;

/** A file with what identifies its bytes. */
export type PackFile = { name: string; type: string; bytes: Uint8Array; sha256: string };

/** What a pack is written from. Plain data, so that another thread can write it. */
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

/** One file of a pack. The same input gives the same bytes. */
export async function writeFormat(format: ExportFormat, input: PackInput): Promise<PackFile> {
  if (format === "zip") return zipOf(await inTurn(filesOfPack(input)), headOf(input.report));
  const bytes = await writers[format](input);
  return named(packName(input.report, format), format, bytes);
}

async function inTurn(files: readonly ToWrite[]): Promise<PackFile[]> {
  const written: PackFile[] = [];
  for (const { format, input } of files) written.push(await writeFormat(format, input));
  return written;
}

/** What the thread that writes is asked for: one file, or the ZIP of files that are written. */
export type ExportJob =
  | { kind: "export"; format: ExportFormat; input: PackInput }
  | { kind: "zip"; head: PackHead; files: readonly PackFile[] };

/** Does a job of the thread that writes. */
export async function doExport(job: ExportJob): Promise<PackFile> {
  return job.kind === "zip" ? zipOf(job.files, job.head) : writeFormat(job.format, job.input);
}

const writers: Record<Exclude<ExportFormat, "zip">, (input: PackInput) => Promise<Uint8Array> | Uint8Array> = {
  xlsx: ({ report }) => writeXlsx(report),
  docx: ({ report }) => writeDocx(report),
  pdf: ({ report, seal }) => writePdf(report, report.certificate ? seal : null),
  json: ({ matrix, report }) => textPart(writeJson(matrix, report.edition)),
  csv: ({ report }) => textPart(writeCsv(report)),
  md: ({ report }) => textPart(writeMarkdown(report)),
};

/** A file of a pack that is still to be written, and what it is written from. */
type ToWrite = { part: Exclude<PackPart, "zip">; name: string; format: Exclude<ExportFormat, "zip">; input: PackInput };

/** The files of a pack but for the ZIP of them all, in the order in which they stand in it: the whole, then its amendment as documents. */
export function filesOfPack(input: PackInput): ToWrite[] {
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

/** What the ZIP of a pack says about what is in it. */
export type PackHead = Named & {
  edition: { fingerprint: string; previousFingerprint: string | null } & (
    { kind: "draft" } | { kind: "version"; number: number; status: string }
  );
};

/** What the ZIP of a pack says, without what its files are written from. */
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

/** All files of a pack as one, with a manifest. Throws where two have one name, in whatever case: one of them would be lost. */
function zipOf(files: readonly PackFile[], head: PackHead): PackFile {
  const parts: Parts = {};
  const names = [...files.map(({ name }) => name), MANIFEST].map((name) => name.toLowerCase());
  const twice = names.find((name, place) => names.indexOf(name) !== place);
  if (twice !== undefined) throw new Error(`Two files of the pack are called ${twice}.`);
  for (const { name, bytes } of files) parts[name] = bytes;
  parts[MANIFEST] = textPart(`${JSON.stringify(manifest(files, head), null, 2)}\n`);
  return named(packName(head, "zip"), "zip", zip(parts));
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

/** What a file of a report is called: who agrees, on what, which edition, and whether it is all of it. */
function packName({ client, provider, title, edition, kind, amendment, mark }: Named, format: ExportFormat): string {
  const which = edition.kind === "draft" ? "draft" : `version ${edition.number}`;
  return fileName(
    [client, provider, title],
    [which, kind === "amendment" ? (amendment?.title ?? "amendment") : "", mark.includes("EXTRACT") ? "extract" : ""],
    format,
  );
}

function named(name: string, format: ExportFormat, bytes: Uint8Array): PackFile {
  return { name, type: TYPES[format], bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}
