import { LIMITS } from "../limits";
import { ok, reject, type Result } from "../result";
import { checkText, type TextRule } from "../text";

/** Long rather than intricate, after NIST SP 800-63B-4 section 3.1.1: no rules of composition, no forced change. */
export const PASSWORD = { min: 12, max: 128 } as const;

const PERSON_NAME: TextRule = { called: "Your name", max: LIMITS.name, lines: false, optional: false };

/** A person's name as it is stored and shown. */
export function checkPersonName(text: string): Result<string> {
  return checkText(text, PERSON_NAME);
}

/** A new password, judged by its length, by not being one that many people have, and by saying more than who the person is. */
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
  const easy = new Set(plain).size < 5 || isCommon(plain, common) || beyond(plain, person) < PASSWORD.min / 2;
  return easy
    ? reject("password-easy", "This password is easy to guess. Use a few words in a row that say nothing about you.")
    : ok(password);
}

/** Whether many people have it: as it is, said twice or more, or with digits and signs around a word. */
function isCommon(plain: string, common: ReadonlySet<string>): boolean {
  const once = plain.replace(/^(.+?)\1+$/su, "$1");
  const word = once.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  return [plain, once, word].some((form) => common.has(form));
}

/** Of a name or an address, what is shorter is in too many other words. */
const SHORTEST_WORD = 3;

/** How many letters and digits a password has beyond the person's name, address and this application's name. */
function beyond(plain: string, { email, name }: { email: string; name: string }): number {
  const words = ["demarc", ...`${name} ${email}`.toLowerCase().split(/[^\p{L}\p{N}]+/u)].filter(
    (word) => word.length >= SHORTEST_WORD,
  );
  const rest = words.sort((a, b) => b.length - a.length).reduce((left, word) => left.replaceAll(word, " "), plain);
  return rest.replace(/[^\p{L}\p{N}]/gu, "").length;
}
