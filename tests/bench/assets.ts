import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const CLIENT = "build/client/assets";
const ALWAYS = ["root", "routes/matrix/layout"];

/** The script and style a first visit to a view of a matrix loads, in KB as it is sent: packed with brotli where that pays. */
export function routeBytes(view: "board" | "matrix" | "findings") {
  const name = readdirSync(CLIENT).find((file) => file.startsWith("manifest-")) ?? "";
  const manifest = readFileSync(path.join(CLIENT, name), "utf8");
  const { entry, routes } = JSON.parse(manifest.slice(manifest.indexOf("{"), manifest.lastIndexOf("}") + 1));
  const parts = [entry, ...[...ALWAYS, `routes/matrix/${view}`].map((id) => routes[id])];
  // Which routes there are comes as a file as well.
  const scripts = new Set<string>([
    `/assets/${name}`,
    ...parts.flatMap(({ module, imports = [] }) => [module, ...imports]),
  ]);
  const styles = new Set<string>(parts.flatMap(({ css = [] }) => css));
  return { scriptKb: kilobytes(scripts), scriptFiles: scripts.size, styleKb: kilobytes(styles) };
}

function kilobytes(files: Set<string>): number {
  const sent = (file: string) => (existsSync(`${file}.br`) ? `${file}.br` : file);
  const bytes = [...files].reduce((sum, file) => sum + statSync(sent(path.join("build/client", file))).size, 0);
  return Math.round(bytes / 100) / 10;
}
