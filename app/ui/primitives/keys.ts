import { normalised } from "~/domain/text";

/** What a key stands for, and what was held with it. `control` is Ctrl, or ⌘ on a Mac. */
export type Press = { key: string; control: boolean; alt: boolean; shift: boolean };

type KeyFacts = Pick<KeyboardEvent, "key" | "code" | "keyCode" | "isComposing" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey"> & { getModifierState?: KeyboardEvent["getModifierState"] };
/** The browser's own event, or React's around it. */
export type KeyEvent = KeyFacts | { nativeEvent: KeyFacts };

/** What an input method hasn't finished yet; Safari says only this of the key that ends it. */
const IN_COMPOSITION = 229;
const NAMED = /^[A-Z][A-Za-z0-9]+$/;
/** Letters that a Turkish keyboard has instead of I. By the place of its key each would be another letter. */
const DOTS: Record<string, string> = { ı: "i", İ: "i" };
const SIGNS: Record<string, string> = { BracketLeft: "[", BracketRight: "]", Slash: "/" };

/**
 * The one way to read a key. A command is a Latin letter in small, a sign, or a key's name ("Enter", " ", "F2"): a letter or
 * sign that the keyboard types counts, whatever its place; where it types another script, the place of the key does.
 * While an input method composes a key belongs to that alone, and its name here is empty.
 */
export function pressOf(event: KeyEvent): Press {
  const facts = "nativeEvent" in event ? event.nativeEvent : event;
  const { key, keyCode, isComposing, shiftKey: shift } = facts;
  const typed = facts.getModifierState?.("AltGraph") ?? false;
  const held = { control: !typed && (facts.ctrlKey || facts.metaKey), alt: !typed && facts.altKey, shift };
  // A browser that fills in a field by itself sends events that name no key.
  if (typeof key !== "string" || isComposing || keyCode === IN_COMPOSITION) return { key: "", ...held };
  return { key: commandOf(key, typed ? "" : facts.code, shift), ...held };
}

function commandOf(key: string, code: string, shift: boolean): string {
  if (NAMED.test(key) && key !== "Unidentified") return key;
  const character = DOTS[key] ?? normalised(key, "NFKC").toLowerCase();
  if (/^[ -~]$/.test(character) || /^\p{Script=Latin}/u.test(key) && key !== "Unidentified") return character;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return letter.toLowerCase();
  return code === "Slash" && shift ? "?" : (SIGNS[code] ?? character);
}
