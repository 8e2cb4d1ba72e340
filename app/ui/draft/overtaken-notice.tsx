import type { ReactNode } from "react";
import { singleTextOf } from "~/domain/editing/one-text";
import { normaliseText } from "~/domain/text";
import type { MatrixEditor, Overtaken } from "../editor/editor-types";
import { writtenIn } from "../editor/edit-words";
import { Button } from "../primitives/button";
import styles from "./overtaken-notice.module.css";

/** Shows both texts where somebody else changed one while it was written here, with buttons to choose. */
export function OvertakenNotice({ editor, live }: { editor: MatrixEditor; live: boolean }) {
  const choices = choicesOf(editor);
  return (
    <>
      {live && (
        <p className="vh" role="status">
          {choices.map(({ sentence }) => sentence).join(" ")}
        </p>
      )}
      {choices.map(({ overtaken, key, sentence, stands, mine }) => (
        <div
          key={key}
          role={live ? "region" : "group"}
          className={styles.choice}
          aria-label={sentence}
          data-print="hide"
        >
          <p className={styles.words}>{sentence}</p>
          <Text title="Stands now" text={stands ?? ""}>
            <Button size="sm" onClick={(event) => choose(editor, overtaken, "theirs", event.currentTarget)}>
              {stands === null ? "Leave it" : "Keep it"}
            </Button>
          </Text>
          <Text title="You wrote" text={mine}>
            {stands !== null && (
              <Button size="sm" onClick={(event) => choose(editor, overtaken, "mine", event.currentTarget)}>
                Use mine
              </Button>
            )}
          </Text>
        </div>
      ))}
    </>
  );
}

type Choice = {
  overtaken: Overtaken;
  key: string;
  sentence: string;
  /** The other text; null if what it belonged to was deleted. */ stands: string | null;
  mine: string;
};

/** The overtaken texts that wait for a choice. */
export function choicesOf({ matrix, overtaken }: MatrixEditor): Choice[] {
  return overtaken.flatMap((one, i): Choice[] => {
    const text = singleTextOf(matrix, one.command);
    if (!text)
      return [
        {
          overtaken: one,
          key: `gone-${i}`,
          sentence: "What you wrote a text for was deleted meanwhile. Copy it where you need it.",
          stands: null,
          mine: writtenIn(one.command),
        },
      ];
    const mine = normaliseText(text.set, true);
    return mine === text.stands
      ? []
      : [
          {
            overtaken: one,
            key: text.key,
            sentence: `${text.called} was changed meanwhile. Choose which of the two texts stands.`,
            stands: text.stands,
            mine,
          },
        ];
  });
}

/** Choosing removes the focused button, so the focus moves to the drawer or the page around it. */
function choose(editor: MatrixEditor, overtaken: Overtaken, which: "mine" | "theirs", button: HTMLElement) {
  const place = button.closest<HTMLElement>("aside[tabindex]") ?? document.getElementById("content");
  editor.choose(overtaken, which);
  place?.focus({ preventScroll: true });
}

function Text({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <div className={styles.side}>
      <h2 className={styles.title}>{title}</h2>
      <blockquote dir="auto" tabIndex={0} className={styles.text}>
        {text === "" ? <em>Nothing</em> : text}
      </blockquote>
      {children}
    </div>
  );
}
