import type { KeyboardEvent } from "react";
import type { Party, PartyKind } from "~/domain/matrix/shapes";
import { Avatar } from "../../marks/avatar";
import marks from "../../marks/marks.module.css";
import { usePeople, useVacantOnCards } from "../../people/people-context";
import { peopleBehind } from "../../people/people-view";
import { Button } from "../../primitives/button";
import { classNames } from "../../primitives/class-names";
import { CircleAlert, Ellipsis, Icon, MoveDown, MoveRight, MoveUp, PanelRight, Trash2 } from "../../primitives/icon";
import { pressOf } from "../../primitives/keys";
import { Menu } from "../../primitives/overlays/menu";
import type { MenuItem } from "../../primitives/overlays/menu-item";
import { ChannelWords, DirectionWords } from "./call-words";
import { levelName, type CalledRole, type Rung } from "../escalation-view";
import styles from "./ladder.module.css";

/** What can be done with the cards and levels of a path. */
export type CardActions = {
  rungs: readonly Rung[];
  open: (levelId: string) => void;
  /** Moves a role some levels earlier or later. */
  step: (roleId: string, levelId: string, by: -1 | 1) => void;
  moveTo: (roleId: string, levelId: string, toId: string) => void;
  /** Moves a role up or down among those of its party. */
  order: (roleId: string, levelId: string, by: -1 | 1) => void;
  remove: (roleId: string, levelId: string) => void;
};

type CardProps = {
  party: Party;
  called: CalledRole;
  /** The roles of its party that the level calls, itself among them. */
  beside: readonly CalledRole[];
  rung: Rung;
  actions: CardActions | null;
  /** The moment, in words, at which nobody answers for the role where it was asked. */
  silentAt: string | null;
};

/** Who holds a role, the first of them with initials, and who stands in; or that nobody does. */
function BehindRole({ roleId, kind, nobody }: { roleId: string; kind: PartyKind; nobody: boolean }) {
  const facts = usePeople();
  const [first, ...more] = peopleBehind(facts, roleId);
  if (!first)
    return (
      nobody && (
        <span className={classNames(styles.person, styles.nobodyHere)}>
          <Icon of={CircleAlert} size={14} />
          Nobody holds this role
        </span>
      )
    );
  const deputy = more.length === 0 && facts.people.find(({ id }) => id === first.deputyId);
  return (
    <>
      <span className={styles.person}>
        <Avatar name={first.name} kind={kind} size="sm" />
        <bdi className={styles.people}>{[first, ...more].map(({ name }) => name).join(", ")}</bdi>
      </span>
      {deputy && (
        <span className={styles.deputy}>
          deputy <bdi>{deputy.name}</bdi>
        </span>
      )}
    </>
  );
}

/** A role that a level calls: who holds it, where the call leads, and by which channels. */
export function CallCard({ party, called: { role, direction }, beside, rung, actions, silentAt }: CardProps) {
  const nobody = useVacantOnCards().has(role.id);
  const face = (
    <>
      <bdi className={styles.role}>{role.name}</bdi>
      <BehindRole roleId={role.id} kind={party.kind} nobody={nobody} />
      <DirectionWords direction={direction} />
      <ChannelWords channels={rung.level.channels} />
      {silentAt && !nobody && <span className={styles.nobodyHere}>Nobody on {silentAt}</span>}
    </>
  );
  const className = classNames(styles.card, marks[party.kind], (nobody || silentAt !== null) && styles.hole);
  if (!actions)
    return (
      <li className={className}>
        <div className={styles.face}>{face}</div>
      </li>
    );
  return (
    <li className={className}>
      <button
        type="button"
        className={styles.face}
        data-opens={rung.id}
        data-call={`${rung.id} ${role.id}`}
        onClick={() => actions.open(rung.id)}
        onKeyDown={(event) => press(event, role.id, rung.id, actions)}
      >
        {face}
      </button>
      <Menu
        align="end"
        items={itemsOf(role.id, beside, rung, actions)}
        trigger={(props) => (
          <Button
            {...props}
            size="sm"
            variant="ghost"
            className={styles.menu}
            icon={<Icon of={Ellipsis} size={14} />}
            aria-label={`${role.name} at level ${rung.number}: move or take out`}
          />
        )}
      />
    </li>
  );
}

/** Alt with an arrow moves the card, Delete takes the role out of the level. */
function press(event: KeyboardEvent, roleId: string, levelId: string, actions: CardActions) {
  const { key, alt, control } = pressOf(event);
  const keys: Record<string, () => void> = alt
    ? {
        ArrowLeft: () => actions.step(roleId, levelId, -1),
        ArrowRight: () => actions.step(roleId, levelId, 1),
        ArrowUp: () => actions.order(roleId, levelId, -1),
        ArrowDown: () => actions.order(roleId, levelId, 1),
      }
    : { Delete: () => actions.remove(roleId, levelId), Backspace: () => actions.remove(roleId, levelId) };
  const act = !control && Object.hasOwn(keys, key) ? keys[key] : undefined;
  if (!act) return;
  event.preventDefault();
  act();
}

function itemsOf(
  roleId: string,
  beside: readonly CalledRole[],
  rung: Rung,
  { rungs, open, moveTo, order, remove }: CardActions,
): MenuItem[] {
  const at = rungs.findIndex(({ id }) => id === rung.id);
  const hintOf = (to: number) => (to === at - 1 ? "Alt ←" : to === at + 1 ? "Alt →" : undefined);
  return [
    {
      key: "open",
      label: "Change the level",
      hint: "Enter",
      icon: <Icon of={PanelRight} size={14} />,
      onSelect: () => open(rung.id),
    },
    ...rungs.flatMap((other, to): MenuItem[] =>
      other.id === rung.id
        ? []
        : [
            {
              key: other.id,
              label: `Move to ${levelName(other.number, other.level)}`,
              hint: hintOf(to),
              icon: <Icon of={MoveRight} size={14} />,
              separated: to === (at === 0 ? 1 : 0),
              disabled: other.level.calls.some((call) => call.roleId === roleId),
              onSelect: () => moveTo(roleId, rung.id, other.id),
            },
          ],
    ),
    {
      key: "up",
      label: "Move up",
      hint: "Alt ↑",
      separated: true,
      icon: <Icon of={MoveUp} size={14} />,
      disabled: beside[0]?.role.id === roleId,
      onSelect: () => order(roleId, rung.id, -1),
    },
    {
      key: "down",
      label: "Move down",
      hint: "Alt ↓",
      icon: <Icon of={MoveDown} size={14} />,
      disabled: beside.at(-1)?.role.id === roleId,
      onSelect: () => order(roleId, rung.id, 1),
    },
    {
      key: "remove",
      label: "Take out of this level",
      hint: "Delete",
      separated: true,
      icon: <Icon of={Trash2} size={14} />,
      onSelect: () => remove(roleId, rung.id),
    },
  ];
}
