-- AlterTable
ALTER TABLE "Domain" ADD COLUMN     "pathId" TEXT;

-- AlterTable
ALTER TABLE "Duty" ADD COLUMN     "pathId" TEXT;
