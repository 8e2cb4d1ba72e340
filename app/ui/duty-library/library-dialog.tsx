import { useEffect, useMemo, useState } from "react";
import { LIMITS } from "~/domain/limits";
import { paths } from "~/paths";
import type { OfferedLibrary } from "~/services/engagement/library.server";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { Field, FieldError, TextInput } from "../primitives/form/field";
import { useFetcher } from "../primitives/router";
import { addFromLibrary, findInLibrary, isPresent, libraryFor } from "./add-from-library";
import styles from "./library-dialog.module.css";

const NONE: ReadonlySet<string> = new Set();

/** Adds duties of the library, many at once. Those that the matrix already has are marked and can't be chosen. */
export function LibraryDialog({ editor, onClose }: { editor: MatrixEditor; onClose: () => void }) {
  const { load, data, state } = useFetcher<OfferedLibrary>();
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(NONE);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => load(paths.library()), [load]);

  const library = useMemo(() => data && libraryFor(editor.matrix, data), [data, editor.matrix]);
  const groups = useMemo(() => (library ? findInLibrary(library, query) : []), [library, query]);

  function toggle(ids: readonly string[], on: boolean) {
    const next = new Set(chosen);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
  }

  function add() {
    if (!library) return;
    const duties = library.duties.filter(({ id }) => chosen.has(id));
    const commands = addFromLibrary(editor.matrix, library, duties, () => crypto.randomUUID());
    if (commands.length > LIMITS.commandsPerStep) return setError("That is too much at once. Add them in parts.");
    const result = editor.run(
      commands,
      `${duties.length} ${duties.length === 1 ? "duty" : "duties"} added from the library`,
    );
    if (result.ok) onClose();
    else setError(result.rejection.message);
  }

  return (
    <Dialog
      open
      size="lg"
      title="Add from the library"
      onClose={onClose}
      footer={
        <>
          {error && <FieldError>{error}</FieldError>}
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="primary" disabled={chosen.size === 0} onClick={add}>
            {chosen.size === 0 ? "Choose some" : `Add ${chosen.size} ${chosen.size === 1 ? "duty" : "duties"}`}
          </Button>
        </>
      }
    >
      <Field label="Find in the library" hideLabel>
        <TextInput
          type="search"
          autoFocus
          placeholder="Find in the library"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
      </Field>
      {!data && (
        <p className={styles.quiet} role="status">
          {state === "loading" ? "Opening the library…" : "The library can't be read now."}{" "}
          {state === "idle" && (
            <Button size="sm" onClick={() => load(paths.library())}>
              Try again
            </Button>
          )}
        </p>
      )}
      {data && groups.length === 0 && <p className={styles.quiet}>Nothing in the library matches “{query}”.</p>}
      <div className={styles.groups}>
        {groups.map(({ domain, duties }) => {
          const free = duties.filter((duty) => !isPresent(editor.matrix, duty)).map(({ id }) => id);
          const all = free.length > 0 && free.every((id) => chosen.has(id));
          return (
            <fieldset key={domain.id} className={styles.group}>
              <legend>
                <label>
                  <input
                    type="checkbox"
                    checked={all}
                    disabled={free.length === 0}
                    onChange={() => toggle(free, !all)}
                  />{" "}
                  {domain.name}
                </label>
              </legend>
              {duties.map((duty) => {
                const present = !free.includes(duty.id);
                return (
                  <label key={duty.id} className={styles.duty}>
                    <input
                      type="checkbox"
                      checked={chosen.has(duty.id)}
                      disabled={present}
                      onChange={(event) => toggle([duty.id], event.target.checked)}
                    />
                    <span>
                      {duty.text}
                      {present && <em> Here already</em>}
                    </span>
                  </label>
                );
              })}
            </fieldset>
          );
        })}
      </div>
    </Dialog>
  );
}
