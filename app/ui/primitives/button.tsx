import { forwardRef, type ComponentPropsWithoutRef, type MouseEvent, type ReactNode } from "react";
import styles from "./button.module.css";
import { classNames } from "./class-names";
import { Icon, LoaderCircle } from "./icon";
import { Link, type LinkProps } from "./router";

type Look = { variant?: "default" | "primary" | "ghost"; size?: "sm" | "md" | "lg"; icon?: ReactNode };
export type ButtonProps = ComponentPropsWithoutRef<"button"> & Look & { loading?: boolean };
type ButtonLinkProps = LinkProps & Look;

function lookOf({ variant = "default", size = "md" }: Look, children: ReactNode, className?: string): string {
  const square = children === undefined || children === null;
  return classNames(styles.button, styles[variant], styles[size], square && styles.square, className);
}

/**
 * A button. With an icon and no text it is square and needs an `aria-label`. While loading it keeps focus and ignores
 * clicks.
 */
export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant, size, icon, loading = false, className, children, type = "button", onClick, ...rest },
  ref,
) {
  function handleClick(event: MouseEvent<HTMLButtonElement>) {
    if (loading) event.preventDefault();
    else onClick?.(event);
  }
  return (
    <button
      ref={ref}
      type={type}
      className={lookOf({ variant, size }, children, classNames(loading && styles.loading, className))}
      aria-disabled={loading || undefined}
      aria-busy={loading || undefined}
      onClick={handleClick}
      {...rest}
    >
      {loading ? <Icon of={LoaderCircle} className={styles.spinner} /> : icon}
      {children}
    </button>
  );
});

/** A link that looks like a button. */
export function ButtonLink({ variant, size, icon, className, children, ...rest }: ButtonLinkProps) {
  return (
    <Link className={lookOf({ variant, size }, children, className)} {...rest}>
      {icon}
      {children}
    </Link>
  );
}
