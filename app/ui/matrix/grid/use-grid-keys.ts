import type { Letter } from "~/domain/matrix/shapes";
import { pressOf, type KeyEvent } from "../../primitives/keys";

/** The actions of the grid's keys. Moves are in rows and columns; `extend` keeps the anchor of the selection. */
export type GridActions = {
  move: (rows: number, columns: number, extend: boolean) => void;
  /** To the first or last row, or the first or last column; 0 leaves that axis as it is. */
  toEdge: (rows: -1 | 0 | 1, columns: -1 | 0 | 1, extend: boolean) => void;
  nextCell: (step: -1 | 1) => boolean;
  nextDomain: (step: -1 | 1) => void;
  letter: (letter: Letter) => void;
  both: () => void;
  clear: () => void;
  open: () => void;
  rename: () => void;
  menu: () => void;
  selectAll: () => void;
  fillDown: () => void;
  moveRow: (step: -1 | 1) => void;
  addDuty: () => void;
  search: () => void;
  help: () => void;
  leave: () => void;
  page: number;
};

const LETTERS: Record<string, Letter> = { a: "A", r: "R", s: "S", c: "C", i: "I" };
const ARROWS: Record<string, readonly [-1 | 0 | 1, -1 | 0 | 1]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Handles one key as a spreadsheet does; returns false for keys that the browser handles. */
export function pressInGrid(event: KeyEvent, actions: GridActions): boolean {
  const { key, control, alt, shift: extend } = pressOf(event);
  const arrow = Object.hasOwn(ARROWS, key) ? ARROWS[key] : undefined;
  if (arrow && alt) return arrow[0] !== 0 && done(() => actions.moveRow(arrow[0] === 1 ? 1 : -1));
  if (alt) return false;
  if (arrow)
    return done(() =>
      control ? actions.toEdge(arrow[0], arrow[1], extend) : actions.move(arrow[0], arrow[1], extend),
    );
  if (control) return withControl(key, extend, actions);
  const letter = Object.hasOwn(LETTERS, key) ? LETTERS[key] : undefined;
  if (letter) return done(() => (letter === "A" && extend ? actions.both() : actions.letter(letter)));
  return plainKey(key, extend, actions);
}

function withControl(key: string, extend: boolean, actions: GridActions): boolean {
  switch (key) {
    case "Home":
      return done(() => actions.toEdge(-1, -1, extend));
    case "End":
      return done(() => actions.toEdge(1, 1, extend));
    case "a":
      return done(actions.selectAll);
    case "d":
      return done(actions.fillDown);
    default:
      return false;
  }
}

function plainKey(key: string, extend: boolean, actions: GridActions): boolean {
  switch (key) {
    case "Home":
      return done(() => actions.toEdge(0, -1, extend));
    case "End":
      return done(() => actions.toEdge(0, 1, extend));
    case "PageUp":
      return done(() => actions.move(-actions.page, 0, extend));
    case "PageDown":
      return done(() => actions.move(actions.page, 0, extend));
    case "Tab":
      return actions.nextCell(extend ? -1 : 1);
    case "Enter":
      return done(actions.open);
    case " ":
      return done(actions.open);
    case "F2":
      return done(actions.rename);
    case "Delete":
    case "Backspace":
      return done(actions.clear);
    case "[":
      return done(() => actions.nextDomain(-1));
    case "]":
      return done(() => actions.nextDomain(1));
    case "m":
    case "ContextMenu":
      return done(actions.menu);
    case "n":
      return done(actions.addDuty);
    case "/":
      return done(actions.search);
    case "?":
      return done(actions.help);
    case "Escape":
      return done(actions.leave);
    default:
      return false;
  }
}

function done(act: () => void): true {
  act();
  return true;
}
