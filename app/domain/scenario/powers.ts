import type { PathCalls } from "../escalation/calls-words.server";
import type { ScenarioAnswer, ShownPower } from "./scenario-answer";

/** What each role that a path reaches may decide and do, in the order in which they are reached. */
export function powersOf(
  { steps }: PathCalls,
  { authorities, containments }: Pick<ScenarioAnswer, "authorities" | "containments">,
): ShownPower[] {
  const powers = new Map<string, ShownPower>();
  for (const { calls } of steps)
    for (const { roleId, role, party, answers, mayDecide } of calls) {
      if (answers.length === 0) continue;
      const known = powers.get(roleId);
      const names = answers.map(({ name }) => name);
      powers.set(
        roleId,
        known
          ? { ...known, names: [...new Set([...known.names, ...names])], decides: known.decides || mayDecide }
          : { roleId, role, party, names, decides: mayDecide, ...agreedFor(roleId) },
      );
    }
  return [...powers.values()];

  function agreedFor(roleId: string) {
    const acting = containments.filter(({ actsBy }) => actsBy?.roleId === roleId);
    return {
      approves: authorities.flatMap(({ name, amount, by, role: first }) =>
        by?.roleId === roleId
          ? [
              `${name}${amount === "" ? "" : `, ${amount}`}${by.isDeputy && first !== null ? `, in place of ${first}` : ""}`,
            ]
          : [],
      ),
      acts: acting.flatMap(({ stance, action }) => (stance === "act" ? [action] : [])),
      callsFirst: acting.flatMap(({ stance, action, calls }) =>
        stance === "call-first" ? [`${action}, after a call to ${calls ?? "nobody who is named"}`] : [],
      ),
    };
  }
}
