-- CreateTable
CREATE TABLE "VersionText" (
    "versionId" TEXT NOT NULL PRIMARY KEY,
    "canonicalText" TEXT NOT NULL,
    "snapshot" JSONB NOT NULL,
    CONSTRAINT "VersionText_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- What is there moves over; columns are dropped in place, since dropping the table would take along what refers to it.
INSERT INTO "VersionText" ("versionId", "canonicalText", "snapshot") SELECT "id", "canonicalText", "snapshot" FROM "Version";
ALTER TABLE "Version" DROP COLUMN "canonicalText";
ALTER TABLE "Version" DROP COLUMN "snapshot";
