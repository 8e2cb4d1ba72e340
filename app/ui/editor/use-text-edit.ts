import { useState, type ChangeEvent, type KeyboardEvent } from "react";
import type { Matrix } from "~/domain/matrix";
import type { Result } from "~/domain/result";
import { pressOf } from "../primitives/keys";

type TextEdit = { value: string; /** Several lines: Enter alone starts the next one. */ lines?: boolean; save: (text: string, was: string) => Result<Matrix> };

/**
 * A text that is stored when it is left or Enter is pressed; Escape puts back what stands. What it said when the typing
 * began goes along, so that nobody's text is replaced by somebody who never saw it. A refused one stays, with the reason.
 */
export function useTextEdit({ value, lines = false, save }: TextEdit) {
  const [draft, setDraft] = useState<{ text: string; was: string } | null>(null);
  const [error, setError] = useState<string | null>(null);

  function put(next: typeof draft, reason: string | null) {
    setDraft(next);
    setError(reason);
  }

  function commit() {
    if (!draft) return;
    const result = draft.text === draft.was ? null : save(draft.text, draft.was);
    if (result?.ok === false) put(draft, result.rejection.message);
    else put(null, null);
  }

  function press(event: KeyboardEvent) {
    const { key, control } = pressOf(event);
    if (key === "Enter" && (!lines || control)) {
      event.preventDefault();
      commit();
    } else if (key === "Escape" && draft) {
      event.preventDefault();
      event.stopPropagation();
      put(null, null);
    }
  }

  const change = ({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => setDraft({ text: target.value, was: draft?.was ?? value });
  return { error, control: { value: draft?.text ?? value, onBlur: commit, onKeyDown: press, onChange: change } };
}
