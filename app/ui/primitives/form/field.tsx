import { createContext, forwardRef, useContext, useId, type ComponentPropsWithoutRef, type ReactNode } from "react";
import { classNames } from "../class-names";
import styles from "./field.module.css";
import { CircleAlert, Icon } from "../icon";

type Wiring = { id: string; describedBy: string | undefined; invalid: boolean };
const FieldContext = createContext<Wiring | null>(null);

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  error?: string | null;
  hideLabel?: boolean;
  className?: string;
  children: ReactNode;
};

/**
 * A label, a control, a hint and an error. The control inside is connected to the three by ids (`aria-describedby`).
 */
export function Field({ label, hint, error, hideLabel = false, className, children }: FieldProps) {
  const id = useId();
  const described = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter(Boolean).join(" ");
  return (
    <FieldContext.Provider value={{ id, describedBy: described || undefined, invalid: Boolean(error) }}>
      <div className={classNames(styles.field, className)}>
        <label htmlFor={id} className={hideLabel ? "vh" : styles.label}>
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className={styles.hint}>
            {hint}
          </p>
        )}
        {children}
        {error && <FieldError id={`${id}-error`}>{error}</FieldError>}
      </div>
    </FieldContext.Provider>
  );
}

/** The sentence under a control that says what to change. */
export function FieldError({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p id={id} className={styles.error}>
      <Icon of={CircleAlert} size={14} />
      <span>{children}</span>
    </p>
  );
}

function useWiring(props: {
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: ComponentPropsWithoutRef<"input">["aria-invalid"];
}) {
  const wiring = useContext(FieldContext);
  return {
    id: props.id ?? wiring?.id,
    "aria-describedby": props["aria-describedby"] ?? wiring?.describedBy,
    "aria-invalid": props["aria-invalid"] ?? (wiring?.invalid || undefined),
  };
}

/** A text field. `dir="auto"` follows the direction of the text that is typed. */
export const TextInput = forwardRef<HTMLInputElement, ComponentPropsWithoutRef<"input">>(function TextInput(
  { className, autoFocus, ...rest },
  ref,
) {
  return (
    <input
      ref={ref}
      autoFocus={autoFocus}
      data-autofocus={autoFocus || undefined}
      type="text"
      dir="auto"
      autoComplete="off"
      className={classNames(styles.control, className)}
      {...rest}
      {...useWiring(rest)}
    />
  );
});

/** Several lines of text. */
export const TextArea = forwardRef<HTMLTextAreaElement, ComponentPropsWithoutRef<"textarea">>(function TextArea(
  { className, rows = 3, autoFocus, ...rest },
  ref,
) {
  return (
    <textarea
      ref={ref}
      autoFocus={autoFocus}
      data-autofocus={autoFocus || undefined}
      rows={rows}
      dir="auto"
      className={classNames(styles.control, styles.area, className)}
      {...rest}
      {...useWiring(rest)}
    />
  );
});

/** The browser's own choice list. */
export const Select = forwardRef<HTMLSelectElement, ComponentPropsWithoutRef<"select">>(function Select(
  { className, ...rest },
  ref,
) {
  return (
    <select ref={ref} className={classNames(styles.control, styles.select, className)} {...rest} {...useWiring(rest)} />
  );
});
