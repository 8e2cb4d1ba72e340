import { AppError } from "~/domain/errors";
import {
  EXPORT_FORMATS,
  ON_CALL_FORMATS,
  PAPERS,
  partsOf,
  WHOLE_PACK,
  type PackChoice,
  type ExportFormat,
  type OnCallFormat,
} from "~/domain/pack/report-parts";

/** The export format in an address; throws `not-found` for an unknown one. */
export function exportFormat(name: string): ExportFormat {
  const format = EXPORT_FORMATS.find((candidate) => candidate === name);
  if (!format)
    throw new AppError(
      "not-found",
      `There is no “${name}” export. Choose ${[...EXPORT_FORMATS, ...ON_CALL_FORMATS].join(", ")}.`,
    );
  return format;
}

/** The format for on-call tools in an address; null for another one. */
export function onCallFormat(name: string): OnCallFormat | null {
  return ON_CALL_FORMATS.find((candidate) => candidate === name) ?? null;
}

/** The id of the path that an address asks for; null where it asks for all. */
export function pathAsked(url: string): string | null {
  return new URL(url).searchParams.get("path");
}

/**
 * The parts and the paper chosen in an address, and whether it asks for the amendment. Throws `not-found` for unknown
 * ones.
 */
export function exportChoice(url: string): { choice: PackChoice; amendment: boolean } {
  const query = new URL(url).searchParams;
  const partNames = query.get("parts");
  const parts = partNames === null ? WHOLE_PACK.parts : partsOf(partNames.split(","));
  const paper = PAPERS.find((candidate) => candidate === (query.get("paper") ?? WHOLE_PACK.paper));
  if (!parts || !paper)
    throw new AppError(
      "not-found",
      "This address names parts or a paper that there aren't. Choose them anew from the download menu.",
    );
  return { choice: { parts, paper }, amendment: query.get("as") === "amendment" };
}
