/** Every address of the product, in one place. Nothing else builds a URL. */

export const EXPORT_FORMATS = ["xlsx", "json", "csv", "md"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const RECORD_FORMATS = ["csv", "jsonl"] as const;
export type RecordFormat = (typeof RECORD_FORMATS)[number];

const matrixPath = (matrixId: string) => `/matrices/${encodeURIComponent(matrixId)}`;

export const paths = {
  home: () => "/",
  newEngagement: (start: "library" | "blank" = "library") => `/engagements/new?start=${start}`,
  library: () => "/library",
  sample: () => "/engagements/sample",
  board: (matrixId: string) => `${matrixPath(matrixId)}/board`,
  duty: (matrixId: string, dutyId: string) => `${matrixPath(matrixId)}/board?duty=${encodeURIComponent(dutyId)}`,
  matrix: (matrixId: string, dutyId?: string) => `${matrixPath(matrixId)}/matrix${dutyId ? `?duty=${encodeURIComponent(dutyId)}` : ""}`,
  findings: (matrixId: string, only?: { duty: string } | { severity: string }) => `${matrixPath(matrixId)}/findings${only ? `?${new URLSearchParams(only).toString()}` : ""}`,
  matrices: (matrixId: string) => `${matrixPath(matrixId)}/matrices`,
  parties: (matrixId: string) => `${matrixPath(matrixId)}/parties`,
  publish: (matrixId: string) => `${matrixPath(matrixId)}/publish`,
  versions: (matrixId: string) => `${matrixPath(matrixId)}/versions`,
  version: (matrixId: string, number: number) => `${matrixPath(matrixId)}/versions/${number}`,
  commands: (matrixId: string) => `${matrixPath(matrixId)}/commands`,
  activity: (matrixId: string) => `${matrixPath(matrixId)}/activity`,
  history: (matrixId: string, dutyId: string, before: number | null) => `${matrixPath(matrixId)}/history?duty=${encodeURIComponent(dutyId)}${before === null ? "" : `&before=${before}`}`,
  reopened: (matrixId: string, dutyId: string) => `${matrixPath(matrixId)}/reopened?duty=${encodeURIComponent(dutyId)}`,
  draft: (matrixId: string, since: number) => `${matrixPath(matrixId)}/draft?since=${since}`,
  exportDraft: (matrixId: string, format: ExportFormat) => `${matrixPath(matrixId)}/export/${format}`,
  exportVersion: (matrixId: string, number: number, format: ExportFormat) => `${matrixPath(matrixId)}/versions/${number}/export/${format}`,
  health: () => "/health",
  setUp: () => "/set-up",
  signIn: (next?: string) => `/sign-in${next && next !== "/" ? `?next=${encodeURIComponent(next)}` : ""}`,
  account: () => "/account",
  signOut: () => "/sign-out",
  invitation: (token: string) => `/invitations/${encodeURIComponent(token)}`,
  shared: (token: string) => `/shared/${encodeURIComponent(token)}`,
  record: (matrixId: string) => `${matrixPath(matrixId)}/record`,
  exportRecord: (matrixId: string, format: RecordFormat) => `${matrixPath(matrixId)}/record/${format}`,
  access: (matrixId: string) => `${matrixPath(matrixId)}/access`,
};
