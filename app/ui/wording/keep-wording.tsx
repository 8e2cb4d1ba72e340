import agreed from "../agreed/agreed.module.css";
import { Button } from "../primitives/button";
import { Form, useNavigation } from "../primitives/router";
import { Time } from "../primitives/time";
import { CircleAlert } from "../primitives/icon";
import { Notice } from "../primitives/notice";
import styles from "./wording.module.css";

/** The organisation whose wording the reader may change, and who kept the one that it has. */
export type KeepsFor = { name: string; kept: { by: string; since: string } | null };

/** Keeps the wording of this matrix for an organisation's next ones. */
export function KeepWording({
  keepsFor: { name, kept },
  error,
  said,
}: {
  keepsFor: KeepsFor;
  error: string | null;
  said: string | null;
}) {
  const busy = useNavigation().formData?.get("intent") === "keep-wording";
  return (
    <section className={agreed.panel} aria-labelledby="keep-title" data-print="hide">
      <h2 id="keep-title">
        Wording of <bdi>{name}</bdi>
      </h2>
      <p className={agreed.lead}>
        {kept ? (
          <>
            New matrices begin with the wording that <bdi>{kept.by}</bdi> kept on <Time iso={kept.since} />. Keeping
            this one takes its place.
          </>
        ) : (
          "New matrices begin with the standard wording. Keep this one, and they begin with it."
        )}{" "}
        Where a text names one of the two sides, a field comes in its place. Matrices that are there stay as they are.
      </p>
      {error !== null && (
        <Notice icon={CircleAlert} tone="alert" formError>
          {error}
        </Notice>
      )}
      <Form method="post" className={styles.keep} preventScrollReset>
        <input type="hidden" name="intent" value="keep-wording" />
        <Button type="submit" loading={busy}>
          Keep as our wording
        </Button>
        <span role="status">{said}</span>
      </Form>
    </section>
  );
}
