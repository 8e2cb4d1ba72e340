import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const PAST_THEIR_OWN = [
  ["domain", "app/domain/planted.ts", 'import { read } from "~/db/client.server";\nexport const x = read;'],
  [
    "domain, upwards",
    "app/domain/findings/planted.ts",
    'import { read } from "../../app/db/client.server";\nexport const x = read;',
  ],
  [
    "domain, out of the application",
    "app/domain/out.ts",
    'import { read } from "../../prisma/databases.mjs";\nexport const x = read;',
  ],
  ["domain, a package", "app/domain/package.ts", 'import React from "react";\nexport const x = React;'],
  ["domain, passed on", "app/domain/passed-on.ts", 'export * from "~/db/client.server";'],
  ["domain, later", "app/domain/later.ts", 'export const x = () => import("~/db/client.server");'],
  [
    "library",
    "app/library/planted.ts",
    'import { actorOf } from "~/services/who/actor.server";\nexport const x = actorOf;',
  ],
  ["files", "app/files/planted.server.ts", 'import { read } from "~/db/client.server";\nexport const x = read;'],
  ["db", "app/db/planted.server.ts", 'import { forActor } from "~/http/respond.server";\nexport const x = forActor;'],
  ["services", "app/services/planted.server.ts", 'import { Board } from "~/ui/board/board";\nexport const x = Board;'],
  ["http", "app/http/planted.server.ts", 'import { read } from "~/db/client.server";\nexport const x = read;'],
  [
    "ui",
    "app/ui/planted.tsx",
    'import { loadDraft } from "~/services/matrix/drafts.server";\nexport const x = loadDraft;',
  ],
  [
    "ui, a type beside a value",
    "app/ui/beside.tsx",
    'import { loadDraft, type DraftView } from "~/services/matrix/drafts.server";\nexport const x = (y: DraftView) => [loadDraft, y];',
  ],
  [
    "ui, a type passed on beside values",
    "app/ui/passed-on.tsx",
    'export { type DraftView } from "~/services/matrix/drafts.server";',
  ],
  [
    "ui, a type of the database",
    "app/ui/of-db.tsx",
    'import type { VersionRow } from "~/db/version-store.server";\nexport type X = VersionRow;',
  ],
  [
    "domain, a type of a service",
    "app/domain/of-service.ts",
    'import type { DraftView } from "~/services/matrix/drafts.server";\nexport type X = DraftView;',
  ],
  [
    "domain, the arithmetic of time zones past the one file that imports it",
    "app/domain/cover/planted.ts",
    'import { Temporal } from "temporal-polyfill";\nexport const x = Temporal;',
  ],
  [
    "ui, the framework's router past the one file that names it",
    "app/ui/link.tsx",
    'import { Link } from "@remix-run/react";\nexport const X = Link;',
  ],
  ["routes", "app/routes/planted.ts", 'import { read } from "~/db/client.server";\nexport const x = read;'],
  ["cli", "app/cli/planted.ts", 'import { read } from "~/db/client.server";\nexport const x = read;'],
] as const;

const OUT_OF_THE_DOMAIN = [
  ["the clock", "app/domain/clock.ts", "export const now = () => Date.now();"],
  ["a new date", "app/domain/new-date.ts", "export const now = () => new Date();"],
  ["chance", "app/domain/chance.ts", "export const id = () => Math.random();"],
  ["an id", "app/domain/id.ts", "export const id = () => crypto.randomUUID();"],
  ["waiting", "app/domain/waiting.ts", "export async function wait(x: Promise<void>) { await x; }"],
  ["a cast", "app/domain/cast.ts", "export const x = (y: unknown) => y as string;"],
] as const;

const ANYWHERE = [
  ["typescript(no-explicit-any)", "tests/any.ts", "export const x = (y: any): string => y;"],
  ["typescript(consistent-type-definitions)", "tests/interface.ts", "export interface X { y: string }"],
  [
    "typescript(consistent-type-imports)",
    "tests/type-import.ts",
    'import { Page } from "./page";\nexport type X = Page;',
  ],
  ["eslint(no-unused-vars)", "tests/unused.ts", "const x = 1;\nexport const y = 2;"],
  ["eslint(eqeqeq)", "tests/equal.ts", "export const x = (y: string) => y == null;"],
  [
    "react-hooks(rules-of-hooks)",
    "app/ui/hook.tsx",
    'import { useState } from "react";\nexport function X({ y }: { y: boolean }) {\n  if (y) useState(1);\n  return null;\n}',
  ],
  [
    "react-hooks(exhaustive-deps)",
    "app/ui/deps.tsx",
    'import { useEffect } from "react";\nexport function X({ y }: { y: () => void }) {\n  useEffect(() => y(), []);\n  return null;\n}',
  ],
  ["demarc(syntax)", "app/ui/normalises.ts", 'export const x = (y: string) => y.normalize("NFC");'],
  ["demarc(syntax)", "app/services/day.server.ts", "export const x = (at: string) => at.slice(0, 10);"],
  ["demarc(syntax)", "app/ui/missing.ts", "export const x = (y?: string) => y!.length;"],
] as const;

const filler = (count: number, line: string) => Array.from({ length: count }, () => line).join("\n");
/** Functions of so many lines in all. */
const component = (lines: number) =>
  `export function X() {\n  return (\n    <p>\n${filler(lines - 6, "      x")}\n    </p>\n  );\n}`;
const hook = (lines: number) => `export const useX = (x: () => void) => {\n${filler(lines - 2, "  x();")}\n};`;
const TOO_LONG = [
  ["a component", "app/ui/long.tsx", component(151)],
  [
    "a component in a call",
    "app/ui/long-memo.tsx",
    component(151)
      .replace("export function X() {", 'import { memo } from "react";\nexport const X = memo(function X() {')
      .replace(/\}$/, "});"),
  ],
  [
    "a component that leaves the drawing to a function inside it",
    "app/ui/long-draw.tsx",
    `export function X() {\n  const draw = () => <p />;\n${filler(148, "  draw();")}\n  return draw();\n}`,
  ],
  ["a hook", "app/ui/use-long.ts", hook(151)],
] as const;
const LONG_ENOUGH = [
  ["a component", "app/ui/whole.tsx", component(150)],
  ["a hook", "app/ui/use-whole.ts", hook(150)],
] as const;

const KEYS = [
  ["read from an event", "app/ui/read.ts", 'export const x = (event: KeyboardEvent) => event.key === "Enter";'],
  [
    "taken out of an event",
    "app/ui/taken.ts",
    "export function x(event: KeyboardEvent) {\n  const { code } = event;\n  return code;\n}",
  ],
  [
    "read from the browser's own event",
    "app/ui/native.ts",
    'import type { KeyboardEvent } from "react";\nexport const x = (pressed: KeyboardEvent) => pressed.nativeEvent.isComposing;',
  ],
] as const;
const KEYS_PLACE = ["app/ui/primitives/keys.ts", KEYS[0][2]] as const;

const MAY = [
  "app/services/may.server.ts",
  'import { LIMITS } from "~/domain/limits";\nimport { z } from "zod";\nexport const x = [LIMITS, z, "as it is" as const];',
] as const;
const SCREEN = [
  "app/ui/screen.tsx",
  'import type { DraftView } from "~/services/matrix/drafts.server";\nexport const x = (view: DraftView) => view.revision;',
] as const;
const ROUTER_PLACE = ["app/ui/primitives/router.ts", 'export { Link } from "@remix-run/react";'] as const;
const AS_DB = ["app/db/cast.server.ts", "export const x = (y: unknown) => y as string;"] as const;

const PAST_THEIR_ROOM = [
  [
    "domain",
    "app/domain/matrix/back.ts",
    'import { findAll } from "~/domain/findings/findings";\nexport const x = findAll;',
  ],
  [
    "domain, by a type",
    "app/domain/parts/back.ts",
    'import type { MatrixCommand } from "../editing/commands";\nexport type X = MatrixCommand;',
  ],
  [
    "domain, beside the rooms",
    "app/domain/beside.ts",
    'import { indexOf } from "./matrix/owner";\nexport const x = indexOf;',
  ],
  ["domain, in a room that has no place", "app/domain/annexe/x.ts", "export const x = 1;"],
  [
    "services",
    "app/services/version/back.server.ts",
    'import { signVersion } from "../signing/signatures.server";\nexport const x = signVersion;',
  ],
  [
    "services, passed on",
    "app/services/who/back.server.ts",
    'export { deleteAccount } from "~/services/account/delete-account.server";',
  ],
  [
    "services, to what runs them all",
    "app/services/signing/back.server.ts",
    'import { keepUp } from "../upkeep.server";\nexport const x = keepUp;',
  ],
] as const;
const FORTH = [
  "app/services/account/forth.server.ts",
  'import { signVersion } from "../signing/signatures.server";\nexport const x = signVersion;',
] as const;

const CIRCLES = [
  [
    "that run",
    "app/ui/round/a.ts",
    'import { b } from "./b";\nexport const a = (n: number): number => (n > 0 ? b(n) : 0);',
  ],
  [
    "that run, back",
    "app/ui/round/b.ts",
    'import { a } from "./a";\nexport const b = (n: number): number => a(n - 1);',
  ],
  ["of types alone", "app/ui/round/c.ts", 'import type { D } from "~/ui/round/d";\nexport type C = D | null;'],
  ["of types alone, back", "app/ui/round/d.ts", 'import type { C } from "./c";\nexport type D = { inside: C };'],
] as const;

/** Folders with as many files as one may hold, and with one more, which is a style sheet. */
const FULL = Array.from(
  { length: 20 },
  (_, i) => [`app/ui/full/${String.fromCharCode(97 + i)}.ts`, "export const x = 1;"] as const,
);
const CROWDED = [
  ...FULL.map(([place, code]) => [place.replace("full", "crowded"), code] as const),
  ["app/ui/crowded/a.module.css", ".a {}"] as const,
];

/** What the project's own settings say of each planted file, by its place. */
const said = new Map<string, string[]>();
const folder = mkdtempSync(path.join(os.tmpdir(), "demarc-lint-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

beforeAll(async () => {
  for (const file of [".oxlintrc.json", "oxlint.rules.mjs", "tsconfig.json"])
    copyFileSync(file, path.join(folder, file));
  const planted = [
    ...[
      ...PAST_THEIR_OWN,
      ...OUT_OF_THE_DOMAIN,
      ...ANYWHERE,
      ...TOO_LONG,
      ...LONG_ENOUGH,
      ...KEYS,
      ...PAST_THEIR_ROOM,
      ...CIRCLES,
    ].map(([, place, code]) => [place, code] as const),
    MAY,
    SCREEN,
    ROUTER_PLACE,
    AS_DB,
    KEYS_PLACE,
    FORTH,
    ...FULL,
    ...CROWDED,
  ];
  for (const [place, code] of planted) {
    mkdirSync(path.dirname(path.join(folder, place)), { recursive: true });
    writeFileSync(path.join(folder, place), code);
  }
  const printed = await new Promise<string>((resolve) =>
    execFile(
      process.execPath,
      [path.resolve("node_modules/oxlint/bin/oxlint"), "--format", "json"],
      { cwd: folder },
      (_ended, text) => resolve(text),
    ),
  );
  const { diagnostics, number_of_files: read } = JSON.parse(printed) as {
    diagnostics: { code: string; filename: string }[];
    number_of_files: number;
  };
  expect(read).toBeGreaterThanOrEqual(planted.filter(([place]) => /\.tsx?$/.test(place)).length);
  for (const { code, filename } of diagnostics) said.set(filename, [...(said.get(filename) ?? []), code]);
});

describe("the layers", () => {
  it.each(PAST_THEIR_OWN)("%s may not reach past its own", (_layer, place) => {
    expect(said.get(place)).toEqual(["demarc(layers)"]);
  });

  it.each(OUT_OF_THE_DOMAIN)("keep %s out of the domain", (_what, place) => {
    expect(said.get(place)).toContain("demarc(syntax)");
  });

  it("let a layer use what it may", () => {
    expect(said.get(MAY[0])).toBeUndefined();
    expect(said.get(SCREEN[0])).toBeUndefined();
    expect(said.get(ROUTER_PLACE[0])).toBeUndefined();
    expect(said.get(AS_DB[0])).toBeUndefined();
  });
});

describe("a component or hook", () => {
  it.each(TOO_LONG)("of 151 lines is too long: %s", (_what, place) => {
    expect(said.get(place)).toEqual(["demarc(size)"]);
  });

  it.each(LONG_ENOUGH)("may have 150 lines: %s", (_what, place) => {
    expect(said.get(place)).toBeUndefined();
  });
});

describe("the rooms of a layer", () => {
  it.each(PAST_THEIR_ROOM)("of %s may not be reached from one before", (_layer, place) => {
    expect(said.get(place)).toEqual(["demarc(rooms)"]);
  });

  it("may import those before them", () => {
    expect(said.get(FORTH[0])).toBeUndefined();
  });

  it.each(CIRCLES)("hold no circle of files %s", (_what, place) => {
    expect(said.get(place)).toEqual(["import(no-cycle)"]);
  });

  it("hold at most twenty files side by side, of whichever kind", () => {
    expect(FULL.flatMap(([place]) => said.get(place) ?? [])).toEqual([]);
    expect(CROWDED.flatMap(([place]) => said.get(place) ?? [])).toEqual(["demarc(crowds)"]);
  });
});

describe("a key", () => {
  it.each(KEYS)("%s is read by what it stands for on every keyboard", (_what, place) => {
    expect(said.get(place)).toEqual(["demarc(syntax)"]);
  });

  it("is read in one place", () => {
    expect(said.get(KEYS_PLACE[0])).toBeUndefined();
  });
});

describe("everywhere", () => {
  it.each(ANYWHERE)("%s is said", (rule, place) => {
    expect(said.get(place)).toContain(rule);
  });
});
