-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "User" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "User_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Engagement" (
    "id" TEXT NOT NULL,
    "sample" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Engagement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Member" (
    "engagementId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "permission" TEXT NOT NULL,

    CONSTRAINT "Member_pkey" PRIMARY KEY ("engagementId","userId")
);

-- CreateTable
CREATE TABLE "Matrix" (
    "id" TEXT NOT NULL,
    "engagementId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "schema" INTEGER NOT NULL,
    "terms" JSONB NOT NULL,
    "settings" JSONB NOT NULL,
    "issued" JSONB NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Matrix_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Party" (
    "matrixId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "engagedBy" TEXT,

    CONSTRAINT "Party_pkey" PRIMARY KEY ("matrixId","id")
);

-- CreateTable
CREATE TABLE "Role" (
    "matrixId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "partyId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "lead" BOOLEAN NOT NULL,

    CONSTRAINT "Role_pkey" PRIMARY KEY ("matrixId","id")
);

-- CreateTable
CREATE TABLE "Domain" (
    "matrixId" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,

    CONSTRAINT "Domain_pkey" PRIMARY KEY ("matrixId","id")
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

    CONSTRAINT "Duty_pkey" PRIMARY KEY ("matrixId","id")
);

-- CreateTable
CREATE TABLE "Version" (
    "id" TEXT NOT NULL,
    "matrixId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "authorId" TEXT NOT NULL,
    "authorName" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
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

    CONSTRAINT "Version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "LogEntry" (
    "id" TEXT NOT NULL,
    "matrixId" TEXT NOT NULL,
    "stepId" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "event" TEXT NOT NULL,
    "actorId" TEXT NOT NULL,
    "actorName" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "commands" JSONB NOT NULL,
    "diff" JSONB NOT NULL,
    "detail" JSONB NOT NULL,

    CONSTRAINT "LogEntry_pkey" PRIMARY KEY ("id")
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

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_engagementId_fkey" FOREIGN KEY ("engagementId") REFERENCES "Engagement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Member" ADD CONSTRAINT "Member_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Matrix" ADD CONSTRAINT "Matrix_engagementId_fkey" FOREIGN KEY ("engagementId") REFERENCES "Engagement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Party" ADD CONSTRAINT "Party_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Role" ADD CONSTRAINT "Role_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Domain" ADD CONSTRAINT "Domain_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Duty" ADD CONSTRAINT "Duty_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Version" ADD CONSTRAINT "Version_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "LogEntry" ADD CONSTRAINT "LogEntry_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix"("id") ON DELETE CASCADE ON UPDATE CASCADE;
