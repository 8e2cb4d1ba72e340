import type { Entry } from "../parts/field";
import { ok, type Result } from "../result";
import { checkText } from "../text";

type Texts = { [field: string]: string | undefined };

/**
 * The record with the given texts set. Empty texts are removed, since a missing entry means that nothing was written.
 */
export function withTexts(
  record: Texts,
  set: Texts,
  entries: Readonly<Record<string, Entry>>,
): Result<Record<string, string>> {
  const next: Record<string, string> = {};
  for (const [field, text] of Object.entries({ ...record, ...set })) {
    const rule = entries[field]?.rule;
    const checked = rule ? checkText(text ?? "", rule) : ok(text ?? "");
    if (!checked.ok) return checked;
    if (checked.value !== "") next[field] = checked.value;
  }
  return ok(next);
}
