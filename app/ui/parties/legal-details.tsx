import type { Party } from "~/domain/matrix/shapes";
import { LEGAL, LEGAL_FIELDS } from "~/domain/parts/parties";
import { TextField } from "../duty/text-field";
import type { MatrixEditor } from "../editor/editor-types";
import styles from "./legal-details.module.css";

const HINTS = {
  name: "As in the register.",
  form: "Such as private limited company.",
  register: "With the name of the register.",
  address: "As on a letter.",
};

/** What a party is by law, as the schedule names it; each is optional. */
export function LegalDetails({ editor, party }: { editor: MatrixEditor; party: Party }) {
  const { legal } = party;
  const said = [legal.name, legal.form, legal.register, legal.address?.replaceAll("\n", ", ")].filter(Boolean);
  return (
    <details className={styles.legal}>
      <summary>
        Legal details
        <span className={styles.said}>
          {said.length === 0 ? "None yet" : <bdi translate="yes">{said.join(", ")}</bdi>}
        </span>
      </summary>
      <div className={styles.fields}>
        {LEGAL_FIELDS.map((field) => (
          <TextField
            key={field}
            label={LEGAL[field].label}
            hint={HINTS[field]}
            lines={LEGAL[field].rule.lines}
            value={legal[field] ?? ""}
            save={(text, was) =>
              editor.run(
                [{ type: "party.describe", partyId: party.id, set: { [field]: text }, was }],
                `${LEGAL[field].label}: changed for ${party.name}`,
              )
            }
          />
        ))}
      </div>
    </details>
  );
}
