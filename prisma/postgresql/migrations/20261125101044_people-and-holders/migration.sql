-- CreateTable
CREATE TABLE "Person" (
    "id" TEXT NOT NULL,
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
    "createdAt" TIMESTAMP(3) NOT NULL,
    "removedAt" TIMESTAMP(3),

    CONSTRAINT "Person_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Holding" (
    "id" TEXT NOT NULL,
    "matrixId" TEXT NOT NULL,
    "roleId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "since" TEXT NOT NULL,
    "until" TEXT,
    "carriedFrom" TEXT,

    CONSTRAINT "Holding_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Person_engagementId_idx" ON "Person"("engagementId");

-- CreateIndex
CREATE INDEX "Holding_matrixId_idx" ON "Holding"("matrixId");

-- CreateIndex
CREATE INDEX "Holding_personId_idx" ON "Holding"("personId");

-- AddForeignKey
ALTER TABLE "Person" ADD CONSTRAINT "Person_engagementId_fkey" FOREIGN KEY ("engagementId") REFERENCES "Engagement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Holding" ADD CONSTRAINT "Holding_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Holding" ADD CONSTRAINT "Holding_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Drafts take the threshold that app/domain/upgrade.ts gives to who never set it.
UPDATE "Matrix" SET "settings" = '{"personDuties":20}'::jsonb || "settings";
