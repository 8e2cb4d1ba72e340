/** Every address of the product, in one place. Nothing else builds a URL. */

export const EXPORT_FORMATS = ["xlsx", "json", "csv", "md"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

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
};
