import { LIMITS } from "./limits";
import { isMailAddress } from "./mail-address";
import { ok, reject, type Result } from "./result";
import { checkText, type TextRule } from "./text";

/** Long rather than intricate, after NIST SP 800-63B-4 section 3.1.1: no rules of composition, no forced change. */
export const PASSWORD = { min: 12, max: 128 } as const;

const PERSON_NAME: TextRule = { called: "Your name", max: LIMITS.name, lines: false, optional: false };

/** A person's name as it is stored and shown. */
export function checkPersonName(text: string): Result<string> {
  return checkText(text, PERSON_NAME);
}

/** An e-mail address as it is stored: in lower case, without space around it. Whether it reaches anybody only a mail shows. */
export function checkEmail(text: string): Result<string> {
  const email = text.trim().toLowerCase();
  if (email === "") return reject("email-empty", "Write the e-mail address.");
  if (!isMailAddress(email) || !email.slice(email.lastIndexOf("@")).includes(".")) return reject("email-form", "This is not an e-mail address. Write it as in maya@northwind.example.");
  return ok(email);
}

/** A new password, judged by its length alone and by not being the person's own address or name. */
export function checkPassword(password: string, { email, name }: { email: string; name: string }): Result<string> {
  if (password.length < PASSWORD.min) return reject("password-short", `The password has ${password.length} characters. Use at least ${PASSWORD.min}; a few words in a row do well.`);
  if (password.length > PASSWORD.max) return reject("password-long", `The password has ${password.length} characters; at most ${PASSWORD.max} fit.`);
  const easy = [email, email.split("@")[0] ?? "", name].map((word) => word.trim().toLowerCase()).filter((word) => word.length > 0);
  const plain = password.trim().toLowerCase();
  if (easy.includes(plain) || new Set(plain).size < 5) return reject("password-easy", "This password is easy to guess. Use a few words in a row that say nothing about you.");
  return ok(password);
}
