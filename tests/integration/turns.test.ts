import { describe, expect, it } from "vitest";
import { accountDatabase, read, write } from "~/db/client.server";
import { aMatrix } from "../support/matrices";
import { anEngagement, signedIn } from "../support/stored";

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Somebody signed in, with a matrix that others edit meanwhile. */
async function ground() {
  const { userId, ...owner } = await signedIn("Maya Lindqvist");
  const { matrixId } = await anEngagement({ userId, ...owner }, aMatrix());
  return { userId, matrixId, accounts: await accountDatabase() };
}

describe("what is written of an account", () => {
  it("at the same moment as an edit and in a transaction of its own is stored like both", async () => {
    const { userId, matrixId, accounts } = await ground();
    for (let round = 0; round < 5; round++) {
      await Promise.all([
        write((tx) => tx.matrix.update({ where: { id: matrixId }, data: { title: `Title ${round}` } })),
        accounts.session.updateMany({ where: { userId }, data: { ipAddress: `192.0.2.${round}` } }),
        accounts.$transaction(async (tx) => {
          const session = await tx.session.findFirstOrThrow({ where: { userId } });
          await tx.session.update({ where: { id: session.id }, data: { userAgent: `Browser ${round}` } });
        }),
      ]);
      expect(await read.session.findMany({ where: { userId }, select: { ipAddress: true, userAgent: true } })).toEqual([
        { ipAddress: `192.0.2.${round}`, userAgent: `Browser ${round}` },
      ]);
      expect(await read.matrix.findUnique({ where: { id: matrixId }, select: { title: true } })).toEqual({
        title: `Title ${round}`,
      });
    }
  });

  it("while an edit is under way waits for its end, and nobody is held up", async () => {
    const { userId, matrixId, accounts } = await ground();
    let ticks = 0;
    const ticking = setInterval(() => (ticks += 1), 10);
    const edit = write(async (tx) => {
      await tx.matrix.update({ where: { id: matrixId }, data: { title: "Half" } });
      await pause(300);
      await tx.matrix.update({ where: { id: matrixId }, data: { title: "Whole" } });
    });
    await pause(50);
    const before = ticks;
    await Promise.all([edit, accounts.session.updateMany({ where: { userId }, data: { userAgent: "Meanwhile" } })]);
    clearInterval(ticking);
    expect(ticks - before).toBeGreaterThan(5);
    expect(await read.matrix.findUnique({ where: { id: matrixId }, select: { title: true } })).toEqual({
      title: "Whole",
    });
    expect(await read.session.findFirst({ where: { userId }, select: { userAgent: true } })).toEqual({
      userAgent: "Meanwhile",
    });
  });
});
