-- AlterTable
ALTER TABLE "Duty" ADD COLUMN     "searchWords" TEXT NOT NULL DEFAULT '';
