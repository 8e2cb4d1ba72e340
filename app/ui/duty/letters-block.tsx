import { cellText, lettersOf } from "~/domain/matrix/letters";
import type { Duty, Letter } from "~/domain/matrix/shapes";
import { indexOf } from "~/domain/matrix/owner";
import type { MatrixEditor } from "../editor/editor-types";
import { PartyMark } from "../marks/party-mark";
import { Select } from "../primitives/form/field";
import styles from "./drawer.module.css";

const CELLS: readonly (readonly Letter[])[] = [[], ["A", "R"], ["A"], ["R"], ["S"], ["C"], ["I"]];
const CELL_WORDS: Record<string, string> = {
  "": "–",
  "A/R": "Answers and does",
  A: "Answers",
  R: "Does",
  S: "Supports",
  C: "Is asked",
  I: "Is told",
};

/** The letters of one duty, one line a role. Giving a role the A takes it from the role that had it. */
export function LettersBlock({ duty, editor }: { duty: Duty; editor: MatrixEditor }) {
  const { party } = indexOf(editor.matrix);
  const { scheme } = editor.matrix.settings;
  return (
    <section className={styles.block} aria-label="Who">
      <h3>Who</h3>
      <div className={styles.roles}>
        {editor.matrix.roles.map((role) => {
          const owner = party.get(role.partyId);
          const cell = cellText(lettersOf(duty, role.id));
          const offered = (letters: readonly Letter[]) =>
            !(owner?.kind === "third-party" && letters.includes("A")) && !(scheme === "RACI" && letters.includes("S"));
          const choices = CELLS.filter((letters) => offered(letters) || cellText(letters) === cell);
          const known = choices.some((letters) => cellText(letters) === cell);
          return (
            <div key={role.id} className={styles.role}>
              <label htmlFor={`cell-${role.id}`} title={owner?.name}>
                <PartyMark kind={owner?.kind ?? "none"} />
                <bdi>{role.name}</bdi>
              </label>
              <Select
                id={`cell-${role.id}`}
                value={cell}
                onChange={(event) => {
                  const letters = CELLS.find((choice) => cellText(choice) === event.target.value) ?? [];
                  editor.run(
                    [{ type: "duty.letters", dutyId: duty.id, roleId: role.id, letters: [...letters] }],
                    `${role.name}: ${CELL_WORDS[cellText(letters)] ?? ""}`,
                  );
                }}
              >
                {!known && <option value={cell}>{cell}</option>}
                {choices.map((letters) => (
                  <option key={cellText(letters)} value={cellText(letters)}>
                    {CELL_WORDS[cellText(letters)]}
                  </option>
                ))}
              </Select>
            </div>
          );
        })}
      </div>
    </section>
  );
}
