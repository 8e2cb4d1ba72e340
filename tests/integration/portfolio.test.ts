import { describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { portfolioQuery } from "~/domain/engagement/portfolio";
import { termsHash } from "~/domain/agreement/agreement";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { listPortfolio } from "~/services/engagement/portfolio.server";
import { publishVersion } from "~/services/version/versions.server";
import { countingStatements } from "../support/statements";
import { aDuty, aMatrix, cells } from "../support/matrices";
import { anEngagement, aUser, freshLoad } from "../support/stored";

const NOW = new Date("2026-11-25T12:00:00Z");
const duty = aDuty({ letters: cells({ "it-lead": "A", "it-team": "R" }) });
const list = (actor: Awaited<ReturnType<typeof aUser>>, address = "", limit = 50) =>
  listPortfolio(actor, portfolioQuery(new URLSearchParams(address)), limit, NOW);
const edit = (
  actor: Awaited<ReturnType<typeof aUser>>,
  matrixId: string,
  ...commands: Parameters<typeof runCommands>[2]["steps"][0]["commands"]
) => runCommands(actor, matrixId, { baseRevision: 0, steps: [{ id: crypto.randomUUID(), commands }] }, NOW);
const publish = (actor: Awaited<ReturnType<typeof aUser>>, matrixId: string, revision: number) =>
  publishVersion(
    actor,
    matrixId,
    {
      revision,
      reason: "Agreed",
      agreementReference: "",
      exhibit: "",
      precedence: "",
      effectiveDate: null,
      reviewDate: "2026-11-01",
    },
    NOW,
  );

describe("the list of engagements", () => {
  it("says what is true now, whatever was kept before: after edits, disputes, undo and a version", async () => {
    const actor = await aUser("Maya");
    const { matrixId } = await anEngagement(actor, aMatrix({ duties: [duty] }));
    expect((await list(actor)).rows).toMatchObject([
      { matrixId, blockers: 0, disputed: 0, version: null, changes: null },
    ]);
    expect(await read.matrixSummary.findMany({ where: { matrixId } })).toMatchObject([{ revision: 0, version: 0 }]);
    await edit(actor, matrixId, {
      type: "duty.mark",
      dutyId: duty.id,
      partyId: "client",
      state: "disputed",
      position: "Not ours",
      terms: termsHash(aMatrix(), duty),
    });
    expect((await list(actor)).rows).toMatchObject([{ disputed: 1, blockers: 1 }]);
    await edit(actor, matrixId, {
      type: "duty.mark",
      dutyId: duty.id,
      partyId: "client",
      state: "open",
      position: "",
      terms: termsHash(aMatrix(), duty),
    });
    expect((await list(actor)).rows).toMatchObject([{ disputed: 0, blockers: 0 }]);
    await publish(actor, matrixId, 2);
    expect((await list(actor)).rows).toMatchObject([
      { version: { number: 1, status: "proposed" }, changes: 0, reviewDate: "2026-11-01" },
    ]);
    await edit(actor, matrixId, { type: "duty.edit", dutyId: duty.id, set: { text: "Something else" } });
    const { rows, needs } = await list(actor);
    expect(rows).toMatchObject([{ changes: 1 }]);
    expect(needs).toMatchObject([{ reason: "review", row: { matrixId } }]);
    await write((tx) => tx.matrixSummary.updateMany({ where: { matrixId }, data: { form: 0, summary: {} } }));
    expect((await list(actor)).rows).toMatchObject([{ changes: 1, clientName: "Northwind" }]);
  });

  it("is told in the same few statements for three engagements as for sixty, and no matrix is read that nobody edited", async () => {
    const count = async (engagements: number) => {
      const actor = await aUser("Maya");
      for (let i = 0; i < engagements; i++) await anEngagement(actor, aMatrix({ duties: [duty] }));
      await list(actor);
      return countingStatements(async () => expect((await list(actor, "", 100)).rows).toHaveLength(engagements));
    };
    const few = await count(3);
    expect(few.some((statement) => statement.startsWith("Duty"))).toBe(false);
    expect(await count(60)).toEqual(few);
  });

  it("comes in parts, and says how many there are", async () => {
    const actor = await aUser("Maya");
    for (let i = 0; i < 5; i++) await anEngagement(actor, aMatrix({ duties: [duty] }));
    expect(await list(actor, "", 2)).toMatchObject({ rows: [{}, {}], found: 5, all: 5 });
    expect(await list(actor, "q=nowhere", 2)).toMatchObject({ rows: [], found: 0, all: 5 });
    expect(await list(await aUser("Stranger"))).toEqual({
      rows: [],
      found: 0,
      all: 0,
      hasSample: false,
      needs: [],
      moreNeeds: 0,
      organisation: null,
    });
  });

  it("leaves out what asks for a second factor, until there is one", async () => {
    const actor = await aUser("Maya");
    const { engagementId } = await anEngagement(actor, aMatrix());
    await write((tx) => tx.engagement.update({ where: { id: engagementId }, data: { requireTwoFactor: true } }));
    expect((await list(actor)).all).toBe(0);
    expect((await list({ ...actor, secondFactor: true })).all).toBe(1);
  });

  it("goes with its matrix", async () => {
    const actor = await aUser("Maya");
    const { engagementId, matrixId } = await anEngagement(actor, aMatrix());
    await list(actor);
    await write((tx) => tx.engagement.delete({ where: { id: engagementId } }));
    expect(await read.matrixSummary.findMany({ where: { matrixId } })).toEqual([]);
    await expect(freshLoad(matrixId)).rejects.toThrow();
  });
});
