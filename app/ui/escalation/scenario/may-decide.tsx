import type { ScenarioAnswer, ShownAuthority, ShownContainment } from "~/domain/scenario/scenario-answer";
import { PartyMark } from "../../marks/party-mark";
import { classNames } from "../../primitives/class-names";
import styles from "./scenario.module.css";

/** What each of those who are reached may decide and do, and what nobody can approve at that hour. */
export function MayDecide({ answer }: { answer: ScenarioAnswer }) {
  const { powers, authorities, containments, offLimits } = answer;
  const without = authorities.filter(({ by }) => by === null);
  if (powers.length + without.length + containments.length + offLimits.length === 0) return null;
  return (
    <section className={styles.part} aria-labelledby="may-title">
      <h3 id="may-title">What each may decide</h3>
      <ul className={styles.list}>
        {powers.map((power) => (
          <li key={power.roleId}>
            <PartyMark kind={power.party?.kind ?? "none"} />
            <div>
              <p>
                <bdi className={styles.strong}>{power.role}</bdi>
                {power.names.length > 0 && (
                  <span className={styles.quiet}>
                    {" "}
                    <bdi>{power.names.join(", ")}</bdi>
                  </span>
                )}
              </p>
              {powerWords(power).map((sentence) => (
                <p key={sentence} className={styles.quiet} dir="auto">
                  {sentence}
                </p>
              ))}
            </div>
          </li>
        ))}
        {without.map((authority) => (
          <li key={authority.id}>
            <PartyMark kind="none" />
            <p className={styles.bad} dir="auto">
              {nobodyApproves(authority)}
            </p>
          </li>
        ))}
      </ul>
      {containments.length > 0 && (
        <ul className={styles.list} aria-label="Containment">
          {containments.map((containment) => (
            <li key={containment.id}>
              <Containment {...containment} />
            </li>
          ))}
        </ul>
      )}
      {offLimits.length > 0 && (
        <p className={styles.quiet} dir="auto">
          Off limits: {offLimits.map(({ system }) => system).join("; ")}.
        </p>
      )}
    </section>
  );
}

function powerWords({ decides, approves, acts, callsFirst }: ScenarioAnswer["powers"][number]): string[] {
  return [
    decides ? "May decide what this path is for." : "",
    approves.length > 0 ? `Approves: ${approves.join("; ")}.` : "",
    acts.length > 0 ? `Acts: ${acts.join("; ")}.` : "",
    callsFirst.length > 0 ? `Calls first: ${callsFirst.join("; ")}.` : "",
  ].filter((sentence) => sentence !== "");
}

function nobodyApproves({ name, amount, role }: ShownAuthority): string {
  const what = `${name}${amount === "" ? "" : ` ${amount}`}`;
  return role === null ? `${what}: nobody may approve it.` : `${what}: ${role} can’t be reached at that hour.`;
}

function Containment({ action, stance, stanceWords, condition, actsBy, calledFirst, role, calls }: ShownContainment) {
  const who =
    stance === "never"
      ? ""
      : [
          `${actsBy?.name ?? "nobody"}${role === null ? "" : `, ${role}`}`,
          stance === "call-first"
            ? `first calls ${calledFirst?.name ?? "nobody"}${calls === null ? "" : `, ${calls}`}`
            : "",
        ]
          .filter(Boolean)
          .join("; ");
  const missing = stance !== "never" && (!actsBy || (stance === "call-first" && !calledFirst));
  return (
    <div>
      <p dir="auto">
        {action}: <span className={styles.strong}>{stanceWords.toLowerCase()}</span>
      </p>
      {(who || condition) && (
        <p className={classNames(styles.quiet, missing && styles.bad)} dir="auto">
          {[who && `${who}.`, condition].filter(Boolean).join(" ")}
        </p>
      )}
    </div>
  );
}
