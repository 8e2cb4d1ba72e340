import { CalendarClock } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import styles from "./date-remarks.module.css";

/** What is out of order in a version's dates, where it is shown. */
export function DateRemarks({ remarks }: { remarks: readonly string[] }) {
  return remarks.map((remark) => (
    <div key={remark} className={styles.remarks}>
      <Notice icon={CalendarClock}>{remark}</Notice>
    </div>
  ));
}
