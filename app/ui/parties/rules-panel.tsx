import { useState } from "react";
import { holdersOf } from "~/domain/matrix/letters";
import type { Settings } from "~/domain/matrix/shapes";
import { TextField } from "../duty/text-field";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { Field, Select, TextInput } from "../primitives/form/field";
import styles from "./parties-page.module.css";

const THRESHOLDS = [
  { field: "manyDoers", label: "Warn when more roles do a duty than", most: 60 },
  { field: "manyAsked", label: "Warn when more roles must be asked than", most: 60 },
  { field: "answererShare", label: "Warn when one role answers for more than this share, in percent", most: 100 },
  { field: "personDuties", label: "Warn when one person is the only one on more duties than", most: 2_000 },
] as const satisfies readonly { field: keyof Settings; label: string; most: number }[];

type SupportBecomes = "R" | "C" | "I" | null;

/** Which letters the matrix uses, when the rules warn, and who rules on a dispute. */
export function RulesPanel({ editor }: { editor: MatrixEditor }) {
  const { settings, duties } = editor.matrix;
  const [mapping, setMapping] = useState(false);
  const supported = duties.filter((duty) => holdersOf(duty, "S").length > 0).length;

  function choose(scheme: Settings["scheme"]) {
    if (scheme === "RACI" && supported > 0) setMapping(true);
    else editor.run([{ type: "matrix.scheme", scheme, supportBecomes: null }], `The matrix uses ${scheme}`);
  }

  return (
    <section className={styles.panel} aria-labelledby="rules-title">
      <h2 id="rules-title" className={styles.legend}>
        Letters and rules
      </h2>
      <p className={styles.quiet}>What the letters are, and when a finding is made of it.</p>
      <div className={styles.rules}>
        <Field label="Letters">
          <Select
            value={settings.scheme}
            onChange={(event) => choose(event.target.value === "RASCI" ? "RASCI" : "RACI")}
          >
            <option value="RACI">RACI</option>
            <option value="RASCI">RASCI, with S for supports</option>
          </Select>
        </Field>
        <TextField
          label="Who rules on disputes"
          hint="A person both sides trust. What they rule counts once both sides confirm that they did."
          value={settings.ruler}
          save={(ruler, was) => editor.run([{ type: "matrix.settings", set: { ruler }, was }], "Who rules was saved")}
        />
        {THRESHOLDS.map(({ field, label, most }) => (
          <Field key={field} label={label}>
            <TextInput
              type="number"
              min={1}
              max={most}
              value={settings[field]}
              onChange={(event) => {
                const value = Number(event.target.value);
                if (Number.isInteger(value) && value >= 1 && value <= most)
                  editor.run([{ type: "matrix.settings", set: { [field]: value } }], "The threshold was saved");
              }}
            />
          </Field>
        ))}
      </div>
      {mapping && (
        <MappingDialog
          count={supported}
          onChoose={(supportBecomes) =>
            editor.run([{ type: "matrix.scheme", scheme: "RACI", supportBecomes }], "The matrix uses RACI")
          }
          onClose={() => setMapping(false)}
        />
      )}
    </section>
  );
}

const MAPPINGS: readonly { becomes: SupportBecomes; title: string }[] = [
  { becomes: "R", title: "R: who supports does it too" },
  { becomes: "C", title: "C: who supports is asked" },
  { becomes: "I", title: "I: who supports is told" },
  { becomes: null, title: "Nothing: S is taken away" },
];

function MappingDialog({
  count,
  onChoose,
  onClose,
}: {
  count: number;
  onChoose: (becomes: SupportBecomes) => void;
  onClose: () => void;
}) {
  return (
    <Dialog open size="sm" title="What becomes of S?" onClose={onClose}>
      <div className={styles.stack}>
        <p>
          {count} {count === 1 ? "duty uses" : "duties use"} S, which RACI doesn't have. Undo brings it back.
        </p>
        {MAPPINGS.map(({ becomes, title }) => (
          <Button
            key={title}
            onClick={() => {
              onChoose(becomes);
              onClose();
            }}
          >
            {title}
          </Button>
        ))}
      </div>
    </Dialog>
  );
}
