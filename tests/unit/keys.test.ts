import { describe, expect, it } from "vitest";
import { pressOf } from "~/ui/primitives/keys";
import { pressInGrid, type GridActions } from "~/ui/matrix/grid/use-grid-keys";

type Facts = Extract<Parameters<typeof pressOf>[0], { key: string }>;

/** An event as a browser sends it; `+` before a key stands for what is held: `Ctrl+я`. */
function event(keys: string, code: string, more: Partial<Facts> & { altGraph?: boolean } = {}): Facts {
  const held = keys.length > 1 && keys.includes("+") ? keys.split("+").slice(0, -1) : [];
  const key = held.length > 0 ? (keys.split("+").at(-1) ?? "") : keys;
  const { altGraph = false, ...rest } = more;
  return {
    key,
    code,
    keyCode: 65,
    isComposing: false,
    ctrlKey: held.includes("Ctrl"),
    metaKey: held.includes("Cmd"),
    altKey: held.includes("Alt"),
    shiftKey: held.includes("Shift"),
    getModifierState: (name) => name === "AltGraph" && altGraph,
    ...rest,
  };
}

/** The five letters as each keyboard sends them: what it types, and the place of the key. */
const LAYOUTS: Record<string, Record<"r" | "a" | "c" | "i" | "s", readonly [string, string]>> = {
  "US QWERTY": { r: ["r", "KeyR"], a: ["a", "KeyA"], c: ["c", "KeyC"], i: ["i", "KeyI"], s: ["s", "KeyS"] },
  "French AZERTY": { r: ["r", "KeyR"], a: ["a", "KeyQ"], c: ["c", "KeyC"], i: ["i", "KeyI"], s: ["s", "KeyS"] },
  Dvorak: { r: ["r", "KeyO"], a: ["a", "KeyA"], c: ["c", "KeyI"], i: ["i", "KeyG"], s: ["s", "Semicolon"] },
  Colemak: { r: ["r", "KeyS"], a: ["a", "KeyA"], c: ["c", "KeyC"], i: ["i", "KeyL"], s: ["s", "KeyD"] },
  Russian: { r: ["к", "KeyR"], a: ["ф", "KeyA"], c: ["с", "KeyC"], i: ["ш", "KeyI"], s: ["ы", "KeyS"] },
  Ukrainian: { r: ["к", "KeyR"], a: ["ф", "KeyA"], c: ["с", "KeyC"], i: ["ш", "KeyI"], s: ["і", "KeyS"] },
  Greek: { r: ["ρ", "KeyR"], a: ["α", "KeyA"], c: ["ψ", "KeyC"], i: ["ι", "KeyI"], s: ["σ", "KeyS"] },
  "Turkish Q, undotted": { r: ["r", "KeyR"], a: ["a", "KeyA"], c: ["c", "KeyC"], i: ["ı", "KeyI"], s: ["s", "KeyS"] },
  "Turkish Q, dotted": { r: ["r", "KeyR"], a: ["a", "KeyA"], c: ["c", "KeyC"], i: ["i", "Quote"], s: ["s", "KeyS"] },
  "Turkish F": { r: ["r", "KeyY"], a: ["a", "KeyF"], c: ["c", "KeyV"], i: ["ı", "KeyR"], s: ["s", "Quote"] },
  Hebrew: { r: ["ר", "KeyR"], a: ["ש", "KeyA"], c: ["ב", "KeyC"], i: ["ן", "KeyI"], s: ["ד", "KeyS"] },
  Arabic: { r: ["ق", "KeyR"], a: ["ش", "KeyA"], c: ["ؤ", "KeyC"], i: ["ه", "KeyI"], s: ["س", "KeyS"] },
  Thai: { r: ["พ", "KeyR"], a: ["ฟ", "KeyA"], c: ["แ", "KeyC"], i: ["ร", "KeyI"], s: ["ห", "KeyS"] },
  Hindi: { r: ["ी", "KeyR"], a: ["ो", "KeyA"], c: ["म", "KeyC"], i: ["ग", "KeyI"], s: ["े", "KeyS"] },
  Korean: { r: ["ㄱ", "KeyR"], a: ["ㅁ", "KeyA"], c: ["ㅊ", "KeyC"], i: ["ㅑ", "KeyI"], s: ["ㄴ", "KeyS"] },
  "Japanese, full width": {
    r: ["ｒ", "KeyR"],
    a: ["ａ", "KeyA"],
    c: ["ｃ", "KeyC"],
    i: ["ｉ", "KeyI"],
    s: ["ｓ", "KeyS"],
  },
};

/** What the grid does with a key, in a word. */
function inGrid(facts: Facts): string {
  let did = "";
  const told = (word: string) => () => ((did = word), true);
  const actions: GridActions = {
    move: told("move"),
    toEdge: told("edge"),
    nextCell: told("next cell"),
    nextDomain: (step) => (did = `domain ${step}`),
    letter: (letter) => (did = letter),
    both: told("both"),
    clear: told("clear"),
    open: told("open"),
    rename: told("rename"),
    menu: told("menu"),
    selectAll: told("all"),
    fillDown: told("fill"),
    moveRow: told("row"),
    addDuty: told("add"),
    search: told("search"),
    help: told("help"),
    leave: told("leave"),
    page: 10,
  };
  const handled = pressInGrid(facts, actions);
  return handled ? did : "";
}

describe("a command", () => {
  it.each(Object.entries(LAYOUTS))(
    "is each of R, A, C, I and S on a keyboard that is %s, small and in capitals",
    (_layout, letters) => {
      for (const [letter, [typed, code]] of Object.entries(letters)) {
        expect(pressOf(event(typed, code)).key).toBe(letter);
        expect(
          pressOf(
            event(`Shift+${typed === "ı" ? "I" : typed === "i" && code === "Quote" ? "İ" : typed.toUpperCase()}`, code),
          ).key,
        ).toBe(letter);
        expect(inGrid(event(typed, code))).toBe(letter.toUpperCase());
      }
    },
  );

  it.each([
    ["undone on a Russian keyboard", event("Ctrl+я", "KeyZ"), "z"],
    ["undone on a Greek one with ⌘", event("Cmd+ζ", "KeyZ"), "z"],
    ["undone on a French one, where Z is elsewhere", event("Ctrl+z", "KeyW"), "z"],
    ["undone on a German one, where Z is elsewhere", event("Ctrl+z", "KeyY"), "z"],
    ["undone on Dvorak", event("Ctrl+z", "Slash"), "z"],
    ["looked up on a Russian keyboard", event("Ctrl+л", "KeyK"), "k"],
    ["filled down on a Greek one", event("Ctrl+δ", "KeyD"), "d"],
  ])("is %s", (_what, facts, key) => {
    expect(pressOf(facts)).toMatchObject({ key, control: true, alt: false });
  });

  it("is undone again with Shift, in capitals of any script", () => {
    expect(pressOf(event("Ctrl+Shift+Я", "KeyZ"))).toEqual({ key: "z", control: true, alt: false, shift: true });
  });

  it("is none at a letter of an alphabet that has the Latin ones elsewhere", () => {
    for (const [typed, code] of [
      ["é", "Digit2"],
      ["ç", "Digit9"],
      ["ü", "KeyA"],
      ["ğ", "KeyE"],
      ["ş", "Semicolon"],
      ["ñ", "Semicolon"],
      ["ą", "KeyA"],
      ["ß", "Minus"],
      ["'", "KeyQ"],
      [";", "KeyZ"],
    ] as const) {
      expect(pressOf(event(typed, code)).key).toBe(typed);
      expect(inGrid(event(typed, code))).toBe("");
    }
  });

  it("is a sign where the keyboard types it, also with AltGr, and else where the key is", () => {
    expect(inGrid(event("[", "BracketLeft"))).toBe("domain -1");
    expect(inGrid(event("х", "BracketLeft"))).toBe("domain -1");
    expect(inGrid(event("ъ", "BracketRight"))).toBe("domain 1");
    expect(inGrid(event("Ctrl+Alt+[", "Digit8", { altGraph: true }))).toBe("domain -1");
    expect(inGrid(event("]", "Digit9", { altGraph: true }))).toBe("domain 1");
    expect(inGrid(event("/", "Digit7", { shiftKey: true }))).toBe("search");
    expect(inGrid(event("?", "Minus", { shiftKey: true }))).toBe("help");
    expect(inGrid(event("ز", "Slash"))).toBe("search");
    expect(inGrid(event("µ", "KeyM", { altGraph: true }))).toBe("");
  });

  it("is a key by its name on every keyboard", () => {
    for (const name of ["Enter", "Escape", "ArrowDown", "F2", "Delete", "Home", "Tab", "ContextMenu"])
      expect(pressOf(event(name, name)).key).toBe(name);
    expect(pressOf(event(" ", "Space")).key).toBe(" ");
    expect(pressOf(event("Unidentified", "KeyR")).key).toBe("r");
  });
});

describe("while an input method composes", () => {
  it.each([
    ["Enter, which takes a word", event("Enter", "Enter", { isComposing: true })],
    ["Enter as Safari ends it", event("Enter", "Enter", { keyCode: 229 })],
    ["Escape, which puts it away", event("Escape", "Escape", { isComposing: true })],
    ["a key that it works on", event("Process", "KeyR", { keyCode: 229 })],
    ["an arrow among its words", event("ArrowDown", "ArrowDown", { isComposing: true })],
  ])("%s is no command", (_what, facts) => {
    expect(pressOf(facts).key).toBe("");
    expect(pressOf({ nativeEvent: facts }).key).toBe("");
    expect(inGrid(facts)).toBe("");
  });

  it("an event that names no key, as filling in a field sends it, is none either", () => {
    const { key: _key, code: _code, ...nameless } = event("a", "KeyA");
    expect(pressOf(nameless as Facts).key).toBe("");
  });
});
