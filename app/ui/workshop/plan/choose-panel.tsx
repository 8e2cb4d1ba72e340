import { memo, useCallback, useDeferredValue, useMemo, useState } from "react";
import { LIMITS } from "~/domain/limits";
import type { Matrix } from "~/domain/matrix/matrix";
import { CHOICE_REASONS, suggestedDuties, type ChoiceReason, type WorkshopChoices } from "~/domain/workshop/reasons";
import { keyOf, neededMinutes, USUAL_ITEM_MINUTES, type Plan, type TimedItem } from "~/domain/workshop/planning";
import type { Subject } from "~/domain/workshop/shapes";
import type { PlanView } from "~/domain/workshop/view/view-types";
import { paths } from "~/paths";
import { DomainOptions } from "../../duty/domain-options";
import { KindOptions } from "../../duty/kind-options";
import { Button } from "../../primitives/button";
import { Empty } from "../../primitives/empty";
import { Field, Select, TextInput } from "../../primitives/form/field";
import { Check, Icon, Plus } from "../../primitives/icon";
import { Link } from "../../primitives/router";
import { groupsOf, PATHS, subjectsFor, type Choice, type ChoiceGroup } from "./choose-view";
import type { AddToPlan, RunPlan } from "./use-plan-acts";
import styles from "./choose.module.css";

type ChooseProps = {
  choices: WorkshopChoices;
  /** The number of the newest version; null before the first. */
  version: number | null;
  matrix: Matrix;
  matrixId: string;
  plan: Plan;
  timed: readonly TimedItem[];
  known: ReadonlyMap<string, PlanView>;
  add: AddToPlan;
  run: RunPlan;
};

/** Rows that are in the page at once; the others follow by a button, so that a thousand duties cost no more than these. */
const SHOWN = 100;

const REASONS: Record<ChoiceReason, { name: (version: number | null) => string; tag: string; about: string }> = {
  "first-workshop": {
    name: () => "First workshop",
    tag: "First workshop",
    about: "What nearly every engagement settles first",
  },
  "often-disputed": { name: () => "Often disputed", tag: "Often disputed", about: "Where sides usually differ" },
  unassigned: { name: () => "Unassigned", tag: "Unassigned", about: "Nobody does it, or nobody answers" },
  changed: {
    name: (version) => `Changed since version ${version}`,
    tag: "Changed",
    about: "What was agreed is different by now",
  },
  finding: { name: () => "With findings", tag: "Finding", about: "What would stop signing or cause an argument" },
};

/** What the workshop may be about: whole sets at once, or single duties and paths. */
export function ChoosePanel({ choices, version, matrix, matrixId, plan, timed, known, add, run }: ChooseProps) {
  const planned = useMemo(() => new Map(plan.items.map((item) => [keyOf(item.subject), item.id])), [plan.items]);
  if (matrix.duties.length + matrix.paths.length === 0)
    return (
      <section className={styles.choose} aria-labelledby="choose-title">
        <h2 id="choose-title">Choose</h2>
        <Empty title="This matrix has no duty yet">
          A workshop is about its duties. <Link to={paths.board(matrixId)}>Add some on the board</Link>
        </Empty>
      </section>
    );
  return (
    <section className={styles.choose} aria-labelledby="choose-title">
      <h2 id="choose-title">Choose</h2>
      <Sets
        choices={choices}
        version={version}
        matrix={matrix}
        planned={planned}
        free={plan.minutes === null ? 0 : plan.minutes - neededMinutes(timed)}
        add={add}
      />
      <Single choices={choices} version={version} matrix={matrix} planned={planned} known={known} add={add} run={run} />
    </section>
  );
}

type Planned = ReadonlyMap<string, string>;
type SetsProps = Pick<ChooseProps, "choices" | "version" | "matrix" | "add"> & {
  planned: Planned;
  /** The minutes that the plan leaves free. */
  free: number;
};

function Sets({ choices, version, matrix, planned, free, add }: SetsProps) {
  const room = LIMITS.workshopItems - planned.size;
  const suggested = useMemo(
    () =>
      suggestedDuties(
        matrix,
        choices,
        new Set([...planned.keys()].map((key) => key.replace(/^duty /, ""))),
        Math.floor(free / USUAL_ITEM_MINUTES),
      ).map((id) => ({ kind: "duty" as const, id })),
    [matrix, choices, planned, free],
  );
  const sets = [
    ...(suggested.length > 0
      ? [
          {
            key: "suggested",
            name: planned.size === 0 ? `Suggested for ${free} minutes` : `Suggested for the ${free} minutes left`,
            about: "The riskiest of the sets below, as many as fit",
            subjects: suggested,
          },
        ]
      : []),
    ...CHOICE_REASONS.filter((reason) => reason !== "changed" || version !== null).map((reason) => ({
      key: reason,
      name: REASONS[reason].name(version),
      about: REASONS[reason].about,
      subjects: subjectsFor(matrix, choices, reason),
    })),
    {
      key: "paths",
      name: "Escalation paths",
      about: "Whether they stand as they are written",
      subjects: subjectsFor(matrix, choices, "paths"),
    },
  ];
  return (
    <ul className={styles.sets} aria-label="Whole sets">
      {sets.map(({ key, name, about, subjects }) => (
        <SetRow key={key} name={name} about={about} subjects={subjects} planned={planned} room={room} add={add} />
      ))}
    </ul>
  );
}

type SetProps = {
  name: string;
  about: string;
  subjects: readonly Subject[];
  planned: Planned;
  /** How many items fit into the plan. */
  room: number;
  add: AddToPlan;
};

function SetRow({ name, about, subjects, planned, room, add }: SetProps) {
  const missing = subjects.filter((subject) => !planned.has(keyOf(subject)));
  const fitting = missing.slice(0, room);
  const cost = fitting.length * USUAL_ITEM_MINUTES;
  return (
    <li className={styles.set}>
      <div>
        <p className={styles.setName}>{name}</p>
        <p className={styles.quiet}>{about}</p>
      </div>
      {subjects.length === 0 ? (
        <span className={styles.quiet}>None</span>
      ) : missing.length === 0 ? (
        <span className={styles.all}>
          <Icon of={Check} size={14} />
          All {subjects.length} planned
        </span>
      ) : (
        <div className={styles.setAct}>
          <span className={styles.quiet}>
            {fitting.length < missing.length ? `${fitting.length} of ${missing.length} fit` : `${cost} min`}
          </span>
          <Button
            size="sm"
            icon={<Icon of={Plus} size={14} />}
            aria-label={`Add ${fitting.length}: ${name}, ${cost} minutes`}
            disabled={fitting.length === 0}
            title={fitting.length === 0 ? `A workshop has at most ${LIMITS.workshopItems} items.` : undefined}
            onClick={() => add(fitting, `${fitting.length} added to the plan, ${cost} minutes.`)}
          >
            Add {fitting.length}
          </Button>
        </div>
      )}
    </li>
  );
}

type SingleProps = Omit<ChooseProps, "plan" | "timed" | "matrixId"> & { planned: Planned };

function Single({ choices, version, matrix, planned, known, add, run }: SingleProps) {
  const [query, setQuery] = useState("");
  const [domain, setDomain] = useState("");
  const [kind, setKind] = useState("");
  const [reason, setReason] = useState<ChoiceReason | "">("");
  const [most, setMost] = useState(SHOWN);
  const asked = useDeferredValue(query);
  const groups = useMemo(
    () => groupsOf(matrix, choices, { query: asked, domain, kind, reason }),
    [matrix, choices, asked, domain, kind, reason],
  );
  const found = groups.reduce((sum, group) => sum + group.choices.length, 0);
  const toggle = useCallback(
    ({ subject, name }: Choice, itemId: string | null) => {
      if (itemId === null) add([subject], `${name} added to the plan.`);
      else run([{ type: "remove", itemIds: [itemId] }], `remove ${itemId}`, `${name} taken out of the plan.`);
    },
    [add, run],
  );
  const full = planned.size >= LIMITS.workshopItems;
  return (
    <>
      <div className={styles.filters}>
        <Field label="Find a duty" hideLabel className={styles.search}>
          <TextInput
            type="search"
            placeholder="Find a duty"
            value={query}
            onChange={({ target }) => {
              setQuery(target.value);
              setMost(SHOWN);
            }}
          />
        </Field>
        <Field label="Domain" hideLabel>
          <Select value={domain} onChange={({ target }) => setDomain(target.value)}>
            <option value="">All domains</option>
            <DomainOptions domains={matrix.domains} />
            {matrix.paths.length > 0 && <option value={PATHS}>Escalation paths</option>}
          </Select>
        </Field>
        <Field label="Why" hideLabel>
          <Select
            value={reason}
            onChange={({ target }) => setReason(CHOICE_REASONS.find((one) => one === target.value) ?? "")}
          >
            <option value="">For any reason</option>
            {CHOICE_REASONS.filter((one) => one !== "changed" || version !== null).map((one) => (
              <option key={one} value={one}>
                {REASONS[one].name(version)}
              </option>
            ))}
          </Select>
        </Field>
        <Field label="Kind and pressure" hideLabel className={styles.search}>
          <Select value={kind} onChange={({ target }) => setKind(target.value)}>
            <option value="">Any kind</option>
            <KindOptions />
          </Select>
        </Field>
      </div>
      {found === 0 ? (
        <p className={styles.nothing}>Nothing fits. Search for something else, or clear the filters.</p>
      ) : (
        <div className={styles.groups}>
          {cut(groups, most).map((group) => (
            <Group
              key={group.key}
              group={group}
              planned={planned}
              known={known}
              full={full}
              toggle={toggle}
              add={add}
            />
          ))}
        </div>
      )}
      {found > most && (
        <Button size="sm" onClick={() => setMost(most + SHOWN)}>
          Show {Math.min(SHOWN, found - most)} more of {found}
        </Button>
      )}
    </>
  );
}

/** The first rows of groups. */
function cut(groups: readonly ChoiceGroup[], most: number): (ChoiceGroup & { all: readonly Choice[] })[] {
  let left = most;
  return groups.flatMap((group) => {
    const choices = group.choices.slice(0, left);
    left -= choices.length;
    return choices.length === 0 ? [] : [{ ...group, choices, all: group.choices }];
  });
}

type GroupProps = {
  group: ChoiceGroup & { all: readonly Choice[] };
  planned: Planned;
  known: ReadonlyMap<string, PlanView>;
  full: boolean;
  toggle: (choice: Choice, itemId: string | null) => void;
  add: AddToPlan;
};

function Group({ group: { key, name, choices, all }, planned, known, full, toggle, add }: GroupProps) {
  const missing = all.filter(({ subject }) => !planned.has(keyOf(subject)));
  const fitting = missing.slice(0, LIMITS.workshopItems - planned.size);
  return (
    <section aria-labelledby={`choices-${key}`}>
      <header className={styles.groupHead}>
        <h3 id={`choices-${key}`}>
          <bdi translate="yes">{name}</bdi> <span className={styles.count}>{all.length}</span>
        </h3>
        {fitting.length > 1 && (
          <Button
            size="sm"
            variant="ghost"
            aria-label={`Add ${fitting.length} of ${name}`}
            onClick={() =>
              add(
                fitting.map(({ subject }) => subject),
                `${fitting.length} added to the plan.`,
              )
            }
          >
            Add {fitting.length}
          </Button>
        )}
      </header>
      <ul>
        {choices.map((choice) => {
          const itemId = planned.get(choice.key) ?? null;
          return (
            <ChoiceRow
              key={choice.key}
              choice={choice}
              itemId={itemId}
              stays={itemId !== null && (known.get(itemId)?.fixed ?? false)}
              full={full}
              toggle={toggle}
            />
          );
        })}
      </ul>
    </section>
  );
}

type RowProps = {
  choice: Choice;
  /** The id of its item in the plan; null where it isn't planned. */
  itemId: string | null;
  /** Something was said about it, so that it isn't taken out. */
  stays: boolean;
  full: boolean;
  toggle: (choice: Choice, itemId: string | null) => void;
};

const ChoiceRow = memo(function ChoiceRow({ choice, itemId, stays, full, toggle }: RowProps) {
  const remarks = [
    ...choice.reasons.map((reason) => REASONS[reason].tag),
    ...(choice.agreed ? ["Agreed by both sides"] : []),
    ...(stays ? ["Talked about: it stays"] : []),
  ];
  return (
    <li>
      <label className={styles.choice}>
        <input
          type="checkbox"
          checked={itemId !== null}
          disabled={stays || (full && itemId === null)}
          onChange={() => toggle(choice, itemId)}
        />
        <span className={styles.choiceWords}>
          <span>
            {choice.code && <span className={styles.code}>{choice.code}</span>}
            <bdi translate="yes">{choice.text}</bdi>
          </span>
          {remarks.length > 0 && <span className={styles.quiet}>{remarks.join(" · ")}</span>}
        </span>
      </label>
    </li>
  );
});
