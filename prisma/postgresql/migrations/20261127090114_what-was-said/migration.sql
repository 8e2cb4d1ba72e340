-- AlterTable
ALTER TABLE "Matrix" ADD COLUMN     "deleted" JSONB NOT NULL DEFAULT '{}';
