/** What a duty is for, and which of the five pressures on IT make it matter. Neither is signed. */

export const STANCES = ["defend", "invest"] as const;
export type Stance = (typeof STANCES)[number];
export const PRESSURES = ["ai", "hybrid-work", "cloud", "shadow-it", "security"] as const;
export type Pressure = (typeof PRESSURES)[number];

/** What duties are sorted by beside their domains: whether they defend or invest, and the five pressures. */
export type Kind = Stance | Pressure;
export const KINDS: readonly Kind[] = [...STANCES, ...PRESSURES];
export const KIND_WORDS: Readonly<Record<Kind, string>> = {
  defend: "Defend",
  invest: "Invest",
  ai: "AI",
  "hybrid-work": "Hybrid work",
  cloud: "Cloud",
  "shadow-it": "Shadow IT",
  security: "Security risk",
};

type Sorted = { stance: Stance; pressures: readonly Pressure[] };

/** Whether a duty is of a kind. */
export function isOfKind({ stance, pressures }: Sorted, kind: string): boolean {
  return stance === kind || pressures.some((pressure) => pressure === kind);
}

/** The pressures in words, with commas between; empty where there are none. */
export function pressureWords(pressures: readonly Pressure[]): string {
  return pressures.map((pressure) => KIND_WORDS[pressure]).join(", ");
}

/** What a duty is for and its pressures: "Invest · AI, Cloud". */
export function kindWords({ stance, pressures }: Sorted): string {
  return [KIND_WORDS[stance], pressureWords(pressures)].filter(Boolean).join(" · ");
}

/** These pressures once each, in their order. */
export function pressuresInOrder(pressures: readonly Pressure[]): Pressure[] {
  return PRESSURES.filter((pressure) => pressures.includes(pressure));
}
