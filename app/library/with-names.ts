import type { Matrix } from "~/domain/matrix/matrix";
import { indexOf } from "~/domain/matrix/owner";
import type { Duty } from "~/domain/matrix/shapes";
import { isLibraryRole, roleFor, sideOf } from "./role-for";

/** The texts of a duty of the library in which names may stand. */
const NAMED_TEXTS = ["text", "doneWhen", "workshopQuestion", "boundary"] as const;
type NamedTexts = Pick<Duty, (typeof NAMED_TEXTS)[number]>;

const WORD = /\{([a-zA-Z]+)\}/g;

/**
 * A text of the library with the names of a matrix: `{client}` and `{provider}` are its two sides, the other words in
 * braces its roles, as `roleFor` finds them.
 */
function withNames(text: string, matrix: Matrix): string {
  const index = indexOf(matrix);
  return text.replace(WORD, (whole, word: string) => {
    if (word === "client" || word === "provider") return index[word]?.name ?? whole;
    if (!isLibraryRole(word)) return whole;
    // A side without any role is named itself.
    return index.role.get(roleFor(matrix, word) ?? "")?.name ?? index[sideOf(word)]?.name ?? whole;
  });
}

/** A duty of the library with the names of a matrix in its texts. */
export function dutyWithNames<D extends NamedTexts>(duty: D, matrix: Matrix): D {
  return {
    ...duty,
    ...Object.fromEntries(NAMED_TEXTS.map((field) => [field, withNames(duty[field], matrix)])),
  };
}
