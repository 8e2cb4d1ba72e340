-- CreateTable
CREATE TABLE "OutgoingMail" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "to" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "html" TEXT,
    "kind" TEXT NOT NULL,
    "engagementId" TEXT,
    "createdAt" DATETIME NOT NULL,
    "nextAttemptAt" DATETIME NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "sentAt" DATETIME,
    "failedAt" DATETIME,
    "lastError" TEXT NOT NULL DEFAULT '',
    "claimedUntil" DATETIME
);

-- CreateIndex
CREATE INDEX "OutgoingMail_sentAt_failedAt_nextAttemptAt_idx" ON "OutgoingMail"("sentAt", "failedAt", "nextAttemptAt");

-- CreateIndex
CREATE INDEX "OutgoingMail_engagementId_idx" ON "OutgoingMail"("engagementId");
