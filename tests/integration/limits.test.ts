import { beforeAll, describe, expect, it } from "vitest";
import { signIn } from "~/services/accounts.server";
import { countTry } from "~/services/attempts.server";
import { acceptWithNewAccount, inviteSomebody } from "~/services/invitations.server";
import { openLink } from "~/services/links.server";
import { anAddress } from "../support/browsers";
import { anEngagementOfAll, everybody, type Ground } from "../support/engagement-of-all";
import { PASSWORD } from "../support/stored";

const NOW = new Date();
let ground: Ground;
/** A caller from a network of their own. */
const from = (address = anAddress()) => ({ address, userAgent: "", cookie: "" });
const codeOf = (asked: Promise<unknown>) => asked.then(() => "ok", (error: { code?: string }) => error.code ?? "thrown");
const inTurn = async (count: number, ask: (i: number) => Promise<unknown>) => {
  const codes: string[] = [];
  for (let i = 0; i < count; i++) codes.push(await codeOf(ask(i)));
  return codes;
};

beforeAll(async () => {
  ground = await anEngagementOfAll(NOW);
});

describe("limits", () => {
  it("count a whole network of IPv6 as one caller", async () => {
    const codes = await inTurn(70, (i) => countTry("sign-in", { account: `somebody-${i}`, address: `2001:db8:7:7::${i.toString(16)}` }));
    expect([codes.filter((code) => code === "ok").length, codes.at(-1)]).toEqual([60, "too-many"]);
    expect(await codeOf(countTry("sign-in", { account: "somebody", address: "2001:db8:7:8::1" }))).toBe("ok");
  });

  it("tell long texts apart that differ at their end alone", async () => {
    const long = "a".repeat(60_000);
    const codes = await inTurn(11, () => countTry("sign-in", { account: long, address: from().address }));
    expect(codes.at(-1)).toBe("too-many");
    expect(await codeOf(countTry("sign-in", { account: `${long}b`, address: from().address }))).toBe("ok");
  });

  it("let nobody be written to without end by invitations", async () => {
    const { owner } = await everybody();
    const again = await inTurn(11, () => inviteSomebody(owner, ground.matrixId, { email: "often@people.example", side: "client", permission: "viewer" }, NOW));
    expect(again).toEqual([...Array.from({ length: 10 }, () => "ok"), "too-many"]);
    const many = await inTurn(60, (i) => inviteSomebody(owner, ground.matrixId, { email: `somebody-${i}@people.example`, side: "client", permission: "viewer" }, NOW));
    expect(many.indexOf("too-many")).toBe(49);
  });

  it("never close a read-only link to everybody because some have opened it often", async () => {
    const busy = from();
    const codes = await inTurn(61, () => openLink(ground.linkToken, [], busy, NOW));
    expect([codes.filter((code) => code === "ok").length, codes.at(-1)]).toEqual([60, "too-many"]);
    expect(await codeOf(openLink(ground.linkToken, [], from(), NOW))).toBe("ok");
  });

  it("count a password tried at an invitation as one tried at the front door", async () => {
    const { email } = (await everybody()).stranger;
    expect(await inTurn(4, () => acceptWithNewAccount(ground.token, { name: "Somebody", password: "not these four words" }, from(), NOW))).toEqual(Array(4).fill("invalid"));
    expect(await inTurn(6, () => signIn({ email, password: "not these four words" }, from(), NOW))).toEqual(Array(6).fill("invalid"));
    expect(await codeOf(acceptWithNewAccount(ground.token, { name: "Somebody", password: PASSWORD }, from(), NOW))).toBe("too-many");
    expect(await codeOf(signIn({ email, password: PASSWORD }, from(), NOW))).toBe("too-many");
  });
});
