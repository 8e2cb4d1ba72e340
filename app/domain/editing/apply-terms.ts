import type { MatrixCommand } from "./commands";
import { sameJson } from "../equal";
import { holdersOf, lettersOf, withCell } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import { FRAME, SETTINGS, TERMS } from "../parts/frame";
import { ok, reject, type Result } from "../result";
import { checkText } from "../text";

type Of<T extends MatrixCommand["type"]> = Extract<MatrixCommand, { type: T }>;

const TERM_FIELDS = ["agreementReference", "exhibit", "precedence"] as const;

/** `matrix.rename`: the title on screen and on the cover. */
export function renameMatrix(matrix: Matrix, { title }: Of<"matrix.rename">): Result<Matrix> {
  const checked = checkText(title, FRAME.title.rule);
  if (!checked.ok) return checked;
  return ok(checked.value === matrix.title ? matrix : { ...matrix, title: checked.value });
}

/** `matrix.settings`: from now on; letters already given stay. */
export function setSettings(matrix: Matrix, { set }: Of<"matrix.settings">): Result<Matrix> {
  const ruler = checkText(set.ruler ?? matrix.settings.ruler, SETTINGS.ruler.rule);
  if (!ruler.ok) return ruler;
  const settings = { ...matrix.settings, ...set, ruler: ruler.value };
  return ok(sameJson(settings, matrix.settings) ? matrix : { ...matrix, settings });
}

/** `matrix.scheme`: with or without S. Leaving RASCI, every S becomes the letter named; a role that does or answers keeps only that. */
export function setScheme(matrix: Matrix, { scheme, supportBecomes }: Of<"matrix.scheme">): Result<Matrix> {
  if (matrix.settings.scheme === scheme) return ok(matrix);
  const settings = { ...matrix.settings, scheme };
  if (scheme === "RASCI") return ok({ ...matrix, settings });
  const duties = matrix.duties.map((duty) => {
    let { letters } = duty;
    for (const roleId of holdersOf(duty, "S")) {
      const others = lettersOf(duty, roleId).filter((letter) => letter !== "S");
      letters = withCell(
        letters,
        roleId,
        supportBecomes === "R" ? ["R"] : supportBecomes ? [...others, supportBecomes] : others,
      );
    }
    return letters === duty.letters ? duty : { ...duty, letters };
  });
  return ok({ ...matrix, settings, duties });
}

/** `matrix.terms`: the contract facts on the cover. A review never comes before the day the matrix takes effect. */
export function setTerms(matrix: Matrix, { set }: Of<"matrix.terms">): Result<Matrix> {
  const terms = { ...matrix.terms, ...set };
  for (const field of TERM_FIELDS) {
    const checked = checkText(terms[field], TERMS[field].rule);
    if (!checked.ok) return checked;
    terms[field] = checked.value;
  }
  if (terms.effectiveDate && terms.reviewDate && terms.reviewDate < terms.effectiveDate) {
    return reject("review-early", "The review date is before the effective date. Choose a later day for the review.");
  }
  return ok(sameJson(terms, matrix.terms) ? matrix : { ...matrix, terms });
}
