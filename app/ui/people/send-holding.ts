import { paths } from "~/paths";

export type HoldingForm =
  | { intent: "hold"; roleId: string; personId: string; since: string }
  | { intent: "end"; roleId: string; personId: string }
  | { intent: "resume"; holdingId: string }
  /** Hours of a rota as JSON: to put them in, and to take just them out. */
  | { intent: "cover" | "uncover"; roleId: string; overrides: string }
  | { intent: "verify"; id: string; on: string }
  | { intent: "unverify"; id: string; was: string };
/** The result: done, with the id of an ended holding, which can be resumed, or a sentence that says what to do. */
type HoldingSent = { ok: true; ended: string | null } | { ok: false; message: string };

const TIMEOUT_MS = 20_000;

/** Sends one change of who is behind a role, or of a contact, and waits until it is stored. */
export async function sendHolding(matrixId: string, form: HoldingForm): Promise<HoldingSent> {
  try {
    const response = await fetch(paths.holders(matrixId), {
      method: "POST",
      body: new URLSearchParams(form),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: unknown = await response.json().catch(() => null);
    const answer = new Map<string, unknown>(typeof body === "object" && body !== null ? Object.entries(body) : []);
    if (response.ok) {
      const ended = answer.get("ended");
      return { ok: true, ended: typeof ended === "string" ? ended : null };
    }
    return {
      ok: false,
      message: String(
        answer.get("message") ?? `The server answered ${response.status}. Nothing was changed; try again.`,
      ),
    };
  } catch {
    return {
      ok: false,
      message: "The server can't be reached. Nothing was changed; try again once you are back online.",
    };
  }
}
