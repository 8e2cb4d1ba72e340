import type { WorkshopShown } from "~/domain/workshop/view/live";
import { Icon, Timer } from "../../primitives/icon";
import { Logo } from "../../shell/logo";
import { clockText, useCountdown } from "../use-countdown";
import styles from "./phone.module.css";

/** The product's mark in the bar of a workshop's pages. */
export function PhoneMark() {
  return (
    <span className={styles.logo}>
      <Logo compact />
    </span>
  );
}

type PhoneHeaderProps = {
  shown: WorkshopShown;
  ahead: number;
  /** Whether no time runs any more, whatever was shown last. */
  over: boolean;
};

/** Which workshop this is, as whom one is in it, and the time that is left. */
export function PhoneHeader({ shown, ahead, over }: PhoneHeaderProps) {
  const time = useCountdown(shown.timer, ahead);
  const paused = shown.timer?.runningSince === null;
  return (
    <header className={styles.header}>
      <PhoneMark />
      <p className={styles.who}>
        <b>Workshop {shown.number}</b>{" "}
        {shown.yours && (
          <span className={styles.quiet}>
            as <bdi>{shown.yours.label}</bdi>
          </span>
        )}
      </p>
      {time && !over && (
        <span
          className={styles.timer}
          role="timer"
          aria-label={shown.timer?.phase === "propose" ? "To propose" : "To settle"}
        >
          <Icon of={Timer} />
          {paused && <span className={styles.paused}>Paused</span>}
          {clockText(time.leftMs)}
        </span>
      )}
    </header>
  );
}
