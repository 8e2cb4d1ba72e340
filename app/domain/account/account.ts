import { LIMITS } from "../limits";
import { ok, reject, type Result } from "../result";
import { checkText, type TextRule } from "../text";

/**
 * The allowed length of a password. As NIST SP 800-63B-4, section 3.1.1, advises, length matters; there are no rules of
 * composition and no forced changes.
 */
export const PASSWORD = { min: 12, max: 128 } as const;

const PERSON_NAME: TextRule = { called: "Your name", max: LIMITS.name, lines: false, optional: false };

/** The stored form of a person's name, or a sentence that says what is wrong with it. */
export function checkPersonName(text: string): Result<string> {
  return checkText(text, PERSON_NAME);
}

/**
 * Checks a new password: it must be long enough, not be one that many people use, and consist of more than the person's
 * own name and address.
 */
export function checkPassword(
  password: string,
  person: { email: string; name: string },
  common: ReadonlySet<string>,
): Result<string> {
  if (password.length < PASSWORD.min)
    return reject(
      "password-short",
      `The password has ${password.length} characters. Use at least ${PASSWORD.min}; a few words in a row do well.`,
    );
  if (password.length > PASSWORD.max)
    return reject("password-long", `The password has ${password.length} characters; at most ${PASSWORD.max} fit.`);
  const plain = password.trim().toLowerCase();
  const easy =
    new Set(plain).size < 5 || isCommon(plain, common) || lengthWithoutOwnWords(plain, person) < PASSWORD.min / 2;
  return easy
    ? reject("password-easy", "This password is easy to guess. Use a few words in a row that say nothing about you.")
    : ok(password);
}

/** Whether the password is a common one, also when it repeats one or surrounds one with digits and signs. */
function isCommon(plain: string, common: ReadonlySet<string>): boolean {
  const unrepeated = plain.replace(/^(.+?)\1+$/su, "$1");
  const word = unrepeated.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  return [plain, unrepeated, word].some((form) => common.has(form));
}

/** The shortest part of a name or address that is looked for. Shorter ones occur in too many other words. */
const SHORTEST_WORD = 3;

/**
 * The number of letters and digits that remain of a password without the person's name, address and the name of this
 * application.
 */
function lengthWithoutOwnWords(plain: string, { email, name }: { email: string; name: string }): number {
  const words = ["demarc", ...`${name} ${email}`.toLowerCase().split(/[^\p{L}\p{N}]+/u)].filter(
    (word) => word.length >= SHORTEST_WORD,
  );
  const rest = words
    .sort((a, b) => b.length - a.length)
    .reduce((remaining, word) => remaining.replaceAll(word, " "), plain);
  return rest.replace(/[^\p{L}\p{N}]/gu, "").length;
}
