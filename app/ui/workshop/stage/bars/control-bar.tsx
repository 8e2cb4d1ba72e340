import type { ReactNode } from "react";
import { Button } from "../../../primitives/button";
import { FieldError } from "../../../primitives/form/field";
import { ArrowLeft, Icon } from "../../../primitives/icon";
import { Kbd } from "../../../primitives/kbd";
import styles from "./control-bar.module.css";

/** One of the ways on from here, with its key. */
export type Way = { key: string; label: string; title?: string; icon?: ReactNode; act: () => void };

/** The bar below the stage: back, what is to know before going on, the ways beside, and the one way on that Space takes. */
export function ControlBar({
  back,
  hint,
  refused,
  ways,
  primary,
  busy,
}: {
  back: (() => void) | null;
  hint: string;
  refused: string | null;
  ways: readonly Way[];
  primary: { label: string; act: () => void } | null;
  busy: boolean;
}) {
  return (
    <section className={styles.bar} aria-label="Ways on">
      {back && (
        <Button variant="ghost" icon={<Icon of={ArrowLeft} />} onClick={back} className={styles.button}>
          Back <Kbd>←</Kbd>
        </Button>
      )}
      <div className={styles.hint}>
        {refused === null ? (
          <p>{hint}</p>
        ) : (
          <div role="alert">
            <FieldError>{refused}</FieldError>
          </div>
        )}
      </div>
      <div className={styles.ways}>
        {ways.map(({ key, label, title, icon, act }) => (
          <Button key={key} icon={icon} title={title} onClick={act} className={styles.button} variant="ghost">
            {label} <Kbd>{key}</Kbd>
          </Button>
        ))}
        {primary && (
          <Button variant="primary" onClick={primary.act} loading={busy} className={styles.primary}>
            <span className={styles.label}>{primary.label}</span> <Kbd>Space</Kbd>
          </Button>
        )}
      </div>
    </section>
  );
}
