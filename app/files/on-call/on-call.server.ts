import { onCallFileOf, type OnCallEdition, type OnCallFile } from "~/domain/escalation/on-call-file";
import { indexOf } from "~/domain/matrix/owner";
import type { Matrix } from "~/domain/matrix/matrix";
import type { OnCallFormat } from "~/domain/pack/report-parts";
import { fileName } from "../file-name";
import { writeTerraform } from "./terraform.server";

const WRITERS: Record<OnCallFormat, { extension: string; type: string; write: (file: OnCallFile) => string }> = {
  "on-call": {
    extension: "json",
    type: "application/json",
    write: (file) => `${JSON.stringify(file, null, 2)}\n`,
  },
  terraform: { extension: "tf", type: "text/plain; charset=utf-8", write: writeTerraform },
};

/** One path, or all where `pathId` is null, as a file for on-call tools: its name, type and text. */
export function writeOnCall(
  format: OnCallFormat,
  matrix: Matrix,
  edition: OnCallEdition,
  pathId: string | null,
): { name: string; type: string; text: string } {
  const { extension, type, write } = WRITERS[format];
  const { client, provider } = indexOf(matrix);
  const path = matrix.paths.find(({ id }) => id === pathId);
  const which = edition.kind === "draft" ? "draft" : `version ${edition.number}`;
  return {
    name: fileName(
      [client?.name ?? "", provider?.name ?? "", matrix.title, path?.name ?? ""],
      [which, path ? "escalation path" : "escalation paths"],
      extension,
    ),
    type,
    text: write(onCallFileOf(matrix, edition, pathId)),
  };
}
