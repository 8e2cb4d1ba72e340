import { contrastOf, LEAST_CONTRAST } from "~/domain/verify/harmless/colour";
import { readXml } from "../xml.server";
import type { Archive } from "../zip.server";
import { relatedPart } from "./relations.server";
import { readTheme, type Theme } from "./theme.server";

/** The colours of words and of what they stand on, as far as one style or run says them. */
type Look = { ink?: Record<string, string>; ground?: string };
type NamedStyle = Look & {
  basedOn: string | null;
  /** The ground of a table, and of its first row with the colour of words there. */
  table: string | null;
  head: string | null;
  headInk: Record<string, string> | null;
};

/** The styles of a document, with which the colours of its words are computed. */
export type DocumentStyles = {
  byId: ReadonlyMap<string, NamedStyle>;
  defaults: Look;
  /** The paragraph style of paragraphs that name none. */ plain: string;
  theme: Theme;
};

/** Reads the styles of a document. */
export async function readStyles(archive: Archive, main: string): Promise<DocumentStyles> {
  const path = await relatedPart(archive, main, "styles");
  const bytes = path === null ? null : await archive.read(path);
  const byId = new Map<string, NamedStyle>();
  const defaults: Look = {};
  let plain = "";
  const open: string[] = [];
  let style: NamedStyle | null = null;
  if (bytes)
    await readXml(bytes, {
      open(name, attributes) {
        open.push(name);
        const inHead = open.includes("tblStylePr");
        if (name === "style") {
          style = { basedOn: null, table: null, head: null, headInk: null };
          byId.set(attributes["w:styleId"] ?? "", style);
          if (attributes["w:type"] === "paragraph" && /^(?:1|true|on)$/.test(attributes["w:default"] ?? ""))
            plain = attributes["w:styleId"] ?? "";
        } else if (style && inHead && name === "color") style.headInk = attributes;
        else if (style && name === "basedOn") style.basedOn = attributes["w:val"] ?? null;
        else if (name === "color" && open.at(-2) === "rPr" && !inHead) (style ?? defaults).ink = attributes;
        else if (name === "shd") {
          const fill = filled(attributes);
          if (style && open.at(-2) === "tcPr") style[inHead ? "head" : "table"] = fill ?? null;
          else if (!inHead && fill !== undefined) (style ?? defaults).ground = fill;
        }
      },
      close(name) {
        open.pop();
        if (name === "style") style = null;
      },
    });
  return { byId, defaults, plain, theme: await readTheme(archive, main) };
}

/** The ground that a shading gives; undefined where it gives none. */
export function filled(attributes: Record<string, string>): string | undefined {
  const fill = attributes["w:fill"];
  return fill === undefined || fill === "auto" ? undefined : fill;
}

/** What a run stands in: its own look, its style, its paragraph, its cell and its table. */
export type RunPlace = {
  run: Look & { style: string };
  paragraph: { style: string; ground?: string };
  cell: { ground?: string } | null;
  table: { style: string; head: boolean } | null;
};

/** Whether the words of a run can hardly be told from what they stand on. */
export function isFaint({ byId, defaults, plain, theme }: DocumentStyles, place: RunPlace): boolean {
  const chain = (id: string | undefined): NamedStyle[] => {
    const found: NamedStyle[] = [];
    for (let style = byId.get(id ?? ""); style && !found.includes(style); style = byId.get(style.basedOn ?? ""))
      found.push(style);
    return found;
  };
  const [run, paragraph, table] = [
    chain(place.run.style),
    chain(place.paragraph.style || plain),
    chain(place.table?.style),
  ];
  const headInk = place.table?.head ? table.find((look) => look.headInk)?.headInk : undefined;
  const ink =
    [place.run, ...run, ...paragraph].find((look) => look.ink)?.ink ??
    headInk ??
    [...table, defaults].find((look) => look.ink)?.ink;
  const ground =
    place.run.ground ??
    run.find((look) => look.ground)?.ground ??
    place.paragraph.ground ??
    paragraph.find((look) => look.ground)?.ground ??
    place.cell?.ground ??
    (place.table?.head ? table.find((look) => look.head)?.head : null) ??
    table.find((look) => look.table)?.table ??
    "FFFFFF";
  const value = ink?.["w:val"] ?? "auto";
  const themed = ink?.["w:themeColor"];
  if (themed === undefined && value === "auto") return false;
  const colour = themed === undefined ? value : theme.byName(themed);
  return (
    colour === null ||
    !/^[0-9A-Fa-f]{6}$/.test(colour) ||
    !/^[0-9A-Fa-f]{6}$/.test(ground) ||
    contrastOf(colour, ground) < LEAST_CONTRAST
  );
}
