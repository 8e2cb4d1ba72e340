import type { NamedRole, ScenarioAnswer } from "~/domain/scenario/scenario-answer";
import { paths } from "~/paths";
import { AGREEMENT_FACES } from "../../matrix/duty-marks";
import { PartyMark } from "../../marks/party-mark";
import { Link } from "../../primitives/router";
import styles from "./scenario.module.css";

/** The duties that apply to a scenario, and who does and answers for each. */
export function DutiesApplying({
  answer: { duties, moreDuties },
  matrixId,
}: {
  answer: ScenarioAnswer;
  matrixId: string;
}) {
  return (
    <section className={styles.part} aria-labelledby="duties-title">
      <h3 id="duties-title">Which duties apply</h3>
      {duties.length === 0 ? (
        <p className={styles.note}>None of the matrix was found for this.</p>
      ) : (
        <ul className={styles.list}>
          {duties.map((duty) => (
            <li key={duty.id}>
              <div>
                <p>
                  <Link to={paths.duty(matrixId, duty.id)} discover="none" className={styles.duty}>
                    <span className={styles.quiet} translate="no">
                      {duty.code}
                    </span>{" "}
                    <bdi translate="yes">{duty.text}</bdi>
                  </Link>
                </p>
                <p className={styles.roles}>
                  <Roles roles={duty.answers} does="answers" nobody="Nobody answers" />
                  <Roles roles={duty.does} does="does" nobody="Nobody does it" />
                  {duty.agreement !== "agreed" && <span>{AGREEMENT_FACES[duty.agreement].label}</span>}
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      {moreDuties > 0 && (
        <p className={styles.note}>{moreDuties === 1 ? "One more duty applies" : `${moreDuties} more duties apply`}.</p>
      )}
    </section>
  );
}

function Roles({ roles, does, nobody }: { roles: readonly NamedRole[]; does: string; nobody: string }) {
  if (roles.length === 0) return <span className={styles.bad}>{nobody}</span>;
  return roles.map(({ roleId, role, party }) => (
    <span key={roleId} className={styles.role}>
      <PartyMark kind={party?.kind ?? "none"} />
      <span>
        <bdi translate="yes">{role}</bdi> {does}
      </span>
    </span>
  ));
}
