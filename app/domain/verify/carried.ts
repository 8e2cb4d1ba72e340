import { readJson } from "../json-text";
import { WRITERS, type WriterNumber } from "../version/writer";

/**
 * The data for verification inside a file: its canonical text and the fingerprints it claims. None of it is trusted
 * until it is recomputed.
 */
export type CarriedText = {
  kind: "draft" | "version";
  /** The claimed number of the version; null for a draft. */
  number: number | null;
  fingerprint: string;
  previous: string | null;
  text: string;
  /** The JSON of further facts with the number of the writer; null in files of the first writer. */
  beside: string | null;
};

/** Parses the first line of the carried data, such as "demarc.draft" or "demarc.version 3"; null for other texts. */
export function readMarker(marker: string): Pick<CarriedText, "kind" | "number"> | null {
  if (marker === "demarc.draft") return { kind: "draft", number: null };
  const version = /^demarc\.version ([1-9]\d{0,5})$/.exec(marker);
  return version ? { kind: "version", number: Number(version[1]) } : null;
}

/** The number of the writer that wrote a file; null when the file names no known one. */
export function writerOf({ beside }: Pick<CarriedText, "beside">): WriterNumber | null {
  if (beside === null) return 1;
  const parsed = readJson(beside);
  const writerNumber =
    parsed.ok && typeof parsed.value === "object" && parsed.value !== null && "writer" in parsed.value
      ? parsed.value.writer
      : null;
  // Files of the first writer carry no facts, so that the number 1 can't be named.
  return WRITERS.find((writer) => writer === writerNumber && writer > 1) ?? null;
}
