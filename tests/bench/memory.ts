import { readFileSync, writeFileSync } from "node:fs";
import { write } from "~/db/client.server";
import type { ExportFormat } from "~/domain/pack/report-parts";
import { publishVersion } from "~/services/version/versions.server";
import { anEngagement, signedIn } from "../support/stored";
import { theLargestMatrix } from "../support/largest";
import { benchOwner } from "./data";
import { benchMatrix, otherParty } from "./matrices";
import { startServer, type Running } from "./server";

/*
 * What the server holds under more than it is made for: the resident memory of its process, threads included. Everything
 * stays on this machine, is bounded in number and time, and ends by itself after some four minutes.
 */

const UPLOADS = 100;
const UPLOAD_BYTES = 20_000_000;
const PEOPLE = 200;
const MATRICES = 10;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 120);
/** Between what one person does and what they do next. */
const THINKING = 5_000;
/** What was given back by then is not held. */
const REST = 20_000;

type Part = {
  part: string;
  before: number;
  highest: number;
  after: number;
  answers: Record<string, number>;
  /** Every 20 seconds. */ course: number[];
};

const say = (what: string) => process.stderr.write(`${what}…\n`);
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function megabytes(pid: number, field: "VmRSS" | "VmHWM"): number {
  return Math.round(
    Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1_024,
  );
}

/** Runs a load and tells what the process held before, at most and afterwards, and what it answered. */
async function loaded(
  part: string,
  { pid }: Running,
  load: (count: (answer: string) => void) => Promise<unknown>,
): Promise<Part> {
  say(part);
  const answers: Record<string, number> = {};
  const course: number[] = [];
  const before = megabytes(pid, "VmRSS");
  // The highest is counted anew from here.
  writeFileSync(`/proc/${pid}/clear_refs`, "5");
  const looking = setInterval(() => course.push(megabytes(pid, "VmRSS")), 20_000);
  await load((answer) => (answers[answer] = (answers[answer] ?? 0) + 1));
  clearInterval(looking);
  const highest = megabytes(pid, "VmHWM");
  await wait(REST);
  return { part, before, highest, after: megabytes(pid, "VmRSS"), answers, course };
}

/** The status of an answer, whose body is read and let go. A connection that is cut is an answer too. */
async function statusOf(asked: Promise<Response>): Promise<string> {
  try {
    const response = await asked;
    for await (const _ of response.body ?? []) continue;
    return String(response.status);
  } catch {
    return "cut";
  }
}

/** Files that nobody here wrote, from as many addresses as there are files, all at once. */
function uploads({ url }: Running, count: (answer: string) => void): Promise<unknown> {
  const bytes = new Blob([new Uint8Array(UPLOAD_BYTES).fill(0x2e)]);
  return Promise.all(
    Array.from({ length: UPLOADS }, async (_, i) => {
      const form = new FormData();
      form.set("file", bytes, "matrix.pdf");
      count(
        await statusOf(
          fetch(`${url}/verify.data`, {
            method: "POST",
            body: form,
            headers: { Origin: url, "X-Forwarded-For": `192.0.2.${i}` },
          }),
        ),
      );
    }),
  );
}

/** Every format twice, of the draft and of a version that was agreed and isn't kept yet, and six of them once more; all at once. */
async function exports({ url }: Running, matrixId: string, count: (answer: string) => void): Promise<unknown> {
  const { cookie } = await benchOwner();
  const formats: ExportFormat[] = ["xlsx", "docx", "pdf", "zip", "json", "csv", "md"];
  const addresses = [
    ...formats.map((format) => `versions/1/export/${format}`),
    ...formats.map((format) => `export/${format}`),
    ...formats.slice(0, 6).map((format) => `versions/1/export/${format}`),
  ];
  return Promise.all(
    addresses.map(async (address) =>
      count(await statusOf(fetch(`${url}/matrices/${matrixId}/${address}`, { headers: { Cookie: cookie } }))),
    ),
  );
}

/** People who look at a board, ask what is new, and move a duty, each with a pause between. */
async function reading(
  { url }: Running,
  people: readonly { cookie: string; matrixId: string }[],
  count: (answer: string) => void,
): Promise<unknown> {
  const end = Date.now() + SECONDS * 1_000;
  return Promise.all(
    people.map(async ({ cookie, matrixId }, person) => {
      await wait((THINKING * person) / people.length);
      for (let turn = 0; Date.now() < end; turn++) {
        const duty = person % 100;
        const step = {
          id: crypto.randomUUID(),
          commands: [
            { type: "duty.assign", dutyId: `duty-${duty}`, lens: "does", to: { partyId: otherParty(duty, turn) } },
          ],
        };
        const asked = [
          () => fetch(`${url}/matrices/${matrixId}/board`, { headers: { Cookie: cookie } }),
          () =>
            fetch(`${url}/matrices/${matrixId}/commands`, {
              method: "POST",
              headers: { "Content-Type": "application/json", Cookie: cookie },
              body: JSON.stringify({ baseRevision: 0, steps: [step] }),
            }),
          () => fetch(`${url}/matrices/${matrixId}/draft?since=-1`, { headers: { Cookie: cookie } }),
          () => fetch(`${url}/matrices/${matrixId}/matrix`, { headers: { Cookie: cookie } }),
        ][turn % 4];
        if (asked) count(await statusOf(asked()));
        await wait(THINKING);
      }
    }),
  );
}

say("Storing matrices and people");
const owner = await benchOwner();
const now = new Date();
const largest = await anEngagement(owner, theLargestMatrix());
await publishVersion(
  owner,
  largest.matrixId,
  {
    revision: 0,
    reason: "The largest",
    agreementReference: "",
    exhibit: "",
    precedence: "",
    effectiveDate: null,
    reviewDate: null,
  },
  now,
);
await write((tx) =>
  tx.version.updateMany({ where: { matrixId: largest.matrixId }, data: { status: "agreed", agreedAt: now } }),
);
const grounds = [];
for (let i = 0; i < MATRICES; i++) grounds.push(await anEngagement(owner, benchMatrix(133)));
const people: { cookie: string; matrixId: string }[] = [];
for (let i = 0; i < PEOPLE; i++) {
  const ground = grounds[i % grounds.length];
  if (!ground) continue;
  const { userId, cookie } = await signedIn(`Person ${i + 1}`);
  await write((tx) =>
    tx.member.create({
      data: {
        engagementId: ground.engagementId,
        userId,
        side: i % 2 === 0 ? "client" : "provider",
        permission: "editor",
        createdAt: now,
      },
    }),
  );
  people.push({ cookie, matrixId: ground.matrixId });
}

process.env.TRUST_PROXY = "1";
const server = await startServer();
const parts: Part[] = [];
try {
  parts.push(
    await loaded(`${PEOPLE} people read and edit for ${SECONDS} seconds`, server, (count) =>
      reading(server, people, count),
    ),
  );
  parts.push(
    await loaded("20 exports of 2,000 duties by 60 roles at once", server, (count) =>
      exports(server, largest.matrixId, count),
    ),
  );
  parts.push(
    await loaded(`${UPLOADS} files of ${UPLOAD_BYTES / 1_000_000} MB to check at once`, server, (count) =>
      uploads(server, count),
    ),
  );
} finally {
  server.stop();
}
const rows = parts.map(({ part, before, highest, after, course, answers }) => [
  part,
  String(before),
  String(highest),
  String(after),
  course.join(" ") || "–",
  Object.entries(answers)
    .map(([status, times]) => `${times} × ${status}`)
    .join(", "),
]);
for (const cells of [
  ["Resident memory of the server in MB", "before", "highest", `after ${REST / 1_000} s`, "every 20 s", "answers"],
  ["---", "---", "---", "---", "---", "---"],
  ...rows,
])
  process.stdout.write(`| ${cells.join(" | ")} |\n`);
process.exit(0);
