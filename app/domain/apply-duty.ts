import { assignLetters, settleCell } from "./assign";
import type { MatrixCommand } from "./commands";
import { sameJson } from "./equal";
import { inOrder, lettersOf, withCell } from "./letters";
import { LIMITS } from "./limits";
import type { Duty, Matrix } from "./matrix";
import { place } from "./ordering";
import { indexOf } from "./owner";
import { ok, reject, type Result } from "./result";
import { checkText, type TextRule } from "./text";

type Of<T extends MatrixCommand["type"]> = Extract<MatrixCommand, { type: T }>;

export const DUTY_TEXTS = {
  text: { called: "The duty", max: LIMITS.dutyText, lines: false, optional: false },
  description: { called: "The description", max: LIMITS.description, lines: true, optional: true },
  doneWhen: { called: "“Done when”", max: LIMITS.doneWhen, lines: true, optional: true },
  cadence: { called: "The cadence", max: LIMITS.cadence, lines: false, optional: true },
  workshopQuestion: { called: "The workshop question", max: LIMITS.question, lines: false, optional: true },
  boundary: { called: "The boundary note", max: LIMITS.boundary, lines: true, optional: true },
} as const satisfies Record<string, TextRule>;

const TEXT_FIELDS = ["text", "description", "doneWhen", "cadence", "workshopQuestion", "boundary"] as const;

const gone = () => reject("duty-gone", "That duty was deleted. Undo the deletion or add it again.");
const noDomain = () => reject("domain-gone", "That domain was deleted. Choose another one.");

/** `duty.assign`: rewrites the letters as dropping the duty on a column does. */
export function assignDuty(matrix: Matrix, { dutyId, lens, to }: Of<"duty.assign">): Result<Matrix> {
  return change(matrix, dutyId, (duty) => {
    const letters = assignLetters(matrix, duty, lens, to);
    return letters.ok ? ok({ ...duty, letters: letters.value }) : letters;
  });
}

/** `duty.add`: a duty without letters, with the next code of its domain. An id already present changes nothing. */
export function addDuty(matrix: Matrix, { dutyId, domainId, text, beforeId }: Of<"duty.add">): Result<Matrix> {
  if (matrix.duties.some(({ id }) => id === dutyId)) return ok(matrix);
  const domain = matrix.domains.find(({ id }) => id === domainId);
  if (!domain) return noDomain();
  if (matrix.duties.length >= LIMITS.duties) return reject("duties-full", `A matrix holds at most ${LIMITS.duties} duties. Delete some or start another matrix.`);
  const checked = checkText(text, DUTY_TEXTS.text);
  if (!checked.ok) return checked;
  const number = (matrix.issued[domain.code] ?? 0) + 1;
  const duty: Duty = {
    id: dutyId,
    code: `${domain.code}-${String(number).padStart(2, "0")}`,
    domainId,
    text: checked.value,
    description: "",
    doneWhen: "",
    cadence: "",
    workshopQuestion: "",
    letters: {},
    boundary: "",
    suggestions: {},
    reserved: false,
    cover: "office-hours",
    stance: "defend",
    oftenDisputed: false,
    firstWorkshop: false,
    cis: [],
    csf: [],
  };
  return ok({ ...matrix, duties: place(matrix.duties, duty, beforeId), issued: { ...matrix.issued, [domain.code]: number } });
}

/** `duty.edit`: sets the fields named; a text that can't be stored refuses the whole command. */
export function editDuty(matrix: Matrix, { dutyId, set }: Of<"duty.edit">): Result<Matrix> {
  return change(matrix, dutyId, (duty) => {
    const edited: Duty = { ...duty, ...set };
    for (const field of TEXT_FIELDS) {
      const text = set[field];
      if (text === undefined) continue;
      const checked = checkText(text, DUTY_TEXTS[field]);
      if (!checked.ok) return checked;
      edited[field] = checked.value;
    }
    return ok(edited);
  });
}

/** `duty.letters`: sets one cell. Giving A moves it here: whoever held it is asked from now on. */
export function setLetters(matrix: Matrix, { dutyId, roleId, letters }: Of<"duty.letters">): Result<Matrix> {
  const { role: roles, party: parties } = indexOf(matrix);
  const role = roles.get(roleId);
  if (!role) return reject("role-gone", "That role was deleted. Choose another one.");
  const cell = inOrder(letters.includes("A") || letters.includes("R") ? letters.filter((letter) => letter === "A" || letter === "R") : letters);
  const answers = cell.includes("A");
  if (answers && parties.get(role.partyId)?.kind === "third-party") {
    return reject("answers-third-party", "Vendors can do the work; one of you answers for it. Choose a role of one of the two parties.");
  }
  return change(matrix, dutyId, (duty) => {
    let next = withCell(duty.letters, roleId, cell);
    for (const other of answers ? Object.keys(duty.letters) : []) {
      const held = lettersOf(duty, other);
      if (other !== roleId && held.includes("A")) next = withCell(next, other, settleCell(held, { A: false, R: held.includes("R") }));
    }
    return ok({ ...duty, letters: next });
  });
}

/** `duty.suggest`: sets which roles of a party would do the duty and answer for it. */
export function suggestRoles(matrix: Matrix, { dutyId, partyId, suggestion }: Of<"duty.suggest">): Result<Matrix> {
  const roles = indexOf(matrix).rolesOf.get(partyId);
  if (!roles) return reject("party-gone", "That party was deleted. Choose another one.");
  const known = (roleId: string | null) => roleId === null || roles.some(({ id }) => id === roleId);
  if (!known(suggestion.does) || !known(suggestion.answers)) return reject("role-gone", "That role is not one of this party's. Choose another one.");
  return change(matrix, dutyId, (duty) => ok({ ...duty, suggestions: { ...duty.suggestions, [partyId]: suggestion } }));
}

/** `duty.move`: puts a duty into a domain, before another duty or last. Its code stays. */
export function moveDuty(matrix: Matrix, { dutyId, domainId, beforeId }: Of<"duty.move">): Result<Matrix> {
  const duty = matrix.duties.find(({ id }) => id === dutyId);
  if (!duty) return gone();
  if (!matrix.domains.some(({ id }) => id === domainId)) return noDomain();
  const moved = duty.domainId === domainId ? duty : { ...duty, domainId };
  const duties = beforeId === dutyId ? matrix.duties.map((other) => (other === duty ? moved : other)) : place(matrix.duties, moved, beforeId);
  const same = duties.every((other, i) => other === matrix.duties[i]);
  return ok(same ? matrix : { ...matrix, duties });
}

/** `duty.delete`: takes a duty out; its code is never given again. */
export function deleteDuty(matrix: Matrix, { dutyId }: Of<"duty.delete">): Result<Matrix> {
  const duties = matrix.duties.filter(({ id }) => id !== dutyId);
  return ok(duties.length === matrix.duties.length ? matrix : { ...matrix, duties });
}

function change(matrix: Matrix, dutyId: string, edit: (duty: Duty) => Result<Duty>): Result<Matrix> {
  const at = matrix.duties.findIndex(({ id }) => id === dutyId);
  const duty = matrix.duties[at];
  if (!duty) return gone();
  const edited = edit(duty);
  if (!edited.ok) return edited;
  if (sameJson(edited.value, duty)) return ok(matrix);
  return ok({ ...matrix, duties: matrix.duties.with(at, edited.value) });
}
