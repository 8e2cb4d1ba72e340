import type { PartyView, TimerView } from "~/domain/workshop/view/view-types";
import { nameList } from "~/domain/name-list";
import { Button } from "../../../primitives/button";
import { Ellipsis, Icon, Pause, Play, Timer } from "../../../primitives/icon";
import { Kbd } from "../../../primitives/kbd";
import { Menu } from "../../../primitives/overlays/menu";
import type { MenuItem } from "../../../primitives/overlays/menu-item";
import { Logo } from "../../../shell/logo";
import { clockText, type Countdown } from "../../use-countdown";
import { sidesOf } from "../../sides";
import styles from "./top-bar.module.css";

/** The stage's bar: which workshop this is, its time, and how it is paused, put off and ended. */
export function TopBar({
  number,
  title,
  parties,
  timer,
  countdown,
  onPause,
  onAdjourn,
  onEnd,
  menu,
}: {
  number: number;
  title: string;
  parties: readonly PartyView[];
  timer: TimerView | null;
  countdown: Countdown | null;
  /** Null while there is nothing to pause, or to put off or end. */
  onPause: (() => void) | null;
  onAdjourn: (() => void) | null;
  onEnd: (() => void) | null;
  menu: readonly MenuItem[];
}) {
  const names = nameList(sidesOf(parties).map(({ name }) => name));
  const paused = timer !== null && timer.runningSince === null;
  return (
    <header className={styles.bar}>
      <Logo compact />
      <p className={styles.crumb}>
        <b>Workshop {number}</b> <span className={styles.parties}>{names || title}</span>
      </p>
      {timer && countdown && <Clock timer={timer} countdown={countdown} />}
      {onPause && (
        <Button
          variant="ghost"
          icon={<Icon of={paused ? Play : Pause} />}
          onClick={onPause}
          aria-label={paused ? "Go on" : "Pause"}
        >
          <span className={styles.word}>{paused ? "Go on" : "Pause"}</span>
          <Kbd>T</Kbd>
        </Button>
      )}
      {onAdjourn && (
        <Button variant="ghost" onClick={onAdjourn} className={styles.wide}>
          Go on another day
        </Button>
      )}
      {onEnd && (
        <Button onClick={onEnd} className={styles.wide}>
          End workshop
        </Button>
      )}
      <Menu
        align="end"
        items={menu}
        trigger={(props) => <Button variant="ghost" icon={<Icon of={Ellipsis} />} aria-label="More" {...props} />}
      />
    </header>
  );
}

function Clock({ timer, countdown }: { timer: TimerView; countdown: Countdown }) {
  const { leftMs, wholeLeftMs, wholeSpentMs } = countdown;
  const over = leftMs < 0;
  return (
    <div className={styles.clock}>
      <span role="timer" className={styles.timer} data-over={over}>
        <Icon of={Timer} />
        <b>{over ? `+${clockText(-leftMs)}` : clockText(leftMs)}</b>
        <span className={styles.of}>
          {over ? "over" : timer.phase === "settle" ? "to settle" : `of ${clockText(timer.limitMs)}`}
        </span>
      </span>
      <span className={styles.whole}>
        {wholeLeftMs === null
          ? `${clockText(wholeSpentMs)} in all`
          : wholeLeftMs < 0
            ? `${clockText(-wholeLeftMs)} over in all`
            : `${clockText(wholeLeftMs)} left in all`}
      </span>
    </div>
  );
}
