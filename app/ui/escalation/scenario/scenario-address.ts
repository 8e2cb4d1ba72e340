/** The parts of a scenario's query, as a link to its answer names them. */
const NAMES = ["scenario", "title", "path", "duties", "day", "time", "zone", "away"];

/** The name that a part of a scenario's query has in the page's address, where `path` names the path that is shown. */
export function nameInAddress(name: string): string {
  return name === "path" ? "follows" : name;
}

/** The part of the page's address that is about a scenario; empty where it asks for none. */
export function scenarioInAddress(params: URLSearchParams): Record<string, string> {
  if (!params.has("scenario")) return {};
  return Object.fromEntries(
    NAMES.map(nameInAddress).flatMap((name) => {
      const value = params.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
