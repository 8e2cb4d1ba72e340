import { LIMITS } from "~/domain/limits";
import type { Remark } from "~/domain/escalation/rota-import";
import { displayableText } from "~/domain/text";
import { contentLines, unescaped, UnreadableCalendar, type ContentLine } from "./content-lines";

/** One entry of a calendar as it is written: its lines by name, each name in the order in which its lines stand. */
export type Entry = { line: number; title: string; lines: ReadonlyMap<string, readonly ContentLine[]> };

/** An entry that people made has far fewer lines. */
const MOST_LINES = 2_000;
const DEEPEST = 6;

const OTHERS: Record<string, string> = {
  VTODO: "It is a task, which says nothing of turns.",
  VJOURNAL: "It is a note, which says nothing of turns.",
  VFREEBUSY: "It says when somebody is busy, and not for what.",
};

/**
 * The entries of a calendar, and what of it isn't one. Throws `UnreadableCalendar` for what is no calendar, isn't whole, or has
 * more entries than fit.
 */
export function entriesOf(text: string): { entries: Entry[]; leftOut: Remark[] } {
  const entries: Entry[] = [];
  const leftOut: Remark[] = [];
  const open: string[] = [];
  let entry: { line: number; lines: Map<string, ContentLine[]>; count: number; unreadable: number } | null = null;
  let calendars = 0;
  for (const content of contentLines(text)) {
    const { name, line } = content;
    const value = content.value.trim().toUpperCase();
    if (open.length === 0 && !(name === "BEGIN" && value === "VCALENDAR"))
      throw new UnreadableCalendar(
        calendars === 0
          ? "This is no calendar. Choose a file that ends in .ics, as calendar programs export it."
          : `Line ${line} stands outside of the calendar. The file is damaged; export it again.`,
      );
    if (name === "BEGIN") {
      open.push(value);
      if (open.length > DEEPEST)
        throw new UnreadableCalendar(`Line ${line} is nested deeper than a calendar is. Export the file again.`);
      if (open.length === 1) calendars += 1;
      if (open.length === 2 && value === "VEVENT") entry = { line, lines: new Map(), count: 0, unreadable: 0 };
      if (open.length === 2 && OTHERS[value] !== undefined) leftOut.push({ line, title: "", why: OTHERS[value] });
    } else if (name === "END") {
      if (open.pop() !== value)
        throw new UnreadableCalendar(
          `Line ${line} ends something that didn't begin. The file is damaged; export it again.`,
        );
      if (open.length === 1 && entry) {
        if (entries.length >= LIMITS.calendarEntries)
          throw new UnreadableCalendar(
            `The calendar has more than the ${LIMITS.calendarEntries} entries that are read. Export fewer months of it.`,
          );
        const title = titleOf(entry.lines);
        if (entry.unreadable > 0)
          leftOut.push({ line: entry.unreadable, title, why: "This line of it can't be read, or is longer than any." });
        else if (entry.count > MOST_LINES)
          leftOut.push({ line: entry.line, title, why: `It has more than ${MOST_LINES} lines.` });
        else entries.push({ line: entry.line, title, lines: entry.lines });
        entry = null;
      }
    } else if (entry && open.length === 2) {
      entry.count += 1;
      if (name === "") entry.unreadable ||= line;
      else if (entry.count <= MOST_LINES) {
        const known = entry.lines.get(name);
        if (known) known.push(content);
        else entry.lines.set(name, [content]);
      }
    }
  }
  if (calendars === 0) throw new UnreadableCalendar("The file is empty. Choose a calendar with turns in it.");
  if (open.length > 0)
    throw new UnreadableCalendar("The file ends in the middle of the calendar. Export it again, and choose it whole.");
  return { entries, leftOut };
}

function titleOf(lines: Entry["lines"]): string {
  return displayableText(unescaped(lines.get("SUMMARY")?.[0]?.value.slice(0, 200) ?? ""), false);
}
