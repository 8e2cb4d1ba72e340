import { lookUp, type LookUpIndex } from "~/domain/look-up/look-up";
import { nearestDomain, fallbackDuties, type FallbackDuty } from "~/domain/look-up/ways-on";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import { searchFor } from "~/domain/search";
import type { Domain, Duty } from "~/domain/matrix/shapes";

/** How many options are listed: of duties that match, and of those that are only similar. */
const MOST_LISTED = 8;
const NEAR = 3;

/** An option: a duty, and, if it doesn't answer the search but says whom to ask, when to turn to it. */
type LookUpOption = { duty: Duty; when: FallbackDuty["when"] | null };
/** `found` is the number of duties that match. If it is 0, the options are similar duties, then the people to ask. */
export type LookUpOptions = {
  options: LookUpOption[];
  found: number;
  /** The domain that is nearest to the words. */ domain: Domain | null;
};

/** The most paths listed below the duties that match. */
const MOST_PATHS = 2;

/** The escalation paths to call by: all of them where nothing is asked, else a few whose texts have all the words. */
export function pathsFor(paths: readonly EscalationPath[], query: string): EscalationPath[] {
  if (query.trim() === "") return [...paths];
  const has = searchFor(query);
  return paths.filter(({ name, trigger, examples }) => has([name, trigger, examples].join(" "))).slice(0, MOST_PATHS);
}

/** The options for a few words. Without a match, they end with the duties that say whom to ask. */
export function optionsFor(index: LookUpIndex, query: string): LookUpOptions {
  if (query.trim() === "") return { options: [], found: 0, domain: null };
  const { duties, sure } = lookUp(index, query);
  const near = duties.slice(0, sure ? MOST_LISTED : NEAR).map((duty): LookUpOption => ({ duty, when: null }));
  if (sure) return { options: near, found: duties.length, domain: null };
  const ways = fallbackDuties(index).filter(({ duty }) => near.every((option) => option.duty.id !== duty.id));
  return { options: [...near, ...ways], found: 0, domain: nearestDomain(index, duties) };
}

/** The result of the search in a sentence. */
export function answerWords({ options, found }: LookUpOptions, asked: string, duties: number): string {
  if (duties === 0) return "This matrix has no duties yet. Add them on the board.";
  if (asked === "") return "Type to see who owns a duty, who answers, who does it and who is asked. Enter opens it.";
  if (found > options.length)
    return `${found} duties match; the first ${options.length} are shown. Another word makes them fewer.`;
  if (found > 0) return `${found} ${found === 1 ? "duty matches" : "duties match"}.`;
  const ways = options.some(({ when }) => when !== null);
  if (options.some(({ when }) => when === null))
    return `No duty says all of “${asked}”. The nearest stand first${ways ? ", then who to turn to" : ""}.`;
  return `No duty matches “${asked}”.${ways ? " Here is who to turn to." : ""}`;
}
