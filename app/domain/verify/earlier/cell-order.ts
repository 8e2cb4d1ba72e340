const ARROW = " → ";

/**
 * A sentence of the first writer's with its roles in one order: it listed those whose letters changed as the database
 * happened to give them back, which another database does otherwise.
 */
export function inOneOrder(sentence: string): string {
  const head = sentence.lastIndexOf("”: ");
  const begins = head < 0 ? 0 : head + 3;
  const arrow = sentence.indexOf(ARROW, begins);
  if (arrow < 0) return sentence;
  const part = sentence.lastIndexOf("; ", arrow);
  const from = part < begins ? begins : part + 2;
  // What stands between two commas is a role of its own only where it has an arrow: a role's name may have commas.
  const cells: string[] = [];
  let begun = "";
  for (const piece of sentence.slice(from).replace(/\.$/, "").split(", ")) {
    begun = begun === "" ? piece : `${begun}, ${piece}`;
    if (!piece.includes(ARROW)) continue;
    cells.push(begun);
    begun = "";
  }
  return `${sentence.slice(0, from)}${[...cells.sort(), begun].join(", ")}`;
}
