-- AlterTable
ALTER TABLE "Matrix" ADD COLUMN     "accepted" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "archivedAt" TIMESTAMP(3);

-- AlterTable
ALTER TABLE "Duty" ADD COLUMN     "coverPeriod" JSONB,
ADD COLUMN     "decisions" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "documentation" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "earlyWin" TEXT,
ADD COLUMN     "knowledge" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "marks" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "ruling" JSONB,
ADD COLUMN     "standing" JSONB,
ADD COLUMN     "today" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "tools" TEXT NOT NULL DEFAULT '';

-- CreateTable
CREATE TABLE "LoggedDuty" (
    "matrixId" TEXT NOT NULL,
    "dutyId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "entryId" TEXT NOT NULL,

    CONSTRAINT "LoggedDuty_pkey" PRIMARY KEY ("matrixId","dutyId","entryId")
);

-- CreateIndex
CREATE INDEX "LoggedDuty_entryId_idx" ON "LoggedDuty"("entryId");

-- CreateIndex
CREATE INDEX "LogEntry_matrixId_at_idx" ON "LogEntry"("matrixId", "at");

-- AddForeignKey
ALTER TABLE "LoggedDuty" ADD CONSTRAINT "LoggedDuty_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "LogEntry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Drafts take the form that app/domain/upgrade.ts gives to schema 1.
UPDATE "Matrix" SET "schema" = 2, "settings" = '{"scheme":"RACI","ruler":"","manyDoers":3,"manyAsked":3,"answererShare":33}'::jsonb || "settings";

-- What the log already holds is found by duty too.
INSERT INTO "LoggedDuty" ("matrixId", "dutyId", "revision", "entryId")
SELECT l."matrixId", d->>'id', l."revision", l."id" FROM "LogEntry" l, jsonb_array_elements(COALESCE(l."diff"->'duties'->'changed', '[]'::jsonb)) d
UNION SELECT l."matrixId", d->>'id', l."revision", l."id" FROM "LogEntry" l, jsonb_array_elements(COALESCE(l."diff"->'duties'->'added', '[]'::jsonb)) d
UNION SELECT l."matrixId", d->>'id', l."revision", l."id" FROM "LogEntry" l, jsonb_array_elements(COALESCE(l."diff"->'duties'->'removed', '[]'::jsonb)) d;
