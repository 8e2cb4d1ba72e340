import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Holding, Person } from "~/domain/people/people";
import { peopleFacts, type PeopleFacts } from "./people-view";

const NOBODY: ReadonlySet<string> = new Set();
const NONE: PeopleFacts = { people: [], holdings: [], held: [], holders: [], vacant: NOBODY };
const PeopleContext = createContext<PeopleFacts>(NONE);

type ProviderProps = {
  matrix: Matrix;
  people: readonly Person[];
  holdings: readonly Holding[];
  today: string;
  children: ReactNode;
};

/** Provides the people of the engagement, and who holds which role, to every view of the draft. */
export function PeopleProvider({ matrix: { roles }, people, holdings, today, children }: ProviderProps) {
  const facts = useMemo(() => peopleFacts({ roles }, people, holdings, today), [roles, people, holdings, today]);
  return <PeopleContext.Provider value={facts}>{children}</PeopleContext.Provider>;
}

/** Hides the people from the views of a version, which shows what was agreed and not who holds a role now. */
export function WithoutPeople({ children }: { children: ReactNode }) {
  return <PeopleContext.Provider value={NONE}>{children}</PeopleContext.Provider>;
}

/** The people behind the draft on screen. */
export function usePeople(): PeopleFacts {
  return useContext(PeopleContext);
}

/** The roles that cards mark as vacant; none while nobody holds any role, since every card would be marked. */
export function useVacantOnCards(): ReadonlySet<string> {
  const { held, vacant } = usePeople();
  return held.length > 0 ? vacant : NOBODY;
}
