/**
 * Reads server-sent events from text that arrives in pieces. Only `data` is read: each event of this application is one
 * line of JSON, and a comment is a sign of life.
 */
export function createEventReader(): (piece: string) => string[] {
  let rest = "";
  return (piece) => {
    const blocks = (rest + piece).split("\n\n");
    rest = blocks.pop() ?? "";
    return blocks.flatMap((block) =>
      block.split("\n").flatMap((line) => (line.startsWith("data: ") ? [line.slice("data: ".length)] : [])),
    );
  };
}
