-- CreateTable
CREATE TABLE "Attempt" (
    "key" TEXT NOT NULL PRIMARY KEY,
    "count" INTEGER NOT NULL,
    "until" DATETIME NOT NULL
);

-- CreateIndex
CREATE INDEX "Attempt_until_idx" ON "Attempt"("until");

-- Added in place: a table made anew would have to be dropped, which takes the rows that refer to it along.
ALTER TABLE "Invitation" ADD COLUMN "mailed" BOOLEAN NOT NULL DEFAULT false;
