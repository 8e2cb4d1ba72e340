import { LIMITS } from "./limits";
import { ok, reject, type Result } from "./result";

/**
 * Parses a JSON text. It refuses a text that is nested deeper than `LIMITS.jsonDepth`, because recursive code would
 * exhaust the stack on it. The refusal says what is wrong with the text. A byte order mark, which some programs put
 * before a text, is left out.
 */
export function readJson(marked: string): Result<unknown> {
  const text = marked.startsWith("\uFEFF") ? marked.slice(1) : marked;
  if (nestsBeyond(text, LIMITS.jsonDepth))
    return reject("json-deep", `nested deeper than the ${LIMITS.jsonDepth} levels that are read`);
  try {
    return ok(JSON.parse(text));
  } catch {
    return reject("json", "not JSON");
  }
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
/** The character codes of [ and {, and of ] and }. */
const OPENING = [0x5b, 0x7b];
const CLOSING = [0x5d, 0x7d];

/** Measures the depth of nesting in the text, before `JSON.parse` builds any value from it. */
function nestsBeyond(text: string, maxDepth: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted && code === BACKSLASH) at += 1;
    else if (code === QUOTE) quoted = !quoted;
    else if (!quoted && OPENING.includes(code)) depth += 1;
    else if (!quoted && CLOSING.includes(code)) depth -= 1;
    if (depth > maxDepth) return true;
  }
  return false;
}

/** The first key that an object of a JSON text has twice, so that programs may take different values; null for none. */
export function repeatedKey(text: string): string | null {
  const open: (Set<string> | null)[] = [];
  for (const [token, colon] of text.matchAll(/"(?:[^"\\]|\\[^])*"(\s*:)?|[{}[\]]/g)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(null);
    else if (token === "}" || token === "]") open.pop();
    else if (colon !== undefined) {
      const key = token.slice(0, -colon.length);
      const keys = open.at(-1);
      if (keys?.has(key)) return key.slice(1, -1);
      keys?.add(key);
    }
  }
  return null;
}
