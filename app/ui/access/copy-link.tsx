import { useRef, useState } from "react";
import { Button } from "../primitives/button";
import { Check, Copy, Icon } from "../primitives/icon";
import styles from "./access-page.module.css";

/** A link to pass on, with a button that copies it. */
export function CopyLink({ link, words }: { link: string; words: string }) {
  const [copied, setCopied] = useState(false);
  const field = useRef<HTMLInputElement>(null);

  async function copy() {
    field.current?.select();
    // If the browser denies access to the clipboard, the text is selected, so that it can be copied by hand.
    await navigator.clipboard?.writeText(link).then(
      () => setCopied(true),
      () => undefined,
    );
  }

  return (
    <div className={styles.link}>
      <p>{words}</p>
      <div>
        <input
          ref={field}
          readOnly
          value={link}
          aria-label="Link to hand over"
          dir="ltr"
          onFocus={(event) => event.target.select()}
        />
        <Button size="sm" icon={<Icon of={copied ? Check : Copy} size={14} />} onClick={() => void copy()}>
          {copied ? "Copied" : "Copy"}
        </Button>
      </div>
    </div>
  );
}
