import { Suspense, useState, type ReactNode } from "react";
import { paths } from "~/paths";
import type { MatrixEditor, SaveState } from "../editor/editor-types";
import { Button, ButtonLink } from "../primitives/button";
import { lazily } from "../primitives/lazily";
import {
  Check,
  CircleAlert,
  Icon,
  LoaderCircle,
  Lock,
  TriangleAlert,
  WifiOff,
  type LucideIcon,
} from "../primitives/icon";
import { useLocation } from "../primitives/router";
import { choicesOf, OvertakenNotice } from "./overtaken-notice";
import { RefusedNotice } from "./refused-notice";
import styles from "./save-indicator.module.css";

const edits = (count: number) => (count === 1 ? "1 edit" : `${count} edits`);

const SHORT: Record<SaveState["kind"], { icon: LucideIcon; word: (save: SaveState) => string; meaning: string }> = {
  saved: { icon: Check, word: () => "Saved", meaning: "Every edit of this window is stored." },
  saving: { icon: LoaderCircle, word: () => "Saving", meaning: "The last edits are on their way." },
  offline: {
    icon: WifiOff,
    word: (save) => `Offline, ${edits(unsavedOf(save))} kept`,
    meaning: "The server can't be reached.",
  },
  failing: {
    icon: TriangleAlert,
    word: (save) => `Not saved, ${edits(unsavedOf(save))} kept`,
    meaning: "The server can't store edits now.",
  },
  "signed-out": {
    icon: Lock,
    word: (save) => (unsavedOf(save) > 0 ? `Signed out, ${edits(unsavedOf(save))} kept` : "Signed out"),
    meaning: "Sign in again to go on.",
  },
  locked: {
    icon: Lock,
    word: (save) => (unsavedOf(save) > 0 ? `No access, ${edits(unsavedOf(save))} kept` : "No access"),
    meaning: "You can't edit this matrix any more.",
  },
};
const REFUSED = { icon: CircleAlert, word: "An edit was refused", meaning: "What it was and why is shown below." };

function unsavedOf(save: SaveState): number {
  return "unsaved" in save ? save.unsaved : 0;
}

/** The save state of this window's edits, in a word. */
export function SaveIndicator({ editor: { save, refused } }: { editor: MatrixEditor }) {
  const refusal = save.kind === "saved" && refused.length > 0;
  const { icon, word, meaning } = refusal ? { ...REFUSED, word: () => REFUSED.word } : SHORT[save.kind];
  return (
    <p className={styles.indicator} data-kind={refusal ? "refused" : save.kind} title={meaning}>
      <Icon of={icon} size={14} className={save.kind === "saving" ? styles.turning : undefined} />
      <span className={styles.word}>{word(save)}</span>
    </p>
  );
}

/** Whether there is anything that `SaveNotice` says. */
export function hasSaveNotice(editor: MatrixEditor): boolean {
  const { save, refused } = editor;
  return (save.kind !== "saved" && save.kind !== "saving") || refused.length > 0 || choicesOf(editor).length > 0;
}

/** A notice while edits can't be stored or one was refused: what happened, what becomes of the edits, what to do. */
export function SaveNotice({
  editor,
  live = true,
}: {
  editor: MatrixEditor;
  /** Whether screen readers announce it. Of two on one page only one does. */ live?: boolean;
}) {
  const { save } = editor;
  return (
    <>
      <div {...(live ? { role: "status", "aria-live": "polite" } : {})} data-print="hide">
        {save.kind === "offline" && (
          <FrameNotice icon={WifiOff} tone="plain" action={<TryNow editor={editor} />}>
            You are offline. {edits(save.unsaved)} {save.unsaved === 1 ? "is" : "are"} kept here and will be sent when
            you are back.
          </FrameNotice>
        )}
        {save.kind === "failing" && (
          <FrameNotice icon={TriangleAlert} tone="alert" action={<TryNow editor={editor} />}>
            {save.message} {edits(save.unsaved)} {save.unsaved === 1 ? "is" : "are"} not saved yet, kept here and tried
            again.
          </FrameNotice>
        )}
        {save.kind === "signed-out" && (
          <FrameNotice icon={Lock} tone="plain" action={<SignInAgain />}>
            You are signed out.{" "}
            {save.unsaved > 0
              ? `${edits(save.unsaved)} ${save.unsaved === 1 ? "is" : "are"} kept here and will be sent once you sign in again.`
              : "Sign in again to go on."}
          </FrameNotice>
        )}
        {save.kind === "locked" && (
          <FrameNotice icon={Lock} tone="alert" action={save.unsaved > 0 && <ShowUnsent editor={editor} />}>
            {save.message}{" "}
            {save.unsaved > 0 &&
              `${edits(save.unsaved)} could not be stored; you can still read and copy ${save.unsaved === 1 ? "it" : "them"}.`}
          </FrameNotice>
        )}
      </div>
      <RefusedNotice editor={editor} live={live} />
      <OvertakenNotice editor={editor} live={live} />
    </>
  );
}

/** Links to the sign-in page, which leads back here. The page is then loaded anew and sends the queue. */
function SignInAgain() {
  const { pathname, search } = useLocation();
  return (
    <ButtonLink size="sm" to={paths.signIn(`${pathname}${search}`)} reloadDocument>
      Sign in
    </ButtonLink>
  );
}

const { Component: UnsentEdits } = lazily(async () => (await import("./unsent-edits")).UnsentEdits);

function ShowUnsent({ editor }: { editor: MatrixEditor }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button size="sm" onClick={() => setOpen(true)}>
        Show them
      </Button>
      {open && (
        <Suspense>
          <UnsentEdits before={editor.stored} after={editor.matrix} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}

function TryNow({ editor }: { editor: MatrixEditor }) {
  return (
    <Button size="sm" onClick={editor.retry}>
      Try now
    </Button>
  );
}

/** A notice across the frame. */
export function FrameNotice({
  icon,
  tone,
  action,
  children,
}: {
  icon: LucideIcon;
  tone: "plain" | "alert";
  action: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles.notice} data-tone={tone}>
      <Icon of={icon} />
      <p className={styles.words}>{children}</p>
      {action}
    </div>
  );
}
