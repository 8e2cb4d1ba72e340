-- CreateTable
CREATE TABLE "ReadLink" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "matrixId" TEXT NOT NULL,
    "number" INTEGER,
    "label" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "passwordHash" TEXT,
    "contacts" BOOLEAN NOT NULL DEFAULT false,
    "createdById" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "revokedAt" DATETIME,
    "opened" INTEGER NOT NULL DEFAULT 0,
    "openedAt" DATETIME,
    CONSTRAINT "ReadLink_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "ReadLink_tokenHash_key" ON "ReadLink"("tokenHash");

-- CreateIndex
CREATE INDEX "ReadLink_matrixId_idx" ON "ReadLink"("matrixId");
