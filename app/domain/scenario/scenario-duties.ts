import { isActive } from "../agreement/agreement";
import { cacheOf, oncePer } from "../cache";
import { lookUp, lookUpIndex, type LookUpIndex } from "../look-up/look-up";
import type { EscalationPath, PathKind } from "../matrix/escalation-shapes";
import type { Matrix } from "../matrix/matrix";
import type { Duty } from "../matrix/shapes";
import { PATH_KINDS } from "../parts/paths";
import { appliedPathId } from "../parts/path-of";
import { fold } from "../search";
import type { Scenario, SeverityNumber } from "./scenario";

/** Further words by which a duty is found, such as those of the library. */
export type SearchWords = (duty: Duty) => string;

type WithDuties = Pick<Matrix, "duties" | "domains">;

/** The duties of a matrix by their ids and their texts; of the same text the first. */
const dutyIndex = oncePer((duties: Matrix["duties"]) => ({
  byId: new Map(duties.map((duty) => [duty.id, duty])),
  byText: new Map([...duties].reverse().map((duty) => [fold(duty.text), duty])),
}));

/** So many answers of one index are remembered: the queries of all scenarios. */
const MOST_QUERIES = 200;

/** What an index answers to a query, remembered as long as the index is. */
const answersOf = oncePer((_: LookUpIndex) => cacheOf<ReturnType<typeof lookUp>>(MOST_QUERIES));

function lookUpOnce(index: LookUpIndex, query: string): ReturnType<typeof lookUp> {
  const answers = answersOf(index);
  return answers.get(query) ?? answers.set(query, lookUp(index, query));
}

const indexes = new WeakMap<SearchWords, (duties: Matrix["duties"]) => Map<Matrix["domains"], LookUpIndex>>();

/** The index of a matrix, which is made once for the same duties and domains. */
function indexFor({ duties, domains }: WithDuties, wordsOf: SearchWords): LookUpIndex {
  const indexFrom = indexes.get(wordsOf) ?? oncePer((_: Matrix["duties"]) => new Map<Matrix["domains"], LookUpIndex>());
  indexes.set(wordsOf, indexFrom);
  const byDomains = indexFrom(duties);
  const index = byDomains.get(domains) ?? lookUpIndex({ duties, domains }, wordsOf);
  byDomains.set(domains, index);
  return index;
}

/**
 * The duties of a matrix that a scenario is about, in its order: each by its id, else by its text, else by what people say who
 * mean it. One that doesn't apply is left out. `missing` counts those that are named by their id alone and aren't there.
 */
export function dutiesOfScenario(
  { duties: clues, words }: Pick<Scenario, "duties" | "words">,
  matrix: WithDuties,
  wordsOf: SearchWords,
): { duties: Duty[]; missing: number } {
  const { byId, byText } = dutyIndex(matrix.duties);
  const found = new Set<Duty>();
  let missing = 0;
  const byWords = (query: string) => (query === "" ? undefined : dutyOfTheirOwn(query, matrix, wordsOf));
  for (const { id, text, words: clueWords } of clues) {
    const duty = byId.get(id) ?? (text === "" ? undefined : byText.get(fold(text))) ?? byWords(clueWords);
    if (duty) found.add(duty);
    else if (text === "" && clueWords === "") missing += 1;
  }
  const byHand = byWords(words);
  if (byHand) found.add(byHand);
  return { duties: [...found].filter((duty) => duty.standing?.kind !== "not-applicable"), missing };
}

/** So far from the best match a duty of the parties' own is looked for. */
const NEAR_THE_BEST = 3;

/** A duty that matches words well and that the library doesn't know: the scenario names those that it does. */
function dutyOfTheirOwn(words: string, matrix: WithDuties, wordsOf: SearchWords): Duty | undefined {
  const { duties, sure } = lookUpOnce(indexFor(matrix, wordsOf), words);
  return sure ? duties.slice(0, NEAR_THE_BEST).find((duty) => wordsOf(duty) === "") : undefined;
}

/** The path that a scenario takes and why; no path and why not. */
export type ChosenPath = { path: EscalationPath; why: string } | { path: null; why: string };

/**
 * The path that a scenario takes: of those that its duties name, the first that is for such a thing; else the matrix's path for
 * such a thing; else the first that a duty names.
 */
export function pathOfScenario(
  { path: choice }: Pick<Scenario, "path">,
  duties: readonly Duty[],
  matrix: Pick<Matrix, "paths" | "domains">,
): ChosenPath {
  if (choice !== null && "pathId" in choice) {
    const path = matrix.paths.find(({ id }) => id === choice.pathId);
    return path
      ? { path, why: `${path.name} was chosen.` }
      : { path: null, why: "The path that was chosen isn't in the matrix. Choose another." };
  }
  const named = duties.filter(isActive).flatMap((duty) => {
    const pathId = appliedPathId(matrix, duty);
    const path = matrix.paths.find(({ id }) => id === pathId);
    return path ? [{ duty, path }] : [];
  });
  const [first] = named;
  if (choice === null)
    return first
      ? { path: first.path, why: whyNamed(first.duty, first.path) }
      : { path: null, why: "No path was chosen, and none of its duties names one. Choose a path." };
  const usual = usualPath(matrix.paths, choice.kind, choice.severity);
  const fitting =
    named.find(({ path }) => path.id === usual?.id) ?? named.find(({ path }) => isSuch(path.kind, choice.kind));
  if (fitting) return { path: fitting.path, why: whyNamed(fitting.duty, fitting.path) };
  if (usual) return { path: usual, why: `None of its duties names a path for this, so ${usual.name} applies.` };
  if (first) return { path: first.path, why: whyNamed(first.duty, first.path) };
  return {
    path: null,
    why:
      matrix.paths.length === 0
        ? "The matrix has no escalation path yet. Agree one first."
        : `The matrix has no path for this: ${PATH_KINDS[choice.kind].toLowerCase()}. Add one, or name the path of its duties.`,
  };
}

/** Attacks are incidents too, so a duty's path for one is followed in the other. */
const TROUBLE: readonly PathKind[] = ["incident", "security"];

function isSuch(kind: PathKind, wanted: PathKind): boolean {
  return kind === wanted || (TROUBLE.includes(kind) && TROUBLE.includes(wanted));
}

function whyNamed({ code, pathId }: Duty, { name }: EscalationPath): string {
  return pathId === null ? `The domain of ${code} names ${name}.` : `${code} names ${name}.`;
}

/** The path of a matrix for a kind of trouble. Incidents are ordered by how bad they are; security without a path of its own goes by the worst. */
function usualPath(paths: readonly EscalationPath[], kind: PathKind, severity: SeverityNumber): EscalationPath | null {
  const ofKind = (wanted: PathKind) => paths.filter((path) => path.kind === wanted);
  if (kind !== "incident" && kind !== "security") return ofKind(kind)[0] ?? null;
  const incidents = ofKind("incident");
  if (kind === "security") return ofKind("security")[0] ?? incidents[0] ?? null;
  return incidents.find(({ id }) => id === `s${severity}`) ?? incidents[severity - 1] ?? incidents.at(-1) ?? null;
}
