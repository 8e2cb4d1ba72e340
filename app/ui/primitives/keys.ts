import { normalised } from "~/domain/text";

/** A key with its modifiers. `control` is Ctrl, or ⌘ on a Mac. */
export type Press = { key: string; control: boolean; alt: boolean; shift: boolean };

type KeyFacts = Pick<
  KeyboardEvent,
  "key" | "code" | "keyCode" | "isComposing" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey"
> & { getModifierState?: KeyboardEvent["getModifierState"] };
/** The browser's event, or React's wrapper of it. */
export type KeyEvent = KeyFacts | { nativeEvent: KeyFacts };

/**
 * The key code of a key that an input method is still composing; Safari sends nothing else for the key that ends the
 * composition.
 */
const IN_COMPOSITION = 229;
const NAMED = /^[A-Z][A-Za-z0-9]+$/;
/** Letters that a Turkish keyboard has instead of I. By its position (`code`) each key would be another letter. */
const DOTS: Record<string, string> = { ı: "i", İ: "i" };
const SIGNS: Record<string, string> = { BracketLeft: "[", BracketRight: "]", Slash: "/" };

/**
 * The only way to read a key. The result is a small Latin letter, a sign, or a key's name ("Enter", " ", "F2"). It is
 * the character that the keyboard types, wherever the key is; on keyboards of another script it is the key's position
 * (`code`). While an input method is composing, the key is empty, because it belongs to the input method.
 */
export function pressOf(event: KeyEvent): Press {
  const facts = "nativeEvent" in event ? event.nativeEvent : event;
  const { key, keyCode, isComposing, shiftKey: shift } = facts;
  const typed = facts.getModifierState?.("AltGraph") ?? false;
  const held = { control: !typed && (facts.ctrlKey || facts.metaKey), alt: !typed && facts.altKey, shift };
  // A browser that autofills a field sends key events without a key.
  if (typeof key !== "string" || isComposing || keyCode === IN_COMPOSITION) return { key: "", ...held };
  return { key: commandOf(key, typed ? "" : facts.code, shift), ...held };
}

function commandOf(key: string, code: string, shift: boolean): string {
  if (NAMED.test(key) && key !== "Unidentified") return key;
  const character = DOTS[key] ?? normalised(key, "NFKC").toLowerCase();
  if (/^[ -~]$/.test(character) || (/^\p{Script=Latin}/u.test(key) && key !== "Unidentified")) return character;
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return letter.toLowerCase();
  return code === "Slash" && shift ? "?" : (SIGNS[code] ?? character);
}

/** Whether the element that a key goes to takes text, or chooses with letters and arrows. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox]):not([type=radio])"))
  );
}
