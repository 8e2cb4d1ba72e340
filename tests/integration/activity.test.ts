import { describe, expect, it } from "vitest";
import { batchSchema } from "~/domain/editing/batch";
import type { MatrixCommand } from "~/domain/editing/commands";
import { termsHash } from "~/domain/agreement/agreement";
import { read, write } from "~/db/client.server";
import { dutyHistory, listActivity, whatReopened } from "~/services/matrix/activity.server";
import { loadDraft } from "~/services/matrix/drafts.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { aDuty, aMatrix, cells } from "../support/matrices";
import { anEngagement, aUser, freshLoad } from "../support/stored";

const duties = ["duty-1", "duty-2"].map((id, i) =>
  aDuty({ id, code: `SUP-0${i + 1}`, letters: cells({ "it-lead": "A", "it-team": "R" }) }),
);
const NOW = new Date("2026-11-24T10:00:00Z");
const EVERYTHING = { person: "", kind: null, dutyId: "", after: null };

async function start() {
  const actor = await aUser("Priya");
  const provider = await aUser("Ana");
  const { matrixId, engagementId } = await anEngagement(actor, aMatrix({ duties }));
  await write((tx) =>
    tx.member.create({ data: { engagementId, userId: provider.userId, side: "provider", permission: "editor" } }),
  );
  const run = (...commands: MatrixCommand[]) =>
    runCommands(actor, matrixId, { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] }, NOW);
  return { actor, provider, matrixId, run };
}

describe("a duty's history", () => {
  it("tells who changed what, newest first, of that duty only, and how to take each back", async () => {
    const { actor, matrixId, run } = await start();
    const before = (await freshLoad(matrixId)).matrix;
    await run(
      { type: "duty.letters", dutyId: "duty-1", roleId: "service-desk", letters: ["A", "R"] },
      { type: "duty.edit", dutyId: "duty-2", set: { boundary: "The desk logs it." } },
    );
    await run({ type: "duty.edit", dutyId: "duty-1", set: { cadence: "Monthly" } });
    const { entries, older } = await dutyHistory(actor, matrixId, "duty-1", null);
    expect(older).toBeNull();
    expect(
      entries.map(({ actorName, at, change }) => [
        actorName,
        at,
        change.words,
        change.letters.map(({ roleName, before: was, after }) => [roleName, was, after]),
        change.terms,
      ]),
    ).toEqual([
      ["Priya", NOW.toISOString(), ["The cadence is now “Monthly”; it was not set."], [], true],
      [
        "Priya",
        NOW.toISOString(),
        [],
        [
          ["IT lead", ["A"], ["C"]],
          ["Service desk", [], ["A", "R"]],
        ],
        true,
      ],
    ]);
    for (const { inverse } of entries) await run({ type: "diff.apply", diff: inverse });
    const after = (await freshLoad(matrixId)).matrix;
    expect(after.duties[0]).toEqual(before.duties[0]);
    expect(after.duties[1]?.boundary).toBe("The desk logs it.");
  });
  it("refuses to take back what was changed since, with a sentence", async () => {
    const { actor, matrixId, run } = await start();
    await run({ type: "duty.edit", dutyId: "duty-1", set: { cadence: "Monthly" } });
    await run({ type: "duty.edit", dutyId: "duty-1", set: { cadence: "Weekly" } });
    const { entries } = await dutyHistory(actor, matrixId, "duty-1", null);
    const oldest = entries.at(-1);
    const answer = await run({ type: "diff.apply", diff: oldest?.inverse ?? { fields: {} } });
    expect(answer.rejected.map(({ rejection }) => rejection.message)).toEqual([expect.stringMatching(/changed since/)]);
  });
  it("takes an undo as a window opened before an update sends it, and reads one as it was stored then", async () => {
    const { actor, matrixId, run } = await start();
    await run({ type: "duty.edit", dutyId: "duty-1", set: { cadence: "Monthly" } });
    const [step] = (await dutyHistory(actor, matrixId, "duty-1", null)).entries;
    const sent = {
      baseRevision: 0,
      steps: [{ id: "of-earlier", commands: [{ type: "diff.apply", diff: step?.inverse, undoes: null }] }],
    };
    expect((await runCommands(actor, matrixId, batchSchema.parse(sent), NOW)).rejected).toEqual([]);
    const logged = { matrixId, stepId: "of-earlier" };
    const stored = await read.logEntry.findFirst({ where: logged, select: { commands: true } });
    expect(stored?.commands).toEqual([{ type: "diff.apply", diff: step?.inverse }]);
    await write((tx) =>
      tx.logEntry.updateMany({
        where: logged,
        data: { commands: [{ type: "diff.apply", diff: JSON.parse(JSON.stringify(step?.inverse)), undoes: null }] },
      }),
    );
    expect((await dutyHistory(actor, matrixId, "duty-1", null)).entries.map(({ undo }) => undo)).toEqual([true, false]);
    expect(
      batchSchema.safeParse({
        ...sent,
        steps: [{ id: "s", commands: [{ type: "diff.apply", diff: step?.inverse, undoes: "of-earlier" }] }],
      }).success,
    ).toBe(false);
  });
  it("comes in pages", async () => {
    const { actor, matrixId, run } = await start();
    for (let i = 0; i < 25; i++)
      await run({ type: "duty.edit", dutyId: "duty-1", set: { cadence: `Every ${i + 1} days` } });
    const first = await dutyHistory(actor, matrixId, "duty-1", null);
    const second = await dutyHistory(actor, matrixId, "duty-1", first.older);
    expect([first.entries.length, second.entries.length, second.older]).toEqual([20, 5, null]);
    expect(new Set([...first.entries, ...second.entries].map(({ id }) => id)).size).toBe(25);
  });
});

describe("what reopened a mark", () => {
  const marked = async (at: Awaited<ReturnType<typeof start>>, partyId: string) => {
    const { matrix } = await freshLoad(at.matrixId);
    const duty = matrix.duties.find(({ id }) => id === "duty-1");
    if (!duty) throw new Error("The duty is there.");
    const command: MatrixCommand = {
      type: "duty.mark",
      dutyId: "duty-1",
      partyId,
      state: "agreed",
      position: "",
      terms: termsHash(matrix, duty),
    };
    const { rejected } = await runCommands(
      partyId === "client" ? at.actor : at.provider,
      at.matrixId,
      { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands: [command] }] },
      NOW,
    );
    expect(rejected).toEqual([]);
  };
  it("says what changed since, and by whom, for each side by its own mark", async () => {
    const at = await start();
    await at.run({ type: "duty.letters", dutyId: "duty-1", roleId: "service-desk", letters: ["C"] });
    await marked(at, "client");
    expect(await whatReopened(at.actor, at.matrixId, "duty-1")).toEqual([]);
    await at.run({ type: "duty.edit", dutyId: "duty-1", set: { boundary: "The desk logs it.", cadence: "Daily" } });
    await marked(at, "provider");
    await at.run({ type: "duty.letters", dutyId: "duty-1", roleId: "service-desk", letters: ["R"] });
    const told = await whatReopened(at.actor, at.matrixId, "duty-1");
    const words = new Map(
      told.map(({ partyId, changes }) => [
        partyId,
        changes.map(({ term, actorName }) => [
          typeof term === "string" ? term : `${term.roleName} ${term.before.join("/")} to ${term.after.join("/")}`,
          actorName,
        ]),
      ]),
    );
    expect(words.get("provider")).toEqual([["Service desk C to R", "Priya"]]);
    expect(words.get("client")).toEqual([
      ["Service desk C to R", "Priya"],
      ["The cadence is now “Daily”; it was not set", "Priya"],
      ["The boundary note is now “The desk logs it.”; it was not set", "Priya"],
    ]);
    expect(told[0]?.changes[0]?.at).toBe(NOW.toISOString());
  });
  it("leaves out what was changed and put back, and says nothing where the log doesn't reach the mark", async () => {
    const at = await start();
    await marked(at, "client");
    await at.run({ type: "duty.edit", dutyId: "duty-1", set: { boundary: "The desk logs it." } });
    await at.run({ type: "duty.letters", dutyId: "duty-1", roleId: "service-desk", letters: ["R"] });
    await at.run({ type: "duty.edit", dutyId: "duty-1", set: { boundary: "" } });
    expect((await whatReopened(at.actor, at.matrixId, "duty-1")).map(({ changes }) => changes.length)).toEqual([1]);
    await at.run({ type: "duty.letters", dutyId: "duty-1", roleId: "service-desk", letters: [] });
    expect(await whatReopened(at.actor, at.matrixId, "duty-1")).toEqual([]);

    const foreign = aDuty({
      id: "duty-9",
      code: "SUP-09",
      marks: { client: { state: "agreed", terms: "0".repeat(32), position: "" } },
    });
    const { matrixId } = await anEngagement(at.actor, aMatrix({ duties: [foreign] }));
    expect(await whatReopened(at.actor, matrixId, "duty-9")).toEqual([]);
    expect(await whatReopened(at.actor, matrixId, "nowhere")).toEqual([]);
    await expect(whatReopened(await aUser("Stranger"), matrixId, "duty-9")).rejects.toThrow(/isn't shared with you/);
  });
});

describe("the activity of a matrix", () => {
  it("lists steps newest first in pages, by person, kind and duty", async () => {
    const { actor, matrixId, run } = await start();
    for (let i = 0; i < 60; i++)
      await run({
        type: "duty.edit",
        dutyId: i % 6 === 0 ? "duty-2" : "duty-1",
        set: { cadence: `Every ${i + 1} days` },
      });
    await run({ type: "role.rename", roleId: "it-team", name: "IT crew" });
    const first = await listActivity(actor, matrixId, EVERYTHING);
    expect(first.entries[0]?.others).toEqual(["The role IT team was renamed to IT crew."]);
    expect(first.people).toEqual(["Ana", "Priya"]);
    const second = await listActivity(actor, matrixId, { ...EVERYTHING, after: first.older });
    expect([first.entries.length, second.entries.length, second.older]).toEqual([50, 11, null]);
    expect((await listActivity(actor, matrixId, { ...EVERYTHING, dutyId: "duty-2" })).entries).toHaveLength(10);
    expect((await listActivity(actor, matrixId, { ...EVERYTHING, person: "Nobody" })).entries).toEqual([]);
    expect((await listActivity(actor, matrixId, { ...EVERYTHING, kind: "versions" })).entries).toEqual([]);
  });
  it("is not there for a stranger, exactly as the matrix isn't", async () => {
    const { matrixId } = await start();
    const stranger = await aUser("Stranger");
    const refusals = await Promise.all(
      [
        listActivity(stranger, matrixId, EVERYTHING),
        dutyHistory(stranger, matrixId, "duty-1", null),
        loadDraft(stranger, matrixId, NOW),
      ].map((asked) =>
        asked.then(
          () => null,
          (error: Error) => error.message,
        ),
      ),
    );
    expect(new Set(refusals)).toEqual(new Set(["There is no such matrix, or it isn't shared with you."]));
  });
});
