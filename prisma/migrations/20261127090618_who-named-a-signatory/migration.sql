-- AlterTable
ALTER TABLE "Signatory" ADD COLUMN "confirmedAt" DATETIME;
ALTER TABLE "Signatory" ADD COLUMN "confirmedBy" TEXT;
ALTER TABLE "Signatory" ADD COLUMN "namedBy" TEXT;
ALTER TABLE "Signatory" ADD COLUMN "namedFor" TEXT;

-- AlterTable
ALTER TABLE "Signature" ADD COLUMN "named" TEXT;
