import type { SaveState } from "./editor-types";

/** How many edits are not yet acknowledged as stored. */
export function unsavedEdits(save: SaveState): number {
  return "unsaved" in save ? save.unsaved : 0;
}
