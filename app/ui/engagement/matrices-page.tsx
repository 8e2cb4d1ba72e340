import { useState } from "react";
import { paths } from "~/paths";
import type { MatrixRow } from "~/services/engagement/matrices.server";
import { TextField } from "../duty/text-field";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { Dialog } from "../primitives/overlays/dialog";
import { Field, Select, TextInput } from "../primitives/form/field";
import { CircleCheck, Icon, Plus } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import { Form, Link } from "../primitives/router";
import { Time } from "../primitives/time";
import { useMay } from "../draft/own-side";
import { KeepPreset } from "./keep-preset";
import styles from "./matrices-page.module.css";

type MatricesProps = {
  matrices: MatrixRow[];
  presets: { id: string; name: string }[];
  /** The organisation that can keep the open matrix as a preset; null if there is none. */ keepsFor: string | null;
  editor: MatrixEditor;
  errors: Record<string, string>;
  said: string | null;
};

/** The matrices of one engagement: open, rename, duplicate, archive and restore, or start another. */
export function MatricesPage({ matrices, presets, keepsFor, editor, errors, said }: MatricesProps) {
  const [open, setOpen] = useState<"new" | MatrixRow | null>(null);
  const mayArchive = useMay("archive");
  const wrong = errors.title ?? errors.start ?? errors.form;
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <div>
          <h1>Matrices</h1>
          <p>Most engagements need one. A second one helps where a site or a project divides the work differently.</p>
        </div>
        <div className={styles.acts}>
          {keepsFor && <KeepPreset organisation={keepsFor} title={editor.matrix.title} errors={errors} said={said} />}
          {mayArchive && (
            <Button icon={<Icon of={Plus} size={14} />} onClick={() => setOpen("new")}>
              New matrix
            </Button>
          )}
        </div>
      </header>
      <div aria-live="polite" className={styles.said}>
        {said && (
          <Notice icon={CircleCheck}>
            {said} <Link to={paths.organisation({ show: "presets" })}>See all presets</Link>
          </Notice>
        )}
      </div>
      <fieldset disabled={editor.readOnly} className={styles.rename}>
        <TextField
          label="Title of this matrix"
          value={editor.matrix.title}
          save={(title, was) => editor.run([{ type: "matrix.rename", title, was }], "Matrix renamed")}
        />
      </fieldset>
      <ul className={styles.panel}>
        {matrices.map((matrix) => (
          <li key={matrix.id} className={styles.row}>
            <div>
              <Link to={paths.board(matrix.id)}>
                <bdi>{matrix.current ? editor.matrix.title : matrix.title}</bdi>
              </Link>
              <p>
                {matrix.duties} {matrix.duties === 1 ? "duty" : "duties"} ·{" "}
                {matrix.archivedAt ? (
                  <>
                    archived <Time iso={matrix.archivedAt} />
                  </>
                ) : (
                  <>
                    edited <Time iso={matrix.updatedAt} />
                  </>
                )}
                {matrix.current && " · open now"}
              </p>
            </div>
            {mayArchive && (
              <Button size="sm" onClick={() => setOpen(matrix)} aria-label={`Duplicate ${matrix.title}`}>
                Duplicate…
              </Button>
            )}
            {mayArchive && (
              <Form method="post">
                <input type="hidden" name="of" value={matrix.id} />
                <Button
                  size="sm"
                  type="submit"
                  name="intent"
                  value={matrix.archivedAt ? "return" : "archive"}
                  aria-label={`${matrix.archivedAt ? "Bring back" : "Archive"} ${matrix.title}`}
                >
                  {matrix.archivedAt ? "Bring back" : "Archive"}
                </Button>
              </Form>
            )}
          </li>
        ))}
      </ul>
      {open === "new" && (
        <Dialog open size="sm" title="New matrix" onClose={() => setOpen(null)}>
          <Form method="post" className={styles.form} onSubmit={() => setOpen(null)}>
            <input type="hidden" name="intent" value="create" />
            <Field label="Title" error={errors.title}>
              <TextInput name="title" required autoFocus placeholder="Responsibility matrix, Leeds" />
            </Field>
            <Field label="Start from">
              <Select name="start" defaultValue="blank">
                <option value="blank">Blank</option>
                {presets.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            </Field>
            <Button type="submit" variant="primary">
              Create matrix
            </Button>
          </Form>
        </Dialog>
      )}
      {open !== null && open !== "new" && (
        <Dialog open size="sm" title={`Duplicate ${open.title}`} onClose={() => setOpen(null)}>
          <Form method="post" className={styles.form} onSubmit={() => setOpen(null)}>
            <input type="hidden" name="intent" value="duplicate" />
            <input type="hidden" name="of" value={open.id} />
            <Field label="Title of the copy" error={errors.title}>
              <TextInput name="title" required autoFocus defaultValue={`${open.title}, copy`} />
            </Field>
            <label className={styles.check}>
              <input type="checkbox" name="agreements" /> Take along what your side marked, confirmed and accepted
            </label>
            <Button type="submit" variant="primary">
              Duplicate
            </Button>
          </Form>
        </Dialog>
      )}
      {wrong && (
        <p role="alert" className={styles.error}>
          {wrong}
        </p>
      )}
    </div>
  );
}
