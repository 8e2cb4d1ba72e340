-- Added in place: a table made anew would have to be dropped, which takes the rows that refer to it along.
ALTER TABLE "Matrix" ADD COLUMN "deleted" JSONB NOT NULL DEFAULT '{}';
