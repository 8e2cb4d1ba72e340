/** The words, orders and forms in which a file was written: 1 is every file that carries no number. A change of any of them is a writer of its own, so that files written before are still compared with what they were written as. */
export const WRITERS = [1, 2] as const;
export type Writer = (typeof WRITERS)[number];

/** The one that writes. The others write only to be compared with. */
export const TODAYS_WRITER: Writer = 2;
