import type { Phase } from "~/domain/signing/version-dates";
import type { VersionListed } from "~/services/version/versions.server";
import { CheckCheck, CircleMinus, Icon, PenLine } from "../../primitives/icon";
import { Day, Time, When } from "../../primitives/time";
import styles from "./versions-page.module.css";

/** The progress of a version's signatures, or how it ended. */
export function VersionStanding({ version, phase }: { version: VersionListed; phase: Phase }) {
  const { status, signing, agreedAt, withdrawnBy, withdrawnReason, withdrawnAt } = version;
  if (withdrawnAt) {
    return (
      <p className={styles.ended}>
        <Icon of={CircleMinus} size={14} />
        <span>
          {signing?.outcome === "declined" ? "Declined" : "Withdrawn"} by <bdi>{withdrawnBy}</bdi> on{" "}
          <Time iso={withdrawnAt} />: <q>{withdrawnReason}</q>
        </span>
      </p>
    );
  }
  if (agreedAt) {
    return (
      <p className={styles.signed}>
        <Icon of={CheckCheck} size={14} />
        <span>
          Signed by all, <Time iso={agreedAt} />
          {phase.kind === "superseded" && (
            <>
              ; version {phase.by} took its place{phase.tookEffect ? " on " : " before it took effect, on "}
              <When at={phase.on} />
            </>
          )}
          {phase.kind === "in-force" && phase.until && (
            <>
              ; version {phase.until.number} takes its place on <When at={phase.until.from} />
            </>
          )}
        </span>
      </p>
    );
  }
  if (status === "proposed" && signing) {
    return (
      <p className={styles.pending}>
        <Icon of={PenLine} size={14} />
        <span>
          {signing.signed} of {signing.asked} signed
          {signing.dueDate && (
            <>
              , due <Day day={signing.dueDate} />
            </>
          )}
        </span>
      </p>
    );
  }
  return null;
}
