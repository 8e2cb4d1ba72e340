-- AlterTable
ALTER TABLE "OutgoingMail" ADD COLUMN "minutesOf" TEXT;

-- CreateTable
CREATE TABLE "MatrixVisit" (
    "matrixId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "engagementId" TEXT NOT NULL,
    "at" DATETIME NOT NULL,
    "since" DATETIME,

    PRIMARY KEY ("matrixId", "userId"),
    CONSTRAINT "MatrixVisit_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "MatrixVisit_engagementId_userId_fkey" FOREIGN KEY ("engagementId", "userId") REFERENCES "Member" ("engagementId", "userId") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Workshop" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "matrixId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "sequence" INTEGER NOT NULL,
    "linkSeed" TEXT NOT NULL,
    "codeSeed" TEXT,
    "linkHash" TEXT,
    "codeHash" TEXT,
    "createdAt" DATETIME NOT NULL,
    "endedAt" DATETIME,
    CONSTRAINT "Workshop_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "WorkshopEvent" (
    "workshopId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" DATETIME NOT NULL,
    "event" JSONB NOT NULL,

    PRIMARY KEY ("workshopId", "sequence"),
    CONSTRAINT "WorkshopEvent_workshopId_fkey" FOREIGN KEY ("workshopId") REFERENCES "Workshop" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SealedProposal" (
    "workshopId" TEXT NOT NULL,
    "itemId" TEXT NOT NULL,
    "participantId" TEXT NOT NULL,
    "proposal" JSONB NOT NULL,

    PRIMARY KEY ("workshopId", "itemId", "participantId"),
    CONSTRAINT "SealedProposal_workshopId_fkey" FOREIGN KEY ("workshopId") REFERENCES "Workshop" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "WorkshopPerson" (
    "workshopId" TEXT NOT NULL,
    "participantId" TEXT NOT NULL,
    "userId" TEXT,
    "email" TEXT,

    PRIMARY KEY ("workshopId", "participantId"),
    CONSTRAINT "WorkshopPerson_workshopId_fkey" FOREIGN KEY ("workshopId") REFERENCES "Workshop" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "MatrixVisit_engagementId_userId_idx" ON "MatrixVisit"("engagementId", "userId");

-- CreateIndex
CREATE UNIQUE INDEX "Workshop_linkHash_key" ON "Workshop"("linkHash");

-- CreateIndex
CREATE UNIQUE INDEX "Workshop_codeHash_key" ON "Workshop"("codeHash");

-- CreateIndex
CREATE UNIQUE INDEX "Workshop_matrixId_number_key" ON "Workshop"("matrixId", "number");

-- CreateIndex
CREATE INDEX "WorkshopPerson_userId_idx" ON "WorkshopPerson"("userId");

-- CreateIndex
CREATE UNIQUE INDEX "WorkshopPerson_workshopId_userId_key" ON "WorkshopPerson"("workshopId", "userId");
