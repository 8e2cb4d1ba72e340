import { read, write } from "~/db/client.server";
import { findCover } from "~/domain/escalation/week/find-cover.server";
import { startingPaths } from "~/library/starting-paths";
import type { Matrix } from "~/domain/matrix/matrix";
import { NO_HOURS } from "~/domain/parts/hours";
import { coverFacts } from "~/services/people/cover-facts.server";
import { loadDraft } from "~/services/matrix/drafts.server";
import { behindRoles } from "~/db/people-store.server";
import { aRota } from "../support/rotas";
import { anEngagement } from "../support/stored";
import { benchOwner } from "./data";
import { benchMatrix } from "./matrices";
import { figureOf, ratio } from "./measure";

const DUTIES = 500;
const PATHS = 10;
const PEOPLE = 24;
const RUNS = 40;
const NOW = new Date("2026-11-27T12:00:00Z");
const office = [{ from: "08:30", to: "17:30" }];
const OFFICE = { ...NO_HOURS, mon: office, tue: office, wed: office, thu: office, fri: office };

/** A matrix with ten paths, which call all of its twelve roles, and agreed hours with holidays. */
function withPaths(matrix: Matrix): Matrix {
  const starting = startingPaths(matrix);
  const roleIds = matrix.roles.map(({ id }) => id);
  return {
    ...matrix,
    hours: ["client", "provider"].map((partyId) => ({
      id: `hours-${partyId}`,
      partyId,
      timeZone: partyId === "client" ? "Europe/London" : "America/New_York",
      week: OFFICE,
      holidays: { "2026-12-25": "Christmas Day", "2027-01-01": "New Year's Day" },
      billable: "",
    })),
    paths: Array.from({ length: PATHS }, (_, i) => {
      const path = starting[i % starting.length];
      if (!path) throw new Error("There are no starting paths.");
      const levels = Object.entries(path.levels).map(([id, level], place) => [
        id,
        {
          ...level,
          calls: [0, 1].map((k) => ({
            roleId: roleIds[(place * 3 + k * 5 + i) % roleIds.length] ?? "",
            direction: "up" as const,
          })),
        },
      ]);
      return { ...path, id: `path-${i}`, name: `Path ${i}`, levels: Object.fromEntries(levels) };
    }),
  };
}

/** Two people behind each role, and a rota for every second one. */
async function peopled(engagementId: string, matrixId: string, matrix: Matrix): Promise<void> {
  await write(async (tx) => {
    for (let i = 0; i < PEOPLE; i++) {
      const role = matrix.roles[i % matrix.roles.length];
      const personId = crypto.randomUUID();
      await tx.person.create({
        data: {
          id: personId,
          engagementId,
          side: role?.partyId ?? "client",
          name: `Person ${i}`,
          title: "",
          email: `${personId}@people.example`,
          phones: [{ label: "", number: "020 7946 0123" }],
          hours: "",
          timeZone: "Europe/London",
          week: OFFICE,
          createdAt: NOW,
        },
      });
      await tx.holding.create({
        data: { id: crypto.randomUUID(), matrixId, roleId: role?.id ?? "", personId, since: "2026-01-01" },
      });
      if (i % 2 === 0 && i < matrix.roles.length)
        await tx.rota.create({ data: { matrixId, roleId: role?.id ?? "", value: aRota({ turns: [[personId]] }) } });
    }
  });
}

/** Opening a matrix with ten paths and people against the same without paths, in turns; and what the page fetches after that: what is found in the cover, anew and kept. */
export async function benchOpening() {
  const actor = await benchOwner();
  const plain = benchMatrix(DUTIES);
  const pathed = withPaths(plain);
  const without = await anEngagement(actor, plain);
  const withThem = await anEngagement(actor, pathed);
  for (const { engagementId, matrixId } of [without, withThem]) await peopled(engagementId, matrixId, plain);
  const times: Record<"without" | "with", number[]> = { without: [], with: [] };
  const open = async (matrixId: string) => {
    const begun = performance.now();
    JSON.stringify(await loadDraft(actor, matrixId, NOW));
    return performance.now() - begun;
  };
  for (let i = -8; i < RUNS; i++) {
    const first = await open(without.matrixId);
    const second = await open(withThem.matrixId);
    if (i < 0) continue;
    times.without.push(first);
    times.with.push(second);
  }
  const behind = await behindRoles(read, withThem);
  const anew: number[] = [];
  const kept: number[] = [];
  for (let i = -4; i < 20; i++) {
    const begun = performance.now();
    findCover(pathed, behind, NOW.getTime());
    const found = performance.now();
    await coverFacts(actor, withThem.matrixId, NOW);
    if (i < 0) continue;
    anew.push(found - begun);
    kept.push(performance.now() - found);
  }
  const opened = { without: figureOf(times.without), with: figureOf(times.with) };
  return {
    duties: DUTIES,
    paths: PATHS,
    ...opened,
    ratio: ratio(opened.with, opened.without),
    cover: { anew: figureOf(anew), kept: figureOf(kept) },
  };
}
