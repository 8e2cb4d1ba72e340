import { createContext, useContext, useMemo, type ReactNode } from "react";
import type { Party } from "~/domain/parts/shapes";
import type { Ability } from "~/domain/permissions";

type OwnSide = { /** The party the one who looks speaks for; null where they speak for none. */ party: Party | null; abilities: readonly Ability[] };
const OwnSideContext = createContext<OwnSide>({ party: null, abilities: [] });

type OwnSideProviderProps = { parties: readonly Party[]; partyId: string | null; abilities: readonly Ability[]; children: ReactNode };

/** Hands to every view whom the one who looks speaks for, and what they may do: the screen offers nothing the server refuses. */
export function OwnSideProvider({ parties, partyId, abilities, children }: OwnSideProviderProps) {
  const own = useMemo(() => ({ party: parties.find(({ id }) => id === partyId) ?? null, abilities }), [parties, partyId, abilities]);
  return <OwnSideContext.Provider value={own}>{children}</OwnSideContext.Provider>;
}

/** The party the one who looks speaks for. */
export function useOwnParty(): Party | null {
  return useContext(OwnSideContext).party;
}

/** Whether the one who looks may do something here. */
export function useMay(ability: Ability): boolean {
  return useContext(OwnSideContext).abilities.includes(ability);
}
