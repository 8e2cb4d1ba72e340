import { CalendarClock } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import styles from "./date-remarks.module.css";

/** The remarks about a version's dates, such as a review before it takes effect. */
export function DateRemarks({ remarks }: { remarks: readonly string[] }) {
  return remarks.map((remark) => (
    <div key={remark} className={styles.remarks}>
      <Notice icon={CalendarClock}>{remark}</Notice>
    </div>
  ));
}
