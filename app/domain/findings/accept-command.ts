import type { MatrixCommand } from "../editing/commands";
import { hashText } from "../hash";
import type { Acceptance } from "../matrix/shapes";
import type { Finding } from "./finding";

/** The command that accepts a warning with its present facts. */
export function acceptCommand(finding: Finding, acceptance: Omit<Acceptance, "about">): MatrixCommand {
  return { type: "finding.accept", key: finding.key, acceptance: { ...acceptance, about: hashText(finding.about) } };
}
