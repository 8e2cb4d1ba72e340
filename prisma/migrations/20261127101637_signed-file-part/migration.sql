-- DropIndex
DROP INDEX "SignedFile_versionId_name_key";

-- Added in place, so that large files are not copied.
ALTER TABLE "SignedFile" ADD COLUMN "part" TEXT NOT NULL DEFAULT '';

-- Where the name was cut short, an amendment's goes on where that of the whole ends.
UPDATE "SignedFile" SET "part" =
    CASE WHEN "name" LIKE '%-amendment-_.%' OR "name" LIKE '%-amendment-__.%' OR "name" LIKE '%-amendment-___.%' OR EXISTS (
        SELECT 1 FROM "SignedFile" AS "whole" WHERE "whole"."versionId" = "SignedFile"."versionId" AND "whole"."type" = "SignedFile"."type" AND length("whole"."name") < length("SignedFile"."name")
    ) THEN 'amendment-' ELSE '' END
    || CASE WHEN "name" LIKE '%.xlsx' THEN 'xlsx' WHEN "name" LIKE '%.docx' THEN 'docx' WHEN "name" LIKE '%.pdf' THEN 'pdf' WHEN "name" LIKE '%.json' THEN 'json' WHEN "name" LIKE '%.csv' THEN 'csv' WHEN "name" LIKE '%.md' THEN 'md' ELSE 'zip' END;

-- One of two that are the same part is kept as such.
UPDATE "SignedFile" SET "part" = "id" WHERE EXISTS (
    SELECT 1 FROM "SignedFile" AS "other" WHERE "other"."versionId" = "SignedFile"."versionId" AND "other"."part" = "SignedFile"."part" AND "other"."name" < "SignedFile"."name"
);

-- CreateIndex
CREATE UNIQUE INDEX "SignedFile_versionId_part_key" ON "SignedFile"("versionId", "part");
