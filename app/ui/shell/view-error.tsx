import { useRouteError } from "../primitives/router";
import { ErrorWords, wordsOfError } from "./error-page";

/** Stands in for one view of a matrix, whose frame, tabs and kept edits stay where they are. */
export function ViewError() {
  return <ErrorWords {...wordsOfError(useRouteError())} />;
}
