/** Names joined for a sentence: “A, B and C”. After the first five, the rest is counted: “A, B, C, D, E and 3 more”. */
export function listOf(names: readonly string[]): string {
  const shown = names.slice(0, 5);
  const more = names.length - shown.length;
  return more > 0
    ? `${shown.join(", ")} and ${more} more`
    : shown.length > 1
      ? `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`
      : (shown[0] ?? "");
}

/** All names joined for a sentence: “A, B and C”. */
export function allOf(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
