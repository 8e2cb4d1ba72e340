import { useId, useRef, useState, type FocusEvent } from "react";
import type { Authority } from "~/domain/matrix/escalation-shapes";
import type { Matrix } from "~/domain/matrix/matrix";
import { amountWords, AUTHORITY_FIELDS } from "~/domain/parts/authorities";
import type { Result } from "~/domain/result";
import agreed from "../agreed/agreed.module.css";
import { Field, FieldError, TextInput } from "../primitives/form/field";
import { amountFrom } from "~/domain/typed-amount";
import { pressOf } from "../primitives/keys";

type Amount = Pick<Authority, "upTo" | "currency">;

const CURRENCIES = ["EUR", "GBP", "USD", "AUD", "CAD", "CHF", "CZK", "DKK", "JPY", "NOK", "NZD", "PLN", "SEK", "SGD"];

/**
 * An amount and its currency, which are only ever stored together. Both are saved when the pair is left; an emptied
 * amount takes its currency with it.
 */
export function AmountField({
  authority: { upTo, currency },
  usual,
  save,
}: {
  authority: Amount;
  /** The currency that another authority has. */ usual: string;
  save: (amount: Amount) => Result<Matrix>;
}) {
  const [draft, setDraft] = useState<{ amount: string; currency: string } | null>(null);
  const [error, setError] = useState<string | null>(null);
  const pair = useRef<HTMLDivElement>(null);
  const id = useId();
  const stored = { amount: upTo === null ? "" : amountWords(upTo), currency };
  const written = draft ?? stored;

  function commit() {
    if (!draft) return;
    const next = amountOf(draft);
    const problem = typeof next === "string" ? next : null;
    const result = typeof next === "string" || (next.upTo === upTo && next.currency === currency) ? null : save(next);
    const refused = problem ?? (result?.ok === false ? result.rejection.message : null);
    setError(refused);
    if (refused === null) setDraft(null);
  }

  function amountOf({ amount, currency: code }: { amount: string; currency: string }): Amount | string {
    if (amount.trim() === "") return { upTo: null, currency: "" };
    const read = amountFrom(amount);
    if (read === null) return "Write a whole amount, such as 5000, or leave it empty.";
    const letters = (code.trim() || usual).toUpperCase();
    return /^[A-Z]{3}$/.test(letters)
      ? { upTo: read, currency: letters }
      : "Add its currency in three letters, as in EUR.";
  }

  const leave = ({ relatedTarget }: FocusEvent) => {
    if (!(relatedTarget instanceof Node && pair.current?.contains(relatedTarget))) commit();
  };

  return (
    <div
      ref={pair}
      className={agreed.pair}
      onBlur={leave}
      onKeyDown={(event) => {
        const { key } = pressOf(event);
        if (key === "Enter") commit();
        else if (key === "Escape" && draft) {
          setDraft(null);
          setError(null);
        } else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <Field label={AUTHORITY_FIELDS.upTo.label} hint="Empty where there is no limit of money.">
        <TextInput
          inputMode="numeric"
          value={written.amount}
          aria-invalid={error !== null || undefined}
          aria-describedby={error ? id : undefined}
          onChange={({ target }) => setDraft({ ...written, amount: target.value })}
        />
      </Field>
      <Field label={AUTHORITY_FIELDS.currency.label} hint="As in EUR.">
        <TextInput
          list={`${id}-currencies`}
          maxLength={3}
          translate="no"
          value={written.currency}
          onChange={({ target }) => setDraft({ ...written, currency: target.value.toUpperCase() })}
        />
      </Field>
      <datalist id={`${id}-currencies`}>
        {CURRENCIES.map((code) => (
          <option key={code} value={code} />
        ))}
      </datalist>
      {error && <FieldError id={id}>{error}</FieldError>}
    </div>
  );
}
