import { useRouteError } from "../primitives/router";
import { ErrorWords, wordsOfError } from "./error-page";

/** The error boundary of one view of a matrix. The frame, the tabs and the queue of edits stay. */
export function ViewError() {
  return <ErrorWords {...wordsOfError(useRouteError())} />;
}
