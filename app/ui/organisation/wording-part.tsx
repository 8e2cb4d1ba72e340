import { paths } from "~/paths";
import type { OwnWording } from "~/services/organisation/wording.server";
import { Button } from "../primitives/button";
import { Form } from "../primitives/router";
import { Time } from "../primitives/time";
import styles from "./organisation-page.module.css";

/** The wording that an organisation's new matrices begin with. */
export function WordingPart({ wording, manages }: { wording: OwnWording | null; manages: boolean }) {
  return (
    <section className={styles.panel} aria-label="Wording">
      <div className={styles.item}>
        <div className={styles.preset}>
          <div className={styles.who}>
            <p>
              <b>Clauses and definitions</b>
            </p>
            <p className={styles.quiet}>
              {wording ? (
                <>
                  New matrices begin with your own wording, kept by <bdi>{wording.by}</bdi> on{" "}
                  <Time iso={wording.since} />.
                </>
              ) : (
                "New matrices begin with the standard wording. To keep your own, open the page Wording of a client’s matrix."
              )}
            </p>
          </div>
          {manages && wording && (
            <Form method="post" action={paths.organisation({ show: "presets" })} preventScrollReset>
              <Button type="submit" size="sm" variant="ghost" name="intent" value="drop-wording">
                Use the standard wording
              </Button>
            </Form>
          )}
        </div>
      </div>
    </section>
  );
}
