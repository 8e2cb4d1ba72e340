import { useNavigate } from "@remix-run/react";
import { useId, useMemo, useState, type KeyboardEvent } from "react";
import { describeLetters } from "~/domain/describe-change";
import type { Duty, Matrix } from "~/domain/matrix";
import { ownerOf } from "~/domain/owner";
import { paths } from "~/paths";
import { dutyFilter } from "../board/board-view";
import type { MatrixEditor } from "../editor/editor-types";
import { PartyMark } from "../marks/party-mark";
import { usePeople } from "../people/people-context";
import { Reach, whoWords } from "./reach";
import { Dialog } from "../primitives/dialog";
import { Field, TextInput } from "../primitives/field";
import { pressOf } from "../primitives/keys";
import styles from "./look-up.module.css";

const SHOWN = 8;

/** A few words, and who owns each duty that has them. */
export function LookUpDialog({ editor: { matrix, matrixId }, onClose }: { editor: MatrixEditor; onClose: () => void }) {
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const id = useId();
  const people = usePeople();
  const found = useMemo(() => (query.trim() === "" ? [] : ranked(matrix, query)), [matrix, query]);
  const shown = found.slice(0, SHOWN);
  const active = Math.min(at, shown.length - 1);
  const activeDuty = shown[active];

  function open(duty: Duty) {
    onClose();
    navigate(paths.matrix(matrixId, duty.id));
  }

  function press(event: KeyboardEvent) {
    const { key } = pressOf(event);
    const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    const duty = shown[active];
    if (step !== 0 && shown.length > 0) setAt((active + step + shown.length) % shown.length);
    else if (key === "Enter" && duty) open(duty);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog open size="md" title="Who owns this?" onClose={onClose}>
      <div className={styles.box}>
        <Field label="A few words of the duty" hideLabel>
          <TextInput
            autoFocus
            type="search"
            role="combobox"
            aria-expanded={shown.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={shown.length > 0 ? `${id}-${active}` : undefined}
            placeholder="A few words, such as “leaver access”"
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setAt(0);
            }}
            onKeyDown={press}
          />
        </Field>
        <ul id={`${id}-list`} role="listbox" aria-label="Duties" className={styles.list}>
          {shown.map((duty, i) => (
            <li key={duty.id} id={`${id}-${i}`} role="option" aria-selected={i === active} className={styles.option} onClick={() => open(duty)} onPointerMove={() => setAt(i)}>
              <Answer matrix={matrix} duty={duty} active={i === active} who={whoWords(matrix, duty, people)} />
            </li>
          ))}
        </ul>
        {activeDuty && <Reach matrix={matrix} duty={activeDuty} people={people} />}
        <p className={styles.told} role="status">
          {query.trim() === "" ? "Type to see who owns a duty, who answers, who does it and who is asked. Enter opens it." : found.length === 0 ? `No duty matches “${query}”.` : found.length > SHOWN ? `${found.length} duties match; the first ${SHOWN} are shown.` : ""}
        </p>
      </div>
    </Dialog>
  );
}

/** The duties that have every word: first those that have them in what the duty is called, then those that have them in its notes. */
function ranked(matrix: Matrix, query: string): Duty[] {
  const found = matrix.duties.filter(dutyFilter(matrix, { query, domainId: "", owner: "", role: "", only: "" }));
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const named = (duty: Duty) => words.every((word) => `${duty.code} ${duty.text}`.toLowerCase().includes(word));
  return [...found.filter(named), ...found.filter((duty) => !named(duty))];
}

function Answer({ matrix, duty, who, active }: { matrix: Matrix; duty: Duty; who: string; active: boolean }) {
  const owner = ownerOf(matrix, duty);
  return (
    <>
      <span className={styles.duty} dir="auto">
        <span>{duty.code}</span> {duty.text}
      </span>
      <span className={styles.owner}>
        <PartyMark kind={owner?.kind ?? "none"} /> {owner ? `${owner.name} owns it` : "No owner yet"}
      </span>
      <span className={styles.who} dir="auto">
        {describeLetters(matrix, duty)}
      </span>
      {who && (
        // Below the list the same is said with links; the option itself still says it to a screen reader.
        <span className={active ? "vh" : styles.who} dir="auto">
          {who}
        </span>
      )}
    </>
  );
}
