import { ok, reject, type Result } from "../result";

/**
 * A mail server. `tls` is "at-once" when the connection starts with TLS, "required" when it must switch to TLS, and
 * "offered" when it switches only if the server offers TLS.
 */
export type SmtpServer = {
  host: string;
  port: number;
  tls: "at-once" | "required" | "offered";
  user: string | null;
  password: string;
};

const FORM = "Write it as smtp://user:password@host:587 or smtps://user:password@host.";
const THIS_MACHINE = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/**
 * Parses SMTP_URL. An smtp:// connection must switch to TLS (STARTTLS) before anything is sent, unless the server is on
 * this machine or the address ends in ?tls=optional. The sentences never repeat the address, since it may contain a
 * password.
 */
export function parseSmtpUrl(text: string): Result<SmtpServer> {
  if (!URL.canParse(text)) return reject("smtp-url", `SMTP_URL is no address. ${FORM}`);
  const url = new URL(text);
  if (url.protocol !== "smtp:" && url.protocol !== "smtps:")
    return reject("smtp-scheme", `SMTP_URL begins with neither smtp:// nor smtps://. ${FORM}`);
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1").toLowerCase();
  if (host === "") return reject("smtp-host", `SMTP_URL names no host. ${FORM}`);
  if (!["", "/"].includes(url.pathname) || url.hash !== "")
    return reject(
      "smtp-path",
      `SMTP_URL has more than a host and a port; signs such as / and # in a password are written as %2F and %23. ${FORM}`,
    );
  const optional = url.search === "?tls=optional";
  if (url.search !== "" && !optional)
    return reject(
      "smtp-option",
      "SMTP_URL ends in an option Demarc doesn't know. The only one is ?tls=optional; a ? in a password is written as %3F.",
    );
  const [user, password] = [decoded(url.username), decoded(url.password)];
  if (user === null || password === null)
    return reject("smtp-user", "SMTP_URL has a user or password with a % that begins no code. Write it as %25.");
  const secure = url.protocol === "smtps:";
  const tls = secure ? "at-once" : optional || THIS_MACHINE.test(host) ? "offered" : "required";
  return ok({
    host,
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    tls,
    user: user === "" ? null : user,
    password,
  });
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
