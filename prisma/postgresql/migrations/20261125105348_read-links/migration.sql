-- CreateTable
CREATE TABLE "ReadLink" (
    "id" TEXT NOT NULL,
    "matrixId" TEXT NOT NULL,
    "number" INTEGER,
    "label" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "passwordHash" TEXT,
    "contacts" BOOLEAN NOT NULL DEFAULT false,
    "createdById" TEXT NOT NULL,
    "createdByName" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "revokedAt" TIMESTAMP(3),
    "opened" INTEGER NOT NULL DEFAULT 0,
    "openedAt" TIMESTAMP(3),

    CONSTRAINT "ReadLink_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "ReadLink_tokenHash_key" ON "ReadLink"("tokenHash");

-- CreateIndex
CREATE INDEX "ReadLink_matrixId_idx" ON "ReadLink"("matrixId");

-- AddForeignKey
ALTER TABLE "ReadLink" ADD CONSTRAINT "ReadLink_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix"("id") ON DELETE CASCADE ON UPDATE CASCADE;
