import { useRef, useState, type KeyboardEvent } from "react";
import { PartyMark } from "../../marks/party-mark";
import { classNames } from "../../primitives/class-names";
import { pressOf } from "../../primitives/keys";
import styles from "./cover.module.css";
import { spanWords, STATES, weekWords } from "./cover-words";
import type { ShownPath, ShownSpan, Strip, WeekCover } from "./use-week-cover";

type At = { row: number; span: number };
type GridProps = { cover: WeekCover; path: ShownPath };

/** A strip for each role of a path across a week. Arrows move from stretch to stretch and from role to role; each says what it is. */
export function CoverGrid({ cover, path }: GridProps) {
  const { strips } = path;
  const { minutes } = cover;
  const [stop, setStop] = useState<At>({ row: 0, span: 0 });
  const [pointed, setPointed] = useState<At | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const shown = pointed ?? stop;
  const shownStrip = strips[shown.row];
  const shownSpan = shownStrip?.spans[shown.span];
  const entry = strips[stop.row]?.spans[stop.span] ? stop : { row: 0, span: 0 };

  function move(event: KeyboardEvent, from: At) {
    const { key, alt, control } = pressOf(event);
    const to = alt || control ? null : target(strips, from, key);
    if (!to) return;
    event.preventDefault();
    grid.current?.querySelector<HTMLElement>(`[data-at="${to.row} ${to.span}"]`)?.focus();
  }

  return (
    <>
      <div className={styles.scroll} data-print="flow">
        <div className={styles.week}>
          <Days cover={cover} />
          <div
            ref={grid}
            role="grid"
            aria-label={`Cover of ${path.path} in ${weekWords(cover)}`}
            className={styles.grid}
            onMouseLeave={() => setPointed(null)}
          >
            {strips.map((strip, row) => (
              <div key={row} role="row" className={styles.row}>
                <StripHead strip={strip} />
                <div className={classNames(styles.strip, styles[strip.party?.kind ?? "none"])} role="presentation">
                  {strip.spans.map((span, i) => (
                    <div
                      key={i}
                      role="gridcell"
                      data-at={`${row} ${i}`}
                      tabIndex={row === entry.row && i === entry.span ? 0 : -1}
                      aria-label={spanWords(span)}
                      className={classNames(styles.span, styles[STATES[span.state].look])}
                      style={placeOf(span, minutes)}
                      onFocus={() => {
                        setStop({ row, span: i });
                        setPointed(null);
                      }}
                      onMouseEnter={() => setPointed({ row, span: i })}
                      onKeyDown={(event) => move(event, { row, span: i })}
                    />
                  ))}
                </div>
              </div>
            ))}
            {cover.now !== null && (
              <div aria-hidden className={styles.nowTrack}>
                <span className={styles.now} style={{ insetInlineStart: `${(cover.now / minutes) * 100}%` }}>
                  <b>Now</b>
                </span>
              </div>
            )}
          </div>
        </div>
      </div>
      <p className={styles.told} aria-hidden data-print="hide">
        {shownStrip && shownSpan && (
          <>
            <b>
              <bdi>{shownStrip.role}</bdi>
            </b>{" "}
            <span dir="auto">{spanWords(shownSpan)}</span>
          </>
        )}
      </p>
    </>
  );
}

function Days({ cover: { days, minutes } }: { cover: WeekCover }) {
  return (
    <div aria-hidden className={styles.days}>
      {days.map(({ day, words, at, holidays }, i) => (
        <span
          key={day}
          title={holidays.join(", ") || undefined}
          style={{
            insetInlineStart: `${(at / minutes) * 100}%`,
            width: `${(((days[i + 1]?.at ?? minutes) - at) / minutes) * 100}%`,
          }}
        >
          {words}
          {holidays.length > 0 && <i>holiday</i>}
        </span>
      ))}
    </div>
  );
}

function StripHead({ strip: { role, party, levels, channels } }: { strip: Strip }) {
  return (
    <div role="rowheader" className={styles.head} title={`${levels} by ${channels}`}>
      <PartyMark kind={party?.kind ?? "none"} />
      <span className={styles.role}>
        <bdi>{role}</bdi>
        <span className="vh">
          {party && `, ${party.name}`}, by {channels}
        </span>
      </span>
      <span className={styles.levels}>{levels}</span>
    </div>
  );
}

function placeOf({ from, to }: ShownSpan, minutes: number) {
  return { insetInlineStart: `${(from / minutes) * 100}%`, width: `${((to - from) / minutes) * 100}%` };
}

/** Where a key leads: to the next stretch or the one before, to the first or last, or to the same time of another role. */
function target(strips: readonly Strip[], { row, span }: At, key: string): At | null {
  const spans = strips[row]?.spans ?? [];
  const within = (to: number) => (to >= 0 && to < spans.length ? { row, span: to } : null);
  switch (key) {
    case "ArrowRight":
      return within(span + 1);
    case "ArrowLeft":
      return within(span - 1);
    case "Home":
      return within(0);
    case "End":
      return within(spans.length - 1);
    case "ArrowDown":
      return sameTime(strips, spans[span], row + 1);
    case "ArrowUp":
      return sameTime(strips, spans[span], row - 1);
    default:
      return null;
  }
}

function sameTime(strips: readonly Strip[], span: ShownSpan | undefined, row: number): At | null {
  const strip = strips[row];
  if (!span || !strip) return null;
  const found = strip.spans.findIndex(({ from, to }) => from <= span.from && span.from < to);
  return { row, span: Math.max(0, found) };
}
