import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { Party } from "~/domain/matrix/shapes";
import type { Ability } from "~/domain/engagement/permissions";

type OwnSide = {
  /** The party that the reader speaks for; null if none. */ party: Party | null;
  abilities: readonly Ability[];
};
const OwnSideContext = createContext<OwnSide>({ party: null, abilities: [] });

type OwnSideProviderProps = {
  parties: readonly Party[];
  partyId: string | null;
  abilities: readonly Ability[];
  children: ReactNode;
};

/**
 * Provides the reader's party and abilities to every view, so that the screen offers nothing that the server refuses.
 */
export function OwnSideProvider({ parties, partyId, abilities, children }: OwnSideProviderProps) {
  const own = useMemo(
    () => ({ party: parties.find(({ id }) => id === partyId) ?? null, abilities }),
    [parties, partyId, abilities],
  );
  return <OwnSideContext.Provider value={own}>{children}</OwnSideContext.Provider>;
}

/** The party that the reader speaks for. */
export function useOwnParty(): Party | null {
  return useContext(OwnSideContext).party;
}

/** Whether the reader has an ability in this engagement. */
export function useMay(ability: Ability): boolean {
  return useContext(OwnSideContext).abilities.includes(ability);
}
