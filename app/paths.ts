/** Every address of the product, in one place. Nothing else builds a URL. */

export const EXPORT_FORMATS = ["xlsx", "json", "csv", "md"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const matrixPath = (matrixId: string) => `/matrices/${encodeURIComponent(matrixId)}`;

/** What the page of people shows beside its lists: one person, a form for somebody new or known, what was just undone. */
export type PeopleQuery = { q?: string; person?: string; add?: "client" | "provider" | "third-party"; edit?: string; removed?: string; ended?: string };

function queryOf(query: PeopleQuery): string {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value)).toString();
  return text ? `?${text}` : "";
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
  people: (matrixId: string, query: PeopleQuery = {}) => `${matrixPath(matrixId)}/people${queryOf(query)}`,
  holders: (matrixId: string) => `${matrixPath(matrixId)}/holders`,
  /** Writes a message to somebody. */
  mail: (address: string) => `mailto:${address.split("@").map(encodeURIComponent).join("@")}`,
  /** Calls a number: its digits, without what stands beside them for people. */
  call: (number: string) => `tel:${number.replace(/(?:ext|x)\.?\s*\d+\s*$/i, "").replace(/\(0\)/, "").replace(/[^\d+*#]/g, "").replace(/(?!^)\+/g, "")}`,
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
};
