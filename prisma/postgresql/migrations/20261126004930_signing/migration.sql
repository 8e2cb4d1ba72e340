-- AlterTable
ALTER TABLE "Version" ADD COLUMN     "agreedAt" TIMESTAMP(3),
ADD COLUMN     "supersededAt" TIMESTAMP(3),
ADD COLUMN     "supersededBy" INTEGER,
ADD COLUMN     "timestamp" BYTEA,
ADD COLUMN     "withdrawnAt" TIMESTAMP(3),
ADD COLUMN     "withdrawnById" TEXT,
ADD COLUMN     "withdrawnByName" TEXT,
ADD COLUMN     "withdrawnReason" TEXT;

-- CreateTable
CREATE TABLE "SignRound" (
    "id" TEXT NOT NULL,
    "versionId" TEXT NOT NULL,
    "order" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "dueDate" TEXT,
    "mailed" BOOLEAN NOT NULL,
    "sentAt" TIMESTAMP(3) NOT NULL,
    "sentById" TEXT NOT NULL,
    "sentByName" TEXT NOT NULL,
    "outcome" TEXT,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "SignRound_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Signatory" (
    "id" TEXT NOT NULL,
    "roundId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "partyId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "userId" TEXT,
    "state" TEXT NOT NULL,
    "tokenHash" TEXT,
    "tokenExpires" TIMESTAMP(3),
    "agreedHash" TEXT,
    "codeHash" TEXT,
    "codeExpires" TIMESTAMP(3),
    "codeTries" INTEGER NOT NULL DEFAULT 0,
    "askedAt" TIMESTAMP(3),
    "openedAt" TIMESTAMP(3),
    "remindedAt" TIMESTAMP(3),
    "reminded" TEXT NOT NULL DEFAULT 'none',

    CONSTRAINT "Signatory_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Signature" (
    "id" TEXT NOT NULL,
    "signatoryId" TEXT NOT NULL,
    "versionId" TEXT NOT NULL,
    "partyId" TEXT NOT NULL,
    "partyName" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "organisation" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "proof" TEXT NOT NULL,
    "signedAt" TIMESTAMP(3) NOT NULL,
    "address" TEXT NOT NULL,
    "browser" TEXT NOT NULL,
    "consentVersion" INTEGER NOT NULL,
    "consentText" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "picture" TEXT NOT NULL,
    "pictureText" TEXT NOT NULL,
    "pictureBytes" BYTEA,
    "paperId" TEXT,
    "statedFor" TEXT,
    "statedBy" TEXT,
    "confirmedBy" TEXT,
    "confirmedAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Signature_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PaperFile" (
    "id" TEXT NOT NULL,
    "versionId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "uploadedById" TEXT NOT NULL,
    "uploadedByName" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PaperFile_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SignedFile" (
    "id" TEXT NOT NULL,
    "versionId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "bytes" BYTEA NOT NULL,
    "sha256" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SignedFile_pkey" PRIMARY KEY ("id")
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

-- AddForeignKey
ALTER TABLE "SignRound" ADD CONSTRAINT "SignRound_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Signatory" ADD CONSTRAINT "Signatory_roundId_fkey" FOREIGN KEY ("roundId") REFERENCES "SignRound"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Signature" ADD CONSTRAINT "Signature_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Signature" ADD CONSTRAINT "Signature_signatoryId_fkey" FOREIGN KEY ("signatoryId") REFERENCES "Signatory"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Signature" ADD CONSTRAINT "Signature_paperId_fkey" FOREIGN KEY ("paperId") REFERENCES "PaperFile"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PaperFile" ADD CONSTRAINT "PaperFile_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SignedFile" ADD CONSTRAINT "SignedFile_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE CASCADE ON UPDATE CASCADE;
