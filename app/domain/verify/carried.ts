/** What a file says it is and carries inside: the canonical text and the fingerprints it names. Nothing of it is believed until it is recomputed. */
export type Carried = { kind: "draft" | "version"; /** The number a version claims; null for a draft. */ number: number | null; fingerprint: string; previous: string | null; text: string };

/** The first line of what a file carries, such as "demarc.draft" or "demarc.version 3", as kind and number. */
export function readMarker(marker: string): Pick<Carried, "kind" | "number"> | null {
  if (marker === "demarc.draft") return { kind: "draft", number: null };
  const version = /^demarc\.version ([1-9]\d{0,5})$/.exec(marker);
  return version ? { kind: "version", number: Number(version[1]) } : null;
}
