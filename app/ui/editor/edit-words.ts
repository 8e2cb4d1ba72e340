import type { MatrixCommand } from "~/domain/editing/commands";
import { isTextCommand, type TextCommand } from "~/domain/editing/one-text";
import type { Matrix } from "~/domain/matrix/matrix";

/** An edit in words that can be read without the matrix it was made on: what it was about, what was done, and what was written. */
export function editWords({ duties }: Matrix, commands: readonly MatrixCommand[], said: string): string {
  const ids = [...new Set(commands.flatMap((command) => ("dutyId" in command ? [command.dutyId] : [])))];
  const one = ids.length === 1 ? duties.find(({ id }) => id === ids[0]) : undefined;
  const about = one ? `${one.code} ${one.text}: ` : "";
  const written = commands.flatMap((command) =>
    isTextCommand(command) && command.was !== undefined ? [writtenIn(command)] : [],
  );
  return `${about}${said}${written.length > 0 ? `: ${written.join("\n")}` : ""}`;
}

/** What somebody wrote in a text of an edit. */
export function writtenIn(command: TextCommand): string {
  if ("name" in command) return command.name;
  if ("title" in command) return command.title;
  return Object.values(command.set)
    .flatMap((value): unknown[] => (typeof value === "object" && value !== null ? Object.values(value) : [value]))
    .filter((value) => typeof value === "string")
    .join("\n");
}
