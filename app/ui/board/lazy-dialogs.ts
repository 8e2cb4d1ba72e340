import { lazily } from "../primitives/lazily";

/** Dialogs that the board is drawn and dragged on without; they are fetched once it is alive. */
const add = lazily(async () => (await import("./add-duty-dialog")).AddDutyDialog);
const domain = lazily(async () => (await import("./domain-dialog")).DomainDialog);
const keys = lazily(async () => (await import("./keyboard-sheet")).KeyboardSheet);

export const AddDutyDialog = add.Component;
export const DomainDialog = domain.Component;
export const KeyboardSheet = keys.Component;
export const BOARD_DIALOGS = [add, domain, keys];
