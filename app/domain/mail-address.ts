/** A sender: the address, and the name shown with it, which may be empty. */
export type Mailbox = { name: string; address: string };

const LONGEST = 254;
const LOCAL = /^[^\s@<>()[\]\\,;:"\p{C}]{1,64}$/u;
const HOST = /^(?=.{1,253}$)[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?)*$/u;
const HIDDEN = /\p{C}/u;

/** Whether a text is one plain e-mail address: no name, no list, no quotes, nothing that could end a header. */
export function isMailAddress(text: string): boolean {
  const at = text.lastIndexOf("@");
  return text.length <= LONGEST && at > 0 && LOCAL.test(text.slice(0, at)) && HOST.test(text.slice(at + 1));
}

/** Reads `demarc@example.com` or `Demarc <demarc@example.com>`; null for anything else. */
export function parseMailbox(text: string): Mailbox | null {
  const [, name = "", bracketed] = /^([^<>]*)<([^<>]*)>$/.exec(text.trim()) ?? [];
  const mailbox = { name: name.trim().replace(/^"(.*)"$/, "$1"), address: (bracketed ?? text).trim() };
  return isMailAddress(mailbox.address) && !HIDDEN.test(mailbox.name) && mailbox.name.length <= 120 ? mailbox : null;
}
