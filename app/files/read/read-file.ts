import type { CarriedText } from "~/domain/verify/carried";
import type { Paper } from "~/domain/pack/report-parts";
import type { Difference, ShownPart } from "~/domain/verify/part";
import type { Room } from "~/domain/verify/room";

export type CheckedFormat = "xlsx" | "docx" | "pdf" | "json";

/** A line of a workbook on which a program offers to sign, with the words that it names the signatory by. */
export type SignatureLine = { name: string; role: string; email: string };

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
  laidOver: { part: string; picture: string | null; words: string }[];
  /** Every picture in it by its SHA-256. */
  pictures: ReadonlyMap<string, Uint8Array>;
  signatureLines: SignatureLine[];
  room: Room;
  paper: Paper;
  /** Whether it looks like a file of Demarc's, even where the carried edition is missing. */
  ours: boolean;
  /** The program that saved it after Demarc; null where the file names none. */
  savedBy: string | null;
};

/** The part of what a document shows that has the descriptions of its tables and pictures. */
export const DESCRIPTIONS = "Descriptions of tables and pictures";
