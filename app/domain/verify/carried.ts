import { readJson } from "../json-text";
import { WRITERS, type Writer } from "../version/writer";

/** What a file says it is and carries inside: the canonical text and the fingerprints it names. Nothing of it is believed until it is recomputed. */
export type Carried = {
  kind: "draft" | "version";
  /** The number a version claims; null for a draft. */ number: number | null;
  fingerprint: string;
  previous: string | null;
  text: string;
  /** What it carries beside the text, as JSON with the number of its writer; null where it was written before there was any. */ beside:
    string | null;
};

/** The first line of what a file carries, such as "demarc.draft" or "demarc.version 3", as kind and number. */
export function readMarker(marker: string): Pick<Carried, "kind" | "number"> | null {
  if (marker === "demarc.draft") return { kind: "draft", number: null };
  const version = /^demarc\.version ([1-9]\d{0,5})$/.exec(marker);
  return version ? { kind: "version", number: Number(version[1]) } : null;
}

/** The number of the writer that wrote a file; null where what the file carries says none that there is. */
export function writerOf({ beside }: Pick<Carried, "beside">): Writer | null {
  if (beside === null) return 1;
  const read = readJson(beside);
  const named =
    read.ok && typeof read.value === "object" && read.value !== null && "writer" in read.value
      ? read.value.writer
      : null;
  // A file of the first writer carries nothing beside its text.
  return WRITERS.find((writer) => writer === named && writer > 1) ?? null;
}
