import { stemOf } from "./words";

/** Groups of synonyms in IT. They contain no hyphens or other signs, because `piecesOf` removes those. */
const GROUPS = [
  "mfa 2fa twofactor multifactor authenticator",
  "isp carrier broadband telecom",
  "laptop notebook macbook",
  "pc computer desktop workstation machine",
  "laptop computer device",
  "email mail outlook",
  "phone mobile smartphone cellphone iphone",
  "telephone phone",
  "down outage offline unreachable unavailable",
  "broken fault defect defective faulty failed",
  "crash freeze hang",
  "stolen theft lost missing",
  "wifi wireless wlan",
  "password passwort pwd credential",
  "login signin logon",
  "ransomware malware virus",
  "hacked compromised breach attacked",
  "hacker attacker intruder",
  "employee user staff colleague",
  "leaver offboarding",
  "joiner onboarding starter",
  "licence license subscription",
  "vendor supplier manufacturer",
  "provider msp",
  "ai chatgpt copilot",
  "cloud azure aws gcp",
  "m365 o365 office365 microsoft365",
  "update patch",
  "helpdesk servicedesk hotline",
  "file document folder",
  "restore recover undelete",
  "dr disaster",
  "delete erase wipe",
  "meeting conference",
  "buy order purchase procure",
  "permission access authorisation authorization",
  "admin administrator",
  "scam phishing fraud",
  "spam junk",
  "cost bill price invoice",
  "colour color",
  "datacentre datacenter",
  "antivirus edr",
  "answer respond reply",
  "website site webpage",
  "homeoffice wfh",
];

const SYNONYMS = new Map<string, Set<string>>();
for (const group of GROUPS) {
  const stems = group.split(" ").map(stemOf);
  for (const stem of stems)
    SYNONYMS.set(stem, new Set([...(SYNONYMS.get(stem) ?? []), ...stems.filter((other) => other !== stem)]));
}

const NONE: ReadonlySet<string> = new Set();

/** The stems of a word's synonyms. */
export function synonymsOf(word: string): ReadonlySet<string> {
  return SYNONYMS.get(stemOf(word)) ?? NONE;
}
