import { createContext, useContext, useEffect, useState, type ReactNode } from "react";
import type { Matrix, Party } from "~/domain/matrix";
import { indexOf } from "~/domain/owner";
import { Field, Select } from "../primitives/field";

type Acting = { party: Party | null; choices: Party[]; choose: (partyId: string) => void };
const ActingContext = createContext<Acting>({ party: null, choices: [], choose: () => undefined });

const KEY = "demarc.acting-for";

/** Whose marks this window makes. Without accounts a person says so; the choice is kept in this browser. */
export function ActingProvider({ matrix, children }: { matrix: Matrix; children: ReactNode }) {
  const { client, provider } = indexOf(matrix);
  const choices = [client, provider].filter((party) => party !== null);
  const [kind, setKind] = useState<string>("client");

  useEffect(() => {
    try {
      setKind(localStorage.getItem(KEY) === "provider" ? "provider" : "client");
    } catch {
      return;
    }
  }, []);

  function choose(partyId: string) {
    const chosen = choices.find(({ id }) => id === partyId)?.kind ?? "client";
    setKind(chosen);
    try {
      localStorage.setItem(KEY, chosen);
    } catch {
      return;
    }
  }

  const party = choices.find((choice) => choice.kind === kind) ?? choices[0] ?? null;
  return <ActingContext.Provider value={{ party, choices, choose }}>{children}</ActingContext.Provider>;
}

/** The party this window speaks for. */
export function useActing(): Acting {
  return useContext(ActingContext);
}

/** Chooses the party this window speaks for. */
export function ActingFor({ className }: { className?: string }) {
  const { party, choices, choose } = useActing();
  return (
    <Field label="Acting for" hideLabel className={className}>
      <Select value={party?.id ?? ""} onChange={(event) => choose(event.target.value)} title="Whose agreement and disputes you mark">
        {choices.map(({ id, name }) => (
          <option key={id} value={id}>
            Acting for {name}
          </option>
        ))}
      </Select>
    </Field>
  );
}
