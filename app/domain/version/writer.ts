/**
 * The numbers of the file writers. A writer is a fixed set of wordings, orders and formats; any change of them makes a
 * new writer, so that older files are still compared with what their own writer would write. Files without a number are
 * of writer 1.
 */
export const WRITERS = [1, 2, 3] as const;
export type WriterNumber = (typeof WRITERS)[number];

/** The writer of new files. The others are only used to verify older files. */
export const CURRENT_WRITER: WriterNumber = 3;

/** Whether a writer's PDFs have typefaces for other scripts than Latin, Greek and Cyrillic. Earlier ones drew boxes. */
export function drawsScripts(writer: WriterNumber): boolean {
  return writer > 2;
}
