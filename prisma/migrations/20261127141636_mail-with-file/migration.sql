-- AlterTable
ALTER TABLE "OutgoingMail" ADD COLUMN "fileOf" TEXT;
