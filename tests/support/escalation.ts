import type { Level } from "~/domain/matrix/escalation-shapes";
import type { Holding } from "~/domain/people/people";

/** A level that calls roles by phone, upwards. */
export function aLevel(minutes: number, roleIds: readonly string[], more: Partial<Level> = {}): Level {
  return {
    minutes,
    calls: roleIds.map((roleId) => ({ roleId, direction: "up" })),
    channels: ["phone"],
    decides: false,
    may: "",
    ...more,
  };
}

/** Somebody who has held a role for long. */
export function aHolding(roleId: string, personId: string): Holding {
  return { id: `${roleId} ${personId}`, roleId, personId, since: "2020-01-01", until: null, carriedFrom: null };
}
