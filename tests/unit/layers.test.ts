import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";

const eslint = new ESLint();

async function complaints(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath });
  return (result?.messages ?? []).map(({ ruleId }) => ruleId ?? "");
}

describe("the layers", () => {
  it.each([
    ["domain", "app/domain/planted.ts", 'import { read } from "~/db/client.server";\nexport const x = read;'],
    ["domain, upwards", "app/domain/findings/planted.ts", 'import { read } from "../../db/client.server";\nexport const x = read;'],
    ["domain, a package", "app/domain/planted.ts", 'import React from "react";\nexport const x = React;'],
    ["library", "app/library/planted.ts", 'import { actorOf } from "~/services/actor.server";\nexport const x = actorOf;'],
    ["files", "app/files/planted.server.ts", 'import { read } from "~/db/client.server";\nexport const x = read;'],
    ["db", "app/db/planted.server.ts", 'import { forActor } from "~/http/respond.server";\nexport const x = forActor;'],
    ["services", "app/services/planted.server.ts", 'import { Board } from "~/ui/board/board";\nexport const x = Board;'],
    ["http", "app/http/planted.server.ts", 'import { read } from "~/db/client.server";\nexport const x = read;'],
    ["ui", "app/ui/planted.tsx", 'import { loadDraft } from "~/services/drafts.server";\nexport const x = loadDraft;'],
    ["routes", "app/routes/planted.ts", 'import { read } from "~/db/client.server";\nexport const x = read;'],
    ["cli", "app/cli/planted.ts", 'import { read } from "~/db/client.server";\nexport const x = read;'],
  ])("%s may not reach past its own", async (_layer, filePath, code) => {
    expect(await complaints(filePath, code)).toContain("no-restricted-imports");
  });

  it.each([
    ["the clock", "export const now = () => Date.now();"],
    ["a new date", "export const now = () => new Date();"],
    ["chance", "export const id = () => Math.random();"],
    ["waiting", "export async function wait(x: Promise<void>) { await x; }"],
    ["a cast", "export const x = (y: unknown) => y as string;"],
  ])("keep %s out of the domain", async (_what, code) => {
    expect(await complaints("app/domain/planted.ts", code)).toContain("no-restricted-syntax");
  });

  it("let a layer use what it may", async () => {
    const code = 'import { LIMITS } from "~/domain/limits";\nimport { z } from "zod";\nexport const x = [LIMITS, z];';
    expect(await complaints("app/services/planted.server.ts", code)).toEqual([]);
  });
});
