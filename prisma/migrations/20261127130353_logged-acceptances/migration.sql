-- CreateTable
CREATE TABLE "LoggedAcceptance" (
    "matrixId" TEXT NOT NULL,
    "findingKey" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "entryId" TEXT NOT NULL,

    PRIMARY KEY ("matrixId", "findingKey", "entryId"),
    CONSTRAINT "LoggedAcceptance_entryId_fkey" FOREIGN KEY ("entryId") REFERENCES "LogEntry" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "LoggedAcceptance_entryId_idx" ON "LoggedAcceptance"("entryId");

-- What the log already holds is found by the acceptance too.
INSERT INTO "LoggedAcceptance" ("matrixId", "findingKey", "revision", "entryId")
SELECT l."matrixId", substr(f."key", 10), l."revision", l."id" FROM "LogEntry" l, json_each(l."diff", '$.fields') f WHERE f."key" LIKE 'accepted/%';
