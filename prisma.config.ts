import { defineConfig } from "prisma/config";

// The schema engine is a binary that many offices can't fetch. Generating needs only a path that exists;
// migrations are written by its WASM build (prisma/new-migration.mjs) and applied without it.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;

export default defineConfig({ schema: process.env.DEMARC_SCHEMA ?? "prisma/schema.prisma" });
