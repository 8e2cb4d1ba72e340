import { tooMuchForOneBatch } from "~/domain/editing/batch-work";
import type { Step } from "~/domain/editing/commands";
import { LIMITS } from "~/domain/limits";
import type { Matrix } from "~/domain/matrix/matrix";
import { paths } from "~/paths";
import type { BatchAnswer } from "~/services/matrix/matrix-editing.server";

/** The outcome of a request: acknowledged, refused for good, or to be retried. */
export type Sent =
  | { kind: "acknowledged"; answer: BatchAnswer }
  | { kind: "refused"; message: string }
  | NotLetIn
  | { kind: "unreachable" }
  | { kind: "failing"; message: string };

/** The session ended, or the person has lost access. */
export type NotLetIn = { kind: "signed-out" } | { kind: "locked"; message: string };

type DraftNow = { revision: number; changes: number | null; matrix: Matrix | null };

const TIMEOUT_MS = 20_000;

/** Sends steps and waits for their acknowledgement. */
export async function sendSteps(matrixId: string, baseRevision: number, steps: readonly Step[]): Promise<Sent> {
  try {
    const response = await fetch(paths.commands(matrixId), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ baseRevision, steps: steps.map(({ id, commands }) => ({ id, commands })) }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.ok) return { kind: "acknowledged", answer: await response.json() };
    const notLetIn = await refusalOf(response);
    if (notLetIn) return notLetIn;
    const message = await messageOf(response);
    const later =
      response.status >= 500 || response.status === 409 || response.status === 429 || response.status === 408;
    return later ? { kind: "failing", message } : { kind: "refused", message };
  } catch {
    return { kind: "unreachable" };
  }
}

/** The server's draft, or the reason why it may not be read; null if the server can't be reached. */
export async function fetchDraft(
  matrixId: string,
  since: number,
): Promise<{ kind: "draft"; now: DraftNow } | NotLetIn | null> {
  try {
    const response = await fetch(paths.draft(matrixId, since), { signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? { kind: "draft", now: await response.json() } : await refusalOf(response);
  } catch {
    return null;
  }
}

async function refusalOf(response: Response): Promise<NotLetIn | null> {
  if (response.status === 401) return { kind: "signed-out" };
  return response.status === 403 || response.status === 404
    ? { kind: "locked", message: await messageOf(response) }
    : null;
}

/** The first steps that fit into one request; always at least one. */
export function nextBatch<One extends Step>(pending: readonly One[]): One[] {
  const batch: One[] = [];
  let bytes = 0;
  for (const step of pending.slice(0, LIMITS.stepsPerBatch)) {
    bytes += JSON.stringify(step).length;
    if (batch.length > 0 && (bytes > LIMITS.batchBytes / 3 || tooMuchForOneBatch([...batch, step]))) break;
    batch.push(step);
  }
  return batch;
}

async function messageOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const message = typeof body === "object" && body !== null && "message" in body ? body.message : null;
  return typeof message === "string" ? message : `The server answered ${response.status}.`;
}
