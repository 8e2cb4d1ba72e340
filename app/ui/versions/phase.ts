import { earliestToday } from "~/domain/days";
import { phaseOf, phaseWords, type Phase } from "~/domain/signing/version-dates";
import type { VersionListed } from "~/services/version/versions.server";
import { useToday } from "../findings/findings-context";

/** How a version stands on a day, among those that were agreed after it. */
export function phaseOn(version: VersionListed, day: string): Phase {
  return phaseOf(version, version.newer, day, earliestToday);
}

/** How a version stands today, in words that follow its number. */
export function usePhaseWords(version: VersionListed): string {
  return phaseWords(phaseOn(version, useToday()));
}
