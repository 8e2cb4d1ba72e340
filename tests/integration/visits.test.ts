import { describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { ownData } from "~/services/account/own-data.server";
import { forgetAccount } from "~/services/account/forget-account.server";
import { keepVisit, prolongVisit, sinceLastVisit } from "~/services/live/visits.server";
import { listActivity } from "~/services/matrix/activity.server";
import { runCommands } from "~/services/matrix/matrix-editing.server";
import type { Actor } from "~/services/who/actor.server";
import { aDuty, aMatrix } from "../support/matrices";
import { anEngagement, aUser } from "../support/stored";

const at = (time: string) => new Date(`2026-11-24T${time}:00.000Z`);
const EVERYTHING = { person: "", kind: null, dutyId: "", after: null };

async function start() {
  const [maya, tom, ines] = [await aUser("Maya Lindqvist"), await aUser("Tom Okafor"), await aUser("Ines Ferreira")];
  const { matrixId, engagementId } = await anEngagement(maya, aMatrix({ duties: [aDuty({ id: "d1" })] }));
  await write((tx) =>
    tx.member.createMany({
      data: [tom, ines].map(({ userId }) => ({ engagementId, userId, side: "provider", permission: "editor" })),
    }),
  );
  const edit = (actor: Actor, time: string) =>
    runCommands(
      actor,
      matrixId,
      {
        baseRevision: 0,
        steps: [
          { id: crypto.randomUUID(), commands: [{ type: "duty.edit", dutyId: "d1", set: { text: `At ${time}` } }] },
        ],
      },
      at(time),
    );
  /** Opens the matrix as a page does: it is read, and once on screen the server is told. */
  const open = async (actor: Actor, time: string) => {
    const told = await sinceLastVisit(actor, matrixId, at(time));
    await keepVisit(actor, matrixId, { since: told?.since ?? null }, at(time));
    return told;
  };
  const leave = ({ userId }: Actor, time: string) => prolongVisit(matrixId, userId, { ends: true, now: at(time) });
  return { maya, tom, ines, matrixId, engagementId, edit, open, leave };
}

describe("since you were here", () => {
  it("tells nothing at the first visit, and then what others changed since the last one, never one's own", async () => {
    const { maya, tom, ines, matrixId, edit, open, leave } = await start();
    await edit(tom, "09:00");
    expect(await open(maya, "10:00")).toBeNull();
    await leave(maya, "10:30");
    await edit(maya, "11:00");
    await edit(tom, "11:10");
    await edit(tom, "11:20");
    expect(await sinceLastVisit(maya, matrixId, at("11:30"))).toEqual({
      since: at("10:30").toISOString(),
      changes: 2,
      people: 1,
      name: "Tom Okafor",
    });
    await edit(ines, "11:40");
    const since = await open(maya, "12:00");
    expect(since).toEqual({ since: at("10:30").toISOString(), changes: 3, people: 2, name: "" });
    const { entries } = await listActivity(maya, matrixId, { ...EVERYTHING, since: since?.since ?? null });
    expect(entries.map(({ actorName }) => actorName)).toEqual(["Ines Ferreira", "Tom Okafor", "Tom Okafor"]);
  });

  it("counts what happened while the page was open as seen, also where nobody heard it close", async () => {
    const { maya, tom, matrixId, edit, open } = await start();
    await open(maya, "10:00");
    await edit(tom, "10:01");
    await prolongVisit(matrixId, maya.userId, { ends: false, now: at("10:05") });
    expect(await open(maya, "11:00")).toBeNull();
  });

  it("is told again after a reload, and no more once it was seen", async () => {
    const { maya, tom, matrixId, edit, open, leave } = await start();
    await open(maya, "10:00");
    await leave(maya, "10:10");
    await edit(tom, "11:00");
    expect(await open(maya, "12:00")).toMatchObject({ changes: 1 });
    await leave(maya, "12:01");
    expect(await open(maya, "12:02")).toMatchObject({ since: at("10:10").toISOString(), changes: 1 });
    await keepVisit(maya, matrixId, { since: null }, at("12:03"));
    expect(await open(maya, "12:04")).toBeNull();
    // Whoever never says that they have seen it has, when they come back on another day.
    await edit(tom, "13:00");
    await open(maya, "14:00");
    await leave(maya, "14:30");
    expect(await open(maya, "16:00")).toBeNull();
  });

  it("is no visit where the page is only read, as when it is fetched beforehand or again", async () => {
    const { maya, tom, matrixId, edit, open, leave } = await start();
    await open(maya, "10:00");
    await leave(maya, "10:10");
    await edit(tom, "11:00");
    for (let i = 0; i < 3; i++) await sinceLastVisit(maya, matrixId, at("12:00"));
    expect(await open(maya, "13:00")).toMatchObject({ since: at("10:10").toISOString(), changes: 1 });
  });

  it("is written once in a few minutes while the page stays open", async () => {
    const { maya, matrixId, open } = await start();
    const stored = () =>
      read.matrixVisit.findUniqueOrThrow({ where: { matrixId_userId: { matrixId, userId: maya.userId } } });
    await open(maya, "10:00");
    await prolongVisit(matrixId, maya.userId, { ends: false, now: at("10:02") });
    expect((await stored()).at).toEqual(at("10:00"));
    await prolongVisit(matrixId, maya.userId, { ends: false, now: at("10:03") });
    expect((await stored()).at).toEqual(at("10:03"));
  });

  it("stands in one's own data, and goes with the access, the account and the engagement", async () => {
    const { maya, tom, ines, matrixId, engagementId, open } = await start();
    for (const one of [maya, tom, ines]) await open(one, "10:00");
    const mine = JSON.parse(new TextDecoder().decode((await ownData(tom, at("11:00"))).bytes)) as { visits: unknown };
    expect(mine.visits).toEqual([{ matrixId, at: at("10:00").toISOString(), since: null }]);
    const left = async () => (await read.matrixVisit.findMany({ where: { matrixId } })).map(({ userId }) => userId);
    await write((tx) => tx.member.delete({ where: { engagementId_userId: { engagementId, userId: ines.userId } } }));
    expect((await left()).sort()).toEqual([maya.userId, tom.userId].sort());
    expect(await sinceLastVisit(ines, matrixId, at("11:00"))).toBeNull();
    await expect(keepVisit(ines, matrixId, { since: null }, at("11:00"))).rejects.toMatchObject({ code: "not-found" });
    await write((tx) =>
      tx.member.updateMany({ where: { engagementId, userId: tom.userId }, data: { permission: "owner" } }),
    );
    await write((tx) =>
      tx.member.updateMany({ where: { engagementId, userId: tom.userId }, data: { side: "client" } }),
    );
    await forgetAccount(maya.userId, at("12:00"));
    expect(await left()).toEqual([tom.userId]);
    await write((tx) => tx.engagement.delete({ where: { id: engagementId } }));
    expect(await left()).toEqual([]);
  });
});
