import { isMailAddress } from "../mail-address";

/** A company's identity provider, with which its people sign in by OpenID Connect. */
export type DirectorySettings = {
  /** In lower case. It is part of the redirect URI to which the directory sends people back. */
  id: string;
  /** Its name on the button of the sign-in page. */
  label: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** The e-mail domains whose addresses may sign in, in lower case. An empty list allows any. */
  domains: string[];
  /**
   * True when the operator vouches that the directory's addresses belong to its people, because the directory doesn't
   * mark them as verified.
   */
  trustEmail: boolean;
};

const SETTING_NAME = /^OIDC_([A-Z][A-Z0-9_]*?)_(ISSUER|CLIENT_ID|CLIENT_SECRET|LABEL|DOMAINS|TRUST_EMAIL)$/;
const THIS_MACHINE = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;
const YES = ["yes", "true", "1"];
const NO = ["", "no", "false", "0"];

/**
 * Reads the directories from environment variables: OIDC_<NAME>_ISSUER and the settings that belong to it. `problems`
 * are sentences without secrets. An unknown setting is a problem too: a misspelt restriction that is ignored would let
 * everybody in.
 */
export function parseDirectories(environment: Readonly<Record<string, string | undefined>>): {
  directories: DirectorySettings[];
  problems: string[];
} {
  const names = new Set(
    Object.keys(environment).flatMap((key) =>
      SETTING_NAME.exec(key)?.[1] && environment[key]?.trim() ? [SETTING_NAME.exec(key)?.[1] ?? ""] : [],
    ),
  );
  const problems = Object.keys(environment).flatMap((key) =>
    [...names].some((name) => key.startsWith(`OIDC_${name}_`)) && !SETTING_NAME.test(key)
      ? [
          `${key} is no setting of a directory. There are ISSUER, CLIENT_ID, CLIENT_SECRET, LABEL, DOMAINS and TRUST_EMAIL.`,
        ]
      : [],
  );
  const directories = [...names]
    .sort()
    .map((name) => readDirectory(name, (key) => environment[`OIDC_${name}_${key}`]?.trim() ?? "", problems));
  return { directories, problems };
}

function readDirectory(name: string, setting: (key: string) => string, problems: string[]): DirectorySettings {
  const variableName = (key: string) => `OIDC_${name}_${key}`;
  const issuer = setting("ISSUER").replace(/\/+$/, "");
  for (const key of ["ISSUER", "CLIENT_ID", "CLIENT_SECRET"])
    if (setting(key) === "") problems.push(`${variableName(key)} is not set, which the directory ${name} needs.`);
  if (issuer !== "" && !isIssuer(issuer))
    problems.push(
      `${variableName("ISSUER")} is not the address of a directory. Write it as in https://login.example.com/tenant, without the part that begins with /.well-known.`,
    );
  const domains = setting("DOMAINS")
    .split(",")
    .map((domain) => domain.trim().toLowerCase().replace(/^@/, ""))
    .filter(Boolean);
  for (const domain of domains)
    if (!isMailAddress(`somebody@${domain}`))
      problems.push(
        `${variableName("DOMAINS")} has “${domain}”, which is no e-mail domain. Write it as in northwind.example, with commas between several.`,
      );
  const trust = setting("TRUST_EMAIL").toLowerCase();
  if (![...YES, ...NO].includes(trust)) problems.push(`${variableName("TRUST_EMAIL")} is neither yes nor no.`);
  const trustEmail = YES.includes(trust);
  if (trustEmail && domains.length === 0)
    problems.push(
      `${variableName("TRUST_EMAIL")} needs ${variableName("DOMAINS")}: without it the directory could name anybody's address.`,
    );
  const id = name.toLowerCase().replaceAll("_", "-");
  if (id === "credential")
    problems.push(
      `A directory can't be called ${name}: passwords are kept under that name. Choose another one for OIDC_${name}_….`,
    );
  return {
    id,
    label: setting("LABEL") || `${name.charAt(0)}${name.slice(1).toLowerCase().replaceAll("_", " ")}`,
    issuer,
    clientId: setting("CLIENT_ID"),
    clientSecret: setting("CLIENT_SECRET"),
    domains,
    trustEmail,
  };
}

/**
 * An issuer must use https, since data on the way to it could be read otherwise. Only an issuer on this machine may use
 * http.
 */
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

/**
 * Whether a directory may sign in an e-mail address: its whole domain is in the directory's list, or the list is empty.
 */
export function allowsAddress({ domains }: DirectorySettings, email: string): boolean {
  return domains.length === 0 || domains.includes(email.slice(email.lastIndexOf("@") + 1).toLowerCase());
}
