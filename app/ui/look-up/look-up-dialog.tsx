import { useEffect, useId, useMemo, useState, type KeyboardEvent } from "react";
import { describeLetters } from "~/domain/matrix/letter-words";
import { lookUpIndex } from "~/domain/look-up/look-up";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Domain, Duty } from "~/domain/matrix/shapes";
import { ownerOf } from "~/domain/matrix/owner";
import { librarySearchWords } from "~/library/search-words";
import { paths } from "~/paths";
import type { MatrixEditor } from "../editor/editor-types";
import { PartyMark } from "../marks/party-mark";
import { usePeople } from "../people/people-context";
import { Link, useNavigate } from "../primitives/router";
import { Reach, whoWords } from "../shell/reach";
import { Dialog } from "../primitives/overlays/dialog";
import { Field, TextInput } from "../primitives/form/field";
import { answerWords, optionsFor } from "./look-up-options";
import { pressOf } from "../primitives/keys";
import styles from "./look-up.module.css";

/** Searches duties by a few words and shows the owner of each. */
export function LookUpDialog({ editor, onClose }: { editor: MatrixEditor; onClose: () => void }) {
  const { matrix, matrixId } = editor;
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const id = useId();
  const people = usePeople();
  const index = useMemo(() => lookUpIndex(matrix, librarySearchWords), [matrix]);
  const answer = useMemo(() => optionsFor(index, query), [index, query]);
  const { options } = answer;
  const asked = query.trim();
  const active = Math.min(at, options.length - 1);
  const activeDuty = options[active]?.duty;

  useEffect(() => {
    if (at > 0) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [id, at, active]);

  function open(duty: Duty) {
    onClose();
    navigate(paths.matrix(matrixId, duty.id));
  }

  function press(event: KeyboardEvent) {
    const { key } = pressOf(event);
    const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && options.length > 0) setAt((active + step + options.length) % options.length);
    else if (key === "Enter" && activeDuty) open(activeDuty);
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
            aria-expanded={options.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={options.length > 0 ? `${id}-${active}` : undefined}
            placeholder="A few words, such as “laptop stolen”"
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setAt(0);
            }}
            onKeyDown={press}
          />
        </Field>
        <p className={styles.status} role="status">
          {answerWords(answer, asked, matrix.duties.length)}
        </p>
        <ul id={`${id}-list`} role="listbox" aria-label="Duties" className={styles.list}>
          {options.map(({ duty, when }, i) => (
            <li
              key={duty.id}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === active}
              className={styles.option}
              onClick={() => open(duty)}
              onPointerMove={() => setAt(i)}
            >
              {when && <span className={styles.when}>{when}</span>}
              <Answer matrix={matrix} duty={duty} active={i === active} who={whoWords(matrix, duty, people)} />
            </li>
          ))}
        </ul>
        {activeDuty && <Reach matrix={matrix} duty={activeDuty} people={people} />}
        {asked !== "" && answer.found === 0 && <Onward editor={editor} domain={answer.domain} onClose={onClose} />}
      </div>
    </Dialog>
  );
}

/** Links for a search that finds no duty: the nearest domain, the people, and how to add search words. */
function Onward({
  editor: { matrixId, readOnly },
  domain,
  onClose,
}: {
  editor: MatrixEditor;
  domain: Domain | null;
  onClose: () => void;
}) {
  return (
    <div className={styles.status}>
      <p>
        {domain && (
          <>
            <Link to={paths.domain(matrixId, domain.id)} onClick={onClose}>
              All duties of <bdi>{domain.name}</bdi>
            </Link>
            {" · "}
          </>
        )}
        <Link to={paths.people(matrixId)} onClick={onClose}>
          People and their numbers
        </Link>
      </p>
      {!readOnly && <p>Once you know the duty, add these words to its search words: whoever asks next finds it.</p>}
    </div>
  );
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
        // Hidden from sight, because the same stands below the list with links; screen readers read it with the option.
        <span className={active ? "vh" : styles.who} dir="auto">
          {who}
        </span>
      )}
    </>
  );
}
