import type { Matrix } from "../matrix/matrix";
import { agreed, type Field } from "./field";
import type { Reference, Thing } from "./part";
import { partyName } from "./parties";

/** A field that names a role; null while nobody is named. */
export function roleField(label: string): Field<string | null> {
  return agreed<string | null>({
    label,
    words: (roleId, matrix) => (roleId === null ? "" : roleWords(roleId, matrix)),
  });
}

/** A role with its party, in words. */
export function roleWords(roleId: string, { roles, parties }: Pick<Matrix, "roles" | "parties">): string {
  const role = roles.find(({ id }) => id === roleId);
  return role ? `${role.name} (${partyName({ parties }, role.partyId)})` : "another role";
}

/** A role with its party in words, or these words where none is named. */
export function roleWordsOr(nobody: string, roleId: string | null, matrix: Pick<Matrix, "roles" | "parties">): string {
  return roleId === null ? nobody : roleWords(roleId, matrix);
}

/** A role that goes leaves whatever named it in these fields without one. */
export function roleReference<Name extends string, T extends Thing & { [Field in Name]: string | null }>(
  names: readonly Name[],
): Reference<T> {
  return {
    to: "roles",
    ids: (thing) => names.flatMap((name) => thing[name] ?? []),
    gone: (thing, roleId) => {
      const without = { ...thing };
      for (const name of names) if (thing[name] === roleId) Object.assign(without, { [name]: null });
      return without;
    },
  };
}
