import type { FormTrouble } from "~/domain/errors";

/** The result of an action that could not reach the server: nothing was sent, nothing changed. */
export type Unreachable = { unreachable: true };

/** Whether an action could not reach the server. Then nothing needs to be revalidated, and nothing could be. */
export function isUnreachable(result: unknown): result is Unreachable {
  return typeof result === "object" && result !== null && "unreachable" in result && result.unreachable === true;
}

/**
 * What an action answers, or, without a connection, an answer made in the browser, with which a form keeps its contents.
 * Any other error is thrown on.
 */
export async function orUnreachable<Answer>(
  serverAction: () => Promise<Answer>,
): Promise<Answer | (FormTrouble & Unreachable)> {
  try {
    return await serverAction();
  } catch (error) {
    // A failed `fetch` is a TypeError.
    if (!(error instanceof TypeError)) throw error;
    return {
      unreachable: true,
      values: {},
      errors: {
        form: "The server can't be reached. Nothing was saved; what you wrote is kept here. Try again once you are back online.",
      },
    };
  }
}
