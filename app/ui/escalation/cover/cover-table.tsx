import styles from "./cover.module.css";
import { STATES, weekWords } from "./cover-words";
import type { ShownPath, WeekCover } from "./use-week-cover";

/** The strips of a week as a table, for readers of the screen and for paper. */
export function CoverTable({ cover, path }: { cover: WeekCover; path: ShownPath }) {
  return (
    <div className={styles.tableFrame}>
      <table className={styles.table}>
        <caption className="vh">
          Cover of {path.path} in {weekWords(cover)}, on the clocks of {cover.timeZone}
        </caption>
        <thead>
          <tr>
            <th scope="col">Role</th>
            <th scope="col">When</th>
            <th scope="col">What</th>
            <th scope="col">Who, or why nobody</th>
          </tr>
        </thead>
        {path.strips.map(({ role, party, levels, spans }, i) => (
          <tbody key={i}>
            {spans.map(({ when, state, who }, j) => (
              <tr key={j} className={state === "nobody" ? styles.bad : undefined}>
                {j === 0 && (
                  <th scope="rowgroup" rowSpan={spans.length}>
                    <bdi>{role}</bdi>
                    <span className={styles.quiet}>
                      {levels}
                      {party && (
                        <>
                          , <bdi>{party.name}</bdi>
                        </>
                      )}
                    </span>
                  </th>
                )}
                <td>{when}</td>
                <td>{STATES[state].words}</td>
                <td dir="auto">{who}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
