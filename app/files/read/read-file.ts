import type { CarriedText } from "~/domain/verify/carried";
import type { Difference, ShownPart } from "~/domain/verify/part";

export type CheckedFormat = "xlsx" | "docx" | "pdf" | "json";

/**
 * A parsed file: the texts it shows, the edition it carries, and everything in it that may make a reader see something
 * else.
 */
export type ReadFile = {
  format: CheckedFormat;
  parts: ShownPart[];
  carried: CarriedText | null;
  covered: Difference[];
  /** Pictures and shapes over its words; a picture is the SHA-256 of its file. */
  laidOver: { part: string; picture: string | null }[];
  /** The SHA-256 of every picture in it. */
  pictures: string[];
  /** Whether it looks like a file of Demarc's, even where the carried edition is missing. */
  ours: boolean;
  /** The program that saved it after Demarc; null where the file names none. */
  savedBy: string | null;
};
