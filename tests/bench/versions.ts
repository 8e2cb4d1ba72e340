import { write } from "~/db/client.server";
import { insertVersion } from "~/db/version-store.server";
import { canonicalText } from "~/domain/version/snapshot";
import { fingerprintOf } from "~/files/fingerprint.server";
import { listVersions, versionInForce } from "~/services/version/versions.server";
import { signedIn } from "../support/stored";
import { seed } from "./data";
import { benchMatrix } from "./matrices";
import { measure, ratio } from "./measure";

const MANY = 100;
const FEW = 5;
const DUTIES = 1_000;
const ROLES = 24;

/** What the page of versions asks for, with 100 versions of 1,000 duties × 24 roles against 5. */
export async function benchVersions() {
  const owner = await signedIn("Bench owner of versions");
  const [few, many] = await seed(owner, [10, 10]);
  if (!few || !many) throw new Error("Nothing was seeded.");
  for (const [{ matrixId }, count] of [
    [few, FEW],
    [many, MANY],
  ] as const)
    await versionsOf(matrixId, count);
  const page = (matrixId: string) =>
    Promise.all([listVersions(owner, matrixId), versionInForce(owner, matrixId, null, new Date())]);
  const floor = await measure(30, () => page(few.matrixId));
  const found = await measure(30, () => page(many.matrixId));
  return { versions: MANY, against: FEW, duties: DUTIES, roles: ROLES, floor, found, ratio: ratio(found, floor) };
}

/** Versions one after the other, each agreed but the last. */
async function versionsOf(matrixId: string, count: number): Promise<void> {
  const matrix = benchMatrix(DUTIES, ROLES);
  let previous: string | null = null;
  for (let number = 1; number <= count; number++) {
    const text = canonicalText({ matrix, number, previous });
    const fingerprint = fingerprintOf(text);
    const previousFingerprint = previous;
    await write(async (tx) => {
      await insertVersion(tx, matrixId, {
        number,
        reason: "Measured",
        authorId: "bench",
        authorName: "Bench",
        publishedAt: new Date().toISOString(),
        fingerprint,
        previousFingerprint,
        canonicalText: text,
        revision: number,
        blockers: [],
        changes: number > 1 ? 1 : null,
        matrix,
      });
      if (number < count)
        await tx.version.update({
          where: { matrixId_number: { matrixId, number } },
          data: { status: "superseded", agreedAt: new Date(), supersededBy: number + 1, supersededAt: new Date() },
          select: { id: true },
        });
    });
    previous = fingerprint;
  }
}
