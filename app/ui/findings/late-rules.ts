import { countOpen, coverFindings, dutyFindings, findAll } from "~/domain/findings/findings";
import type { CoverFacts } from "~/domain/escalation/week/cover-facts";
import { paths } from "~/paths";

/** Fetches what the server finds in who can be reached when; rejects where it can't be fetched. */
async function fetchCover(matrixId: string, signal: AbortSignal): Promise<CoverFacts | null> {
  const response = await fetch(paths.coverFacts(matrixId), { signal });
  if (!response.ok) throw new Error(`The cover was answered with ${response.status}.`);
  const cover: CoverFacts | null = await response.json();
  return cover;
}

/** The rules and what they are told, which no first render needs but that of the page of findings. */
export const RULES = { findAll, dutyFindings, coverFindings, countOpen, fetchCover };
