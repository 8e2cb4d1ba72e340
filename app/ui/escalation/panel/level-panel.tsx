import type { Channel, Direction, EscalationPath, Level } from "~/domain/matrix/escalation-shapes";
import { LIMITS } from "~/domain/limits";
import { indexOf } from "~/domain/matrix/owner";
import { CHANNELS, DIRECTIONS, levelTime, LEVEL_MAY } from "~/domain/parts/paths";
import drawer from "../../duty/drawer.module.css";
import { TextField } from "../../duty/text-field";
import type { MatrixEditor } from "../../editor/editor-types";
import { PartyMark } from "../../marks/party-mark";
import { Button } from "../../primitives/button";
import { Select } from "../../primitives/form/field";
import { Icon, Trash2 } from "../../primitives/icon";
import { editLevel, levelName, rungsOf, setLevel } from "../escalation-view";
import { MinutesField } from "./minutes-field";
import { OrderedList } from "./ordered-list";
import { PanelFrame } from "./panel-frame";
import styles from "./panel.module.css";

type PanelProps = { editor: MatrixEditor; path: EscalationPath; levelId: string; onClose: () => void };
type Change = (change: Partial<Level>, said: string, was?: string) => ReturnType<MatrixEditor["run"]>;

/** One level of a path with all its fields. Each is saved on leaving. */
export function LevelPanel({ editor, path, levelId, onClose }: PanelProps) {
  const rung = rungsOf(editor.matrix, path).find(({ id }) => id === levelId);
  const { run } = editor;
  if (!rung)
    return (
      <PanelFrame label="Level" heading={null} editor={editor} onClose={onClose}>
        <div className={drawer.gone}>
          <h2>This level isn't here</h2>
          <p>
            It was taken out, or the link belongs to another path. Undo brings back what was taken out in this window.
          </p>
        </div>
      </PanelFrame>
    );
  const { level, number } = rung;
  const name = levelName(number, level);
  const change: Change = (set, said, was) => run([editLevel(path, levelId, set, was)], said);

  function remove() {
    run([setLevel(path, levelId, null)], `Took ${name} out of ${path.name}`);
    onClose();
  }

  return (
    <PanelFrame
      label={`${path.name}, ${name}`}
      heading={<bdi className={drawer.domain}>{path.name}</bdi>}
      editor={editor}
      onClose={onClose}
    >
      <h2 className={drawer.title}>
        Level {number}: {levelTime(level).toLowerCase()}
      </h2>
      <div className={styles.form}>
        <MinutesField
          label="Reached after"
          value={level.minutes}
          least={0}
          optional={false}
          save={(minutes) =>
            change({ minutes: minutes ?? 0 }, `Level ${number} is reached after ${minutes ?? 0} minutes`)
          }
        />
        <Calls level={level} number={number} editor={editor} change={change} />
        <Channels level={level} change={change} />
        <label className={drawer.check}>
          <input
            type="checkbox"
            checked={level.decides}
            onChange={({ target }) =>
              change(
                { decides: target.checked },
                target.checked ? `Level ${number} may decide` : `Level ${number} may not decide`,
              )
            }
          />
          Whoever is reached here may decide what the path is for.
        </label>
        <TextField
          label={LEVEL_MAY.called}
          lines
          value={level.may}
          save={(may, was) => change({ may }, "What the level may do was saved", was)}
        />
        <div className={drawer.actions}>
          <Button icon={<Icon of={Trash2} size={14} />} onClick={remove}>
            Take this level out
          </Button>
        </div>
      </div>
    </PanelFrame>
  );
}

type PartProps = { level: Level; change: Change };

function Calls({ level, number, editor, change }: PartProps & { number: number; editor: MatrixEditor }) {
  const { matrix } = editor;
  const { role, party, rolesOf } = indexOf(matrix);
  const called = new Set(level.calls.map(({ roleId }) => roleId));
  const nameOf = (roleId: string) => role.get(roleId)?.name ?? "A deleted role";

  function turn(roleId: string, value: string) {
    const direction = DIRECTION_LIST.find((one) => one === value);
    if (!direction) return;
    const calls = level.calls.map((call) => (call.roleId === roleId ? { roleId, direction } : call));
    change({ calls }, `${nameOf(roleId)} is called ${DIRECTIONS[direction].name.toLowerCase()}`);
  }

  return (
    <OrderedList
      title="Who is called"
      empty="Nobody is called. A level that calls nobody is passed over at once."
      items={level.calls.map((call) => ({
        key: call.roleId,
        name: nameOf(call.roleId),
        mark: <PartyMark kind={party.get(role.get(call.roleId)?.partyId ?? "")?.kind ?? "none"} />,
        beside: (
          <DirectionSelect
            label={`Where the call of ${nameOf(call.roleId)} leads`}
            value={call.direction}
            onChange={(value) => turn(call.roleId, value)}
          />
        ),
      }))}
      onOrder={(keys) =>
        change({ calls: keys.flatMap((id) => level.calls.find(({ roleId }) => roleId === id) ?? []) }, "Order saved")
      }
      onRemove={(id) =>
        change(
          { calls: level.calls.filter(({ roleId }) => roleId !== id) },
          `${nameOf(id)} is not called at level ${number} any more`,
        )
      }
      add={{
        label: "Call a role",
        full: level.calls.length >= LIMITS.levelCalls ? `A level calls at most ${LIMITS.levelCalls} roles.` : null,
        groups: matrix.parties.map(({ id, name }) => ({
          name,
          options: (rolesOf.get(id) ?? []).filter((one) => !called.has(one.id)),
        })),
        onAdd: (id) =>
          change(
            { calls: [...level.calls, { roleId: id, direction: "up" }] },
            `${nameOf(id)} is called at level ${number}`,
          ),
      }}
    />
  );
}

const DIRECTION_LIST: readonly Direction[] = ["up", "sideways", "across"];
const CHANNEL_LIST: readonly Channel[] = ["phone", "bridge", "sms", "chat", "ticket", "email"];

function DirectionSelect({
  label,
  value,
  onChange,
}: {
  label: string;
  value: Direction;
  onChange: (value: string) => void;
}) {
  return (
    <Select
      className={styles.direction}
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
    >
      {DIRECTION_LIST.map((direction) => (
        <option key={direction} value={direction}>
          {DIRECTIONS[direction].name}, {DIRECTIONS[direction].leadsTo}
        </option>
      ))}
    </Select>
  );
}

function Channels({ level: { channels }, change }: PartProps) {
  const unused = CHANNEL_LIST.filter((channel) => !channels.includes(channel));
  const known = (key: string) => CHANNEL_LIST.filter((channel) => channel === key);
  return (
    <OrderedList
      title="By which channels"
      empty="No channel is named. Name at least one, or nobody knows how to call."
      items={channels.map((channel) => ({ key: channel, name: CHANNELS[channel] }))}
      onOrder={(keys) => change({ channels: keys.flatMap(known) }, "Order of the channels saved")}
      onRemove={(key) => change({ channels: channels.filter((channel) => channel !== key) }, "A channel was taken out")}
      add={{
        label: "Add a channel",
        full: null,
        groups: [{ name: null, options: unused.map((channel) => ({ id: channel, name: CHANNELS[channel] })) }],
        onAdd: (key) => change({ channels: [...channels, ...known(key)] }, "A channel was added"),
      }}
    />
  );
}
