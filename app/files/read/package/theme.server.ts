import { readXml } from "../xml.server";
import type { Archive } from "../zip.server";
import { relatedPart } from "./relations.server";

/** The order in which workbooks count the colours of a theme. */
const COUNTED = [
  "lt1",
  "dk1",
  "lt2",
  "dk2",
  "accent1",
  "accent2",
  "accent3",
  "accent4",
  "accent5",
  "accent6",
  "hlink",
  "folHlink",
];
/** The names by which documents call the colours of a theme. */
const CALLED: Record<string, string> = {
  dark1: "dk1",
  text1: "dk1",
  light1: "lt1",
  background1: "lt1",
  dark2: "dk2",
  text2: "dk2",
  light2: "lt2",
  background2: "lt2",
  hyperlink: "hlink",
  followedHyperlink: "folHlink",
};

/** The colours of a package's theme, by number and by name; null for one that the theme doesn't tell. */
export type Theme = { byNumber: (number: number) => string | null; byName: (name: string) => string | null };

/** Reads the colours of the theme to which the main part refers. */
export async function readTheme(archive: Archive, main: string): Promise<Theme> {
  const path = await relatedPart(archive, main, "theme");
  const bytes = path === null ? null : await archive.read(path);
  const colours = new Map<string, string>();
  let [inside, current] = [false, ""];
  if (bytes)
    await readXml(bytes, {
      open(name, { val = "", lastClr = "" }) {
        if (name === "clrScheme") inside = true;
        else if (inside && COUNTED.includes(name)) current = name;
        else if (inside && (name === "srgbClr" || name === "sysClr")) {
          const value = name === "srgbClr" ? val : lastClr;
          if (/^[0-9A-Fa-f]{6}$/.test(value)) colours.set(current, value.toUpperCase());
        }
      },
      close(name) {
        if (name === "clrScheme") inside = false;
      },
    });
  const colour = (key: string | undefined) => colours.get(key ?? "") ?? null;
  return { byNumber: (number) => colour(COUNTED[number]), byName: (name) => colour(CALLED[name] ?? name) };
}
