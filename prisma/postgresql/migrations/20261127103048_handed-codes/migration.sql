-- AlterTable
ALTER TABLE "Signatory" ADD COLUMN     "codeShownTo" TEXT,
ADD COLUMN     "handedBy" TEXT;

-- AlterTable
ALTER TABLE "Signature" ADD COLUMN     "handedBy" TEXT;
