import { CalendarClock } from "../primitives/icon";
import { Notice } from "../primitives/notice";

/** What is out of order in a version's dates, where it is shown. */
export function DateRemarks({ remarks }: { remarks: readonly string[] }) {
  return remarks.map((remark) => (
    <Notice key={remark} icon={CalendarClock}>
      {remark}
    </Notice>
  ));
}
