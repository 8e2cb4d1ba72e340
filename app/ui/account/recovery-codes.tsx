import { useRef, useState } from "react";
import { paths } from "~/paths";
import { Button, ButtonLink } from "../primitives/button";
import { Check, Copy, Download, Icon } from "../primitives/icon";
import styles from "./account-page.module.css";
import { Section } from "./section";

/** New recovery codes, which are shown once: to copy, to download, or to write down. */
export function RecoveryCodes({ codes }: { codes: string[] }) {
  const [copied, setCopied] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const text = `Demarc recovery codes, each works once\n\n${codes.join("\n")}\n`;

  async function copy() {
    // If the browser denies access to the clipboard, the codes are selected, so that they can be copied by hand.
    if (list.current) getSelection()?.selectAllChildren(list.current);
    await navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => undefined,
    );
  }

  return (
    <Section
      id="kept"
      title="Keep these recovery codes"
      lead="They sign you in when your phone is not at hand, each once. They are shown this once."
    >
      <ul ref={list} className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className={styles.acts}>
        <Button icon={<Icon of={copied ? Check : Copy} />} onClick={() => void copy()}>
          {copied ? "Copied" : "Copy"}
        </Button>
        <ButtonLink
          to={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="demarc-recovery-codes.txt"
          reloadDocument
          icon={<Icon of={Download} />}
        >
          Download
        </ButtonLink>
        <ButtonLink to={paths.account({ part: "second-factor" })} variant="primary">
          I have kept them
        </ButtonLink>
      </div>
    </Section>
  );
}
