-- CreateTable
CREATE TABLE "LoggedAcceptance" (
    "matrixId" TEXT NOT NULL,
    "findingKey" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "entryId" TEXT NOT NULL,

    CONSTRAINT "LoggedAcceptance_pkey" PRIMARY KEY ("matrixId","findingKey","entryId")
);

-- CreateIndex
CREATE INDEX "LoggedAcceptance_entryId_idx" ON "LoggedAcceptance"("entryId");

-- AddForeignKey
ALTER TABLE "LoggedAcceptance" ADD CONSTRAINT "LoggedAcceptance_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "LogEntry"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the log already holds is found by the acceptance too.
INSERT INTO "LoggedAcceptance" ("matrixId", "findingKey", "revision", "entryId")
SELECT l."matrixId", substr(f."key", 10), l."revision", l."id" FROM "LogEntry" l, jsonb_each(COALESCE(l."diff"->'fields', '{}'::jsonb)) f WHERE f."key" LIKE 'accepted/%';
