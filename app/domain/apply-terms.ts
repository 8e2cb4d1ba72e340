import type { MatrixCommand } from "./commands";
import { sameJson } from "./equal";
import { LIMITS } from "./limits";
import type { Matrix } from "./matrix";
import { ok, reject, type Result } from "./result";
import { checkText, type TextRule } from "./text";

type Of<T extends MatrixCommand["type"]> = Extract<MatrixCommand, { type: T }>;

const TITLE: TextRule = { called: "The title", max: LIMITS.name, lines: false, optional: false };
export const TERM_TEXTS = {
  agreementReference: { called: "The agreement reference", max: LIMITS.reference, lines: false, optional: true },
  exhibit: { called: "The exhibit number", max: LIMITS.reference, lines: false, optional: true },
  precedence: { called: "The order of precedence", max: LIMITS.precedence, lines: true, optional: true },
} as const satisfies Record<string, TextRule>;
const TERM_FIELDS = ["agreementReference", "exhibit", "precedence"] as const;

/** `matrix.rename`: the title on screen and on the cover. */
export function renameMatrix(matrix: Matrix, { title }: Of<"matrix.rename">): Result<Matrix> {
  const checked = checkText(title, TITLE);
  if (!checked.ok) return checked;
  return ok(checked.value === matrix.title ? matrix : { ...matrix, title: checked.value });
}

/** `matrix.settings`: from now on; letters already given stay. */
export function setSettings(matrix: Matrix, { set }: Of<"matrix.settings">): Result<Matrix> {
  const settings = { ...matrix.settings, ...set };
  return ok(sameJson(settings, matrix.settings) ? matrix : { ...matrix, settings });
}

/** `matrix.terms`: the contract facts on the cover. A review never comes before the day the matrix takes effect. */
export function setTerms(matrix: Matrix, { set }: Of<"matrix.terms">): Result<Matrix> {
  const terms = { ...matrix.terms, ...set };
  for (const field of TERM_FIELDS) {
    const checked = checkText(terms[field], TERM_TEXTS[field]);
    if (!checked.ok) return checked;
    terms[field] = checked.value;
  }
  if (terms.effectiveDate && terms.reviewDate && terms.reviewDate < terms.effectiveDate) {
    return reject("review-early", "The review date is before the effective date. Choose a later day for the review.");
  }
  return ok(sameJson(terms, matrix.terms) ? matrix : { ...matrix, terms });
}
