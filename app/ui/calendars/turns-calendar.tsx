import { paths } from "~/paths";
import { ButtonLink } from "../primitives/button";
import { Download, Icon } from "../primitives/icon";
import styles from "./calendars.module.css";
import { MakeAddress } from "./make-address";

/** One person's turns as a calendar: a file, or an address from which a program fetches it. */
export function TurnsCalendar({ matrixId, personId }: { matrixId: string; personId: string }) {
  return (
    <div className={styles.turns}>
      <p className={styles.quiet}>
        Half a year ahead, with overrides and days away. A plan: it doesn&rsquo;t say who is on call now.
      </p>
      <div>
        <ButtonLink
          to={paths.calendars(matrixId, { person: personId })}
          reloadDocument
          icon={<Icon of={Download} size={14} />}
        >
          Download the calendar
        </ButtonLink>
      </div>
      <MakeAddress matrixId={matrixId} choice={() => ({ about: "turns", personId })} />
    </div>
  );
}
