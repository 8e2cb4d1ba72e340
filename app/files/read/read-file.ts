import type { CarriedText } from "~/domain/verify/carried";
import type { Difference, ShownPart } from "~/domain/verify/part";

export type CheckedFormat = "xlsx" | "docx" | "pdf" | "json";

/** A file taken apart: what it shows, what it carries, and what in it may show something else than it says. */
export type ReadFile = {
  format: CheckedFormat;
  parts: ShownPart[];
  carried: CarriedText | null;
  covered: Difference[];
  /** Pictures and shapes that lie over its words; a picture by the SHA-256 of its file. */
  laidOver: { part: string; picture: string | null }[];
  /** The SHA-256 of every picture in it. */
  pictures: string[];
  /** Whether it looks like one of Demarc's, with or without what it should carry. */
  ours: boolean;
  /** The program that saved it after Demarc; null where nothing tells of one. */
  savedBy: string | null;
};
