import { expect, it } from "vitest";
import { read } from "~/db/client.server";
import { findVersion } from "~/db/version-store.server";
import { applyCommands } from "~/domain/editing/apply-command";
import type { MatrixCommand } from "~/domain/editing/commands";
import { sendForSigning } from "~/services/signing/signing-requests.server";
import { aDuty, aMatrix } from "../support/matrices";
import { sendStep, signOver, startServer } from "../support/server-process";
import { aPublishedVersion, confirmAll } from "../support/signing";
import { anEngagement, freshLoad, signedIn } from "../support/stored";

const KILLS = 20;
const CLIENTS = 3;
/** Versions out for signing meanwhile, each with two signatures to give. */
const VERSIONS = 16;
const duties = Array.from({ length: 30 }, (_, i) =>
  aDuty({ id: `duty-${i}`, code: `SUP-${String(i + 1).padStart(2, "0")}` }),
);

it(`loses no acknowledged edit or signature, and doubles none, when the server is killed ${KILLS} times in the middle of a stream of them`, async () => {
  const start = aMatrix({ duties });
  const owner = await signedIn("Maya Lindqvist");
  const { matrixId } = await anEngagement(owner, start);
  const acknowledged: string[] = [];
  let sent = 0;
  const other = await signedIn("Tom Brandt");
  const out = await versionsOut(owner, other);
  const signed = new Set<string>();

  /** Both sign one version after the other at the same moment; what wasn't acknowledged is signed again by the next round. */
  async function signing(url: string): Promise<void> {
    for (const { matrixId: of, fingerprint } of out) {
      const people = [owner, other].filter(({ userId }) => !signed.has(`${of} ${userId}`));
      const answers = await Promise.all(people.map((person) => signOver(url, person, of, fingerprint)));
      answers.forEach((status, i) => status === 200 && signed.add(`${of} ${people[i]?.userId ?? ""}`));
      for (const status of answers) if (status !== null) expect(status).toBe(200);
      if (answers.includes(null)) return;
    }
  }

  async function stream(url: string, client: number, enough: () => void): Promise<void> {
    for (;;) {
      const n = sent++;
      const id = `step-${n}`;
      const answer = await sendStep(
        url,
        owner.cookie,
        matrixId,
        id,
        `duty-${(n * 7 + client) % duties.length}`,
        `Wording number ${n}`,
      );
      if (answer === null) return;
      expect(answer.status).toBe(200);
      acknowledged.push(id);
      enough();
    }
  }

  for (let round = 0; round < KILLS; round++) {
    const server = await startServer(process.env.DATABASE_URL ?? "");
    const before = acknowledged.length;
    // Killed after another number of acknowledgements each time, with requests of every client under way.
    const killed = new Promise<void>((resolve, reject) => {
      const enough = () => {
        if (acknowledged.length - before === 3 + (round % 7)) void server.kill().then(resolve);
      };
      const failed = (error: unknown) =>
        void server.kill().then(() => reject(error instanceof Error ? error : new Error(String(error))));
      Promise.all([
        signing(server.url),
        ...Array.from({ length: CLIENTS }, (_, client) => stream(server.url, client, enough)),
      ]).catch(failed);
    });
    await killed;
  }

  expect(acknowledged.length).toBeGreaterThanOrEqual(KILLS * 3);
  const log = await read.logEntry.findMany({ where: { matrixId }, orderBy: { revision: "asc" } });
  const stored = new Set(log.map(({ stepId }) => stepId));
  const { matrix, revision } = await freshLoad(matrixId);
  expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
  const replayed = log.reduce(
    (current, { commands }) => applyCommands(current, commands as MatrixCommand[]).matrix,
    start,
  );
  expect(replayed.duties).toEqual(matrix.duties);
  expect(log.map((entry) => entry.revision)).toEqual(log.map((_, i) => i + 1));
  expect(revision).toBe(log.length);

  const kept = await read.signature.findMany({
    select: { signatory: { select: { userId: true } }, version: { select: { matrixId: true, status: true } } },
  });
  const of = kept.map(({ signatory, version }) => `${version.matrixId} ${signatory.userId}`);
  expect(signed.size).toBeGreaterThan(0);
  expect([...signed].filter((one) => !of.includes(one))).toEqual([]);
  expect(new Set(of).size).toBe(of.length);
  for (const { version } of kept)
    expect(version.status).toBe(
      of.filter((one) => one.startsWith(version.matrixId)).length === 2 ? "agreed" : "proposed",
    );
}, 600_000);

type Person = Awaited<ReturnType<typeof signedIn>>;

/** Published versions that both are asked to sign, each of an engagement of its own. */
async function versionsOut(owner: Person, other: Person): Promise<{ matrixId: string; fingerprint: string }[]> {
  const now = new Date();
  const out: { matrixId: string; fingerprint: string }[] = [];
  for (let i = 0; i < VERSIONS; i++) {
    const { matrixId } = await aPublishedVersion(owner, other, now);
    const signatories = (
      [
        ["client", owner],
        ["provider", other],
      ] as const
    ).map(([partyId, { name, email }]) => ({ partyId, name, title: "Director", email }));
    await sendForSigning(
      owner,
      matrixId,
      1,
      { order: "together", mailed: "on", message: "", due: "", signatories },
      now,
    );
    await confirmAll(other, matrixId, 1, now);
    out.push({ matrixId, fingerprint: (await findVersion(read, matrixId, 1))?.fingerprint ?? "" });
  }
  return out;
}
