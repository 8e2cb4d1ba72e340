-- Columns are added in place: a table made anew would have to be dropped, which takes the rows that refer to it along.
ALTER TABLE "Matrix" ADD COLUMN "accepted" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "Matrix" ADD COLUMN "archivedAt" DATETIME;
ALTER TABLE "Duty" ADD COLUMN "tools" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Duty" ADD COLUMN "documentation" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Duty" ADD COLUMN "knowledge" TEXT NOT NULL DEFAULT '';
ALTER TABLE "Duty" ADD COLUMN "decisions" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "Duty" ADD COLUMN "today" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "Duty" ADD COLUMN "earlyWin" TEXT;
ALTER TABLE "Duty" ADD COLUMN "coverPeriod" JSONB;
ALTER TABLE "Duty" ADD COLUMN "standing" JSONB;
ALTER TABLE "Duty" ADD COLUMN "marks" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "Duty" ADD COLUMN "ruling" JSONB;

-- CreateTable
CREATE TABLE "LoggedDuty" (
    "matrixId" TEXT NOT NULL,
    "dutyId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "entryId" TEXT NOT NULL,

    PRIMARY KEY ("matrixId", "dutyId", "entryId"),
    CONSTRAINT "LoggedDuty_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "LogEntry" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "LoggedDuty_entryId_idx" ON "LoggedDuty"("entryId");

-- CreateIndex
CREATE INDEX "LogEntry_matrixId_at_idx" ON "LogEntry"("matrixId", "at");

-- Drafts take the form that app/domain/upgrade.ts gives to schema 1.
UPDATE "Matrix" SET "schema" = 2, "settings" = json_patch('{"scheme":"RACI","ruler":"","manyDoers":3,"manyAsked":3,"answererShare":33}', "settings");

-- What the log already holds is found by duty too.
INSERT INTO "LoggedDuty" ("matrixId", "dutyId", "revision", "entryId")
SELECT l."matrixId", json_extract(d."value", '$.id'), l."revision", l."id" FROM "LogEntry" l, json_each(l."diff", '$.duties.changed') d
UNION SELECT l."matrixId", json_extract(d."value", '$.id'), l."revision", l."id" FROM "LogEntry" l, json_each(l."diff", '$.duties.added') d
UNION SELECT l."matrixId", json_extract(d."value", '$.id'), l."revision", l."id" FROM "LogEntry" l, json_each(l."diff", '$.duties.removed') d;
