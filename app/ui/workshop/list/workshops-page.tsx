import { useRef, useState } from "react";
import type { FormTrouble } from "~/domain/errors";
import { LIMITS } from "~/domain/limits";
import { paths } from "~/paths";
import type { WorkshopsView } from "~/services/workshop/workshops.server";
import { useMay } from "../../draft/own-side";
import type { MatrixEditor } from "../../editor/editor-types";
import { Button } from "../../primitives/button";
import { Empty } from "../../primitives/empty";
import { Field, TextInput } from "../../primitives/form/field";
import { useFocusFirstError } from "../../primitives/form/use-focus-first-error";
import { CircleAlert, Icon, Plus } from "../../primitives/icon";
import { Notice } from "../../primitives/notice";
import { Form, Link, useNavigation } from "../../primitives/router";
import { WorkshopItem } from "./workshop-item";
import styles from "./workshops.module.css";

type PageProps = WorkshopsView & { editor: MatrixEditor; answer: FormTrouble | null };

/** The workshops on a matrix, the newest first, and how to prepare one. */
export function WorkshopsPage({ workshops, total, settledAnHour, editor, answer }: PageProps) {
  const { matrixId, readOnly } = editor;
  const mayPrepare = useMay("edit") && !readOnly;
  const number = (workshops[0]?.number ?? 0) + 1;
  const form = mayPrepare && <PrepareForm number={number} answer={answer} />;
  if (workshops.length === 0)
    return (
      <div className={styles.page}>
        <h1 className="vh">Workshops</h1>
        <Empty
          title="No workshop yet"
          action={form || <p className={styles.quiet}>Whoever may edit this matrix prepares one.</p>}
        >
          In a workshop both sides go through duties together, each on their own phone: everybody proposes in secret who
          does it and who answers, then all is revealed at once. In 90 minutes some twenty duties are agreed by both
          sides, and the rest has an owner and a date. What is settled is on the board at once.
        </Empty>
      </div>
    );
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1>
            Workshops <span className={styles.count}>{total}</span>
          </h1>
          <p>
            What both sides settle here is on the <Link to={paths.board(matrixId)}>board</Link> at once. A workshop is
            never part of what is signed.
          </p>
        </div>
        <Measure settledAnHour={settledAnHour} />
      </header>
      {form && (
        <section className={styles.prepare} aria-label="Prepare a workshop">
          {form}
        </section>
      )}
      <ol className={styles.workshops} aria-label="Workshops, the newest first">
        {workshops.map((row) => (
          <WorkshopItem key={row.workshopId} row={row} matrixId={matrixId} mayLead={mayPrepare} />
        ))}
      </ol>
      {total > workshops.length && (
        <p className={styles.rest}>
          The newest {workshops.length} of {total} are listed. What the others settled is on the board and in the{" "}
          <Link to={paths.activity(matrixId)}>activity</Link>.
        </p>
      )}
    </div>
  );
}

function Measure({ settledAnHour }: Pick<WorkshopsView, "settledAnHour">) {
  if (settledAnHour === null) return null;
  return (
    <p className={styles.measure}>
      <b>{settledAnHour}</b>
      <span>
        settled in an hour of talking, over all workshops of this engagement. Parked and disputed ones don't count.
      </span>
    </p>
  );
}

function PrepareForm({ number, answer }: { number: number; answer: FormTrouble | null }) {
  const form = useRef<HTMLFormElement>(null);
  const busy = useNavigation().formMethod === "POST";
  const { values = {}, errors = {} } = answer ?? {};
  const [usual] = useState(number === 1 ? "Onboarding workshop" : `Workshop ${number}`);
  useFocusFirstError(form, errors);
  return (
    <Form ref={form} method="post" noValidate className={styles.prepareForm}>
      {errors.form && (
        <Notice icon={CircleAlert} tone="alert" formError>
          {errors.form}
        </Notice>
      )}
      <Field label="Name of the workshop" error={errors.title} className={styles.name}>
        <TextInput name="title" required maxLength={LIMITS.name} defaultValue={values.title ?? usual} />
      </Field>
      <Button type="submit" variant={number === 1 ? "primary" : "default"} icon={<Icon of={Plus} />} loading={busy}>
        Prepare {number === 1 ? "the first workshop" : "a workshop"}
      </Button>
    </Form>
  );
}
