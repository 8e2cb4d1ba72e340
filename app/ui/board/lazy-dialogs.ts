import { lazy } from "react";

/** Dialogs that come once the board has come to rest: it is drawn and dragged on without them. */
const load = {
  add: async () => ({ default: (await import("./add-duty-dialog")).AddDutyDialog }),
  domain: async () => ({ default: (await import("./domain-dialog")).DomainDialog }),
  keys: async () => ({ default: (await import("./keyboard-sheet")).KeyboardSheet }),
  move: async () => ({ default: (await import("./move-dialog")).MoveDialog }),
  shared: async () => ({ default: (await import("./shared-dialog")).SharedDialog }),
};

export const AddDutyDialog = lazy(load.add);
export const DomainDialog = lazy(load.domain);
export const KeyboardSheet = lazy(load.keys);
export const MoveDialog = lazy(load.move);
export const SharedDialog = lazy(load.shared);
export const BOARD_DIALOGS = Object.values(load);
