import type { Matrix } from "~/domain/matrix/matrix";
import { indexOf } from "~/domain/matrix/owner";
import { PartyMark } from "../marks/party-mark";
import styles from "./agreed.module.css";

/** A role with the mark of its party. Where none is named it says so, or shows nothing. */
export function RoleChip({ roleId, matrix, nobody = "" }: { roleId: string | null; matrix: Matrix; nobody?: string }) {
  const index = indexOf(matrix);
  const role = roleId === null ? undefined : index.role.get(roleId);
  const party = role && index.party.get(role.partyId);
  if (!role || !party)
    return nobody === "" ? null : (
      <span className={styles.chip}>
        <PartyMark kind="none" />
        <span className={styles.quiet}>{nobody}</span>
      </span>
    );
  return (
    <span className={styles.chip} title={`${role.name}, ${party.name}`}>
      <PartyMark kind={party.kind} />
      <bdi>{role.name}</bdi>
      <span className="vh">, {party.name}</span>
    </span>
  );
}
