import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { startServer, type ServerProcess } from "../support/server-process";
import { PASSWORD, signedIn } from "../support/stored";

/** A SQLite file belongs to one process. */
const COUNT = process.env.DEMARC_TEST_DATABASE === "postgresql" ? 3 : 1;
let servers: ServerProcess[] = [];
beforeAll(async () => {
  servers = await Promise.all(Array.from({ length: COUNT }, () => startServer(process.env.DATABASE_URL ?? "")));
});
afterAll(() => Promise.all(servers.map((server) => server.kill())));

/** Sends many forms at once, to each process in turn; resolves to the statuses and messages of the answers. */
async function atOnce(
  count: number,
  page: string,
  formOf: (i: number) => Record<string, string>,
): Promise<{ status: number; body: string }[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, i) => {
      const response = await fetch(`${servers[i % COUNT]?.url}/${page}?_data=routes%2Faccount%2F${page}`, {
        method: "POST",
        body: new URLSearchParams(formOf(i)),
        redirect: "manual",
      });
      return { status: response.status, body: await response.text() };
    }),
  );
}

const counted = (answers: { status: number }[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

describe("processes on one database", () => {
  it("let exactly one of eight first set-ups at once win, and the others leave nothing, nor what an earlier one was cut off at", async () => {
    await write((tx) =>
      tx.user.create({
        data: {
          id: "cut-off",
          name: "Somebody",
          email: "somebody-3@people.example",
          accounts: {
            create: { id: "cut-off", accountId: "cut-off", providerId: "credential", password: "of another day" },
          },
        },
      }),
    );
    const answers = await atOnce(8, "set-up", (i) => ({
      name: `Somebody ${i}`,
      email: `somebody-${i}@people.example`,
      password: PASSWORD,
      side: "client",
    }));
    expect(answers.map(({ status }) => status).sort()).toEqual([204, ...Array<number>(7).fill(409)]);
    for (const { body } of answers.filter(({ status }) => status === 409))
      expect(body).toContain("Somebody has set this installation up already");
    const people = await read.user.findMany({
      select: {
        id: true,
        emailVerified: true,
        installation: { select: { id: true } },
        accounts: { select: { providerId: true } },
      },
    });
    expect(people).toEqual([
      {
        id: expect.any(String),
        emailVerified: true,
        installation: { id: "here" },
        accounts: [{ providerId: "credential" }],
      },
    ]);
    expect(await read.session.count()).toBe(1);
    expect(await read.recordEntry.count({ where: { event: "installation.set-up" } })).toBe(1);
  });

  it("together allow ten tries at a password, the right one no more than a wrong one", async () => {
    const { email } = await signedIn("Maya Lindqvist");
    const answers = await atOnce(30, "sign-in", () => ({ email, password: "not these four words" }));
    expect([counted(answers, 422), counted(answers, 429)]).toEqual([10, 20]);
    expect((await atOnce(COUNT, "sign-in", () => ({ email, password: PASSWORD }))).map(({ status }) => status)).toEqual(
      Array(COUNT).fill(429),
    );
  });
});
