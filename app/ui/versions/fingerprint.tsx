import { useRef, useState } from "react";
import { Button } from "../primitives/button";
import { Check, Copy, Icon } from "../primitives/icon";
import styles from "./fingerprint.module.css";

const eights = (text: string) => text.match(/.{1,8}/g) ?? [];

/** A fingerprint: its first eight characters, with buttons that show and copy the whole. */
export function Fingerprint({ value, previous }: { value: string; previous: string | null }) {
  const [copied, setCopied] = useState(false);
  const whole = useRef<HTMLElement>(null);
  const details = useRef<HTMLDetailsElement>(null);

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
      setCopied(true);
      setTimeout(() => setCopied(false), 3_000);
    } catch {
      if (details.current) details.current.open = true;
      if (whole.current) window.getSelection()?.selectAllChildren(whole.current);
    }
  }

  return (
    <div className={styles.fingerprint}>
      <details ref={details} className={styles.details}>
        <summary title="Show the whole fingerprint">
          <code>{value.slice(0, 8)}…</code>
        </summary>
        <div className={styles.panel}>
          <code ref={whole} className={styles.whole}>
            {eights(value).map((part, i) => (
              <span key={i}>{part}</span>
            ))}
          </code>
          <p>{previous ? `Chained to the version before, ${previous.slice(0, 8)}….` : "The first of its chain."}</p>
        </div>
      </details>
      <Button
        variant="ghost"
        size="sm"
        icon={<Icon of={copied ? Check : Copy} size={14} />}
        aria-label="Copy the whole fingerprint"
        title="Copy the whole fingerprint"
        onClick={() => void copy()}
      />
      <span role="status" className="vh">
        {copied ? "Fingerprint copied" : ""}
      </span>
    </div>
  );
}
