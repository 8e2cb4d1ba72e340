import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { checkEmail } from "~/domain/mail-address";
import { checkPerson, type PersonValues } from "~/domain/people/people";

const contact: PersonValues = {
  side: "client",
  name: "Maya",
  title: "",
  email: "",
  phones: [],
  hours: "",
  timeZone: "",
  week: null,
  deputyId: null,
  lastVerified: null,
};
const now = new Date("2026-11-27T12:00:00Z");
const asContact = (email: string, stored: string | null = null) =>
  checkPerson(
    { ...contact, email },
    {
      id: "maya",
      people:
        stored === null
          ? []
          : [{ id: "maya", name: "Maya", side: "client", email: stored, deputyId: null, removed: false }],
      now,
    },
  );

const TAKEN: [written: string, stored: string][] = [
  ["maya@northwind.example", "maya@northwind.example"],
  ["  Maya.O'Brien+it@Mail.Northwind.example ", "maya.o'brien+it@mail.northwind.example"],
  ["maya@büro.example", "maya@xn--bro-hoa.example"],
];
const REFUSED: [written: string, sentence: RegExp][] = [
  ["maya@intranet", /whole domain/],
  ["maya@localhost", /whole domain/],
  ["maya", /^This is not an e-mail address/],
  ["maya@northwind.example?bcc=all", /^This is not an e-mail address/],
  ["maya@northwind.example\r\nBcc: b@example.com", /^This is not an e-mail address/],
  ["maya@exam%70le.com", /^This is not an e-mail address/],
  ["maya@-northwind.example", /^This is not an e-mail address/],
  ["jürgen@northwind.example", /before the @/],
  ["o&m@northwind.example", /before the @/],
  ["maya..x@northwind.example", /before the @/],
  ["maya@10.0.0.1", /whole domain/],
];

describe("one rule says what an e-mail address is", () => {
  it.each(TAKEN)("%j is one for a contact as for an account", (written, stored) => {
    expect(checkEmail(written)).toEqual({ ok: true, value: stored });
    expect(asContact(written)).toMatchObject({ ok: true, value: { email: stored } });
  });

  it.each(REFUSED)("%j is none for either, with the same sentence", (written, sentence) => {
    const answer = checkEmail(written);
    const message = answer.ok ? "" : answer.rejection.message;
    expect(message).toMatch(sentence);
    expect(asContact(written)).toEqual({ ok: false, errors: { email: message } });
  });

  it("whatever it takes somebody can sign in with, and a mail can be addressed to", () => {
    const piece = fc.constantFrom(
      "a",
      "Z",
      "0",
      ".",
      "..",
      "-",
      "_",
      "'",
      "+",
      "&",
      "/",
      "é",
      "ü",
      "@",
      " ",
      "xn--",
      "рф",
      "example",
      "com",
      "c",
      "%",
      "\u202e",
      "\n",
    );
    const text = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(""));
    const address = fc.oneof(
      fc.emailAddress(),
      text,
      fc.tuple(text, text).map(([local, host]) => `${local}@${host}`),
      fc.tuple(text, text).map(([local, host]) => `${local}@${host}.example`),
    );
    fc.assert(
      fc.property(address, (written) => {
        const answer = checkEmail(written);
        if (answer.ok)
          expect([answer.value, z.email().safeParse(answer.value).success, checkEmail(answer.value)]).toEqual([
            answer.value,
            true,
            answer,
          ]);
      }),
      { seed: 20, numRuns: 20_000 },
    );
  });

  it("a contact's address that was stored before stays while nobody changes it", () => {
    expect(asContact("maya@intranet", "maya@intranet")).toMatchObject({ ok: true, value: { email: "maya@intranet" } });
    expect(asContact("maya@intranet", "maya@extranet")).toMatchObject({ ok: false });
  });
});
