import type { Report } from "./report";

/** What a file carries beside its text, as JSON: the number of its writer. Nothing where the first one writes. */
export function besideText({ writer }: Report): string | null {
  return writer === 1 ? null : JSON.stringify({ writer });
}
