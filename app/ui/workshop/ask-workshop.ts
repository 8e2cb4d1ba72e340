import type { Asked } from "~/domain/workshop/asked";
import type { Rejection } from "~/domain/result";
import { paths } from "~/paths";
import type { AskedAnswer } from "~/services/workshop/changing.server";

/** What became of a request: nothing refused, or the first refusal in a sentence. `unreachable` where nothing was sent. */
export type AskAnswer = {
  refused: string | null;
  unreachable: boolean;
  /** The code of the first refusal of the workshop's rules; null where nothing was refused, or something else failed. */
  code: string | null;
  /** The status of the answer; 0 where there was none. */
  status: number;
  /** The workshop's sequence after it; null where nothing was done. */
  sequence: number | null;
};

const TIMEOUT_MS = 15_000;
const UNREACHABLE = "The server can't be reached. Nothing was sent. Try again once you are back online.";

/** Asks a workshop for something, and says what was refused. Never throws. */
export async function askWorkshop(workshopId: string, asked: readonly Asked[]): Promise<AskAnswer> {
  return sent<AskedAnswer>(
    paths.workshopAsked(workshopId),
    { headers: { "Content-Type": "application/json" }, body: JSON.stringify({ asked }) },
    ({ rejected, sequence }) => ({ rejection: rejected[0]?.rejection ?? null, sequence }),
  );
}

/** Lets a member come into a workshop; people of a third party say for which one. Never throws. */
export async function enterWorkshop(workshopId: string, partyId: string): Promise<AskAnswer> {
  return sent(paths.enterWorkshop(workshopId), { body: new URLSearchParams({ partyId }) }, () => ({
    rejection: null,
    sequence: null,
  }));
}

async function sent<Answer extends object>(
  address: string,
  { headers, body }: Pick<RequestInit, "headers" | "body">,
  read: (answer: Answer) => { rejection: Rejection | null; sequence: number | null },
): Promise<AskAnswer> {
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { ...headers, Accept: "application/json" },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { status } = response;
    const answer: Answer | { message: string } = await response.json();
    if ("message" in answer)
      return { refused: String(answer.message), unreachable: false, code: null, status, sequence: null };
    const { rejection, sequence } = read(answer);
    return {
      refused: rejection?.message ?? null,
      unreachable: false,
      code: rejection?.code ?? null,
      status,
      sequence,
    };
  } catch {
    return { refused: UNREACHABLE, unreachable: true, code: null, status: 0, sequence: null };
  }
}
