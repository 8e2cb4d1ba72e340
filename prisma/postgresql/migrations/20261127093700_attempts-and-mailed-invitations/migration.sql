-- AlterTable
ALTER TABLE "Invitation" ADD COLUMN     "mailed" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "Attempt" (
    "key" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "until" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Attempt_pkey" PRIMARY KEY ("key")
);

-- CreateIndex
CREATE INDEX "Attempt_until_idx" ON "Attempt"("until");
