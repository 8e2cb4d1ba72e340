-- CreateTable
CREATE TABLE "Organisation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL
);

-- CreateTable
CREATE TABLE "OrganisationMember" (
    "userId" TEXT NOT NULL PRIMARY KEY,
    "organisationId" TEXT NOT NULL,
    "permission" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "OrganisationMember_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "OrganisationMember_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Preset" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "organisationId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "meaning" TEXT NOT NULL,
    "matrix" JSONB NOT NULL,
    "schema" INTEGER NOT NULL,
    "duties" INTEGER NOT NULL,
    "createdByName" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    CONSTRAINT "Preset_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "MatrixSummary" (
    "matrixId" TEXT NOT NULL PRIMARY KEY,
    "revision" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "form" INTEGER NOT NULL,
    "summary" JSONB NOT NULL,
    CONSTRAINT "MatrixSummary_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- AlterTable: the column is added in place, for a table that is dropped would take along the rows that belong to its own
ALTER TABLE "Engagement" ADD COLUMN "organisationId" TEXT REFERENCES "Organisation" ("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "Engagement_organisationId_idx" ON "Engagement"("organisationId");

-- RedefineTable: nothing belongs to an invitation
CREATE TABLE "new_Invitation" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "engagementId" TEXT,
    "organisationId" TEXT,
    "side" TEXT NOT NULL,
    "permission" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "invitedById" TEXT NOT NULL,
    "invitedByName" TEXT NOT NULL,
    "createdAt" DATETIME NOT NULL,
    "expiresAt" DATETIME NOT NULL,
    "acceptedAt" DATETIME,
    "revokedAt" DATETIME,
    CONSTRAINT "Invitation_engagementId_fkey" FOREIGN KEY ("engagementId") REFERENCES "Engagement" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Invitation_organisationId_fkey" FOREIGN KEY ("organisationId") REFERENCES "Organisation" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Invitation" ("acceptedAt", "createdAt", "email", "engagementId", "expiresAt", "id", "invitedById", "invitedByName", "permission", "revokedAt", "side", "tokenHash") SELECT "acceptedAt", "createdAt", "email", "engagementId", "expiresAt", "id", "invitedById", "invitedByName", "permission", "revokedAt", "side", "tokenHash" FROM "Invitation";
DROP TABLE "Invitation";
ALTER TABLE "new_Invitation" RENAME TO "Invitation";
CREATE UNIQUE INDEX "Invitation_tokenHash_key" ON "Invitation"("tokenHash");
CREATE INDEX "Invitation_engagementId_idx" ON "Invitation"("engagementId");
CREATE INDEX "Invitation_organisationId_idx" ON "Invitation"("organisationId");

-- CreateIndex
CREATE INDEX "OrganisationMember_organisationId_idx" ON "OrganisationMember"("organisationId");

-- CreateIndex
CREATE INDEX "Preset_organisationId_idx" ON "Preset"("organisationId");
