import type { CommandOf } from "./commands";
import { sameJson } from "../equal";
import { holdersOf, lettersOf, withCell } from "../matrix/letters";
import type { Matrix } from "../matrix/matrix";
import { FRAME, SETTINGS, TERMS } from "../parts/frame";
import { ok, reject, type Result } from "../result";
import { checkText } from "../text";

const TERM_FIELDS = ["agreementReference", "exhibit", "precedence"] as const;

/** `matrix.rename`: sets the title, which screens and the cover show. */
export function renameMatrix(matrix: Matrix, { title }: CommandOf<"matrix.rename">): Result<Matrix> {
  const checked = checkText(title, FRAME.title.rule);
  if (!checked.ok) return checked;
  return ok(checked.value === matrix.title ? matrix : { ...matrix, title: checked.value });
}

/** `matrix.settings`: sets the given settings. Existing letters don't change. */
export function setSettings(matrix: Matrix, { set }: CommandOf<"matrix.settings">): Result<Matrix> {
  const ruler = checkText(set.ruler ?? matrix.settings.ruler, SETTINGS.ruler.rule);
  if (!ruler.ok) return ruler;
  const settings = { ...matrix.settings, ...set, ruler: ruler.value };
  return ok(sameJson(settings, matrix.settings) ? matrix : { ...matrix, settings });
}

/**
 * `matrix.scheme`: switches between RACI and RASCI. On the way to RACI every S becomes the given letter or is removed;
 * a role that also does or answers for the duty keeps only that.
 */
export function setScheme(matrix: Matrix, { scheme, supportBecomes }: CommandOf<"matrix.scheme">): Result<Matrix> {
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

/** `matrix.terms`: sets the contract facts on the cover. The review date can't be before the effective date. */
export function setTerms(matrix: Matrix, { set }: CommandOf<"matrix.terms">): Result<Matrix> {
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
