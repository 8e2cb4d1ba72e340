-- AlterTable
ALTER TABLE "Signatory" ADD COLUMN     "confirmedAt" TIMESTAMP(3),
ADD COLUMN     "confirmedBy" TEXT,
ADD COLUMN     "namedBy" TEXT,
ADD COLUMN     "namedFor" TEXT;

-- AlterTable
ALTER TABLE "Signature" ADD COLUMN     "named" TEXT;
