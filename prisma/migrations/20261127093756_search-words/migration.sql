-- Added in place: a table made anew would have to be dropped, which takes the rows that refer to it along.
ALTER TABLE "Duty" ADD COLUMN "searchWords" TEXT NOT NULL DEFAULT '';
