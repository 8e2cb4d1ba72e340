import { useDeferredValue, useMemo } from "react";
import type { EscalationPath } from "~/domain/matrix/escalation-shapes";
import type { MatrixEditor } from "../../editor/editor-types";
import { FindingRow } from "../../findings/finding-row";
import { useFindings } from "../../findings/findings-context";
import { CoverNote } from "../../findings/cover-note";
import { PeopleFixNotice, usePeopleFixes } from "../../findings/people-fixes";
import styles from "./cover.module.css";

/** What is found in the cover of one path, each with its ways out. */
export function CoverFindings({ editor, path }: { editor: MatrixEditor; path: EscalationPath }) {
  const { facts, cover, coverFindings } = useFindings();
  const fixes = usePeopleFixes(editor.matrixId);
  const matrix = useDeferredValue(editor.matrix);
  const found = useMemo(() => {
    const roleIds = new Set(Object.values(path.levels).flatMap(({ calls }) => calls.map(({ roleId }) => roleId)));
    const ofPath = (key: string) => key.split(".")[1] === path.id;
    return coverFindings(matrix, facts).filter(
      ({ key, rule, roleIds: about, accepted }) =>
        !accepted && (rule === "cover-hole" ? about.some((roleId) => roleIds.has(roleId)) : ofPath(key)),
    );
  }, [matrix, facts, path, coverFindings]);
  return (
    <div className={styles.findings}>
      <PeopleFixNotice fixes={fixes} />
      {found.length > 0 && (
        <ul>
          {found.map((finding) => (
            <FindingRow key={finding.key} finding={finding} editor={editor} fixes={fixes} />
          ))}
        </ul>
      )}
      <CoverNote cover={cover} horizon={facts.cover?.horizon} />
    </div>
  );
}
