import { readXml } from "../xml.server";
import type { Archive } from "../zip.server";
import { relatedPart } from "./relations.server";

/** What a style says of the place of its paragraphs: their rank among headings, and the list and level they count in. */
type StylePlace = { basedOn: string; rank: number | null; list: string | null; level: number | null };

/** The places that styles give to paragraphs, with what they take over from the styles they are based on. */
export type StylePlaces = {
  /** Whether paragraphs of a style are titles of chapters. */
  isChapter: (style: string) => boolean;
  /** The list that paragraphs of a style count in, with its level, and the style that says so; null for none. */
  listOf: (style: string) => { list: string; level: number | null; style: string } | null;
};

/** A style by which every release has written titles of chapters. */
const CHAPTER = /^heading1$/i;

/** Reads the places that the styles of a document give. */
export async function readStylePlaces(archive: Archive, main: string): Promise<StylePlaces> {
  const path = await relatedPart(archive, main, "styles");
  const bytes = path === null ? null : await archive.read(path);
  const places = new Map<string, StylePlace>();
  let place: StylePlace | null = null;
  let plain = "";
  if (bytes)
    await readXml(bytes, {
      open(name, attributes) {
        const value = attributes["w:val"] ?? "";
        if (name === "style") {
          place = { basedOn: "", rank: null, list: null, level: null };
          places.set(attributes["w:styleId"] ?? "", place);
          if (attributes["w:type"] === "paragraph" && /^(?:1|true|on)$/.test(attributes["w:default"] ?? ""))
            plain = attributes["w:styleId"] ?? "";
        } else if (place && name === "basedOn") place.basedOn = value;
        else if (place && name === "outlineLvl") place.rank = Number(value);
        else if (place && name === "numId") place.list = value;
        else if (place && name === "ilvl") place.level = Number(value);
      },
      close: (name) => void (name === "style" && (place = null)),
    });
  const chain = (id: string): [string, StylePlace][] => {
    const found = new Map<string, StylePlace>();
    let at = id || plain;
    for (let style = places.get(at); style && !found.has(at); style = places.get(at)) {
      found.set(at, style);
      at = style.basedOn;
    }
    return [...found];
  };
  return {
    isChapter: (style) => CHAPTER.test(style) || chain(style).find(([, { rank }]) => rank !== null)?.[1].rank === 0,
    listOf: (style) => {
      const [id, own] = chain(style).find(([, { list }]) => list !== null) ?? [];
      return id === undefined || !own?.list || own.list === "0"
        ? null
        : { list: own.list, level: own.level, style: id };
    },
  };
}
