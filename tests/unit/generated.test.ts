import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { postgresSchema } from "../../prisma/postgres-schema.mjs";
import { matrixFileDocs } from "~/files/matrix-file-docs.server";
import { onCallFileDocs } from "~/files/on-call/on-call-file-docs.server";

describe("what is generated and committed", () => {
  it("the PostgreSQL schema is the SQLite one (npm run db:generate)", async () => {
    expect(readFileSync("prisma/postgresql/schema.prisma", "utf8")).toBe(await postgresSchema());
  });
  it("the newest migrations lead to the current schemas (npm run db:new)", () => {
    for (const [schema, folder] of [
      ["prisma/schema.prisma", "prisma/migrations"],
      ["prisma/postgresql/schema.prisma", "prisma/postgresql/migrations"],
    ] as const) {
      expect(readFileSync(`${folder}/${newestIn(folder)}/schema.prisma`, "utf8")).toBe(readFileSync(schema, "utf8"));
    }
  });
  it("the descriptions of the matrix file and the on-call file are those of their schemas (npm run docs:files)", () => {
    expect(readFileSync("docs/matrix-file.md", "utf8")).toBe(matrixFileDocs());
    expect(readFileSync("docs/on-call-file.md", "utf8")).toBe(onCallFileDocs());
  });
});

function newestIn(folder: string): string {
  return (
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort()
      .at(-1) ?? ""
  );
}
