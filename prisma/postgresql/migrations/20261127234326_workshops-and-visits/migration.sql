-- AlterTable
ALTER TABLE "OutgoingMail" ADD COLUMN     "minutesOf" TEXT;

-- CreateTable
CREATE TABLE "MatrixVisit" (
    "matrixId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "engagementId" TEXT NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "since" TIMESTAMP(3),

    CONSTRAINT "MatrixVisit_pkey" PRIMARY KEY ("matrixId","userId")
);

-- CreateTable
CREATE TABLE "Workshop" (
    "id" TEXT NOT NULL,
    "matrixId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" JSONB NOT NULL,
    "sequence" INTEGER NOT NULL,
    "linkSeed" TEXT NOT NULL,
    "codeSeed" TEXT,
    "linkHash" TEXT,
    "codeHash" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "Workshop_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "WorkshopEvent" (
    "workshopId" TEXT NOT NULL,
    "sequence" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    "event" JSONB NOT NULL,

    CONSTRAINT "WorkshopEvent_pkey" PRIMARY KEY ("workshopId","sequence")
);

-- CreateTable
CREATE TABLE "SealedProposal" (
    "workshopId" TEXT NOT NULL,
    "itemId" TEXT NOT NULL,
    "participantId" TEXT NOT NULL,
    "proposal" JSONB NOT NULL,

    CONSTRAINT "SealedProposal_pkey" PRIMARY KEY ("workshopId","itemId","participantId")
);

-- CreateTable
CREATE TABLE "WorkshopPerson" (
    "workshopId" TEXT NOT NULL,
    "participantId" TEXT NOT NULL,
    "userId" TEXT,
    "email" TEXT,

    CONSTRAINT "WorkshopPerson_pkey" PRIMARY KEY ("workshopId","participantId")
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

-- AddForeignKey
ALTER TABLE "MatrixVisit" ADD CONSTRAINT "MatrixVisit_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MatrixVisit" ADD CONSTRAINT "MatrixVisit_engagementId_userId_fkey" FOREIGN KEY ("engagementId", "userId") REFERENCES "Member"("engagementId", "userId") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Workshop" ADD CONSTRAINT "Workshop_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WorkshopEvent" ADD CONSTRAINT "WorkshopEvent_workshopId_fkey" FOREIGN KEY ("workshopId") REFERENCES "Workshop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SealedProposal" ADD CONSTRAINT "SealedProposal_workshopId_fkey" FOREIGN KEY ("workshopId") REFERENCES "Workshop"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "WorkshopPerson" ADD CONSTRAINT "WorkshopPerson_workshopId_fkey" FOREIGN KEY ("workshopId") REFERENCES "Workshop"("id") ON DELETE CASCADE ON UPDATE CASCADE;
