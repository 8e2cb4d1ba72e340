import { agreedWords } from "~/domain/changes/field-words";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Clause, Definition } from "~/domain/matrix/wording-shapes";
import { CLAUSE_FIELDS, DEFINITION_FIELDS } from "~/domain/parts/wording/clauses";
import { ThingText } from "../agreed/fields";
import { ThingDialog } from "../agreed/thing-dialog";
import type { ThingEdits } from "../agreed/thing-edits";
import { FieldedText } from "./fielded-text";

type DialogProps = { matrix: Matrix; onClose: () => void };

/** One clause with its title and its text. */
export function ClauseDialog({
  edits,
  clause,
  matrix,
  onClose,
}: DialogProps & { edits: ThingEdits<Clause>; clause: Clause }) {
  return (
    <ThingDialog
      title={clause.title}
      readOnly={edits.readOnly}
      facts={agreedWords(clause, CLAUSE_FIELDS, matrix)}
      onClose={onClose}
    >
      <ThingText edits={edits} thing={clause} field="title" described={CLAUSE_FIELDS.title} />
      <FieldedText
        label={CLAUSE_FIELDS.text.label}
        hint={clause.struck ? "This clause is struck: its words aren’t printed until it is restored." : undefined}
        value={clause.text}
        matrix={matrix}
        save={(text, was) => edits.set(clause, { text }, CLAUSE_FIELDS.text.label, was)}
      />
    </ThingDialog>
  );
}

/** One defined term with its meaning. */
export function DefinitionDialog({
  edits,
  definition,
  matrix,
  onClose,
}: DialogProps & { edits: ThingEdits<Definition>; definition: Definition }) {
  return (
    <ThingDialog
      title={definition.term}
      readOnly={edits.readOnly}
      facts={agreedWords(definition, DEFINITION_FIELDS, matrix)}
      onClose={onClose}
    >
      <ThingText edits={edits} thing={definition} field="term" described={DEFINITION_FIELDS.term} />
      <FieldedText
        label={DEFINITION_FIELDS.meaning.label}
        value={definition.meaning}
        matrix={matrix}
        save={(meaning, was) => edits.set(definition, { meaning }, DEFINITION_FIELDS.meaning.label, was)}
      />
    </ThingDialog>
  );
}
