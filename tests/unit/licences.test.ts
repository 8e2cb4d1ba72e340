import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

/** SPDX names that let anybody use, change and pass on a package as long as its notice stays with it. */
const PERMISSIVE = new Set([
  "0BSD",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC-BY-3.0",
  "CC-BY-4.0",
  "CC0-1.0",
  "ISC",
  "MIT",
  "MIT-0",
  "OFL-1.1",
  "PSF-2.0",
  "Python-2.0",
  "Unlicense",
  "Zlib",
]);

/** What packages write that SPDX doesn't know, in its words. */
const SPELLED: Record<string, string> = { "MIT/X11": "MIT", "MIT and ISC": "MIT AND ISC" };

const NONE = "none stated";

/** Packages that were looked at one by one: what their licence is taken for, and why they may stay. One that comes to state another is judged anew. */
const JUDGED: Record<string, { licence: string; because: string }> = {
  elkjs: {
    licence: "EPL-2.0",
    because:
      "Copyleft for its own files, which are unchanged. It belongs to Prisma Studio in the `prisma` command; the server doesn't load it and no browser gets it.",
  },
  lightningcss: {
    licence: "MPL-2.0",
    because:
      "Copyleft for its own files, which are unchanged. Vite makes style sheets smaller with it; the server doesn't load it and no browser gets it.",
  },
  "png-js": { licence: "MIT", because: "Its package.json says nothing; its file LICENSE has the MIT text." },
  "require-like": { licence: "MIT", because: "Its package.json says nothing; its file License has the MIT text." },
  "seq-queue": { licence: "MIT", because: "Its package.json says nothing; its file LICENSE has the MIT text." },
};

/** A package's part for one kind of machine is judged with it. */
const judgement = (name: string) =>
  JUDGED[name] ?? JUDGED[name.replace(/-(android|darwin|freebsd|linux|win32)-.+$/, "")];

type Locked = { name?: string; version: string; license?: string; dev?: boolean };
type Package = { name: string; version: string; licence: string };

/** The packages the lock installs for more than tests and tools, each version once, by name. */
function shipped(): Package[] {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Locked> };
  const found = new Map<string, Package>();
  for (const [place, locked] of Object.entries(packages)) {
    if (place === "" || locked.dev) continue;
    const name = locked.name ?? place.slice(place.lastIndexOf("node_modules/") + "node_modules/".length);
    const written = spelled(locked.license ?? stated(place));
    found.set(`${name}@${locked.version}`, {
      name,
      version: locked.version,
      licence: written === NONE ? (judgement(name)?.licence ?? NONE) : written,
    });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The licence in a package's own words, where the lock has none: `license`, or the older list `licenses`. */
function stated(place: string): string {
  const { license, licenses } = JSON.parse(readFileSync(`${place}/package.json`, "utf8")) as {
    license?: string;
    licenses?: { type: string }[];
  };
  return license ?? licenses?.map(({ type }) => type).join(" OR ") ?? NONE;
}

function spelled(licence: string): string {
  return SPELLED[licence] ?? licence.replace(/^\((.*)\)$/, "$1");
}

/** Of a choice one licence has to be permissive, of several at once each. */
function permits(licence: string): boolean {
  if (licence.includes(" OR ")) return licence.split(" OR ").some(permits);
  if (licence.includes(" AND ")) return licence.split(" AND ").every(permits);
  return PERMISSIVE.has(licence);
}

const FEW = 6;

/** Licences with how many packages have them, the most frequent first, and what was judged one by one. */
function tableOf(packages: readonly Package[]): string {
  const by = new Map<string, Package[]>();
  for (const one of packages) by.set(one.licence, [...(by.get(one.licence) ?? []), one]);
  const rows = [...by]
    .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1))
    .map(
      ([licence, of]) =>
        `| ${licence} | ${of.length} | ${of.length > FEW ? "" : [...new Set(of.map(({ name }) => name))].join(", ")} |`,
    );
  const judged = Object.entries(JUDGED).map(([name, { licence, because }]) => `| ${name} | ${licence} | ${because} |`);
  return [
    "| Licence | Packages | Which, where they are few |",
    "|---|---|---|",
    ...rows,
    "",
    "| Looked at one by one | Licence | Why it may stay |",
    "|---|---|---|",
    ...judged,
  ].join("\n");
}

const [BEGIN, END] = [
  "<!-- licences of package-lock.json: begin -->",
  "<!-- licences of package-lock.json: end -->",
] as const;

describe("the licences of what is installed to serve", () => {
  it("are permissive, or were looked at one by one", () => {
    const refused = shipped().filter(({ name, licence }) => !permits(licence) && judgement(name)?.licence !== licence);
    expect(refused.map(({ name, version, licence }) => `${name} ${version}: ${licence}`)).toEqual([]);
  });

  it("are judged for nothing that isn't installed any more", () => {
    const names = new Set(shipped().map(({ name }) => name));
    expect(Object.keys(JUDGED).filter((name) => !names.has(name))).toEqual([]);
  });

  it("stand in docs/security.md as the lock has them", () => {
    const told = readFileSync("docs/security.md", "utf8").split(BEGIN)[1]?.split(END)[0]?.trim();
    const table = tableOf(shipped());
    expect(told, `Paste this between the two comments in docs/security.md:\n\n${table}\n`).toBe(table);
  });
});
