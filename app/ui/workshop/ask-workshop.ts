import type { Asked } from "~/domain/workshop/asked";
import { paths } from "~/paths";
import type { AskedAnswer } from "~/services/workshop/changing.server";

/** What became of a request: nothing refused, or the first refusal in a sentence. `unreachable` where nothing was sent. */
export type AskAnswer = { refused: string | null; unreachable: boolean };

const TIMEOUT_MS = 15_000;
const UNREACHABLE = "The server can't be reached. Nothing was sent. Try again once you are back online.";

/** Asks a workshop for something, and says what was refused. Never throws. */
export async function askWorkshop(workshopId: string, asked: readonly Asked[]): Promise<AskAnswer> {
  try {
    const response = await fetch(paths.workshopAsked(workshopId), {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify({ asked }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const body: AskedAnswer | { message: string } = await response.json();
    const refused = "message" in body ? body.message : (body.rejected[0]?.rejection.message ?? null);
    return { refused, unreachable: false };
  } catch {
    return { refused: UNREACHABLE, unreachable: true };
  }
}
