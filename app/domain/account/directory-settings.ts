import { isMailAddress } from "../mail-address";

/** A company's own directory, which people sign in with by OpenID Connect. */
export type DirectorySettings = {
  /** In lower case; it stands in the address the directory sends people back to. */
  id: string;
  /** What the button on the sign-in page calls it. */
  label: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Only addresses of these e-mail domains come in; any where the list is empty. In lower case. */
  domains: string[];
  /** Whoever runs this installation vouches that the directory's addresses are its people's own, because it doesn't say so itself. */
  trustEmail: boolean;
};

const NAMED = /^OIDC_([A-Z][A-Z0-9_]*?)_(ISSUER|CLIENT_ID|CLIENT_SECRET|LABEL|DOMAINS|TRUST_EMAIL)$/;
const THIS_MACHINE = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const YES = ["yes", "true", "1"];
const NO = ["", "no", "false", "0"];

/**
 * Reads the directories of an environment: OIDC_<NAME>_ISSUER and what belongs to it. What doesn't fit is said in
 * sentences that repeat no secret; a misspelt setting is one of them, since a restriction that is not read would let everybody in.
 */
export function parseDirectories(environment: Readonly<Record<string, string | undefined>>): {
  directories: DirectorySettings[];
  problems: string[];
} {
  const names = new Set(
    Object.keys(environment).flatMap((key) =>
      NAMED.exec(key)?.[1] && environment[key]?.trim() ? [NAMED.exec(key)?.[1] ?? ""] : [],
    ),
  );
  const problems = Object.keys(environment).flatMap((key) =>
    [...names].some((name) => key.startsWith(`OIDC_${name}_`)) && !NAMED.test(key)
      ? [
          `${key} is no setting of a directory. There are ISSUER, CLIENT_ID, CLIENT_SECRET, LABEL, DOMAINS and TRUST_EMAIL.`,
        ]
      : [],
  );
  const directories = [...names]
    .sort()
    .map((name) => one(name, (key) => environment[`OIDC_${name}_${key}`]?.trim() ?? "", problems));
  return { directories, problems };
}

function one(name: string, at: (key: string) => string, problems: string[]): DirectorySettings {
  const called = (key: string) => `OIDC_${name}_${key}`;
  const issuer = at("ISSUER").replace(/\/+$/, "");
  for (const key of ["ISSUER", "CLIENT_ID", "CLIENT_SECRET"])
    if (at(key) === "") problems.push(`${called(key)} is not set, which the directory ${name} needs.`);
  if (issuer !== "" && !isIssuer(issuer))
    problems.push(
      `${called("ISSUER")} is not the address of a directory. Write it as in https://login.example.com/tenant, without the part that begins with /.well-known.`,
    );
  const domains = at("DOMAINS")
    .split(",")
    .map((domain) => domain.trim().toLowerCase().replace(/^@/, ""))
    .filter(Boolean);
  for (const domain of domains)
    if (!isMailAddress(`somebody@${domain}`))
      problems.push(
        `${called("DOMAINS")} has “${domain}”, which is no e-mail domain. Write it as in northwind.example, with commas between several.`,
      );
  const trust = at("TRUST_EMAIL").toLowerCase();
  if (![...YES, ...NO].includes(trust)) problems.push(`${called("TRUST_EMAIL")} is neither yes nor no.`);
  const trustEmail = YES.includes(trust);
  if (trustEmail && domains.length === 0)
    problems.push(
      `${called("TRUST_EMAIL")} needs ${called("DOMAINS")}: without it the directory could name anybody's address.`,
    );
  const id = name.toLowerCase().replaceAll("_", "-");
  if (id === "credential")
    problems.push(
      `A directory can't be called ${name}: passwords are kept under that name. Choose another one for OIDC_${name}_….`,
    );
  return {
    id,
    label: at("LABEL") || `${name.charAt(0)}${name.slice(1).toLowerCase().replaceAll("_", " ")}`,
    issuer,
    clientId: at("CLIENT_ID"),
    clientSecret: at("CLIENT_SECRET"),
    domains,
    trustEmail,
  };
}

/** What travels to a directory may be seen on the way unless it is this machine. */
function isIssuer(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, search, hash } = new URL(text);
  return (
    (protocol === "https:" || (protocol === "http:" && THIS_MACHINE.test(hostname))) &&
    search === "" &&
    hash === "" &&
    !text.includes("/.well-known")
  );
}

/** Whether a directory may name this address: its domain, or one of several, matches whole. */
export function allowsAddress({ domains }: DirectorySettings, email: string): boolean {
  return domains.length === 0 || domains.includes(email.slice(email.lastIndexOf("@") + 1).toLowerCase());
}
