-- AlterTable
ALTER TABLE "Version" ADD COLUMN "agreedAt" DATETIME;
ALTER TABLE "Version" ADD COLUMN "supersededAt" DATETIME;
ALTER TABLE "Version" ADD COLUMN "supersededBy" INTEGER;
ALTER TABLE "Version" ADD COLUMN "timestamp" BLOB;
ALTER TABLE "Version" ADD COLUMN "withdrawnAt" DATETIME;
ALTER TABLE "Version" ADD COLUMN "withdrawnById" TEXT;
ALTER TABLE "Version" ADD COLUMN "withdrawnByName" TEXT;
ALTER TABLE "Version" ADD COLUMN "withdrawnReason" TEXT;

-- CreateTable
CREATE TABLE "SignRound" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "versionId" TEXT NOT NULL,
    "order" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "dueDate" TEXT,
    "mailed" BOOLEAN NOT NULL,
    "sentAt" DATETIME NOT NULL,
    "sentById" TEXT NOT NULL,
    "sentByName" TEXT NOT NULL,
    "outcome" TEXT,
    "endedAt" DATETIME,
    CONSTRAINT "SignRound_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Signatory" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "roundId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "partyId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "userId" TEXT,
    "state" TEXT NOT NULL,
    "tokenHash" TEXT,
    "tokenExpires" DATETIME,
    "agreedHash" TEXT,
    "codeHash" TEXT,
    "codeExpires" DATETIME,
    "codeTries" INTEGER NOT NULL DEFAULT 0,
    "askedAt" DATETIME,
    "openedAt" DATETIME,
    "remindedAt" DATETIME,
    "reminded" TEXT NOT NULL DEFAULT 'none',
    CONSTRAINT "Signatory_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "SignRound" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Signature" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "signatoryId" TEXT NOT NULL,
    "versionId" TEXT NOT NULL,
    "partyId" TEXT NOT NULL,
    "partyName" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "proof" TEXT NOT NULL,
    "signedAt" DATETIME NOT NULL,
    "address" TEXT NOT NULL,
    "browser" TEXT NOT NULL,
    "consentVersion" INTEGER NOT NULL,
    "consentText" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "picture" TEXT NOT NULL,
    "pictureText" TEXT NOT NULL,
    "pictureBytes" BLOB,
    "paperId" TEXT,
    "statedFor" TEXT,
    "statedBy" TEXT,
    "confirmedBy" TEXT,
    "confirmedAt" DATETIME,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Signature_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Signature_signatoryId_fkey" FOREIGN KEY ("signatoryId") REFERENCES "Signatory" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Signature_paperId_fkey" FOREIGN KEY ("paperId") REFERENCES "PaperFile" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "PaperFile" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "versionId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" BLOB NOT NULL,
    "sha256" TEXT NOT NULL,
    "uploadedById" TEXT NOT NULL,
    "uploadedByName" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "PaperFile_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SignedFile" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "versionId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" BLOB NOT NULL,
    "sha256" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "SignedFile_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateIndex
CREATE UNIQUE INDEX "SignRound_versionId_key" ON "SignRound"("versionId");

-- CreateIndex
CREATE INDEX "SignRound_outcome_dueDate_idx" ON "SignRound"("outcome", "dueDate");

-- CreateIndex
CREATE UNIQUE INDEX "Signatory_tokenHash_key" ON "Signatory"("tokenHash");

-- CreateIndex
CREATE UNIQUE INDEX "Signatory_agreedHash_key" ON "Signatory"("agreedHash");

-- CreateIndex
CREATE INDEX "Signatory_roundId_idx" ON "Signatory"("roundId");

-- CreateIndex
CREATE INDEX "Signatory_userId_idx" ON "Signatory"("userId");

-- CreateIndex
CREATE INDEX "Signatory_email_idx" ON "Signatory"("email");

-- CreateIndex
CREATE UNIQUE INDEX "Signature_signatoryId_key" ON "Signature"("signatoryId");

-- CreateIndex
CREATE INDEX "Signature_versionId_idx" ON "Signature"("versionId");

-- CreateIndex
CREATE INDEX "Signature_paperId_idx" ON "Signature"("paperId");

-- CreateIndex
CREATE INDEX "PaperFile_versionId_idx" ON "PaperFile"("versionId");

-- CreateIndex
CREATE UNIQUE INDEX "SignedFile_versionId_name_key" ON "SignedFile"("versionId", "name");

-- CreateIndex
CREATE INDEX "Version_fingerprint_idx" ON "Version"("fingerprint");
