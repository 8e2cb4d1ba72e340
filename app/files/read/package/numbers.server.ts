import { readXml } from "../xml.server";

/**
 * A numbered paragraph: the list it belongs to, its level and its text. Where a style puts it there, `style` is that
 * style, to which a level may be linked.
 */
export type NumberedParagraph = { list: string; level: number | null; text: string; style: string };
type Level = { start: number; format: string; label: string; style: string };
type List = { levels: Map<number, Level>; starts: Map<number, number>; base: string };

/** The numbers of paragraphs as a program shows them, such as “2.1”, each beside its text. */
export async function numbersOf(
  bytes: Uint8Array | null,
  paragraphs: readonly NumberedParagraph[],
): Promise<{ label: string; text: string }[]> {
  const lists = bytes ? await readLists(bytes) : new Map<string, List>();
  const counters = new Map<string, Map<number, number>>();
  const begun = new Set<string>();
  return paragraphs.flatMap(({ list: id, level: said, text, style }) => {
    const list = lists.get(id);
    const linked = [...(list?.levels ?? [])].find(([, other]) => style !== "" && other.style === style)?.[0];
    const level = said ?? linked ?? 0;
    const own = list?.levels.get(level);
    if (!list || !own) return [];
    // Programs don't agree which of the two counts.
    if (linked !== undefined && linked !== level) return [{ label: `Level ${level} or ${linked}`, text }];
    const counts = counters.get(list.base) ?? new Map<number, number>();
    counters.set(list.base, counts);
    const override = begun.has(`${id} ${level}`) ? undefined : list.starts.get(level);
    begun.add(`${id} ${level}`);
    const before = counts.get(level);
    counts.set(level, override ?? (before === undefined ? own.start : before + 1));
    for (const deeper of counts.keys()) if (deeper > level) counts.delete(deeper);
    const label = own.label.replace(/%(\d)/g, (_, place: string) => {
      const at = Number(place) - 1;
      const format = list.levels.get(at)?.format ?? "";
      const count = counts.get(at) ?? list.levels.get(at)?.start ?? 0;
      return format === "decimal" ? String(count) : `${format} ${count}`;
    });
    return [{ label: own.format === "none" ? "" : label, text }];
  });
}

async function readLists(bytes: Uint8Array): Promise<Map<string, List>> {
  const levelsOf = new Map<string, Map<number, Level>>();
  const lists = new Map<string, List>();
  let [base, list, level] = ["", "", 0];
  const own = (): Level | undefined => levelsOf.get(base)?.get(level);
  await readXml(bytes, {
    open(name, attributes) {
      const value = attributes["w:val"] ?? "";
      const current = own();
      if (name === "abstractNum") {
        base = attributes["w:abstractNumId"] ?? "";
        levelsOf.set(base, new Map());
      } else if (name === "lvl") {
        level = Number(attributes["w:ilvl"]);
        levelsOf.get(base)?.set(level, { start: 1, format: "decimal", label: "", style: "" });
      } else if (name === "num") {
        list = attributes["w:numId"] ?? "";
        base = "";
      } else if (name === "abstractNumId")
        lists.set(list, { levels: levelsOf.get(value) ?? new Map(), starts: new Map(), base: value });
      else if (name === "lvlOverride") level = Number(attributes["w:ilvl"]);
      else if (name === "startOverride") lists.get(list)?.starts.set(level, Number(value));
      else if (current && name === "start") current.start = Number(value);
      else if (current && name === "numFmt") current.format = value;
      else if (current && name === "lvlText") current.label = value;
      else if (current && name === "pStyle") current.style = value;
    },
  });
  return lists;
}
