import { useEffect, useId, useMemo, useState, type KeyboardEvent } from "react";
import { isStruck } from "~/domain/agreement/agreement";
import { whileWords, whoDoesIt } from "~/domain/agreement/who-words";
import { lookUpIndex } from "~/domain/look-up/look-up";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Domain, Duty } from "~/domain/matrix/shapes";
import { ownerOf } from "~/domain/matrix/owner";
import { appliedPathId } from "~/domain/parts/path-of";
import { librarySearchWords } from "~/library/search-words";
import { paths } from "~/paths";
import type { MatrixEditor } from "../editor/editor-types";
import { useToday } from "../findings/findings-context";
import { PartyMark } from "../marks/party-mark";
import { usePeople } from "../people/people-context";
import { Button } from "../primitives/button";
import { Icon, Phone } from "../primitives/icon";
import { Link, useNavigate } from "../primitives/router";
import { Reach, whoWords } from "../shell/reach";
import { Field, TextInput } from "../primitives/form/field";
import { answerWords, optionsFor, pathsFor } from "./look-up-options";
import { pressOf } from "../primitives/keys";
import styles from "./look-up.module.css";

/** Whom to call now: by a path, and about which duty, where one was looked up. */
export type Calling = { pathId: string; about: string | null };

type SearchProps = {
  editor: MatrixEditor;
  query: string;
  onQuery: (query: string) => void;
  onCall: (calling: Calling) => void;
  onClose: () => void;
};

type Option = { key: string; duty: Duty; when: string | null } | { key: string; path: EscalationPath };

/** Searches duties by a few words and shows the owner of each; without words, whom to call now by each path. */
export function LookUpSearch({ editor, query, onQuery, onCall, onClose }: SearchProps) {
  const { matrix, matrixId } = editor;
  const [at, setAt] = useState(0);
  const navigate = useNavigate();
  const id = useId();
  const people = usePeople();
  const index = useMemo(() => lookUpIndex(matrix, librarySearchWords), [matrix]);
  const answer = useMemo(() => optionsFor(index, query), [index, query]);
  const asked = query.trim();
  const options: Option[] = [
    ...answer.options.map(({ duty, when }) => ({ key: duty.id, duty, when })),
    ...pathsFor(matrix.paths, query).map((path) => ({ key: `path ${path.id}`, path })),
  ];
  const active = Math.min(at, options.length - 1);
  const chosen = options[active];
  const activeDuty = chosen && "duty" in chosen ? chosen.duty : null;

  useEffect(() => {
    if (at > 0) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [id, at, active]);

  function choose(option: Option) {
    if ("path" in option) return onCall({ pathId: option.path.id, about: null });
    onClose();
    navigate(paths.matrix(matrixId, option.duty.id));
  }

  function press(event: KeyboardEvent) {
    const { key } = pressOf(event);
    const step = key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && options.length > 0) setAt((active + step + options.length) % options.length);
    else if (key === "Enter" && chosen) choose(chosen);
    else return;
    event.preventDefault();
  }

  return (
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
            onQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </Field>
      <p className={styles.status} role="status">
        {asked === "" && matrix.paths.length > 0
          ? "Choose whom to call now, or type to see who owns a duty, who answers and who does it."
          : answerWords(answer, asked, matrix.duties.length)}
      </p>
      <ul
        id={`${id}-list`}
        role="listbox"
        aria-label={asked === "" ? "Whom to call now" : "Duties"}
        className={styles.list}
      >
        {options.map((option, i) => (
          <li
            key={option.key}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === active}
            className={styles.option}
            onClick={() => choose(option)}
            onPointerMove={() => setAt(i)}
          >
            {"path" in option ? (
              <PathOption path={option.path} />
            ) : (
              <>
                {option.when && <span className={styles.when}>{option.when}</span>}
                <Answer
                  matrix={matrix}
                  duty={option.duty}
                  active={i === active}
                  who={whoWords(matrix, option.duty, people)}
                />
              </>
            )}
          </li>
        ))}
      </ul>
      {activeDuty && <CallAbout matrix={matrix} duty={activeDuty} onCall={onCall} />}
      {activeDuty && <Reach matrix={matrix} duty={activeDuty} people={people} />}
      {asked !== "" && answer.found === 0 && <Onward editor={editor} domain={answer.domain} onClose={onClose} />}
    </div>
  );
}

function PathOption({ path: { name, trigger } }: { path: EscalationPath }) {
  return (
    <>
      <span className={styles.duty} dir="auto">
        <Icon of={Phone} size={14} /> Call now: {name}
      </span>
      <span className={styles.who} dir="auto">
        {trigger}
      </span>
    </>
  );
}

/** Leads from a duty to whom its path calls now. */
function CallAbout({ matrix, duty, onCall }: { matrix: Matrix; duty: Duty; onCall: (calling: Calling) => void }) {
  if (matrix.paths.length === 0) return null;
  const path = matrix.paths.find(({ id }) => id === appliedPathId(matrix, duty));
  if (!path)
    return <p className={styles.status}>No escalation path applies to {duty.code}. Clear the words to choose one.</p>;
  return (
    <div>
      <Button
        icon={<Icon of={Phone} />}
        onClick={() => onCall({ pathId: path.id, about: `${duty.code} ${duty.text}` })}
      >
        Who to call now: {path.name}
      </Button>
    </div>
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
  const owner = isStruck(duty) ? null : ownerOf(matrix, duty);
  const forAWhile = whileWords(matrix, duty, useToday());
  return (
    <>
      <span className={styles.duty} dir="auto">
        <span>{duty.code}</span> {duty.text}
      </span>
      <span className={styles.owner}>
        <PartyMark kind={owner?.kind ?? "none"} />{" "}
        {owner ? `${owner.name} owns it` : isStruck(duty) ? "Nobody owns it meanwhile" : "No owner yet"}
      </span>
      {forAWhile.map((sentence) => (
        <span key={sentence} className={styles.forAWhile} dir="auto">
          {sentence}
        </span>
      ))}
      <span className={styles.who} dir="auto">
        {whoDoesIt(matrix, duty)}
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
