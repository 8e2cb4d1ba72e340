/** Every address of the product, in one place. Nothing else builds a URL. */
import type { ExportFormat, OnCallFormat } from "~/domain/pack/report-parts";

/** Which parts an export has, on which paper, and whether it is the amendment; without any of them all that is signed, on A4. */
export type ExportQuery = { parts?: string; paper?: string; as?: "amendment" };

export const RECORD_FORMATS = ["csv", "jsonl"] as const;
export type RecordFormat = (typeof RECORD_FORMATS)[number];

const matrixPath = (matrixId: string) => `/matrices/${encodeURIComponent(matrixId)}`;

const workshopPath = (workshopId: string) => `/workshop/${encodeURIComponent(workshopId)}`;

const elsewhere = (next: string | undefined) => (next === "/" ? undefined : next);

/** What the page of people shows beside its lists: one person, a form for somebody new or known, what was just undone. */
type PeopleQuery = {
  q?: string;
  person?: string;
  add?: "client" | "provider" | "third-party";
  edit?: string;
  removed?: string;
  ended?: string;
  /** The id of the role whose rota is open. */
  rota?: string;
};

export type EscalationQuery = { path?: string; level?: string; edit?: "path" };

/** Which call cards are shown: the id of a path, or every path where none is named; and the draft's where a version is in force. */
export type CallCardQuery = { path?: string; of?: "draft"; size?: string };
/** The drills: which page of them, the form for a new one with what it begins with, one to correct or to delete. */
type DrillsQuery = {
  page?: string;
  add?: "yes";
  scenario?: string;
  query?: string;
  edit?: string;
  delete?: string;
};

export const ORGANISATION_PARTS = ["clients", "people", "presets"] as const;
export type OrganisationPart = (typeof ORGANISATION_PARTS)[number];

/** Which part of an organisation is shown, what of it, and what is being changed: a client's access, a person to remove, a preset. */
export type OrganisationQuery = {
  show?: OrganisationPart;
  q?: string;
  page?: number;
  client?: string;
  remove?: string;
  preset?: string;
  drop?: string;
};

/** The list of engagements: what is searched for, which are shown, by what they are sorted (backwards with a minus), and how many rows. */
export type HomeQuery = { q?: string; show?: string; sort?: string; rows?: string };

/** Two versions by number, or the draft; and which changes are shown: of a kind, those that concern a party. */
type CompareQuery = { from?: string; to?: string; kind?: string; party?: string };

function queryOf(query: Record<string, string | undefined>): string {
  const text = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString();
  return text ? `?${text}` : "";
}

export const paths = {
  home: (query: HomeQuery = {}) => `/${queryOf(query)}`,
  newEngagement: (start: "library" | "blank" = "library") => `/engagements/new?start=${start}`,
  library: () => "/library",
  sample: () => "/engagements/sample",
  board: (matrixId: string) => `${matrixPath(matrixId)}/board`,
  domain: (matrixId: string, domainId: string) =>
    `${matrixPath(matrixId)}/board?domain=${encodeURIComponent(domainId)}`,
  duty: (matrixId: string, dutyId: string) => `${matrixPath(matrixId)}/board?duty=${encodeURIComponent(dutyId)}`,
  matrix: (matrixId: string, dutyId?: string) =>
    `${matrixPath(matrixId)}/matrix${dutyId ? `?duty=${encodeURIComponent(dutyId)}` : ""}`,
  /** The draft with marks on what changed since a version. */
  changesOn: (matrixId: string, view: "board" | "matrix", since: number) =>
    `${matrixPath(matrixId)}/${view}?since=${since}`,
  findings: (matrixId: string, only?: { duty: string } | { severity: string }) =>
    `${matrixPath(matrixId)}/findings${only ? `?${new URLSearchParams(only).toString()}` : ""}`,
  workshopSheet: (matrixId: string) => `${matrixPath(matrixId)}/workshop-sheet`,
  matrices: (matrixId: string) => `${matrixPath(matrixId)}/matrices`,
  parties: (matrixId: string) => `${matrixPath(matrixId)}/parties`,
  communication: (matrixId: string) => `${matrixPath(matrixId)}/communication`,
  wording: (matrixId: string) => `${matrixPath(matrixId)}/wording`,
  authority: (matrixId: string) => `${matrixPath(matrixId)}/authority`,
  people: (matrixId: string, query: PeopleQuery = {}) => `${matrixPath(matrixId)}/people${queryOf(query)}`,
  /** The escalation paths: which one is shown, and which of its levels, or its own facts, are open beside it. */
  escalation: (matrixId: string, query: EscalationQuery & Record<string, string | undefined> = {}, hash = "") =>
    `${matrixPath(matrixId)}/escalation${queryOf(query)}${hash}`,
  drills: (matrixId: string, query: DrillsQuery = {}, hash = "") =>
    `${matrixPath(matrixId)}/escalation/drills${queryOf(query)}${hash}`,
  /** Who answers at each level of each path for the next two days. */
  rightNow: (matrixId: string) => `${matrixPath(matrixId)}/right-now`,
  /** Call cards to print: of one path or of all, as agreed or as drafted, on which paper. */
  callCard: (matrixId: string, query: CallCardQuery = {}) => `${matrixPath(matrixId)}/call-card${queryOf(query)}`,
  /** The same cards as a PDF. */
  callCardFile: (matrixId: string, query: CallCardQuery = {}) =>
    `${matrixPath(matrixId)}/call-card/pdf${queryOf(query)}`,
  /** What a scenario comes to; its query is that of `scenarioQuery`. */
  scenario: (matrixId: string, query: Record<string, string>) => `${matrixPath(matrixId)}/scenario${queryOf(query)}`,
  /** Who can be reached on a path throughout the week of a day, on the clocks of a zone. */
  cover: (matrixId: string, query: Partial<Record<"path" | "day" | "zone", string>>) =>
    `${matrixPath(matrixId)}/cover${queryOf(query)}`,
  /** What findings are made of that need to know who can be reached when. */
  coverFacts: (matrixId: string) => `${matrixPath(matrixId)}/cover/facts`,
  /** The public holidays that a country's calendar proposes. */
  holidays: (matrixId: string, query: Record<"country" | "state" | "region" | "year", string>) =>
    `${matrixPath(matrixId)}/holidays${queryOf(query)}`,
  holders: (matrixId: string) => `${matrixPath(matrixId)}/holders`,
  /** Writes a message to somebody. */
  mail: (address: string) => `mailto:${address.split("@").map(encodeURIComponent).join("@")}`,
  /** Calls a number: its digits, without what stands beside them for people. */
  call: (number: string) =>
    `tel:${number
      .replace(/(?:ext|x)\.?\s*\d+\s*$/i, "")
      .replace(/\(0\)/, "")
      .replace(/[^\d+*#]/g, "")
      .replace(/(?!^)\+/g, "")}`,
  publish: (matrixId: string) => `${matrixPath(matrixId)}/publish`,
  /** The newest versions, or all; `on` asks which was in force on a day, as YYYY-MM-DD. */
  versions: (matrixId: string, query: { on?: string; all?: "yes" } = {}) =>
    `${matrixPath(matrixId)}/versions${queryOf(query)}`,
  version: (matrixId: string, number: number) => `${matrixPath(matrixId)}/versions/${number}`,
  /** The RFC 3161 token over a version's fingerprint. */
  timeStamp: (matrixId: string, number: number) => `${matrixPath(matrixId)}/versions/${number}/time-stamp`,
  /** A version's matrix, for marks that compare with it. */
  snapshot: (matrixId: string, number: number) => `${matrixPath(matrixId)}/versions/${number}/snapshot`,
  /** Where somebody with an account signs a version. */
  sign: (matrixId: string, number: number) => `${matrixPath(matrixId)}/versions/${number}/sign`,
  /** Where somebody signs by their personal link. */
  signByLink: (token: string) => `/sign/${encodeURIComponent(token)}`,
  /** The version of a personal link as a PDF. */
  signingFile: (token: string) => `/sign/${encodeURIComponent(token)}/pdf`,
  /** Takes a file that was signed on paper. */
  paper: (matrixId: string, number: number) => `${matrixPath(matrixId)}/versions/${number}/paper`,
  paperFile: (matrixId: string, number: number, paperId: string) =>
    `${matrixPath(matrixId)}/versions/${number}/papers/${encodeURIComponent(paperId)}`,
  compare: (matrixId: string, query: CompareQuery = {}) => `${matrixPath(matrixId)}/compare${queryOf(query)}`,
  commands: (matrixId: string) => `${matrixPath(matrixId)}/commands`,
  /** The activity; from `since` on what others did. */
  activity: (matrixId: string, query: { since?: string } = {}) => `${matrixPath(matrixId)}/activity${queryOf(query)}`,
  history: (matrixId: string, dutyId: string, before: number | null) =>
    `${matrixPath(matrixId)}/history?duty=${encodeURIComponent(dutyId)}${before === null ? "" : `&before=${before}`}`,
  reopened: (matrixId: string, dutyId: string) => `${matrixPath(matrixId)}/reopened?duty=${encodeURIComponent(dutyId)}`,
  presence: (matrixId: string) => `${matrixPath(matrixId)}/presence`,
  /** Takes down that somebody has the matrix open, and what of others' changes they are told. */
  visit: (matrixId: string) => `${matrixPath(matrixId)}/visit`,
  /** The stream of what happens on matrices, from the revisions `at` on. */
  live: (protocol: number, at: string) => `/live${queryOf({ protocol: String(protocol), at })}`,
  /** The workshops on a matrix. */
  workshops: (matrixId: string) => `${matrixPath(matrixId)}/workshops`,
  /** Where a workshop is prepared: what it is about, in which order, and for how long. */
  workshopPlan: (matrixId: string, workshopId: string) =>
    `${matrixPath(matrixId)}/workshops/${encodeURIComponent(workshopId)}`,
  /** Where one joins a workshop: with digits, or by a link's token. */
  join: (token?: string) => (token === undefined ? "/join" : `/join/${encodeURIComponent(token)}`),
  workshop: (workshopId: string) => workshopPath(workshopId),
  /** The screen in front of everybody. */
  projector: (workshopId: string) => `${workshopPath(workshopId)}/projector`,
  /** Where a member comes in. */
  enterWorkshop: (workshopId: string) => `${workshopPath(workshopId)}/enter`,
  /** Takes what a participant asks for. */
  workshopAsked: (workshopId: string) => `${workshopPath(workshopId)}/asked`,
  inviteToWorkshop: (workshopId: string) => `${workshopPath(workshopId)}/invitations`,
  workshopMinutes: (workshopId: string) => `${workshopPath(workshopId)}/minutes`,
  /** The minutes as a file, or what was parked as a calendar. */
  minutesFile: (workshopId: string, format: "pdf" | "docx" | "ics", paper?: string) =>
    `${workshopPath(workshopId)}/minutes/${format}${queryOf({ paper })}`,
  /** The stream of what happens in a workshop; `as` says whether it is for the projector. */
  workshopLive: (workshopId: string, protocol: number, as?: "projector") =>
    `${workshopPath(workshopId)}/live${queryOf({ protocol: String(protocol), as })}`,
  draft: (matrixId: string, since: number) => `${matrixPath(matrixId)}/draft?since=${since}`,
  /** The people behind the roles with their rotas, as a file. */
  exportPeople: (matrixId: string) => `${matrixPath(matrixId)}/people/file`,
  exportDraft: (matrixId: string, format: ExportFormat, query: ExportQuery = {}) =>
    `${matrixPath(matrixId)}/export/${format}${queryOf(query)}`,
  exportVersion: (matrixId: string, number: number, format: ExportFormat, query: ExportQuery = {}) =>
    `${matrixPath(matrixId)}/versions/${number}/export/${format}${queryOf(query)}`,
  /** The draft's escalation paths as a file for on-call tools: one of them, or all. */
  exportPaths: (matrixId: string, format: OnCallFormat, pathId?: string) =>
    `${matrixPath(matrixId)}/export/${format}${queryOf({ path: pathId })}`,
  health: () => "/health",
  /** Open to everybody: checks a file. */
  verify: () => "/verify",
  setUp: () => "/set-up",
  /** `done` names what was just carried out. */
  signIn: (next?: string, done?: string) => `/sign-in${queryOf({ next: elsewhere(next), done })}`,
  /** `done` names what was just carried out, `part` the section to begin at. */
  account: (to: { done?: string; part?: string } = {}) =>
    `/account${to.done ? `?done=${to.done}` : ""}${to.part ? `#${to.part}` : ""}`,
  twoFactor: () => "/account/two-factor",
  confirmEmail: (token: string) => `/account/confirm-email?token=${encodeURIComponent(token)}`,
  ownData: () => "/account/data",
  signInByMail: (next?: string) => `/sign-in/by-mail${queryOf({ next: elsewhere(next) })}`,
  openLink: (token: string) => `/sign-in/link?token=${encodeURIComponent(token)}`,
  secondFactor: (next?: string, way?: "recovery-code") =>
    `/sign-in/second-factor${queryOf({ next: elsewhere(next), with: way })}`,
  /** Begins to sign in with a directory. */
  signInDirectory: (directory: string, next?: string) =>
    `/sign-in/directory${queryOf({ with: directory, next: elsewhere(next) })}`,
  /** Says why a directory signed nobody in. */
  signInRefused: (directory?: string, next?: string, error?: string) =>
    `/sign-in/refused${queryOf({ with: directory, next: elsewhere(next), error })}`,
  directoryCallback: (directory: string) => `/auth/callback/${encodeURIComponent(directory)}`,
  forgotPassword: () => "/forgot-password",
  resetPassword: (token: string) => `/reset-password?token=${encodeURIComponent(token)}`,
  signOut: () => "/sign-out",
  invitation: (token: string) => `/invitations/${encodeURIComponent(token)}`,
  shared: (token: string) => `/shared/${encodeURIComponent(token)}`,
  /** The private address at which a calendar program fetches a calendar. */
  calendar: (token: string) => `/calendars/${encodeURIComponent(token)}.ics`,
  /** Makes calendars of a matrix; asked for one person's turns, the file with them. */
  calendars: (matrixId: string, query: { person?: string } = {}) =>
    `${matrixPath(matrixId)}/calendars${queryOf(query)}`,
  /** Reads a calendar for the rota of a role, and imports what was read. */
  rotaImport: (matrixId: string) => `${matrixPath(matrixId)}/rota-import`,
  record: (matrixId: string) => `${matrixPath(matrixId)}/record`,
  exportRecord: (matrixId: string, format: RecordFormat) => `${matrixPath(matrixId)}/record/${format}`,
  /** The provider's organisation of whoever asks; its clients first. */
  organisation: ({ show, page, ...rest }: OrganisationQuery = {}) =>
    `/organisation${queryOf({ show: show === "clients" ? undefined : show, page: page && page > 1 ? String(page) : undefined, ...rest })}`,
  access: (matrixId: string) => `${matrixPath(matrixId)}/access`,
};
