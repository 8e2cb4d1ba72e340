/** What a form is answered in the browser itself when the server could not be reached: nothing was sent, nothing changed. */
export type Unreachable = { unreachable: true };

/** Whether an action was answered that way. Nothing needs to be loaded again then, and nothing could be. */
export function isUnreachable(result: unknown): result is Unreachable {
  return typeof result === "object" && result !== null && "unreachable" in result && result.unreachable === true;
}
