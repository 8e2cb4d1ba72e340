-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP
);

-- CreateTable
CREATE TABLE "Engagement" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "Member" (
    "engagementId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "permission" TEXT NOT NULL,

    PRIMARY KEY ("engagementId", "userId"),
    CONSTRAINT "Member_engagementId_fkey" FOREIGN KEY ("engagementId") REFERENCES "Engagement" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Member_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Matrix" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "engagementId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "schema" INTEGER NOT NULL,
    "terms" JSONB NOT NULL,
    "settings" JSONB NOT NULL,
    "issued" JSONB NOT NULL,
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    CONSTRAINT "Matrix_engagementId_fkey" FOREIGN KEY ("engagementId") REFERENCES "Engagement" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Party" (
    "matrixId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "engagedBy" TEXT,

    PRIMARY KEY ("matrixId", "id"),
    CONSTRAINT "Party_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Role" (
    "matrixId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "partyId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "lead" BOOLEAN NOT NULL,

    PRIMARY KEY ("matrixId", "id"),
    CONSTRAINT "Role_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Domain" (
    "matrixId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    PRIMARY KEY ("matrixId", "id"),
    CONSTRAINT "Domain_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Duty" (
    "matrixId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "domainId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "description" TEXT NOT NULL,
    "doneWhen" TEXT NOT NULL,
    "cadence" TEXT NOT NULL,
    "workshopQuestion" TEXT NOT NULL,
    "letters" JSONB NOT NULL,
    "boundary" TEXT NOT NULL,
    "suggestions" JSONB NOT NULL,
    "reserved" BOOLEAN NOT NULL,
    "cover" TEXT NOT NULL,
    "stance" TEXT NOT NULL,
    "oftenDisputed" BOOLEAN NOT NULL,
    "firstWorkshop" BOOLEAN NOT NULL,
    "cis" JSONB NOT NULL,
    "csf" JSONB NOT NULL,

    PRIMARY KEY ("matrixId", "id"),
    CONSTRAINT "Duty_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Version" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "matrixId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "authorName" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "previousFingerprint" TEXT,
    "canonicalText" TEXT NOT NULL,
    "snapshot" JSONB NOT NULL,
    "schema" INTEGER NOT NULL,
    "effectiveDate" TEXT,
    "reviewDate" TEXT,
    "changes" INTEGER,
    "blockers" JSONB NOT NULL,
    "revision" INTEGER NOT NULL,
    CONSTRAINT "Version_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "LogEntry" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "matrixId" TEXT NOT NULL,
    "stepId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "commands" JSONB NOT NULL,
    "diff" JSONB NOT NULL,
    "detail" JSONB NOT NULL,
    CONSTRAINT "LogEntry_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Member_userId_idx" ON "Member"("userId");

-- CreateIndex
CREATE INDEX "Matrix_engagementId_idx" ON "Matrix"("engagementId");

-- CreateIndex
CREATE INDEX "Matrix_updatedAt_idx" ON "Matrix"("updatedAt");

-- CreateIndex
CREATE UNIQUE INDEX "Version_matrixId_number_key" ON "Version"("matrixId", "number");

-- CreateIndex
CREATE INDEX "LogEntry_matrixId_revision_idx" ON "LogEntry"("matrixId", "revision");

-- CreateIndex
CREATE UNIQUE INDEX "LogEntry_matrixId_stepId_key" ON "LogEntry"("matrixId", "stepId");
