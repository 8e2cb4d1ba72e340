import { Suspense, useRef, useState } from "react";
import type { Rota } from "~/domain/cover/rota";
import { paths } from "~/paths";
import type { OpenRota } from "~/services/people/rotas.server";
import { Button } from "../primitives/button";
import { fetchJson } from "./fetch-json";
import { Check, CircleAlert, Icon, CalendarClock } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { useRevalidator } from "../primitives/router";
import { draftOf, fieldsOf } from "../people/rota-draft";
// The style of the page that it stands in: what is loaded later has its own, which leaving this page would take away.
import styles from "../people/people.module.css";
import { ImportDialog } from "./lazy-calendars";

type ImportProps = {
  matrixId: string;
  role: { id: string; name: string };
  open: OpenRota;
  usualZone: string;
  people: readonly { id: string; name: string }[];
  /** Whether the form has what isn't saved yet. */
  holdsText: () => boolean;
  /** The rota is stored anew: the form is to begin with what has this revision. */
  onStored: (revision: number | null) => void;
};

type Done = { said: string; undo: { before: Rota | null; revision: number } | null };

const UNREACHED = "The server can't be reached. Nothing was changed; try again once you are back online.";

/** Imports a calendar into a rota, and undoes that. */
export function RotaImport({ matrixId, role, open, usualZone, people, holdsText, onStored }: ImportProps) {
  const [importing, setImporting] = useState(false);
  const [done, setDone] = useState<Done | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const { revalidate } = useRevalidator();
  const button = useRef<HTMLButtonElement>(null);

  function begin() {
    const unsaved = holdsText();
    setTrouble(unsaved ? "Save the rota first: what you changed below isn't stored yet." : null);
    setImporting(!unsaved);
  }

  function imported({ turns, revision }: { turns: number; revision: number }) {
    setImporting(false);
    const said = `Imported ${turns} ${turns === 1 ? "turn" : "turns"}.`;
    setDone({ said, undo: { before: open.rota, revision } });
    onStored(revision);
    revalidate();
  }

  async function undo({ before, revision }: NonNullable<Done["undo"]>) {
    const rota = before && fieldsOf(draftOf(before, { timeZone: "", today: "", holderIds: [] }));
    const undone = await fetchJson<{ done: true }>(paths.rotaImport(matrixId), UNREACHED, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ intent: "undo", roleId: role.id, revision, rota }),
    });
    setTrouble(undone.ok ? null : undone.message);
    if (!undone.ok) return;
    setDone({ said: "The import is undone.", undo: null });
    onStored(before ? revision + 1 : null);
    revalidate();
    button.current?.focus();
  }

  return (
    <div className={styles.import}>
      <div role="status">
        {done && (
          <Notice icon={Check}>
            <div className={styles.undo}>
              {done.said}
              {done.undo && (
                <Button size="sm" onClick={() => done.undo && void undo(done.undo)}>
                  Undo
                </Button>
              )}
            </div>
          </Notice>
        )}
      </div>
      {trouble !== null && (
        <Notice icon={CircleAlert} tone="alert" formError>
          {trouble}
        </Notice>
      )}
      <div>
        <Button ref={button} size="sm" icon={<Icon of={CalendarClock} size={14} />} onClick={begin}>
          Import a calendar…
        </Button>
      </div>
      {importing && (
        <Suspense>
          <ImportDialog
            matrixId={matrixId}
            role={role}
            timeZone={open.rota?.timeZone ?? null}
            usualZone={usualZone}
            people={people}
            onDone={imported}
            onClose={() => setImporting(false)}
          />
        </Suspense>
      )}
    </div>
  );
}
