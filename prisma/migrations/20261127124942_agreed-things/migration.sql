-- CreateTable
CREATE TABLE "AgreedThing" (
    "matrixId" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "value" JSONB NOT NULL,

    PRIMARY KEY ("matrixId", "part", "id"),
    CONSTRAINT "AgreedThing_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
