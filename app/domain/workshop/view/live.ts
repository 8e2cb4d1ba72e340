import type { WorkshopView } from "./view-types";

/** What opens the door, for whoever leads: the digits while it is open, and the link with its picture. */
export type DoorShown = {
  code: string | null;
  link: string;
  /** The QR code of the link: squares in a field of `size` by `size`. */
  qr: { size: number; path: string };
};

/** What a page shows of a workshop. */
export type WorkshopShown = WorkshopView & {
  workshopId: string;
  number: number;
  /** The matrix that it is about, for its members; null for guests. */
  matrixId: string | null;
  door: DoorShown | null;
};

/** What a page is told of the workshop that it shows. */
export type WorkshopLiveEvent =
  /** The parts that changed since the page was told last, or all of them at the beginning. `sequence` is the newest event's number, `at` the server's clock in milliseconds since 1970. */
  | { kind: "view"; sequence: number; at: number; parts: Partial<WorkshopShown> }
  /** The reader has no access any more; nothing follows. */
  | { kind: "ended"; message: string };
