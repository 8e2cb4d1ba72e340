/** A line of a calendar (RFC 5545, 3.1): `BEGIN` and `END` are lines as others are. */
export type ContentLine = { line: number; name: string; params: ReadonlyMap<string, string>; value: string };

/** A calendar that isn't one, with the sentence that says why. */
export class UnreadableCalendar extends Error {
  override name = "UnreadableCalendar";
}

/** No line of a calendar that people made is longer, however it is folded. */
const LONGEST_LINE = 100_000;

/** The lines of a calendar, unfolded, one after the other. Those that are no lines of a calendar have an empty name. */
export function* contentLines(text: string): Generator<ContentLine> {
  let whole = "";
  let began = 0;
  let number = 0;
  for (const raw of text.split(/\r\n|\r|\n/)) {
    number += 1;
    if (raw.startsWith(" ") || raw.startsWith("\t")) {
      // What is longer is cut, and its end with it, so that it is taken for no other value than it has.
      whole = whole.length > LONGEST_LINE ? whole : whole + raw.slice(1);
      continue;
    }
    if (whole !== "") yield lineOf(whole, began);
    whole = raw;
    began = number;
  }
  if (whole !== "") yield lineOf(whole, began);
}

const NAME = /^[A-Za-z0-9-]{1,60}/;

function lineOf(whole: string, line: number): ContentLine {
  const name = NAME.exec(whole)?.[0] ?? "";
  const unreadable = { line, name: "", params: new Map<string, string>(), value: whole.slice(0, 60) };
  if (name === "" || whole.length > LONGEST_LINE) return unreadable;
  const params = new Map<string, string>();
  let at = name.length;
  while (whole[at] === ";") {
    const equals = whole.indexOf("=", at);
    if (equals < 0) return unreadable;
    const end = endOfValue(whole, equals + 1);
    if (end === null) return unreadable;
    const param = whole.slice(at + 1, equals).toUpperCase();
    if (!params.has(param)) params.set(param, whole.slice(equals + 1, end).replaceAll('"', ""));
    at = end;
  }
  return whole[at] === ":" ? { line, name: name.toUpperCase(), params, value: whole.slice(at + 1) } : unreadable;
}

/** Where a parameter's value ends, in which signs between quotation marks count for nothing; null where a mark isn't closed. */
function endOfValue(whole: string, from: number): number | null {
  let quoted = false;
  for (let at = from; at < whole.length; at++) {
    const sign = whole[at];
    if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === ";" || sign === ":")) return at;
  }
  return null;
}

/** A text of a calendar as its reader sees it. */
export function unescaped(value: string): string {
  return value.replace(/\\([\\;,nN])/g, (_, sign: string) => (sign === "n" || sign === "N" ? "\n" : sign));
}
