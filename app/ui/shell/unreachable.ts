/** The result of an action that could not reach the server: nothing was sent, nothing changed. */
export type Unreachable = { unreachable: true };

/** Whether an action could not reach the server. Then nothing needs to be revalidated, and nothing could be. */
export function isUnreachable(result: unknown): result is Unreachable {
  return typeof result === "object" && result !== null && "unreachable" in result && result.unreachable === true;
}
