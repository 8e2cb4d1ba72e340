import { lazily } from "../../primitives/lazily";

/** Dialogs that the first render of the board doesn't need. They are loaded after hydration. */
const add = lazily(async () => (await import("./add-duty-dialog")).AddDutyDialog);
const domain = lazily(async () => (await import("./domain-dialog")).DomainDialog);
const keys = lazily(async () => (await import("./keyboard-sheet")).KeyboardSheet);
const move = lazily(async () => (await import("./move-dialog")).MoveDialog);
const share = lazily(async () => (await import("./shared-dialog")).SharedDialog);

export const AddDutyDialog = add.Component;
export const DomainDialog = domain.Component;
export const KeyboardSheet = keys.Component;
export const MoveDialog = move.Component;
export const SharedDialog = share.Component;
export const BOARD_DIALOGS = [move, share, add, domain, keys];
