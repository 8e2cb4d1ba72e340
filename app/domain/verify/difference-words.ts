import type { Difference } from "./part";

/** A difference in one sentence: its place and subject, the version's value and the file's value. */
export function differenceSentence({ kind, part, subject, field, kept, shown }: Difference): string {
  const where = [part && `${part}:`, [subject, kind === "covered" ? "" : field].filter(Boolean).join(", ")]
    .filter(Boolean)
    .join(" ");
  switch (kind) {
    case "covered":
      return subject ? `${where}: ${field}${shown ? ` (${quote(shown)})` : ""}.` : field;
    case "missing":
      return subject ? `${where} is missing.` : `${part} is missing.`;
    case "added":
      return subject ? `${where} is in this file alone.` : `${part} is in this file alone.`;
    case "moved":
      return `${where}: stands under ${quote(shown)} here, under ${quote(kept)} in the version.`;
    case "altered":
      return kept === null
        ? `${where}: ${quote(shown)} is not what the version has.`
        : `${where}: ${quote(kept)} in the version, ${quote(shown)} here.`;
  }
}

function quote(text: string | null): string {
  return text ? (text.length > 200 ? `“${text.slice(0, 199)}…”` : `“${text}”`) : "nothing";
}
