/** A broken invariant of a matrix that fits its schema: the path, and a sentence. */
export type Problem = { path: string; message: string };
