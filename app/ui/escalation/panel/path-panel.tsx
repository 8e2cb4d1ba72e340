import type { Clock, EscalationPath, PathKind } from "~/domain/matrix/escalation-shapes";
import { clockWords, PATH_FIELDS, PATH_KINDS } from "~/domain/parts/paths";
import drawer from "../../duty/drawer.module.css";
import { TextField } from "../../duty/text-field";
import type { MatrixEditor } from "../../editor/editor-types";
import { Field, Select } from "../../primitives/form/field";
import { editPath } from "../escalation-view";
import { MinutesField } from "./minutes-field";
import { PanelFrame } from "./panel-frame";
import styles from "./panel.module.css";

type PanelProps = { editor: MatrixEditor; path: EscalationPath; onClose: () => void };
type TextName = "name" | "trigger" | "examples" | "handover" | "lastResort";
type MinutesName = "roundMinutes" | "updateMinutes" | "decisionTarget" | "restoreTarget";

const ALWAYS: Clock = { kind: "always" };
const KINDS: readonly PathKind[] = ["incident", "security", "decision", "risk", "disagreement"];
const REPEATS = Array.from({ length: 10 }, (_, count) => count);

/** What is agreed of a path beside its levels. Each field is saved on leaving. */
export function PathPanel({ editor, path, onClose }: PanelProps) {
  const { matrix, run } = editor;
  const edit = (set: Parameters<typeof editPath>[1], said: string, was?: string) =>
    run([editPath(path, set, was)], said);
  const saved = (name: keyof typeof PATH_FIELDS) => `“${PATH_FIELDS[name].label}” of ${path.name} saved`;
  const text = (name: TextName) => ({
    label: PATH_FIELDS[name].label,
    value: path[name],
    save: (value: string, was: string) => edit({ [name]: value }, saved(name), was),
  });
  const minutes = (name: MinutesName) => (
    <MinutesField
      label={PATH_FIELDS[name].label}
      value={path[name]}
      least={1}
      optional
      save={(value) => edit({ [name]: value }, saved(name))}
    />
  );
  const keyOf = (clock: Clock) => (clock.kind === "always" ? "" : clock.partyId);
  const clocks: Clock[] = [ALWAYS, ...matrix.parties.map(({ id }): Clock => ({ kind: "working-hours", partyId: id }))];

  return (
    <PanelFrame
      label={`Path ${path.name}`}
      heading={<bdi className={drawer.domain}>{path.name}</bdi>}
      editor={editor}
      onClose={onClose}
    >
      <h2 className={drawer.title}>Edit the path</h2>
      <div className={styles.form}>
        <TextField {...text("name")} />
        <Field label={PATH_FIELDS.kind.label}>
          <Select
            value={path.kind}
            onChange={({ target }) =>
              edit({ kind: KINDS.find((kind) => kind === target.value) ?? path.kind }, saved("kind"))
            }
          >
            {KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {PATH_KINDS[kind]}
              </option>
            ))}
          </Select>
        </Field>
        <TextField {...text("trigger")} hint="In the words of whoever reports it" lines />
        <TextField {...text("examples")} lines />
        <Field label={PATH_FIELDS.clock.label} hint="Whose time the minutes of this path are">
          <Select
            value={keyOf(path.clock)}
            onChange={({ target }) =>
              edit({ clock: clocks.find((clock) => keyOf(clock) === target.value) ?? ALWAYS }, saved("clock"))
            }
          >
            {clocks.map((clock) => (
              <option key={keyOf(clock)} value={keyOf(clock)}>
                {clockWords(clock, matrix)}
              </option>
            ))}
          </Select>
        </Field>
        {minutes("decisionTarget")}
        {minutes("restoreTarget")}
        {minutes("updateMinutes")}
        {minutes("roundMinutes")}
        <Field
          label={PATH_FIELDS.repeats.label}
          hint="How often the levels are gone through again where nobody answers"
        >
          <Select
            value={path.repeats}
            onChange={({ target }) => edit({ repeats: Number(target.value) }, saved("repeats"))}
          >
            {REPEATS.map((count) => (
              <option key={count} value={count}>
                {PATH_FIELDS.repeats.words(count, matrix)}
              </option>
            ))}
          </Select>
        </Field>
        <TextField {...text("handover")} lines />
        <TextField {...text("lastResort")} lines />
      </div>
    </PanelFrame>
  );
}
