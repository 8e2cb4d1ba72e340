import { useEffect, useRef, useState, type ChangeEvent, type KeyboardEvent } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import type { Result } from "~/domain/result";
import { pressOf } from "../primitives/keys";

type TextEdit = {
  value: string;
  /** A field of several lines, where Enter starts a new line and Ctrl Enter saves. */ lines?: boolean;
  save: (text: string, was: string) => Result<Matrix>;
};

/**
 * A text field that saves on blur or Enter; Escape restores the stored text. The text from when typing began is sent
 * along (`was`), so that the server can refuse to replace a text that its writer never saw. A refused text stays, with
 * the reason.
 */
export function useTextEdit({ value, lines = false, save }: TextEdit) {
  const [draft, setDraft] = useState<{ text: string; was: string } | null>(null);
  const [error, setError] = useState<string | null>(null);

  function put(next: typeof draft, reason: string | null) {
    setDraft(next);
    setError(reason);
  }

  // Somebody else may delete what is being written on, which takes the field away: the text is handed in all the same.
  const left = useRef({ draft, save });
  left.current = { draft, save };
  useEffect(
    () => () => {
      const { draft: unsaved, save: hand } = left.current;
      if (unsaved && unsaved.text !== unsaved.was) hand(unsaved.text, unsaved.was);
    },
    [],
  );

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

  const change = ({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    setDraft({ text: target.value, was: draft?.was ?? value });
  return { error, control: { value: draft?.text ?? value, onBlur: commit, onKeyDown: press, onChange: change } };
}
