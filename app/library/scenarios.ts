import type { DutyClue, Scenario } from "~/domain/scenario/scenario";
import { LIBRARY } from "./library";

type LibraryScenario = Omit<Scenario, "duties"> & { duties: readonly string[] };

const SCENARIOS_OF_THE_LIBRARY: readonly LibraryScenario[] = [
  {
    id: "ransomware",
    title: "Ransomware is spreading",
    story: "Files on the shared drives can't be opened, more of them every minute, and a note asks for money.",
    path: { kind: "incident", severity: 1 },
    duties: ["inc-03", "inc-02", "inc-04", "inc-11", "inc-05", "inc-06", "inc-07", "bck-04", "bck-09"],
    words: "ransomware",
    authorities: ["spend", "change", "disclosure"],
    containments: ["isolat", "server", "account", "cut", "site", "restore"],
    setback: "none",
    when: { weekday: "sat", time: "02:10" },
  },
  {
    id: "hostile-leaver",
    title: "Somebody is dismissed and leaves in anger",
    story: "An administrator was dismissed an hour ago and is still signed in at home.",
    path: { kind: "security", severity: 1 },
    duties: ["iam-03", "iam-05", "iam-10", "mon-07", "hyb-02", "inc-07"],
    words: "leaver access",
    authorities: ["access", "out-of-hours"],
    containments: ["account", "session", "device"],
    setback: "none",
    when: { weekday: "fri", time: "17:00" },
  },
  {
    id: "line-down",
    title: "The internet line is down",
    story: "Nobody on the site reaches anything outside it, and the carrier's page shows no fault.",
    path: { kind: "incident", severity: 2 },
    duties: ["net-03", "net-06", "inc-05", "sup-07"],
    words: "internet line down carrier",
    authorities: ["change", "spend"],
    containments: [],
    setback: "none",
    when: { weekday: "tue", time: "10:05" },
  },
  {
    id: "vendor-access",
    title: "A vendor wants remote access",
    story: "The maker of a business application asks to be let onto its server today, to look at a fault.",
    path: { kind: "decision", severity: 4 },
    duties: ["ast-09", "ast-08", "app-03", "ast-07"],
    words: "vendor remote access",
    authorities: ["access"],
    containments: [],
    setback: "none",
    when: { weekday: "wed", time: "15:20" },
  },
  {
    id: "ai-exposure",
    title: "An AI tool exposes data",
    story: "An assistant answers a trainee with figures from the payroll folder.",
    path: { kind: "security", severity: 1 },
    duties: ["aig-03", "cmp-07", "aig-02", "app-07", "inc-06", "inc-07"],
    words: "AI assistant shows confidential data",
    authorities: ["disclosure", "access"],
    containments: ["account", "block"],
    setback: "none",
    when: { weekday: "thu", time: "11:30" },
  },
  {
    id: "stolen-phone",
    title: "An executive's phone is stolen",
    story: "The managing director's phone was taken on a train, unlocked and with mail open.",
    path: { kind: "security", severity: 1 },
    duties: ["end-06", "mon-07", "iam-06", "end-05", "inc-06"],
    words: "stolen phone",
    authorities: ["access", "disclosure"],
    containments: ["account", "session", "device", "wipe"],
    setback: "none",
    when: { weekday: "sun", time: "21:40" },
  },
  {
    id: "restore-fails",
    title: "A restore fails",
    story: "Last night's copy of the ordering database can't be read, and the one before it is a week old.",
    path: { kind: "incident", severity: 2 },
    duties: ["bck-02", "bck-05", "bck-07", "bck-09", "bck-10"],
    words: "restore fails",
    authorities: ["change", "spend", "out-of-hours"],
    containments: ["restore"],
    setback: "none",
    when: { weekday: "thu", time: "18:30" },
  },
  {
    id: "certificate",
    title: "A certificate ran out",
    story: "Browsers warn customers off the ordering site, and the till can't reach the payment service.",
    path: { kind: "incident", severity: 2 },
    duties: ["srv-05", "chg-03", "app-02", "inc-05"],
    words: "certificate expired",
    authorities: ["change", "spend"],
    containments: [],
    setback: "none",
    when: { weekday: "mon", time: "08:00" },
  },
  {
    id: "cloud-bill",
    title: "The cloud bill doubles",
    story: "The provider of the cloud bills twice last month's amount, and nobody knows for what.",
    path: { kind: "decision", severity: 4 },
    duties: ["str-05", "srv-06", "ast-03", "gov-05", "gov-03"],
    words: "cloud bill",
    authorities: ["spend"],
    containments: [],
    setback: "none",
    when: { weekday: "tue", time: "09:00" },
  },
  {
    id: "key-person-ill",
    title: "A key person is ill",
    story: "The person on whom most duties hang is in hospital for two weeks, and a team can't work.",
    path: { kind: "incident", severity: 2 },
    duties: ["inc-11", "inc-01", "chg-04", "chg-05"],
    words: "",
    authorities: ["change", "access", "spend"],
    containments: [],
    setback: "key-person-away",
    when: { weekday: "mon", time: "07:40" },
  },
  {
    id: "provider-silent",
    title: "The MSP can't be reached",
    story: "Work has stopped, and nobody at the provider picks up or answers: its own systems may be down.",
    path: { kind: "incident", severity: 1 },
    duties: ["inc-04", "inc-02", "inc-11", "iam-10", "gov-09"],
    words: "",
    authorities: ["spend", "change", "access"],
    containments: ["isolat", "server", "cut", "site"],
    setback: "provider-silent",
    when: { weekday: "wed", time: "13:15" },
  },
  {
    id: "contract-dispute",
    title: "A dispute about the contract",
    story: "The provider bills a migration as a project; internal IT takes it to be part of the service.",
    path: { kind: "disagreement", severity: 4 },
    duties: ["gov-06", "gov-05", "gov-01"],
    words: "who pays, extra cost, out of scope",
    authorities: ["spend"],
    containments: [],
    setback: "none",
    when: { weekday: "thu", time: "14:00" },
  },
];

const LIBRARY_TEXTS = new Map(LIBRARY.duties.map(({ id, text }) => [id, text]));

/** A duty of the library by its id and its text; where a matrix has neither, by what its text says. */
function clueOf(id: string): DutyClue {
  const text = LIBRARY_TEXTS.get(id) ?? "";
  return { id, text, words: text };
}

/** The scenarios that can be tried on any matrix. */
export const SCENARIOS: readonly Scenario[] = SCENARIOS_OF_THE_LIBRARY.map((scenario) => ({
  ...scenario,
  duties: scenario.duties.map(clueOf),
}));

/** A scenario by its id. */
export function scenarioNamed(id: string): Scenario | null {
  return SCENARIOS.find((scenario) => scenario.id === id) ?? null;
}
