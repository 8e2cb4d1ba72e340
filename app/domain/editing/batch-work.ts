import type { MatrixCommand, Step } from "./commands";
import { LIMITS } from "../limits";

/** Commands that go through the whole matrix, each of which costs as much as very many others. */
const WIDE: readonly MatrixCommand["type"][] = [
  "diff.apply",
  "domain.merge",
  "party.delete",
  "role.merge",
  "role.place",
  "role.delete",
  "matrix.scheme",
];

function workOf(steps: readonly Step[]): { commands: number; wide: number } {
  const commands = steps.flatMap((step) => step.commands);
  return { commands: commands.length, wide: commands.filter(({ type }) => WIDE.includes(type)).length };
}

/** Why steps don't fit into one request; null where they do. So no request keeps the one process to itself. */
export function tooMuchForOneBatch(steps: readonly Step[]): string | null {
  const { commands, wide } = workOf(steps);
  const number = (count: number) => count.toLocaleString("en-GB");
  if (commands > LIMITS.commandsPerBatch)
    return `It holds ${number(commands)} edits; at most ${number(LIMITS.commandsPerBatch)} fit into one request. Send them in parts.`;
  if (wide > LIMITS.wideCommandsPerBatch)
    return `It holds ${number(wide)} edits that go through the whole matrix; at most ${number(LIMITS.wideCommandsPerBatch)} fit into one request. Send them in parts.`;
  return null;
}
