/** Names joined for a sentence: “A, B and C”. After the first five, the rest is counted: “A, B, C, D, E and 3 more”. */
export function shortNameList(names: readonly string[]): string {
  const listedNames = names.slice(0, 5);
  const restCount = names.length - listedNames.length;
  return restCount > 0
    ? `${listedNames.join(", ")} and ${restCount} more`
    : listedNames.length > 1
      ? `${listedNames.slice(0, -1).join(", ")} and ${listedNames.at(-1)}`
      : (listedNames[0] ?? "");
}

/** All names joined for a sentence: “A, B and C”. */
export function nameList(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}
