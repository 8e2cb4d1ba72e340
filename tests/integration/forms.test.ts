import { describe, expect, it } from "vitest";
import { write } from "~/db/client.server";
import { fingerprintOf } from "~/files/fingerprint.server";
import { action as begin } from "~/routes/engagements/new";
import { action as changeMatrices } from "~/routes/matrix/matrices";
import { action as changePeople } from "~/routes/matrix/people";
import { action as publish } from "~/routes/matrix/versions/publish";
import { aMatrix } from "../support/matrices";
import { anEngagement, signedIn } from "../support/stored";

type Action = (args: Parameters<typeof begin>[0]) => Promise<unknown>;

/** Somebody who has made as many of something as an hour takes, with a matrix of their own. */
async function whoMadeMany(made: string, most: number) {
  const owner = await signedIn("Maya Lindqvist");
  const { matrixId } = await anEngagement(owner, aMatrix());
  await write((tx) =>
    tx.attempt.create({
      data: {
        key: `${made}:account:${fingerprintOf(owner.userId)}`,
        count: most,
        until: new Date(Date.now() + 600_000),
      },
    }),
  );
  return { owner, matrixId };
}

async function post(
  action: Action,
  { cookie }: { cookie: string },
  matrixId: string,
  form: Record<string, string>,
): Promise<{ status: number; body: { values: Record<string, string>; errors: Record<string, string> } }> {
  const request = new Request("http://localhost/form", {
    method: "POST",
    headers: { cookie, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form),
  });
  const answer = await action({ request, params: { matrixId }, context: {} }).catch((thrown: unknown) => thrown);
  if (!(answer instanceof Response)) throw answer;
  return { status: answer.status, body: await answer.json() };
}

const WAIT = expect.stringMatching(/^You have made very many .* Wait \d+ minutes, then go on\.$/);

describe("a form that wasn't accepted keeps what was written and says why, whatever the reason", () => {
  it.each<[what: string, made: string, most: number, action: Action, form: Record<string, string>, kept: string[]]>([
    [
      "a contact",
      "contact",
      600,
      changePeople,
      { intent: "add", id: "person-1", side: "client", name: "Priya Nair", title: "Head of service" },
      ["name", "title"],
    ],
    [
      "an engagement",
      "engagement",
      40,
      begin,
      { clientName: "Northwind", providerName: "Harbour IT", preset: "blank", side: "client" },
      ["clientName", "providerName"],
    ],
    [
      "a version",
      "version",
      60,
      publish,
      {
        revision: "0",
        reason: "First",
        agreementReference: "",
        exhibit: "",
        precedence: "",
        effectiveDate: "",
        reviewDate: "",
      },
      ["reason"],
    ],
    ["a matrix", "matrix", 60, changeMatrices, { intent: "create", title: "Leeds", start: "blank" }, []],
  ])("%s", async (_what, made, most, action, form, kept) => {
    const { owner, matrixId } = await whoMadeMany(made, most);
    const { status, body } = await post(action, owner, matrixId, form);
    expect([status, body.errors]).toEqual([429, { form: WAIT }]);
    expect(body.values).toMatchObject(Object.fromEntries(kept.map((name) => [name, form[name]])));
  });

  it("a contact that isn't one says so under its field", async () => {
    const owner = await signedIn("Maya Lindqvist");
    const { matrixId } = await anEngagement(owner, aMatrix());
    const { status, body } = await post(changePeople, owner, matrixId, {
      intent: "add",
      id: "person-1",
      side: "client",
      name: "Priya Nair",
      email: "priya@intranet",
    });
    expect([status, body.values.name, Object.keys(body.errors)]).toEqual([422, "Priya Nair", ["email"]]);
  });
});
