import { useState, type FormEvent, type ReactNode } from "react";
import { standingCommands } from "~/domain/editing/confirm-declining";
import { KIND_WORDS, PRESSURES, STANCES } from "~/domain/matrix/kinds";
import type { Matrix } from "~/domain/matrix/matrix";
import { DECISION_FIELDS, DECISIONS, DUTY_FIELDS, TODAY } from "~/domain/parts/duties";
import type { Decisions, Duty, Standing } from "~/domain/matrix/shapes";
import { indexOf, partiesHolding } from "~/domain/matrix/owner";
import { dayWords } from "~/domain/day-words";
import type { MatrixEditor } from "../editor/editor-types";
import { Button } from "../primitives/button";
import { Field, FieldError, Select, TextInput } from "../primitives/form/field";
import { useOwnParty } from "../draft/own-side";
import { AuthorityField } from "./authority-field";
import styles from "./drawer.module.css";
import type { DutyEdit } from "./duty-edit";
import { TextField } from "./text-field";

type SectionProps = { duty: Duty; edit: DutyEdit };

/** A folded section of the drawer. `summary` stands beside the title and says what is in it. */
export function Section({ title, summary, children }: { title: string; summary?: string; children: ReactNode }) {
  return (
    <details className={styles.section}>
      <summary>
        {title} {summary && <span dir="auto">{summary}</span>}
      </summary>
      <div className={styles.inside}>{children}</div>
    </details>
  );
}

/** What helps with writing a decision, where its label says too little. */
const HINTS: Partial<Record<keyof Decisions, string>> = {
  limit: "An amount with its currency, as in EUR 2,000",
  silence: "What holds when nobody answers in time",
};

/** Who decides, up to what, and what happens without an answer: part of the terms both sides agree to. */
export function DecisionsSection({ duty, edit, matrix }: SectionProps & { matrix: Matrix }) {
  const authority = DUTY_FIELDS.authorityId.words(duty.authorityId, matrix);
  return (
    <Section title="Decisions" summary={duty.decisions.decides || authority}>
      {DECISION_FIELDS.map((field) => (
        <TextField
          key={field}
          label={DECISIONS[field].label}
          hint={HINTS[field] ?? ""}
          value={duty.decisions[field] ?? ""}
          save={(value, was) => edit({ decisions: { [field]: value } }, "Decisions saved", was)}
        />
      ))}
      <AuthorityField duty={duty} edit={edit} matrix={matrix} />
    </Section>
  );
}

/** Which tools and standards apply, and where the knowledge is. */
export function ToolsSection({ duty, edit }: SectionProps) {
  const address = /^https?:\/\/\S+$/i.test(duty.documentation) ? duty.documentation : null;
  return (
    <Section title="Tools and documentation" summary={duty.tools || duty.documentation}>
      <TextField
        label={DUTY_FIELDS.tools.label}
        hint="Which, and whose"
        lines
        value={duty.tools}
        save={(tools, was) => edit({ tools }, "Tools and standards saved", was)}
      />
      <TextField
        label={DUTY_FIELDS.documentation.label}
        hint="An address or a place"
        value={duty.documentation}
        save={(documentation, was) => edit({ documentation }, "Documentation saved", was)}
      />
      {address && (
        <a href={address} target="_blank" rel="noreferrer noopener">
          Open the documentation
        </a>
      )}
      <TextField
        label={DUTY_FIELDS.knowledge.label}
        value={duty.knowledge}
        save={(knowledge, was) => edit({ knowledge }, "Knowledge saved", was)}
      />
      {duty.cis.length + duty.csf.length > 0 && (
        <p className={styles.tags}>
          {duty.cis.map((number) => (
            <span key={number}>CIS {number}</span>
          ))}
          {duty.csf.map((code) => (
            <span key={code}>NIST {code}</span>
          ))}
        </p>
      )}
    </Section>
  );
}

/** The words by which people search for this duty. */
export function SearchWordsSection({ duty, edit }: SectionProps) {
  return (
    <Section title="Search words" summary={duty.searchWords}>
      <TextField
        label="What people say who mean this"
        hint="With commas between, as in: badge reader, door won’t open. “Who owns this?” and the search find the duty by them; not part of what is signed"
        value={duty.searchWords}
        save={(searchWords) => edit({ searchWords }, "Search words saved")}
      />
    </Section>
  );
}

/** How the duty is done today, before anything changes. */
export function TodaySection({ duty, edit }: SectionProps) {
  const { today } = duty;
  const text = (field: "how" | "tried" | "risk") => ({
    value: today[field] ?? "",
    save: (value: string, was: string) => edit({ today: { [field]: value } }, "Today saved", was),
  });
  return (
    <Section title="Today" summary={today.how}>
      <TextField label={TODAY.how.label} lines {...text("how")} />
      <TextField label={TODAY.tried.label} lines {...text("tried")} />
      <TextField label={TODAY.risk.label} lines {...text("risk")} />
      <Field label={TODAY.compromise.label}>
        <Select
          value={today.compromise ?? ""}
          onChange={(event) =>
            edit(
              {
                today: {
                  compromise:
                    event.target.value === "conscious"
                      ? "conscious"
                      : event.target.value === "accident"
                        ? "accident"
                        : "",
                },
              },
              "Today saved",
            )
          }
        >
          <option value="">Not said</option>
          <option value="conscious">Conscious</option>
          <option value="accident">By accident</option>
        </Select>
      </Field>
    </Section>
  );
}

/** When it must be covered, by whom for a while, and what kind of duty it is. */
export function CoverSection({ duty, edit, matrix }: SectionProps & { matrix: Matrix }) {
  const { coverPeriod } = duty;
  const party = coverPeriod ? indexOf(matrix).party.get(coverPeriod.partyId) : null;
  const reserves = useOwnParty()?.kind === "client";
  return (
    <Section
      title="Cover and kind"
      summary={
        coverPeriod
          ? `${party?.name ?? ""}, ${dayWords(coverPeriod.from)} to ${dayWords(coverPeriod.to)}`
          : `${duty.cover === "24x7" ? "24x7" : "Office hours"} · ${KIND_WORDS[duty.stance]}`
      }
    >
      <div className={styles.two}>
        <Field label="Cover">
          <Select
            value={duty.cover}
            onChange={(event) =>
              edit({ cover: event.target.value === "24x7" ? "24x7" : "office-hours" }, "Cover saved")
            }
          >
            <option value="office-hours">Office hours</option>
            <option value="24x7">24x7</option>
          </Select>
        </Field>
        <Field label={DUTY_FIELDS.stance.label}>
          <Select
            value={duty.stance}
            onChange={(event) => edit({ stance: event.target.value === "invest" ? "invest" : "defend" }, "Kind saved")}
          >
            {STANCES.map((stance) => (
              <option key={stance} value={stance}>
                {KIND_WORDS[stance]}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <p className={styles.hint}>
        Defend keeps what runs safe and running, Invest builds what comes next. Kind and pressures are not part of what
        is signed.
      </p>
      <Pressures duty={duty} edit={edit} />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={duty.reserved}
          disabled={!reserves}
          onChange={(event) =>
            edit(
              { reserved: event.target.checked },
              event.target.checked ? "Reserved to the client" : "No longer reserved",
            )
          }
        />
        Reserved: direction, priorities, budget or risk. The client keeps answering, whoever does it
        {reserves ? "" : ", and alone decides this"}.
      </label>
      <Field label="Early win, by" hint="A duty chosen to remove friction first">
        <TextInput
          type="date"
          value={duty.earlyWin ?? ""}
          onChange={(event) =>
            edit(
              { earlyWin: event.target.value || null },
              event.target.value ? "Early win saved" : "No longer an early win",
            )
          }
        />
      </Field>
      <CoverPeriodForm key={JSON.stringify(coverPeriod)} duty={duty} edit={edit} matrix={matrix} />
    </Section>
  );
}

/** Which of the five pressures make the duty matter. */
function Pressures({ duty, edit }: SectionProps) {
  const { pressures } = duty;
  return (
    <fieldset className={styles.choices}>
      <legend>{DUTY_FIELDS.pressures.label}</legend>
      {PRESSURES.map((pressure) => (
        <label key={pressure} className={styles.check}>
          <input
            type="checkbox"
            checked={pressures.includes(pressure)}
            onChange={(event) =>
              edit(
                {
                  pressures: event.target.checked
                    ? [...pressures, pressure]
                    : pressures.filter((other) => other !== pressure),
                },
                "Pressures saved",
              )
            }
          />
          {KIND_WORDS[pressure]}
        </label>
      ))}
    </fieldset>
  );
}

function CoverPeriodForm({ duty, edit, matrix }: SectionProps & { matrix: Matrix }) {
  const [partyId, setPartyId] = useState(
    duty.coverPeriod?.partyId ??
      matrix.parties.find(({ id }) => id !== partiesHolding(matrix, duty, "R")[0]?.id)?.id ??
      "",
  );
  const [from, setFrom] = useState(duty.coverPeriod?.from ?? "");
  const [to, setTo] = useState(duty.coverPeriod?.to ?? "");
  const [error, setError] = useState<string | null>(null);

  function save(event: FormEvent) {
    event.preventDefault();
    if (from === "" || to === "") return setError("Choose the first and the last day.");
    const result = edit({ coverPeriod: { partyId, from, to } }, "Cover period saved");
    setError(result.ok ? null : result.rejection.message);
  }

  return (
    <form className={styles.block} onSubmit={save}>
      <h3>Covered by another party for a while</h3>
      <Field label="Party">
        <Select value={partyId} onChange={(event) => setPartyId(event.target.value)}>
          {matrix.parties.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </Select>
      </Field>
      <div className={styles.two}>
        <Field label="First day">
          <TextInput type="date" value={from} onChange={(event) => setFrom(event.target.value)} />
        </Field>
        <Field label="Last day">
          <TextInput type="date" value={to} onChange={(event) => setTo(event.target.value)} />
        </Field>
      </div>
      {error && <FieldError>{error}</FieldError>}
      <div className={styles.two}>
        <Button type="submit" size="sm">
          Save the cover
        </Button>
        {duty.coverPeriod && (
          <Button size="sm" variant="ghost" onClick={() => edit({ coverPeriod: null }, "Cover ended")}>
            End the cover
          </Button>
        )}
      </div>
    </form>
  );
}

const STANDINGS: readonly [Standing["kind"] | "", string][] = [
  ["", "Applies"],
  ["not-applicable", "Doesn't apply (N/A)"],
  ["parked", "Parked"],
  ["declined", "Declined"],
];

/** Whether the duty applies, waits, or is declined at somebody's risk. */
export function StandingSection({ duty, editor }: { duty: Duty; editor: MatrixEditor }) {
  const summary = STANDINGS.find(([kind]) => kind === (duty.standing?.kind ?? ""))?.[1];
  return (
    <Section title="Standing" summary={summary}>
      <StandingForm key={JSON.stringify(duty.standing)} duty={duty} editor={editor} />
    </Section>
  );
}

function StandingForm({ duty, editor }: { duty: Duty; editor: MatrixEditor }) {
  const { standing } = duty;
  const own = useOwnParty();
  const bearing = indexOf(editor.matrix).client?.name ?? "the client";
  const [kind, setKind] = useState<string>(standing?.kind ?? "");
  const [reason, setReason] = useState(standing && "reason" in standing ? standing.reason : "");
  const [person, setPerson] = useState(
    standing?.kind === "parked" ? standing.owner : standing?.kind === "declined" ? standing.riskOwner : "",
  );
  const [until, setUntil] = useState(standing && "until" in standing ? standing.until : "");
  const [error, setError] = useState<string | null>(null);

  function save(event: FormEvent) {
    event.preventDefault();
    if ((kind === "parked" || kind === "declined") && until === "")
      return setError("Choose the day until which this holds.");
    const next: Standing | null =
      kind === "parked"
        ? { kind, owner: person, until }
        : kind === "declined"
          ? { kind, reason, riskOwner: person, until }
          : kind === "not-applicable"
            ? { kind, reason }
            : null;
    const result = editor.run(standingCommands(editor.matrix, duty.id, next, own?.id ?? null), "Standing saved");
    setError(result.ok ? null : result.rejection.message);
  }

  return (
    <form className={styles.inside} onSubmit={save}>
      <Field label="This duty">
        <Select value={kind} onChange={(event) => setKind(event.target.value)}>
          {STANDINGS.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
      </Field>
      {(kind === "not-applicable" || kind === "declined") && (
        <Field label="Reason">
          <TextInput value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      )}
      {(kind === "parked" || kind === "declined") && (
        <div className={styles.two}>
          <Field label={kind === "parked" ? "Taken up again by" : `Risk owner at ${bearing}`}>
            <TextInput value={person} onChange={(event) => setPerson(event.target.value)} />
          </Field>
          <Field label={kind === "parked" ? "On" : "Until"}>
            <TextInput type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
          </Field>
        </div>
      )}
      {kind === "declined" && own?.name !== bearing && (
        <p className={styles.hint}>
          {bearing} bears the risk of what nobody does. It can’t be signed before {bearing} confirms it.
        </p>
      )}
      {error && <FieldError>{error}</FieldError>}
      <div>
        <Button type="submit" size="sm">
          Save the standing
        </Button>
      </div>
    </form>
  );
}

/** Which roles would take a duty over when it is moved. */
export function SuggestionsSection({ duty, editor }: { duty: Duty; editor: MatrixEditor }) {
  const { rolesOf } = indexOf(editor.matrix);
  return (
    <Section title="When a party takes it over">
      <p className={styles.hint}>
        Which of its roles would do it and answer for it. Used when the duty is moved; not part of what is signed.
      </p>
      {editor.matrix.parties.map((party) => {
        const roles = rolesOf.get(party.id) ?? [];
        const now = duty.suggestions[party.id] ?? { does: null, answers: null };
        const choose = (part: "does" | "answers") => (
          <Field label={part === "does" ? `${party.name}: would do it` : `${party.name}: would answer`}>
            <Select
              value={now[part] ?? ""}
              onChange={(event) =>
                editor.run(
                  [
                    {
                      type: "duty.suggest",
                      dutyId: duty.id,
                      partyId: party.id,
                      suggestion: { ...now, [part]: event.target.value || null },
                    },
                  ],
                  "Suggestion saved",
                )
              }
            >
              <option value="">Its lead</option>
              {roles.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
        );
        return (
          <div key={party.id} className={styles.two}>
            {choose("does")}
            {party.kind !== "third-party" && choose("answers")}
          </div>
        );
      })}
    </Section>
  );
}
