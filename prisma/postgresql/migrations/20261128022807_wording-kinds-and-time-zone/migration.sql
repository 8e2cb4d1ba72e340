-- AlterTable
ALTER TABLE "Duty" ADD COLUMN "pressures" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "Organisation" ADD COLUMN "wording" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN "wordingAt" TIMESTAMP(3),
ADD COLUMN "wordingBy" TEXT;

-- AlterTable
ALTER TABLE "Party" ADD COLUMN "legal" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "Signature" ADD COLUMN "timeZone" TEXT;
