-- AlterTable
ALTER TABLE "Duty" ADD COLUMN "authorityId" TEXT;
