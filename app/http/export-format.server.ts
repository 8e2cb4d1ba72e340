import { AppError } from "~/domain/errors";
import { EXPORT_FORMATS, type ExportFormat } from "~/paths";

/** The format an address names; anything else is not there. */
export function exportFormat(name: string): ExportFormat {
  const format = EXPORT_FORMATS.find((known) => known === name);
  if (!format) throw new AppError("not-found", `There is no “${name}” export. Choose ${EXPORT_FORMATS.join(", ")}.`);
  return format;
}
