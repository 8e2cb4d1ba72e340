import { useId } from "react";
import type { PresetChoice } from "~/services/engagement/library.server";
import type { OwnPreset } from "~/services/organisation/presets.server";
import { BalanceBar } from "../marks/balance-bar";
import { PartyMark } from "../marks/party-mark";
import styles from "./preset-card.module.css";

type PresetCardProps = {
  preset: PresetChoice;
  chosen: boolean;
  invalid: boolean;
  names: { client: string; provider: string };
};

/** A preset of the library as a choice: its meaning, and how many duties each side would do. */
export function PresetCard({ preset, chosen, invalid, names }: PresetCardProps) {
  const id = useId();
  const parts = [
    { key: "client", kind: "client", label: names.client.trim() || "Client", count: preset.counts.client },
    { key: "shared", kind: "shared", label: "Shared", count: preset.counts.shared },
    { key: "provider", kind: "provider", label: names.provider.trim() || "Provider", count: preset.counts.provider },
  ] as const;
  return (
    <label className={styles.card}>
      <span className={styles.head}>
        <input
          type="radio"
          name="preset"
          value={preset.id}
          defaultChecked={chosen}
          aria-describedby={id}
          aria-invalid={invalid || undefined}
        />
        <b>{preset.name}</b>
      </span>
      <span id={id} className={styles.about}>
        <span className={styles.meaning}>{preset.meaning}</span>
        <BalanceBar
          parts={[...parts]}
          size="board"
          label={parts.map(({ label, count }) => `${label} ${count}`).join(", ")}
        />
        <span className={styles.counts} aria-hidden="true">
          {parts.map(({ key, kind, label, count }) => (
            <span key={key} className={styles.count} title={label}>
              <PartyMark kind={kind} />
              <bdi className={styles.name}>{label}</bdi>
              <b>{count}</b>
            </span>
          ))}
        </span>
      </span>
    </label>
  );
}

/** A preset of the person's own organisation as a choice: its purpose and its number of duties. */
export function OwnPresetCard({
  preset: { id: value, name, meaning, duties },
  chosen,
  invalid,
}: {
  preset: OwnPreset;
  chosen: boolean;
  invalid: boolean;
}) {
  const id = useId();
  return (
    <label className={styles.card}>
      <span className={styles.head}>
        <input
          type="radio"
          name="preset"
          value={value}
          defaultChecked={chosen}
          aria-describedby={id}
          aria-invalid={invalid || undefined}
        />
        <b>
          <bdi>{name}</bdi>
        </b>
      </span>
      <span id={id} className={styles.about}>
        {meaning && <span className={styles.meaning}>{meaning}</span>}
        <span className={styles.count}>{duties === 1 ? "One duty" : `${duties} duties`}</span>
      </span>
    </label>
  );
}
