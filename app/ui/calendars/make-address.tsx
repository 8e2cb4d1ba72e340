import { useState } from "react";
import { paths } from "~/paths";
import type { CalendarChoice } from "~/services/access/calendars.server";
import { CopyLink } from "../access/copy-link";
import { Button } from "../primitives/button";
import { fetchJson } from "./fetch-json";
import { FieldError } from "../primitives/form/field";
import styles from "./calendars.module.css";

type MakeAddressProps = {
  matrixId: string;
  /** What the calendar is about; null where something has to be chosen first, which `onMissing` says. */
  choice: () => CalendarChoice | null;
};

const UNREACHED = "The server can't be reached. No calendar was made; try again once you are back online.";

/** Makes a private address for a calendar and shows it this once. */
export function MakeAddress({ matrixId, choice }: MakeAddressProps) {
  const [link, setLink] = useState<string | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function make() {
    const calendar = choice();
    if (!calendar) return;
    setBusy(true);
    const made = await fetchJson<{ link: string }>(paths.calendars(matrixId), UNREACHED, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: "address", calendar }),
    });
    setBusy(false);
    setTrouble(made.ok ? null : made.message);
    setLink(made.ok ? made.value.link : null);
  }

  return (
    <div className={styles.make}>
      <div>
        <Button onClick={() => void make()} loading={busy}>
          Make a private address
        </Button>
      </div>
      {trouble !== null && (
        <div role="alert">
          <FieldError>{trouble}</FieldError>
        </div>
      )}
      <div aria-live="polite">
        {link !== null && (
          <CopyLink
            link={link}
            words="Add it to a calendar program as a subscription. It is shown this once; whoever has it reads the calendar. You and owners end it under Access."
          />
        )}
      </div>
    </div>
  );
}
