-- RedefineTables
PRAGMA defer_foreign_keys=ON;
PRAGMA foreign_keys=OFF;
CREATE TABLE "new_Matrix" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "engagementId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "schema" INTEGER NOT NULL,
    "terms" JSONB NOT NULL,
    "settings" JSONB NOT NULL,
    "issued" JSONB NOT NULL,
    "accepted" JSONB NOT NULL DEFAULT {},
    "deleted" JSONB NOT NULL DEFAULT {},
    "createdAt" DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" DATETIME NOT NULL,
    "archivedAt" DATETIME,
    CONSTRAINT "Matrix_engagementId_fkey" FOREIGN KEY ("engagementId") REFERENCES "Engagement" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO "new_Matrix" ("accepted", "archivedAt", "createdAt", "engagementId", "id", "issued", "revision", "schema", "settings", "terms", "title", "updatedAt") SELECT "accepted", "archivedAt", "createdAt", "engagementId", "id", "issued", "revision", "schema", "settings", "terms", "title", "updatedAt" FROM "Matrix";
DROP TABLE "Matrix";
ALTER TABLE "new_Matrix" RENAME TO "Matrix";
CREATE INDEX "Matrix_engagementId_idx" ON "Matrix"("engagementId");
CREATE INDEX "Matrix_updatedAt_idx" ON "Matrix"("updatedAt");
PRAGMA foreign_keys=ON;
PRAGMA defer_foreign_keys=OFF;
