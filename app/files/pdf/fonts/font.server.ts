import { create, type Font, type Glyph } from "fontkit";

/** The font in a file. */
export function fontOf(bytes: Buffer): Font {
  return oneFont(create(bytes));
}

/** A font of a file that holds one. */
export function oneFont(font: ReturnType<typeof create>): Font {
  if (!("hasGlyphForCodePoint" in font)) throw new Error("The typeface is a collection, not one font.");
  return font;
}

/**
 * fontkit caches a glyph with the characters of its first request and returns them to later requests, too. This wrapper
 * returns the requested characters.
 */
export function withOwnCodePoints(font: Font): Font {
  const originalGetGlyph = font.getGlyph.bind(font);
  const glyphs = new Map<string, Glyph>();
  font.getGlyph = (id, characters = []) => {
    const key = `${id} ${characters.join(" ")}`;
    const cached = glyphs.get(key);
    if (cached) return cached;
    const glyph = originalGetGlyph(id, characters);
    const own: Glyph =
      glyph.codePoints.join() === characters.join()
        ? glyph
        : Object.create(glyph, { codePoints: { value: characters } });
    glyphs.set(key, own);
    return own;
  };
  return font;
}
