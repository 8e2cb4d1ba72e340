import { AppError } from "~/domain/errors";
import {
  EXPORT_FORMATS,
  PAPERS,
  partsOf,
  WHOLE_PACK,
  type PackChoice,
  type ExportFormat,
} from "~/domain/pack/report-parts";

/** The format an address names; anything else is not there. */
export function exportFormat(name: string): ExportFormat {
  const format = EXPORT_FORMATS.find((known) => known === name);
  if (!format) throw new AppError("not-found", `There is no “${name}” export. Choose ${EXPORT_FORMATS.join(", ")}.`);
  return format;
}

/** The parts and the paper that an address asks for, and whether it wants the amendment; anything unknown is said. */
export function exportChoice(url: string): { choice: PackChoice; amendment: boolean } {
  const query = new URL(url).searchParams;
  const named = query.get("parts");
  const parts = named === null ? WHOLE_PACK.parts : partsOf(named.split(","));
  const paper = PAPERS.find((known) => known === (query.get("paper") ?? WHOLE_PACK.paper));
  if (!parts || !paper)
    throw new AppError(
      "not-found",
      "This address names parts or a paper that there aren't. Choose them anew from the download menu.",
    );
  return { choice: { parts, paper }, amendment: query.get("as") === "amendment" };
}
