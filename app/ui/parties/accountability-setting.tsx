import type { Settings } from "~/domain/matrix/shapes";
import { indexOf } from "~/domain/matrix/owner";
import type { MatrixEditor } from "../editor/editor-types";
import styles from "./parties-page.module.css";

/** Decides what a drop on a party's column does to the A of a duty that isn't reserved. */
export function AccountabilitySetting({ editor }: { editor: MatrixEditor }) {
  const client = indexOf(editor.matrix).client?.name ?? "the client";
  const choices: { value: Settings["accountability"]; title: string; about: string; said: string }[] = [
    {
      value: "follows-work",
      title: "Accountability follows the work",
      about: `Who is given a duty also answers for it. Reserved duties stay with ${client}.`,
      said: "Accountability follows the work",
    },
    {
      value: "stays-with-client",
      title: `Accountability stays with ${client}, whoever does the work`,
      about: `Moving a duty changes who does it; ${client} goes on answering for it.`,
      said: `Accountability stays with ${client}`,
    },
  ];
  return (
    <fieldset className={styles.panel}>
      <legend className={styles.legend}>Accountability</legend>
      <p className={styles.quiet}>Applies when a duty is moved from now on. Letters that stand are not touched.</p>
      <div className={styles.choices}>
        {choices.map(({ value, title, about, said }) => (
          <label key={value} className={styles.choice}>
            <input
              type="radio"
              name="accountability"
              value={value}
              checked={editor.matrix.settings.accountability === value}
              onChange={() => editor.run([{ type: "matrix.settings", set: { accountability: value } }], said)}
            />
            <span>
              <b>{title}</b>
              <span className={styles.quiet}>{about}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
