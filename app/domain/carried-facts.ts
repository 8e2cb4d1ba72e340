import type { Report } from "./report";
import { TODAYS_WRITER } from "./writer";

/** What a file carries beside its text, as JSON: the number of its writer. */
export function besideText(_report: Report): string {
  return JSON.stringify({ writer: TODAYS_WRITER });
}
