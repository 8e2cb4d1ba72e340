-- CreateTable
CREATE TABLE "Person" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "engagementId" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "phones" JSONB NOT NULL,
    "hours" TEXT NOT NULL,
    "timeZone" TEXT NOT NULL,
    "deputyId" TEXT,
    "lastVerified" TEXT,
    "userId" TEXT,
    "revision" INTEGER NOT NULL DEFAULT 0,
    "createdAt" DATETIME NOT NULL,
    "removedAt" DATETIME,
    CONSTRAINT "Person_engagementId_fkey" FOREIGN KEY ("engagementId") REFERENCES "Engagement" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Holding" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "matrixId" TEXT NOT NULL,
    "roleId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "since" TEXT NOT NULL,
    "until" TEXT,
    "carriedFrom" TEXT,
    CONSTRAINT "Holding_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Holding_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Person_engagementId_idx" ON "Person"("engagementId");

-- CreateIndex
CREATE INDEX "Holding_matrixId_idx" ON "Holding"("matrixId");

-- CreateIndex
CREATE INDEX "Holding_personId_idx" ON "Holding"("personId");

-- Drafts take the threshold that app/domain/upgrade.ts gives to who never set it.
UPDATE "Matrix" SET "settings" = json_patch('{"personDuties":20}', "settings");
