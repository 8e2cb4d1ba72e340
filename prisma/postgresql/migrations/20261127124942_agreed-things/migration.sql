-- CreateTable
CREATE TABLE "AgreedThing" (
    "matrixId" TEXT NOT NULL,
    "part" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "value" JSONB NOT NULL,

    CONSTRAINT "AgreedThing_pkey" PRIMARY KEY ("matrixId","part","id")
);

-- AddForeignKey
ALTER TABLE "AgreedThing" ADD CONSTRAINT "AgreedThing_matrixId_fkey" FOREIGN KEY ("matrixId") REFERENCES "Matrix"("id") ON DELETE CASCADE ON UPDATE CASCADE;
