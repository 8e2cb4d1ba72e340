import { lazy } from "react";

/** Dialogs that come when they are first opened: the board is drawn and dragged on without them. */
export const AddDutyDialog = lazy(async () => ({ default: (await import("./add-duty-dialog")).AddDutyDialog }));
export const DomainDialog = lazy(async () => ({ default: (await import("./domain-dialog")).DomainDialog }));
export const KeyboardSheet = lazy(async () => ({ default: (await import("./keyboard-sheet")).KeyboardSheet }));
export const MoveDialog = lazy(async () => ({ default: (await import("./move-dialog")).MoveDialog }));
export const SharedDialog = lazy(async () => ({ default: (await import("./shared-dialog")).SharedDialog }));
