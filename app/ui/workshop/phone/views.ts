/** What a participant looks at: what is talked about, the whole plan or one item of it, or who is in the room. */
export type View = { name: "now" | "room" } | { name: "plan"; itemId: string | null };

/** A view as the end of the address, so that it needs no server and the browser's Back leads out of it. */
export function hashOf(name: View["name"], itemId?: string): string {
  return itemId === undefined ? `#${name}` : `#${name}/${encodeURIComponent(itemId)}`;
}

/** The view that an address names; what is talked about where it names none. */
export function viewOf(hash: string): View {
  const [name, itemId] = hash.slice(1).split("/");
  if (name === "room") return { name };
  if (name === "plan") return { name, itemId: itemId === undefined ? null : decoded(itemId) };
  return { name: "now" };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
