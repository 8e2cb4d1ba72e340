import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

/** What Remix, React's compiler and the entry of a server ask a module for by name. */
const ASKED_FOR: [place: RegExp, names: readonly string[]][] = [
  [
    /^app\/(routes\/|root\.tsx)/,
    [
      "loader",
      "action",
      "meta",
      "headers",
      "links",
      "handle",
      "shouldRevalidate",
      "clientLoader",
      "clientAction",
      "HydrateFallback",
      "Layout",
      "ErrorBoundary",
    ],
  ],
  [/^app\/entry\.server\.tsx$/, ["streamTimeout"]],
  [/^app\/ui\/text\//, ["jsx", "jsxs", "jsxDEV", "Fragment", "JSX"]],
];

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).flatMap((name) =>
    /\.(ts|tsx|mjs|js)$/.test(name) && !/(^|\/)(generated|node_modules)\//.test(name)
      ? [path.posix.join(folder, name)]
      : [],
  );
const sources = new Map(
  [
    ...["app", "prisma", "tests", ".ci"].flatMap(filesIn),
    ...readdirSync(".").filter((name) => /\.(ts|mjs|js)$/.test(name)),
  ].map((file) => [file, readFileSync(file, "utf8")]),
);

it("nothing is exported that no other file names", () => {
  const files = new Map([...sources].map(([file, text]) => [file, new Set(text.match(/[\w$]+/g))]));
  const countOf = new Map<string, number>();
  for (const words of files.values()) for (const word of words) countOf.set(word, (countOf.get(word) ?? 0) + 1);
  const unused = [...sources].flatMap(([file, text]) => {
    if (!/^(app|prisma)\//.test(file)) return [];
    const asked = new Set(ASKED_FOR.flatMap(([place, names]) => (place.test(file) ? names : [])));
    const names = [...text.matchAll(/^export (?:async )?(?:function\*?|const|let|class|type) ([\w$]+)/gm)].map(
      ([, name = ""]) => name,
    );
    return names.filter((name) => !asked.has(name) && countOf.get(name) === 1).map((name) => `${file}: ${name}`);
  });
  expect(sources.size).toBeGreaterThan(700);
  expect(unused).toEqual([]);
});
