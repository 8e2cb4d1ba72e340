-- CreateTable
CREATE TABLE "VersionText" (
    "versionId" TEXT NOT NULL,
    "canonicalText" TEXT NOT NULL,
    "snapshot" JSONB NOT NULL,

    CONSTRAINT "VersionText_pkey" PRIMARY KEY ("versionId")
);

-- AddForeignKey
ALTER TABLE "VersionText" ADD CONSTRAINT "VersionText_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What is there moves over.
INSERT INTO "VersionText" ("versionId", "canonicalText", "snapshot") SELECT "id", "canonicalText", "snapshot" FROM "Version";
ALTER TABLE "Version" DROP COLUMN "canonicalText",
DROP COLUMN "snapshot";
