-- AlterTable
ALTER TABLE "Person" ADD COLUMN "week" JSONB;

-- CreateTable
CREATE TABLE "Absence" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "engagementId" TEXT NOT NULL,
    "personId" TEXT NOT NULL,
    "firstDay" TEXT NOT NULL,
    "lastDay" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    CONSTRAINT "Absence_engagementId_fkey" FOREIGN KEY ("engagementId") REFERENCES "Engagement" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Absence_personId_fkey" FOREIGN KEY ("personId") REFERENCES "Person" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Rota" (
    "matrixId" TEXT NOT NULL,
    "roleId" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 0,

    PRIMARY KEY ("matrixId", "roleId"),
    CONSTRAINT "Rota_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE INDEX "Absence_engagementId_idx" ON "Absence"("engagementId");

-- CreateIndex
CREATE INDEX "Absence_personId_idx" ON "Absence"("personId");
