import { useRef, useState } from "react";
import { Button } from "../primitives/button";
import { Check, Copy, Icon } from "../primitives/icon";
import styles from "./access-page.module.css";

/** A link to hand over: shown whole, copied with one press. */
export function CopyLink({ link, words }: { link: string; words: string }) {
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  async function copy() {
    field.current?.select();
    // Where the browser keeps the clipboard from us, the selected text is there to be copied by hand.
    await navigator.clipboard?.writeText(link).then(() => setCopied(true), () => undefined);
  }

  return (
    <div className={styles.link}>
      <p>{words}</p>
      <div>
        <input ref={field} readOnly value={link} aria-label="Link to hand over" dir="ltr" onFocus={(event) => event.target.select()} />
        <Button size="sm" icon={<Icon of={copied ? Check : Copy} size={14} />} onClick={() => void copy()}>
          {copied ? "Copied" : "Copy"}
        </Button>
      </div>
    </div>
  );
}
