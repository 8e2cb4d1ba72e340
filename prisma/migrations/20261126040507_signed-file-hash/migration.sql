-- CreateIndex
CREATE INDEX "SignedFile_sha256_idx" ON "SignedFile"("sha256");
