import { LIMITS } from "./limits";
import { ok, reject, type Result } from "./result";

/** The value of a JSON text, nested no deeper than what goes through it can follow; the sentence of a refusal says what the text is. */
export function readJson(text: string): Result<unknown> {
  if (nestsBeyond(text, LIMITS.jsonDepth))
    return reject("json-deep", `nested deeper than the ${LIMITS.jsonDepth} levels that are read`);
  try {
    return ok(JSON.parse(text));
  } catch {
    return reject("json", "not JSON");
  }
}

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
/** Square and curly. */
const OPENING = [0x5b, 0x7b];
const CLOSING = [0x5d, 0x7d];

/** Told from the text alone, before any of it is built. */
function nestsBeyond(text: string, most: number): boolean {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text.charCodeAt(at);
    if (quoted && sign === BACKSLASH) at += 1;
    else if (sign === QUOTE) quoted = !quoted;
    else if (!quoted && OPENING.includes(sign)) depth += 1;
    else if (!quoted && CLOSING.includes(sign)) depth -= 1;
    if (depth > most) return true;
  }
  return false;
}
