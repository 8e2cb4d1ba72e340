import type { FormTrouble } from "~/domain/errors";
import type { OrganisationAbility } from "~/domain/engagement/organisation";
import { paths } from "~/paths";
import type { PresetRow, PresetsView } from "~/services/organisation/presets.server";
import type { OwnWording } from "~/services/organisation/wording.server";
import { WordingPart } from "./wording-part";
import { Button, ButtonLink } from "../primitives/button";
import { Empty } from "../primitives/empty";
import { Field, TextArea, TextInput } from "../primitives/form/field";
import { Form } from "../primitives/router";
import { Time } from "../primitives/time";
import { Opened } from "./opened";
import styles from "./organisation-page.module.css";

type PartProps = {
  view: PresetsView & { wording: OwnWording | null };
  abilities: readonly OrganisationAbility[];
  editing: string | null;
  dropping: string | null;
  trouble: FormTrouble;
};
const HERE = paths.organisation({ show: "presets" });

/** The presets that an engagement can start from, with renaming and deleting, and the wording that matrices begin with. */
export function PresetsPart({ view: { presets, wording }, abilities, editing, dropping, trouble }: PartProps) {
  const manages = abilities.includes("presets");
  return (
    <>
      {presets.length === 0 ? (
        <Empty title="No presets yet">
          Open a client’s page Matrices and choose “Save as preset”. It keeps the duties and how they are divided, and
          leaves out what is that client’s own.
        </Empty>
      ) : (
        <section className={styles.panel} aria-label={`Presets, ${presets.length}`}>
          <ul>
            {presets.map((preset) => (
              <li key={preset.id} className={styles.item}>
                <Preset preset={preset} manages={manages} />
                {manages && editing === preset.id && <Edit preset={preset} trouble={trouble} />}
                {manages && dropping === preset.id && <Drop preset={preset} />}
              </li>
            ))}
          </ul>
        </section>
      )}
      <WordingPart wording={wording} manages={abilities.includes("wording")} />
    </>
  );
}

function Preset({
  preset: { id, name, meaning, duties, by, since },
  manages,
}: {
  preset: PresetRow;
  manages: boolean;
}) {
  return (
    <div className={styles.preset}>
      <div className={styles.who}>
        <p>
          <b>
            <bdi>{name}</bdi>
          </b>
        </p>
        {meaning && <p className={styles.meaning}>{meaning}</p>}
        <p className={styles.quiet}>
          {duties === 1 ? "One duty" : `${duties} duties`}, kept by <bdi>{by}</bdi> on <Time iso={since} />
        </p>
      </div>
      {manages && (
        <div className={styles.acts}>
          <ButtonLink
            id={`edit-${id}`}
            size="sm"
            variant="ghost"
            to={paths.organisation({ show: "presets", preset: id })}
            preventScrollReset
            aria-label={`Rename ${name}`}
          >
            Rename…
          </ButtonLink>
          <ButtonLink
            id={`drop-${id}`}
            size="sm"
            variant="ghost"
            to={paths.organisation({ show: "presets", drop: id })}
            preventScrollReset
            aria-label={`Delete ${name}`}
          >
            Delete…
          </ButtonLink>
        </div>
      )}
    </div>
  );
}

function Edit({
  preset: { id, name, meaning },
  trouble: { values, errors },
}: {
  preset: PresetRow;
  trouble: FormTrouble;
}) {
  const wrong = values.intent === "edit-preset" && values.presetId === id;
  return (
    <Opened
      title={
        <>
          Rename <bdi>{name}</bdi>
        </>
      }
      opener={`edit-${id}`}
      closeTo={HERE}
    >
      <Form
        method="post"
        action={paths.organisation({ show: "presets", preset: id })}
        noValidate
        className={styles.form}
      >
        <input type="hidden" name="presetId" value={id} />
        <Field label="Name" error={wrong ? errors.name : null}>
          <TextInput name="name" required defaultValue={wrong ? values.name : name} />
        </Field>
        <Field label="What it is for (optional)" error={wrong ? errors.meaning : null}>
          <TextArea name="meaning" rows={2} defaultValue={wrong ? values.meaning : meaning} />
        </Field>
        <div className={styles.buttons}>
          <Button type="submit" variant="primary" name="intent" value="edit-preset">
            Save
          </Button>
          <ButtonLink to={HERE} preventScrollReset>
            Cancel
          </ButtonLink>
        </div>
      </Form>
    </Opened>
  );
}

function Drop({ preset: { id, name } }: { preset: PresetRow }) {
  return (
    <Opened
      title={
        <>
          Delete <bdi>{name}</bdi>
        </>
      }
      opener={`drop-${id}`}
      closeTo={HERE}
    >
      <p>
        Nobody of the organisation can start from it any more, and it can’t be brought back. Engagements that began from
        it stay as they are.
      </p>
      <Form method="post" action={HERE} className={styles.buttons}>
        <input type="hidden" name="presetId" value={id} />
        <Button type="submit" variant="primary" name="intent" value="delete-preset">
          Delete it
        </Button>
        <ButtonLink to={HERE} preventScrollReset>
          Cancel
        </ButtonLink>
      </Form>
    </Opened>
  );
}
