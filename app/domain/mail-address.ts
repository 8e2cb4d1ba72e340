import { ok, reject, type Result } from "./result";

/** A sender of mail: an address, and a display name that may be empty. */
export type Mailbox = { name: string; address: string };

const MAX_LENGTH = 254;
const LOCAL_PART = /^[^\s@<>()[\]\\,;:"\p{C}]{1,64}$/u;
const HOST =
  /^(?=.{1,253}$)[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?)*$/u;
const ASCII_HOST = /^[a-z0-9.-]*$/;
const CONTROL_CHARACTER = /\p{C}/u;

/**
 * Whether a text is a single address that mail can be sent to: without a name, list or quotes, and without characters
 * that could end a header line. `checkEmail` checks the addresses that people enter.
 */
export function isMailAddress(text: string): boolean {
  const at = text.lastIndexOf("@");
  return text.length <= MAX_LENGTH && at > 0 && LOCAL_PART.test(text.slice(0, at)) && HOST.test(text.slice(at + 1));
}

/** Parses `demarc@example.com` or `Demarc <demarc@example.com>`; null for anything else. */
export function parseMailbox(text: string): Mailbox | null {
  const [, name = "", bracketed] = /^([^<>]*)<([^<>]*)>$/.exec(text.trim()) ?? [];
  const mailbox = { name: name.trim().replace(/^"(.*)"$/, "$1"), address: (bracketed ?? text).trim() };
  return isMailAddress(mailbox.address) && !CONTROL_CHARACTER.test(mailbox.name) && mailbox.name.length <= 120
    ? mailbox
    : null;
}

/**
 * The local parts that the sign-in library accepts. A wider rule would create accounts that nobody could sign in to.
 */
const SIGN_IN_LOCAL = /^(?:[a-z0-9_'+-]+\.)*[a-z0-9_'+-]*[a-z0-9_+-]$/;
const PUBLIC_DOMAIN = /^(?:[a-z0-9][a-z0-9-]*\.)+[a-z]{2,}$/;

/**
 * The stored form of an e-mail address, or a sentence that says what is wrong. One rule applies to all addresses,
 * because a contact may be asked to sign and then open an account. The domain must have a top-level domain, since the
 * other party's mail can't reach a host of a private network. Only sending a mail can show that the address exists.
 */
export function checkEmail(text: string): Result<string> {
  const email = storedEmail(text);
  if (email === "") return reject("email-empty", "Write the e-mail address.");
  if (!isMailAddress(email))
    return reject("email-form", "This is not an e-mail address. Write it as in maya@northwind.example.");
  const at = email.lastIndexOf("@");
  if (!PUBLIC_DOMAIN.test(email.slice(at + 1)))
    return reject(
      "email-domain",
      "Behind the @ of this address there has to be a whole domain. Write it as in maya@northwind.example.",
    );
  if (!SIGN_IN_LOCAL.test(email.slice(0, at)))
    return reject(
      "email-local",
      "Nobody can sign in with this address: before the @ there may be letters from a to z, digits and . _ ' + -. Use another one.",
    );
  return ok(email);
}

/**
 * The form in which addresses are stored and compared: lower case, trimmed, with an internationalised domain in its
 * ASCII form (punycode).
 */
export function storedEmail(text: string): string {
  const email = text.trim().toLowerCase();
  const at = email.lastIndexOf("@");
  const host = email.slice(at + 1);
  if (ASCII_HOST.test(host) || !HOST.test(host) || !URL.canParse(`http://${host}`)) return email;
  return `${email.slice(0, at + 1)}${new URL(`http://${host}`).hostname}`;
}
