import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** What releases before left behind: one folder each. */
export const EARLIER = path.join(import.meta.dirname, "earlier");
export const RELEASES: string[] = existsSync(EARLIER) ? readdirSync(EARLIER).sort() : [];

export function bytesOf(release: string, ...name: string[]): Uint8Array {
  return new Uint8Array(readFileSync(path.join(EARLIER, release, ...name)));
}

/** A file of a set that holds JSON. Its form is the set's own: nothing of the application reads it. */
export function jsonOf<T>(release: string, ...name: string[]): T {
  return JSON.parse(readFileSync(path.join(EARLIER, release, ...name), "utf8")) as T;
}

export function filesIn(release: string, folder: string): string[] {
  return readdirSync(path.join(EARLIER, release, folder)).sort();
}

export type Row = Record<string, unknown>;
/** Rows by the name of their model, in the order in which they can be inserted. */
export type Rows = Record<string, Row[]>;

/** The snapshots of a set's versions as the database holds them, by number. */
export function snapshotsOf(release: string): Map<number, unknown> {
  const { version = [], versionText = [] } = jsonOf<Rows>(release, "database.json");
  return new Map(
    version.map(({ id, number }) => [Number(number), versionText.find(({ versionId }) => versionId === id)?.snapshot]),
  );
}
