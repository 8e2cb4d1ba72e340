/** What is wrong in a matrix of the right shape: where, and a sentence. */
export type Problem = { path: string; message: string };
