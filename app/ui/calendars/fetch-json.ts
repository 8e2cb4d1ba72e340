/** An answer to the page's script, or the sentence that says why there is none. */
export type Fetched<T> = { ok: true; value: T } | { ok: false; message: string };

/** Asks the server for JSON. Whatever goes wrong is a sentence: the server's own, or `unreached` where none came. */
export async function fetchJson<T>(address: string, unreached: string, init?: RequestInit): Promise<Fetched<T>> {
  try {
    const response = await fetch(address, init);
    const body: T & { message?: string } = await response.json();
    return response.ok ? { ok: true, value: body } : { ok: false, message: body.message ?? unreached };
  } catch {
    return { ok: false, message: unreached };
  }
}
