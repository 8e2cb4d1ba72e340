import type { Duty } from "~/domain/matrix/shapes";
import { DUTY_FIELDS } from "~/domain/parts/duties";
import { isShared } from "~/domain/matrix/owner";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { Field, Select } from "../primitives/form/field";
import { Icon, Trash2 } from "../primitives/icon";
import { AgreementBlock } from "./agreement-block";
import { DomainOptions } from "./domain-options";
import styles from "./drawer.module.css";
import type { DutyEdit } from "./duty-edit";
import { FindingsBlock } from "./findings-block";
import { HistoryBlock } from "./history-block";
import { LettersBlock } from "./letters-block";
import { PathField } from "./path-field";
import {
  CoverSection,
  DecisionsSection,
  SearchWordsSection,
  StandingSection,
  SuggestionsSection,
  TodaySection,
  ToolsSection,
} from "./sections";
import { TextField } from "./text-field";

type DutyText = "text" | "description" | "doneWhen" | "cadence" | "boundary" | "workshopQuestion";

/** All fields of a duty, edited in place. Each is saved on blur. */
export function DutyForm({ duty, editor, onClose }: { duty: Duty; editor: MatrixEditor; onClose: () => void }) {
  const { matrix, run } = editor;
  const edit: DutyEdit = (set, said, was) => run([{ type: "duty.edit", dutyId: duty.id, set, was }], said);
  const text = (field: DutyText, said: string) => ({
    value: duty[field],
    save: (value: string, was: string) => edit({ [field]: value }, said, was),
  });

  function remove() {
    run([{ type: "duty.delete", dutyId: duty.id }], `${duty.code} deleted`);
    onClose();
  }

  return (
    <div className={styles.form}>
      <FindingsBlock duty={duty} editor={editor} />
      <AgreementBlock duty={duty} editor={editor} />
      <LettersBlock duty={duty} editor={editor} />
      <TextField
        label={DUTY_FIELDS.boundary.label}
        hint={
          isShared(matrix, duty)
            ? "Several parties do this: say which part is whose, and where the handover is."
            : "For a shared duty: which part is whose, and where the handover is."
        }
        lines
        {...text("boundary", "Boundary note saved")}
      />
      <TextField label={DUTY_FIELDS.doneWhen.label} lines {...text("doneWhen", "“Done when” saved")} />
      <TextField
        label={DUTY_FIELDS.workshopQuestion.label}
        hint="Asked in the workshop; not part of what is signed."
        lines
        {...text("workshopQuestion", "Workshop question saved")}
      />
      <div className={styles.two}>
        <TextField label={DUTY_FIELDS.cadence.label} {...text("cadence", "Cadence saved")} />
        <Field label={DUTY_FIELDS.domainId.label}>
          <Select
            value={duty.domainId}
            onChange={(event) =>
              run(
                [{ type: "duty.move", dutyId: duty.id, domainId: event.target.value, beforeId: null }],
                "Moved to another domain",
              )
            }
          >
            <DomainOptions domains={matrix.domains} />
          </Select>
        </Field>
      </div>
      <PathField duty={duty} edit={edit} matrix={matrix} />
      <div>
        <DecisionsSection duty={duty} edit={edit} matrix={matrix} />
        <ToolsSection duty={duty} edit={edit} />
        <SearchWordsSection duty={duty} edit={edit} />
        <TodaySection duty={duty} edit={edit} />
        <CoverSection duty={duty} edit={edit} matrix={matrix} />
        <StandingSection duty={duty} editor={editor} />
        <details className={styles.section}>
          <summary>Text and description</summary>
          <div className={styles.inside}>
            <TextField label={DUTY_FIELDS.text.label} {...text("text", "Duty renamed")} />
            <TextField label={DUTY_FIELDS.description.label} lines {...text("description", "Description saved")} />
          </div>
        </details>
        <SuggestionsSection duty={duty} editor={editor} />
        <HistoryBlock duty={duty} editor={editor} />
      </div>
      <div className={styles.actions}>
        <Button icon={<Icon of={Trash2} size={14} />} onClick={remove}>
          Delete duty
        </Button>
      </div>
    </div>
  );
}
