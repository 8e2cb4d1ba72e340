-- Added in place: a table made anew would have to be dropped, which takes the rows that refer to it along.
ALTER TABLE "Duty" ADD COLUMN "pressures" JSONB NOT NULL DEFAULT '[]';
ALTER TABLE "Organisation" ADD COLUMN "wording" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "Organisation" ADD COLUMN "wordingAt" DATETIME;
ALTER TABLE "Organisation" ADD COLUMN "wordingBy" TEXT;
ALTER TABLE "Party" ADD COLUMN "legal" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "Signature" ADD COLUMN "timeZone" TEXT;
