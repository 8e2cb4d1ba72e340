/** Every address of the product, in one place. Nothing else builds a URL. */

export const EXPORT_FORMATS = ["xlsx", "json", "csv", "md"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const matrixPath = (matrixId: string) => `/matrices/${encodeURIComponent(matrixId)}`;

const elsewhere = (next: string | undefined) => (next === "/" ? undefined : next);

function query(values: Record<string, string | undefined>): string {
  const given = Object.entries(values).flatMap(([name, value]) => (value ? [`${name}=${encodeURIComponent(value)}`] : []));
  return given.length > 0 ? `?${given.join("&")}` : "";
}

export const paths = {
  home: () => "/",
  newEngagement: (start: "library" | "blank" = "library") => `/engagements/new?start=${start}`,
  library: () => "/library",
  sample: () => "/engagements/sample",
  board: (matrixId: string) => `${matrixPath(matrixId)}/board`,
  duty: (matrixId: string, dutyId: string) => `${matrixPath(matrixId)}/board?duty=${encodeURIComponent(dutyId)}`,
  matrix: (matrixId: string, dutyId?: string) => `${matrixPath(matrixId)}/matrix${dutyId ? `?duty=${encodeURIComponent(dutyId)}` : ""}`,
  findings: (matrixId: string) => `${matrixPath(matrixId)}/findings`,
  matrices: (matrixId: string) => `${matrixPath(matrixId)}/matrices`,
  parties: (matrixId: string) => `${matrixPath(matrixId)}/parties`,
  publish: (matrixId: string) => `${matrixPath(matrixId)}/publish`,
  versions: (matrixId: string) => `${matrixPath(matrixId)}/versions`,
  version: (matrixId: string, number: number) => `${matrixPath(matrixId)}/versions/${number}`,
  commands: (matrixId: string) => `${matrixPath(matrixId)}/commands`,
  activity: (matrixId: string) => `${matrixPath(matrixId)}/activity`,
  history: (matrixId: string, dutyId: string, before: number | null) => `${matrixPath(matrixId)}/history?duty=${encodeURIComponent(dutyId)}${before === null ? "" : `&before=${before}`}`,
  draft: (matrixId: string, since: number) => `${matrixPath(matrixId)}/draft?since=${since}`,
  exportDraft: (matrixId: string, format: ExportFormat) => `${matrixPath(matrixId)}/export/${format}`,
  exportVersion: (matrixId: string, number: number, format: ExportFormat) => `${matrixPath(matrixId)}/versions/${number}/export/${format}`,
  health: () => "/health",
  setUp: () => "/set-up",
  /** `done` names what was just carried out. */
  signIn: (next?: string, done?: string) => `/sign-in${query({ next: elsewhere(next), done })}`,
  /** `done` names what was just carried out, `part` the section to begin at. */
  account: (to: { done?: string; part?: string } = {}) => `/account${to.done ? `?done=${to.done}` : ""}${to.part ? `#${to.part}` : ""}`,
  twoFactor: () => "/account/two-factor",
  confirmEmail: (token: string) => `/account/confirm-email?token=${encodeURIComponent(token)}`,
  ownData: () => "/account/data",
  signInByMail: (next?: string) => `/sign-in/by-mail${query({ next: elsewhere(next) })}`,
  openLink: (token: string) => `/sign-in/link?token=${encodeURIComponent(token)}`,
  secondFactor: (next?: string, way?: "recovery-code") => `/sign-in/second-factor${query({ next: elsewhere(next), with: way })}`,
  /** Begins to sign in with a directory. */
  signInDirectory: (directory: string, next?: string) => `/sign-in/directory${query({ with: directory, next: elsewhere(next) })}`,
  /** Says why a directory signed nobody in. */
  signInRefused: (directory?: string, next?: string, error?: string) => `/sign-in/refused${query({ with: directory, next: elsewhere(next), error })}`,
  directoryCallback: (directory: string) => `/auth/callback/${encodeURIComponent(directory)}`,
  forgotPassword: () => "/forgot-password",
  resetPassword: (token: string) => `/reset-password?token=${encodeURIComponent(token)}`,
  signOut: () => "/sign-out",
  invitation: (token: string) => `/invitations/${encodeURIComponent(token)}`,
  access: (matrixId: string) => `${matrixPath(matrixId)}/access`,
};
