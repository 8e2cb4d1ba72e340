import { useMemo } from "react";
import type { Matrix } from "~/domain/matrix/matrix";
import { indexOf } from "~/domain/matrix/owner";
import type { MatrixEditor } from "../editor/editor-types";
import { AccountabilitySetting } from "./accountability-setting";
import { AddThirdParty } from "./add-third-party";
import { DomainsPanel } from "./domains-panel";
import { PartyPanel } from "./party-panel";
import { RulesPanel } from "./rules-panel";
import styles from "./parties-page.module.css";

/** Who takes part in the matrix: the parties with their roles, how accountability moves, and the domains. */
export function PartiesPage({ editor }: { editor: MatrixEditor }) {
  const { matrix } = editor;
  const { client, provider, rolesOf } = indexOf(matrix);
  const letters = useMemo(() => countLetters(matrix), [matrix]);
  const thirdParties = matrix.parties.filter(({ kind }) => kind === "third-party");
  const ordered = [client, provider, ...thirdParties].filter((party) => party !== null);
  return (
    <div className={styles.page}>
      <header>
        <h1>Parties and roles</h1>
        <p className={styles.about}>
          A role is a column of the matrix and belongs to one party. The lead of a party stands in where a duty names
          nobody. Only client and provider sign.
        </p>
      </header>
      <fieldset disabled={editor.readOnly} className={styles.all}>
        <div className={styles.panels}>
          {ordered.map((party) => (
            <PartyPanel
              key={party.id}
              editor={editor}
              party={party}
              roles={rolesOf.get(party.id) ?? []}
              letters={letters}
            />
          ))}
          <AddThirdParty editor={editor} />
        </div>
        <AccountabilitySetting editor={editor} />
        <RulesPanel editor={editor} />
        <DomainsPanel editor={editor} />
      </fieldset>
    </div>
  );
}

/** On how many duties each role holds letters, by role id. */
function countLetters(matrix: Matrix): Map<string, number> {
  const counts = new Map<string, number>();
  for (const duty of matrix.duties) {
    for (const roleId of Object.keys(duty.letters)) counts.set(roleId, (counts.get(roleId) ?? 0) + 1);
  }
  return counts;
}
