import { openDB, type DBSchema, type IDBPDatabase } from "idb";
import type { Overtaken, QueuedStep, RefusedEdit } from "./editor-types";

/** What a page holds that isn't stored: steps that wait to be sent, and overtaken texts and refused edits that wait for their writer's choice. */
export type Kept = {
  steps: readonly QueuedStep[];
  overtaken: readonly Overtaken[];
  refused: readonly RefusedEdit[];
};

/** Edits by the page that keeps them. `owner` names the matrix and the person. */
type Row = Kept & { page: string; owner: string };
type Schema = DBSchema & { kept: { key: string; value: Row; indexes: { owner: string } } };

/** Keeps what a page can't store, and takes up what earlier pages left. */
export type EditKeeper = ReturnType<typeof keepEdits>;

const DATABASE = "demarc";
const UNNAMED = { said: "An edit", words: "An edit" };

/**
 * Keeps the edits of a page in the browser's database, where they survive a reload, a crash and a closed tab, and are
 * taken up by the next page of the same person on the same matrix. Steps have ids, so the server skips those that it
 * had stored already. If the browser refuses storage, they exist in memory only.
 */
export function keepEdits(owner: string) {
  const page = crypto.randomUUID();
  const left = new AbortController();
  const database = openDatabase();
  // The lock tells other pages that this one is still there. It is released when the page goes, however it goes.
  void whileLocked(lockOf(page), left.signal, () => whenAborted(left.signal));

  async function keep({ steps, overtaken, refused }: Kept): Promise<void> {
    const kept = await database;
    if (!kept) return;
    try {
      const transaction = kept.transaction("kept", "readwrite");
      if (steps.length + overtaken.length + refused.length === 0) void transaction.store.delete(page);
      else
        void transaction.store.put({
          page,
          owner,
          steps: [...steps],
          overtaken: [...overtaken],
          refused: [...refused],
        });
      // A page that is being closed waits for nothing, so that the transaction has to end by itself.
      transaction.commit();
      await transaction.done;
    } catch {
      // The browser's storage is full or gone; what is in memory is sent all the same.
    }
  }

  return {
    keep: (kept: Kept) => void keep(kept),
    /** Calls `take` with what each page that is gone has left: at once, or when that page goes. */
    async adopt(take: (kept: Kept) => void): Promise<void> {
      const kept = await database;
      const rows = (await kept?.getAllFromIndex("kept", "owner", owner).catch(() => [])) ?? [];
      for (const row of rows)
        void whileLocked(lockOf(row.page), left.signal, async () => {
          const found = await takeRow(kept, row.page);
          if (found) take(found);
        });
    },
    /** Leaves what is kept to the next page. */
    leave: () => left.abort(),
  };
}

async function openDatabase(): Promise<IDBPDatabase<Schema> | null> {
  try {
    return await openDB<Schema>(DATABASE, 1, {
      upgrade: (database) => database.createObjectStore("kept", { keyPath: "page" }).createIndex("owner", "owner"),
    });
  } catch {
    return null;
  }
}

/** Takes a row out, so that no two pages take up the same edits. */
async function takeRow(database: IDBPDatabase<Schema> | null, page: string): Promise<Row | null> {
  try {
    const transaction = database?.transaction("kept", "readwrite");
    const row = await transaction?.store.get(page);
    await transaction?.store.delete(page);
    await transaction?.done;
    // A page of an earlier release may have left it, which kept no words and nothing that was refused.
    return row
      ? { ...row, steps: row.steps.map((step) => ({ ...UNNAMED, ...step })), refused: row.refused ?? [] }
      : null;
  } catch {
    return null;
  }
}

const lockOf = (page: string) => `demarc.kept.${page}`;

/** Runs while no other page holds the lock. Without HTTPS there are no locks, and it runs at once. */
async function whileLocked(name: string, left: AbortSignal, run: () => Promise<void>): Promise<void> {
  if (!("locks" in navigator)) return run();
  await navigator.locks.request(name, { signal: left }, run).catch(() => undefined);
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
