import { describe, expect, it } from "vitest";
import { outcomeOf, pictureOf, type Outcome } from "~/domain/workshop/outcome";
import type { Choice, Voice } from "~/domain/workshop/shapes";

const SIDES = { client: "c", provider: "p" };
const split = (does: string, answers: string): Choice => ({ kind: "split", does: [...does], answers });
const unsure: Choice = { kind: "not-sure" };

describe("what two pictures come to", () => {
  it.each<[string, Choice | null, Choice | null, Outcome]>([
    ["both say the provider does and answers", split("p", "p"), split("p", "p"), "agree"],
    ["both say that both do it, in another order", split("cp", "c"), split("pc", "c"), "agree"],
    ["both leave it to a vendor for whom the client answers", split("v", "c"), split("v", "c"), "agree"],
    ["each says that the other does and answers", split("p", "p"), split("c", "c"), "gap"],
    ["each says that the other does it, and both who answers", split("p", "c"), split("c", "c"), "gap"],
    ["the client says the provider, the provider says a vendor", split("p", "c"), split("v", "c"), "gap"],
    ["both know who does it, and each says that the other answers", split("p", "p"), split("p", "c"), "gap"],
    ["each claims it", split("c", "c"), split("p", "p"), "overlap"],
    ["each claims the work, and both know who answers", split("c", "c"), split("p", "c"), "overlap"],
    ["both know who does it, and each claims to answer", split("p", "c"), split("p", "p"), "overlap"],
    ["each claims it together with a vendor", split("cv", "c"), split("pv", "c"), "overlap"],
    ["one claims it, the other says that both do it", split("c", "c"), split("cp", "c"), "differs"],
    ["one leaves it to a vendor, the other claims it", split("v", "c"), split("p", "c"), "differs"],
    ["the work is claimed by both, and nobody wants to answer", split("c", "p"), split("p", "c"), "gap"],
    ["one isn't sure", unsure, split("p", "p"), "unclear"],
    ["neither is sure", unsure, unsure, "unclear"],
    ["one side said nothing", null, split("p", "p"), "unclear"],
    ["both say that a path stands", { kind: "stands" }, { kind: "stands" }, "agree"],
    ["one says that a path has to change", { kind: "stands" }, { kind: "change" }, "differs"],
  ])("%s", (_, client, provider, outcome) => {
    expect(outcomeOf(SIDES, client, provider)).toBe(outcome);
  });

  it("is the same when client and provider change places", () => {
    const choices = ["c", "p", "cp", "v", "cv", "pv", "cpv"].flatMap((does) => [split(does, "c"), split(does, "p")]);
    for (const one of choices)
      for (const other of choices)
        expect(outcomeOf(SIDES, one, other)).toBe(outcomeOf({ client: "p", provider: "c" }, other, one));
  });
});

describe("a party's picture", () => {
  const voice = (participantId: string, choice: Choice, forParty = false): Voice => ({
    participantId,
    forParty,
    proposal: { choice, reason: "" },
  });
  it("is what most of its people said, whatever the order in which they picked the parties", () => {
    const voices = [voice("1", split("cp", "c")), voice("2", split("pc", "c")), voice("3", split("c", "c"))];
    expect(pictureOf(voices)).toEqual({ choice: split("cp", "c"), said: 2, of: 3, byHost: false });
  });
  it("is none where as many say another thing, or nobody says anything", () => {
    expect(pictureOf([voice("1", split("c", "c")), voice("2", split("p", "c"))]).choice).toBeNull();
    expect(pictureOf([])).toEqual({ choice: null, said: 0, of: 0, byHost: false });
  });
  it("is its host's proposal for the party, whatever others said", () => {
    const voices = [voice("1", split("c", "c")), voice("2", split("c", "c")), voice("3", split("p", "p"), true)];
    expect(pictureOf(voices)).toEqual({ choice: split("p", "p"), said: 1, of: 3, byHost: true });
  });
});
