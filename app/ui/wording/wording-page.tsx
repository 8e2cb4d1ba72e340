import { useState } from "react";
import { printedClauses, printedDefinitions } from "~/domain/schedule/clauses";
import type { Clause, Definition } from "~/domain/matrix/wording-shapes";
import type { Wording } from "~/domain/schedule/wording";
import { CLAUSES, DEFINITIONS } from "~/domain/parts/wording/clauses";
import agreed from "../agreed/agreed.module.css";
import { thingEdits, type ThingEdits } from "../agreed/thing-edits";
import { ThingList } from "../agreed/thing-list";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { Empty } from "../primitives/empty";
import { Icon, Plus } from "../primitives/icon";
import type { MenuItem } from "../primitives/overlays/menu-item";
import { ClauseDialog, DefinitionDialog } from "./wording-dialogs";
import { KeepWording, type KeepsFor } from "./keep-wording";
import { NewWording } from "./new-wording";
import styles from "./wording.module.css";

type WordingPageProps = {
  editor: MatrixEditor;
  /** The texts to begin with and to go back to. */ offered: Wording;
  keepsFor: KeepsFor | null;
  error: string | null;
  said: string | null;
};

type Open = { id: string } | "new" | null;

/** What the schedule says in words: its clauses, and the words that it defines. */
export function WordingPage({ editor, offered, keepsFor, error, said }: WordingPageProps) {
  const { clauses, definitions } = editor.matrix;
  return (
    <div className={agreed.page}>
      <header>
        <h1>Wording</h1>
        <p className={agreed.about}>
          What the schedule says in words beside the matrix, and part of what both sides sign. The texts are shown as
          they are printed, with names and terms filled in. Any of them may be edited, struck or deleted.
        </p>
      </header>
      {clauses.length + definitions.length === 0 && !editor.readOnly && (
        <section className={agreed.panel} aria-label="Begin">
          <Empty
            title="This schedule has no clauses yet."
            action={
              <Button variant="primary" onClick={() => putIn(editor, offered)}>
                Put the standard clauses in
              </Button>
            }
          >
            {offered.clauses.length} short clauses and {offered.definitions.length} definitions: what the schedule
            belongs to, how it is read and changed, how a disagreement is settled. One undo takes them out again.
          </Empty>
        </section>
      )}
      <Clauses editor={editor} offered={offered.clauses} />
      <Definitions editor={editor} offered={offered.definitions} />
      {keepsFor && <KeepWording keepsFor={keepsFor} error={error} said={said} />}
    </div>
  );
}

/** Adds a whole wording as one step. */
function putIn(editor: MatrixEditor, { clauses, definitions }: Wording) {
  const add = (part: "clauses" | "definitions") => (thing: Clause | Definition) => {
    const { id: thingId, ...fields } = thing;
    return { type: "thing.add" as const, part, thingId, fields, beforeId: null };
  };
  editor.run(
    [...clauses.map(add("clauses")), ...definitions.map(add("definitions"))],
    "Put the standard clauses and definitions in",
  );
}

function Clauses({ editor, offered }: { editor: MatrixEditor; offered: readonly Clause[] }) {
  const [open, setOpen] = useState<Open>(null);
  const { matrix } = editor;
  const edits = thingEdits(editor, CLAUSES, matrix.clauses);
  const printed = new Map(printedClauses(matrix).map((clause, i) => [matrix.clauses[i]?.id, clause]));
  const standard = (clause: Clause) => offered.find(({ key }) => key !== "" && key === clause.key);
  const opened = matrix.clauses.find((clause) => typeof open === "object" && clause.id === open?.id);

  function more(clause: Clause): MenuItem[] {
    const from = standard(clause);
    return [
      {
        key: "strike",
        label: clause.struck ? "Restore" : "Strike",
        onSelect: () => edits.set(clause, { struck: !clause.struck }, clause.struck ? "Restored" : "Struck"),
      },
      ...(from && !isAs(clause, from, ["title", "text"])
        ? [
            {
              key: "standard",
              label: "Back to the standard text",
              onSelect: () => edits.set(clause, { title: from.title, text: from.text }, "Standard text"),
            },
          ]
        : []),
    ];
  }

  return (
    <section className={agreed.panel} aria-labelledby="clauses-title">
      <h2 id="clauses-title">Clauses</h2>
      <p className={agreed.lead}>
        They are numbered in this order, between the parties and the signatures. A struck clause keeps its number and
        title.
      </p>
      {matrix.clauses.length === 0 ? (
        <p className={agreed.quiet}>None yet.</p>
      ) : (
        <ThingList
          label="Clauses"
          edits={edits}
          nameLabel="Clause"
          nameOf={(clause) => printed.get(clause.id)?.title ?? clause.title}
          kindOf={(clause) => kindOf(clause, standard(clause), ["title", "text"])}
          columns={[{ label: "As printed", cell: ({ id }) => printed.get(id)?.paragraphs.join("\n") ?? null }]}
          layout={styles.clauses}
          more={more}
          onOpen={(id) => setOpen({ id })}
        />
      )}
      <Adding
        edits={edits}
        label="Add a clause…"
        missing={offered.filter(({ key }) => !matrix.clauses.some((clause) => clause.key === key))}
        nameOf={({ title }) => title}
        onNew={() => setOpen("new")}
      />
      {opened && <ClauseDialog edits={edits} clause={opened} matrix={matrix} onClose={() => setOpen(null)} />}
      {open === "new" && (
        <NewWording
          title="New clause"
          name={{ label: "Title", placeholder: "Such as Subcontractors" }}
          text="Text"
          matrix={matrix}
          add={(title, text) => edits.add({ id: crypto.randomUUID(), key: "", title, text, struck: false })}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}

function Definitions({ editor, offered }: { editor: MatrixEditor; offered: readonly Definition[] }) {
  const [open, setOpen] = useState<Open>(null);
  const { matrix } = editor;
  const edits = thingEdits(editor, DEFINITIONS, matrix.definitions);
  const printed = new Map(printedDefinitions(matrix).map((one, i) => [matrix.definitions[i]?.id, one]));
  const standard = (definition: Definition) => offered.find(({ key }) => key !== "" && key === definition.key);
  const opened = matrix.definitions.find((definition) => typeof open === "object" && definition.id === open?.id);

  function more(definition: Definition): MenuItem[] {
    const from = standard(definition);
    return from && !isAs(definition, from, ["term", "meaning"])
      ? [
          {
            key: "standard",
            label: "Back to the standard text",
            onSelect: () => edits.set(definition, { term: from.term, meaning: from.meaning }, "Standard text"),
          },
        ]
      : [];
  }

  return (
    <section className={agreed.panel} aria-labelledby="definitions-title">
      <h2 id="definitions-title">Defined terms</h2>
      <p className={agreed.lead}>
        What a word means wherever the schedule uses it. Several words with commas between them mean the same.
      </p>
      {matrix.definitions.length === 0 ? (
        <p className={agreed.quiet}>None yet.</p>
      ) : (
        <ThingList
          label="Defined terms"
          edits={edits}
          nameLabel="Term"
          nameOf={({ term }) => term}
          kindOf={(definition) => kindOf(definition, standard(definition), ["term", "meaning"])}
          columns={[{ label: "As printed", cell: ({ id }) => printed.get(id)?.meaning ?? null }]}
          layout={styles.clauses}
          more={more}
          onOpen={(id) => setOpen({ id })}
        />
      )}
      <Adding
        edits={edits}
        label="Define a term…"
        missing={offered.filter(({ key }) => !matrix.definitions.some((definition) => definition.key === key))}
        nameOf={({ term }) => term}
        onNew={() => setOpen("new")}
      />
      {opened && <DefinitionDialog edits={edits} definition={opened} matrix={matrix} onClose={() => setOpen(null)} />}
      {open === "new" && (
        <NewWording
          title="New defined term"
          name={{ label: "Term", placeholder: "Such as Maintenance window" }}
          text="Meaning"
          matrix={matrix}
          add={(term, meaning) => edits.add({ id: crypto.randomUUID(), key: "", term, meaning })}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}

/** A button for something of one's own, and one for each standard text that isn't there. */
function Adding<T extends Clause | Definition>({
  edits,
  label,
  missing,
  nameOf,
  onNew,
}: {
  edits: ThingEdits<T>;
  label: string;
  missing: readonly T[];
  nameOf: (thing: T) => string;
  onNew: () => void;
}) {
  if (edits.readOnly) return null;
  return (
    <div className={styles.adding} data-print="hide">
      <Button icon={<Icon of={Plus} />} onClick={onNew}>
        {label}
      </Button>
      {edits.things.length > 0 && missing.length > 0 && (
        <>
          <span className={agreed.quiet}>Standard ones that aren’t here:</span>
          {missing.map((thing) => (
            <Button key={thing.id} size="sm" variant="ghost" onClick={() => edits.add(withFreeId(thing, edits.things))}>
              {nameOf(thing)}
            </Button>
          ))}
        </>
      )}
    </div>
  );
}

function withFreeId<T extends Clause | Definition>(thing: T, things: readonly T[]): T {
  return things.some(({ id }) => id === thing.id) ? { ...thing, id: crypto.randomUUID() } : thing;
}

function kindOf<T extends Clause | Definition>(thing: T, from: T | undefined, fields: readonly (keyof T)[]): string {
  if (!from) return thing.key === "" ? "Own" : "";
  return isAs(thing, from, fields) ? "Standard" : "Standard, changed";
}

function isAs<T extends object>(thing: T, from: T, fields: readonly (keyof T)[]): boolean {
  return fields.every((field) => thing[field] === from[field]);
}
