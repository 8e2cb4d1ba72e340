/** Verbs with which duties in IT usually begin. Any other first word gives an insight, never a warning or blocker. */
const VERBS = new Set(
  (
    "accept acquire act adjust administer advise agree align allocate alert analyse analyze announce answer apply approve archive arrange assess assign attend audit authorise authorize automate back balance block book brief bring " +
    "budget build buy calculate call cancel carry change chase check choose classify clean clear close collect commission communicate compare complete configure confirm connect consult contain control coordinate copy count cover create cut " +
    "deal decide declare define delegate delete deliver deploy describe design destroy detect develop direct disable discuss dispose distribute document draft drive educate enable encrypt enforce engage ensure escalate establish estimate evaluate " +
    "examine exercise execute explain export extend find fix follow forecast formulate forward fund gather give govern grant guard guide handle harden have help hire hold identify implement import improve inform inspect install integrate interview " +
    "inventory investigate invite isolate issue judge keep label lead learn license list log look maintain make manage map mark measure meet migrate mitigate model monitor move name negotiate notify offboard offer onboard open operate optimise " +
    "optimize order organise organize oversee own patch pay perform plan prepare present preserve prevent prioritise prioritize procure produce propose protect prove provide provision publish purchase put qualify quarantine quote raise rank reach " +
    "receive recommend reconcile record recover reduce refresh register rehearse remind remove renew repair replace reply report request reset resolve respond restore restrict retain retire return review revise revoke rotate route run rush sanction " +
    "scan schedule score search secure segment select send separate serve set settle share show sign solve specify staff start steer stop store submit supervise supply support sustain switch tag take talk teach tell terminate test track train transfer " +
    "triage troubleshoot tune turn uninstall unlock update upgrade use validate verify vet wait warn watch wipe work write"
  ).split(" "),
);

/** Role names that don't tell who is meant. */
const VAGUE_ROLES = new Set([
  "it",
  "team",
  "staff",
  "support",
  "admin",
  "admins",
  "other",
  "others",
  "msp",
  "client",
  "provider",
  "everyone",
  "everybody",
  "all",
  "user",
  "users",
  "people",
  "department",
  "company",
  "management",
  "tbd",
  "vendor",
]);

function words(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/**
 * Whether a duty begins with a known verb. A text that isn't in Latin script counts as beginning with one, since the
 * list is English.
 */
export function beginsWithVerb(text: string): boolean {
  const first = (words(text)[0] ?? "").replace(/[^a-z-]/g, "");
  return (
    first === "" ||
    !/^[\x20-\x7E\u00A0-\u024F\u2010-\u2027“”‘’]*$/.test(text) ||
    VERBS.has(first) ||
    VERBS.has(first.split("-")[0] ?? "")
  );
}

/**
 * Whether a duty is too vague to assign: a single word, or two or three words without a verb, such as "Access control".
 */
export function isVague(text: string): boolean {
  const count = words(text).length;
  return count < 2 || (count < 4 && !beginsWithVerb(text));
}

/** Whether a role's name doesn't tell who is meant. A third party's role may have a general name. */
export function isVagueRole(name: string, kind: string): boolean {
  return kind !== "third-party" && VAGUE_ROLES.has(name.trim().toLowerCase());
}

/** Whether a text has a figure that still has to be agreed, such as “[agreed time]”. */
export function hasOpenFigure(text: string): boolean {
  return /\[agreed [^[\]\n]+\]/i.test(text);
}

/** The most names that a sentence lists; the rest are counted. */
const MAX_NAMED = 6;

/** Names in a sentence, of which the first few are listed. */
export function namedAndCounted(names: readonly string[]): string {
  const rest = names.length - MAX_NAMED;
  return `${names.slice(0, MAX_NAMED).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
