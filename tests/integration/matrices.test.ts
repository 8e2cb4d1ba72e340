import { expect, it } from "vitest";
import { termsHash } from "~/domain/agreement/agreement";
import { portfolioQuery } from "~/domain/engagement/portfolio";
import { listPortfolio } from "~/services/engagement/portfolio.server";
import { changeMatrices, listMatrices } from "~/services/engagement/matrices.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import { aDuty, aMatrix, cells } from "../support/matrices";
import { anEngagement, aUser, freshLoad } from "../support/stored";

const NOW = new Date("2026-11-24T10:00:00Z");
const EVERYTHING = portfolioQuery(new URLSearchParams());
const duty = aDuty({ letters: cells({ "it-lead": "A", "it-team": "R" }) });
const marked = {
  ...duty,
  marks: { client: { state: "agreed" as const, terms: termsHash(aMatrix(), duty), position: "" } },
};

it("an engagement holds several matrices: started, duplicated with or without marks, put away and brought back", async () => {
  const actor = await aUser("Priya");
  const { matrixId } = await anEngagement(actor, aMatrix({ duties: [marked] }));
  const blank = await changeMatrices(actor, matrixId, { intent: "create", title: "Leeds", start: "blank" }, NOW);
  const plain = await changeMatrices(actor, matrixId, { intent: "duplicate", of: matrixId, title: "York" }, NOW);
  const whole = await changeMatrices(
    actor,
    matrixId,
    { intent: "duplicate", of: matrixId, title: "Hull", agreements: "on" },
    NOW,
  );
  expect((await freshLoad(blank)).matrix.parties.map(({ name }) => name)).toEqual(["Northwind", "Harbour IT"]);
  expect((await freshLoad(plain)).matrix.duties).toEqual([duty]);
  expect((await freshLoad(whole)).matrix.duties).toEqual([marked]);
  expect((await listPortfolio(actor, EVERYTHING, 50, NOW)).rows.map(({ title }) => title).sort()).toEqual([
    "Hull",
    "Leeds",
    "Responsibility matrix",
    "York",
  ]);

  await changeMatrices(actor, matrixId, { intent: "archive", of: plain }, NOW);
  expect((await listMatrices(actor, matrixId)).map(({ title, archivedAt }) => [title, archivedAt !== null])).toEqual(
    expect.arrayContaining([
      ["York", true],
      ["Leeds", false],
    ]),
  );
  expect((await listPortfolio(actor, EVERYTHING, 50, NOW)).rows.map(({ title }) => title)).not.toContain("York");
  const edit = runCommands(
    actor,
    plain,
    { baseRevision: 0, steps: [{ id: "step-1", commands: [{ type: "duty.delete", dutyId: duty.id }] }] },
    NOW,
  );
  await expect(edit).rejects.toThrow(/archived, so it can be read but not changed/);
  await changeMatrices(actor, matrixId, { intent: "return", of: plain }, NOW);
  await runCommands(
    actor,
    plain,
    { baseRevision: 0, steps: [{ id: "step-1", commands: [{ type: "duty.delete", dutyId: duty.id }] }] },
    NOW,
  );
  expect((await freshLoad(plain)).matrix.duties).toEqual([]);
});

it("a bad title is refused with a sentence, and a stranger finds nothing to list, copy or put away", async () => {
  const actor = await aUser("Priya");
  const { matrixId } = await anEngagement(actor, aMatrix());
  await expect(
    changeMatrices(actor, matrixId, { intent: "create", title: " ", start: "blank" }, NOW),
  ).rejects.toMatchObject({ code: "invalid", fields: { title: expect.stringMatching(/empty/) } });
  const stranger = await aUser("Stranger");
  const own = await anEngagement(stranger, aMatrix());
  const attempts = [
    () => listMatrices(stranger, matrixId),
    () => changeMatrices(stranger, matrixId, { intent: "create", title: "Mine", start: "blank" }, NOW),
    () => changeMatrices(stranger, own.matrixId, { intent: "duplicate", of: matrixId, title: "Mine" }, NOW),
    () => changeMatrices(stranger, own.matrixId, { intent: "archive", of: matrixId }, NOW),
    () => changeMatrices(stranger, own.matrixId, { intent: "return", of: matrixId }, NOW),
  ];
  for (const attempt of attempts) await expect(attempt()).rejects.toMatchObject({ code: "not-found" });
});
