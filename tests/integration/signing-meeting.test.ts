import { describe, expect, it } from "vitest";
import { read } from "~/db/client.server";
import { findVersion } from "~/db/version-store.server";
import { openSharedLink, proveLink, makeLink } from "~/services/access/links.server";
import { signVersion, type SignInput } from "~/services/signing/signatures.server";
import {
  openSigningLink,
  proveSigningCode,
  sendSigningCode,
  signByLink,
} from "~/services/signing/signing-links.server";
import { loadSigningPage } from "~/services/signing/signing-page.server";
import { sendForSigning } from "~/services/signing/signing-requests.server";
import { loadVersion } from "~/services/version/versions.server";
import { ABrowser, anAddress } from "../support/browsers";
import { aPublishedVersion, confirmAll, withMail } from "../support/signing";
import { signedIn } from "../support/stored";

const NOW = new Date("2026-11-25T09:00:00Z");
const codeOf = (asked: Promise<unknown>) =>
  asked.then(
    () => "ok",
    (error: { code?: string }) => error.code ?? "thrown",
  );

/** A version out to ten signatories who sit together: two with accounts, eight by link. */
async function aMeeting() {
  const [maya, tom] = await Promise.all([signedIn("Maya Lindqvist"), signedIn("Tom Brandt")]);
  const ground = await aPublishedVersion(maya, tom, NOW);
  const others = Array.from({ length: 8 }, (_, i) => ({
    partyId: "client",
    name: `Signatory ${i}`,
    title: "",
    email: `signatory-${i}@northwind.example`,
  }));
  const { handed } = await sendForSigning(
    maya,
    ground.matrixId,
    1,
    {
      order: "together",
      mailed: "on",
      message: "",
      due: "",
      signatories: [
        { partyId: "client", name: maya.name, title: "", email: maya.email },
        ...others,
        { partyId: "provider", name: tom.name, title: "", email: tom.email },
      ],
    },
    NOW,
  );
  await confirmAll(tom, ground.matrixId, 1, NOW);
  return {
    ...ground,
    maya,
    tom,
    others,
    links: handed.map(({ name, link }) => ({ name, token: link.split("/").at(-1) ?? "" })),
  };
}

describe("a signing meeting in one office", () => {
  it("signs to the last of ten within a minute, by link and by account; thirty wrong codes are refused", async () => {
    const { matrixId, engagementId, maya, tom, links } = await aMeeting();
    const office = { address: anAddress(), userAgent: "A browser", cookie: "" };
    const fingerprint = (await findVersion(read, matrixId, 1))?.fingerprint ?? "";
    const form = (name: string): SignInput => ({
      intent: "sign",
      fingerprint,
      title: "Director",
      organisation: "Northwind",
      consent: "on",
      way: "typed",
      typed: name,
      drawn: "",
    });
    const signs = async ({ name, token }: { name: string; token: string }, later: number) => {
      const now = new Date(NOW.getTime() + later * 1_000);
      for (let looks = 0; looks < 3; looks++) await openSigningLink(token, [], office, now);
      await withMail(() => sendSigningCode(token, office, now));
      await openSigningLink(token, [], office, now);
      const mail = await read.outgoingMail.findFirst({
        where: { engagementId, kind: "signing-code", to: `${name.toLowerCase().replace(" ", "-")}@northwind.example` },
        select: { text: true },
      });
      const id = await proveSigningCode(token, /Your code is (\d{6})/.exec(mail?.text ?? "")?.[1] ?? "", office, now);
      for (let looks = 0; looks < 3; looks++) await openSigningLink(token, [id], office, now);
      await signByLink(token, [id], form(name), office, now);
      await openSigningLink(token, [id], office, now);
    };
    const came = [];
    for (const [i, link] of links.entries()) came.push(await codeOf(signs(link, i * 6)));
    for (const actor of [maya, tom]) {
      await loadSigningPage(actor, matrixId, 1, NOW);
      came.push(await codeOf(signVersion(actor, matrixId, 1, form(actor.name), office, NOW)));
    }
    expect(came).toEqual(Array(10).fill("ok"));
    expect((await loadVersion(maya, matrixId, 1)).facts.status).toBe("agreed");

    const again = await aMeeting();
    for (const { token } of again.links) await withMail(() => sendSigningCode(token, office, NOW));
    const guessed = [];
    for (let i = 0; i < 32; i++)
      guessed.push(
        await codeOf(proveSigningCode(again.links[i % again.links.length]?.token ?? "", "00000", office, NOW)),
      );
    expect(guessed).toEqual([...Array<string>(30).fill("invalid"), "too-many", "too-many"]);
  }, 60_000);

  it("opens a link with a password as often as it likes with the right one", async () => {
    const owner = await signedIn("Maya Lindqvist");
    const { matrixId } = await aPublishedVersion(owner, await signedIn("Tom Brandt"), NOW);
    const { link } = await makeLink(
      owner,
      matrixId,
      { intent: "link", shows: "draft", label: "The board", days: "7", password: "quiet river stone" },
      NOW,
    );
    const secret = link.split("/").at(-1) ?? "";
    const { caller } = new ABrowser();
    for (let i = 0; i < 12; i++)
      expect(
        await openSharedLink(secret, [await proveLink(secret, "quiet river stone", caller, NOW)], caller, NOW),
      ).toMatchObject({ kind: "matrix" });
    const wrong = [];
    for (let i = 0; i < 11; i++) wrong.push(await codeOf(proveLink(secret, "another river stone", caller, NOW)));
    expect(wrong).toEqual([...Array<string>(10).fill("invalid"), "too-many"]);
  }, 60_000);
});
