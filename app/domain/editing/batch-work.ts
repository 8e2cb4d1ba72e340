import type { MatrixCommand, Step } from "./commands";
import { LIMITS } from "../limits";

/** Commands that traverse the whole matrix. Each costs as much as very many others. */
const WIDE: readonly MatrixCommand["type"][] = [
  "diff.apply",
  "domain.merge",
  "party.delete",
  "role.merge",
  "role.place",
  "role.delete",
  "matrix.scheme",
];

function countCommands(steps: readonly Step[]): { commands: number; wide: number } {
  const commands = steps.flatMap((step) => step.commands);
  return { commands: commands.length, wide: commands.filter(({ type }) => WIDE.includes(type)).length };
}

/**
 * The reason why steps are too many for one request; null when they fit. The limit keeps one request from blocking the
 * server's only process.
 */
export function tooMuchForOneBatch(steps: readonly Step[]): string | null {
  const { commands, wide } = countCommands(steps);
  const formatted = (count: number) => count.toLocaleString("en-GB");
  if (commands > LIMITS.commandsPerBatch)
    return `It holds ${formatted(commands)} edits; at most ${formatted(LIMITS.commandsPerBatch)} fit into one request. Send them in parts.`;
  if (wide > LIMITS.wideCommandsPerBatch)
    return `It holds ${formatted(wide)} edits that go through the whole matrix; at most ${formatted(LIMITS.wideCommandsPerBatch)} fit into one request. Send them in parts.`;
  return null;
}
