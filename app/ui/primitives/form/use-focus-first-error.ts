import { useEffect, type RefObject } from "react";

/** Moves the focus to the first control marked as wrong whenever a new set of errors arrives. */
export function useFocusFirstError(form: RefObject<HTMLElement>, errors: Record<string, string>): void {
  useEffect(() => {
    if (Object.keys(errors).length === 0) return;
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-form-error]');
    wrong?.focus();
  }, [errors, form]);
}
