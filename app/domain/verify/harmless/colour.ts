/** The least contrast between words and what they stand on, as the accessibility guidelines compute it for large text. */
export const LEAST_CONTRAST = 3;

/** The contrast between two colours of six hexadecimal digits, from 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [0, 2, 4].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** A colour made lighter or darker by a share from -1 to 1, as themes of Office do. */
export function tinted(colour: string, tint: number): string {
  return [0, 2, 4]
    .map((at) => {
      const part = Number.parseInt(colour.slice(at, at + 2), 16);
      const changed = tint < 0 ? part * (1 + tint) : part + (255 - part) * tint;
      return Math.max(0, Math.min(255, Math.round(changed)))
        .toString(16)
        .padStart(2, "0");
    })
    .join("")
    .toUpperCase();
}
