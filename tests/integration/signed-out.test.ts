import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { read, write } from "~/db/client.server";
import { openAccount, signIn } from "~/services/who/accounts.server";
import type { Actor } from "~/services/who/actor.server";
import { changeAccess } from "~/services/access/members.server";
import { listRecord } from "~/services/access/record.server";
import { ABrowser } from "../support/browsers";
import { aMatrix } from "../support/matrices";
import { startPost, type Post } from "../support/post";
import { anEngagement, aUser, PASSWORD } from "../support/stored";

let post: Post;
beforeAll(async () => {
  post = await startPost();
});
afterAll(() => post.stop());

let owner: Actor;
let matrixId: string;
let engagementId: string;
beforeEach(async () => {
  owner = await aUser("Maya Lindqvist");
  ({ matrixId, engagementId } = await anEngagement(owner, aMatrix()));
});

/** A member of a side, signed in twice. */
async function aMember(name: string, side: string, permission = "editor") {
  const [browser, other] = [new ABrowser(), new ABrowser()];
  const email = `${crypto.randomUUID()}@people.example`;
  const { userId, cookies } = await openAccount(
    { name, email, password: PASSWORD },
    (tx, id) => tx.member.create({ data: { engagementId, userId: id, side, permission } }),
    browser.caller,
    new Date(),
  );
  browser.keep(cookies);
  other.keep((await signIn({ email, password: PASSWORD }, other.caller, new Date())).cookies);
  return { userId, email, browser, other };
}

const end = (userId: string, by: Actor = owner) =>
  changeAccess(by, matrixId, { intent: "end-sessions", userId }, new Date());

describe("an owner who signs somebody of their side out", () => {
  it("ends every session of theirs and nothing else; it is in the record, and a mail says who did it", async () => {
    const [priya, tom] = [await aMember("Priya Nair", "client", "owner"), await aMember("Tom Becker", "client")];
    expect(await end(priya.userId)).toEqual({
      said: "Priya Nair is signed out everywhere. No mail is sent from here, so tell them yourself.",
      link: null,
      left: false,
    });
    expect([await priya.browser.actor(), await priya.other.actor(), (await tom.browser.me()).userId]).toEqual([
      null,
      null,
      tom.userId,
    ]);
    const [mail, ...others] = await post.collect(priya.email);
    expect([mail?.subject, others, await post.collect(tom.email)]).toEqual(["You were signed out of Demarc", [], []]);
    expect(mail?.body.replace(/\s+/g, " ")).toContain(
      "Maya Lindqvist, an owner of your side in Northwind and Harbour IT, signed you out of Demarc everywhere.",
    );
    expect(
      (await listRecord(owner, matrixId, null)).entries.map(({ actorName, sentence }) => [actorName, sentence]),
    ).toContainEqual(["Maya Lindqvist", "Ended every session of Priya Nair."]);
    expect((await signIn({ email: priya.email, password: PASSWORD }, priya.browser.caller, new Date())).next).toBe(
      "in",
    );
    expect(await read.member.count({ where: { engagementId, userId: priya.userId, permission: "owner" } })).toBe(1);
  });

  it("can't do it to the other side, a third party, a stranger or themselves, nor can who is no owner", async () => {
    const [editor, theirs, third] = [
      await aMember("Priya Nair", "client"),
      await aMember("Tom Becker", "provider", "owner"),
      await aMember("Vera Holt", "third-party", "viewer"),
    ];
    const stranger = await aUser("A stranger");
    const refusals = [
      [theirs.userId, "forbidden"],
      [third.userId, "forbidden"],
      [stranger.userId, "conflict"],
      [owner.userId, "invalid"],
      ["made-up", "conflict"],
    ] as const;
    for (const [userId, code] of refusals) await expect(end(userId)).rejects.toMatchObject({ code });
    await expect(end(editor.userId, await theirs.browser.me())).rejects.toMatchObject({ code: "forbidden" });
    await expect(end(theirs.userId, await editor.browser.me())).rejects.toMatchObject({ code: "forbidden" });
    await expect(end(editor.userId, stranger)).rejects.toMatchObject({ code: "not-found" });
    for (const { browser, other, userId, email } of [editor, theirs, third])
      expect([(await browser.me()).userId, (await other.me()).userId, await post.collect(email)]).toEqual([
        userId,
        userId,
        [],
      ]);
  });

  it("writes to nobody who isn't signed in, and no more than five times in an hour to one person", async () => {
    const { userId, email, browser } = await aMember("Priya Nair", "client");
    const again = async () => void (await signIn({ email, password: PASSWORD }, browser.caller, new Date()));
    await end(userId);
    expect(await end(userId)).toMatchObject({ said: "Priya Nair is signed in nowhere." });
    for (let times = 0; times < 4; times += 1) {
      await again();
      await end(userId);
    }
    await again();
    await expect(end(userId)).rejects.toMatchObject({ code: "too-many" });
    expect(await read.session.count({ where: { userId } })).toBe(1);
    expect(await post.collect(email)).toHaveLength(5);
    await write((tx) => tx.session.updateMany({ where: { userId }, data: { expiresAt: new Date(Date.now() - 1) } }));
    expect(await end(userId)).toMatchObject({ said: "Priya Nair is signed in nowhere." });
  });
});
