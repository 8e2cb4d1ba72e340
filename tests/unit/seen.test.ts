import { describe, expect, it } from "vitest";
import { checkPersonName } from "~/domain/account/account";
import { applyCommand } from "~/domain/editing/apply-command";
import type { MatrixCommand } from "~/domain/editing/commands";
import { firstProblem } from "~/domain/parts/invariants";
import { indexOf } from "~/domain/matrix/owner";
import { paperName } from "~/domain/signing/paper";
import { checkPerson } from "~/domain/people/people";
import { checkReason, checkSigning } from "~/domain/signing/signing-form";
import { checkText, hasVisibleText, typedCode } from "~/domain/text";
import { aDuty, aMatrix } from "../support/matrices";

const UNSEEN = [
  ["zero width space", "\u200B"],
  ["word joiner", "\u2060"],
  ["Hangul filler", "\u3164"],
  ["choseong filler", "\u115F"],
  ["jungseong filler", "\u1160"],
  ["half-width filler", "\uFFA0"],
  ["blank of Braille", "\u2800"],
  ["no-break space", "\u00A0"],
  ["ideographic space", "\u3000"],
  ["soft hyphen", "\u00AD"],
  ["joiner of graphemes", "\u034F"],
  ["byte order mark", "\uFEFF"],
  ["mark alone", "\u0301"],
  ["variation selector", "\uFE0F"],
  ["tag", "\u{E0041}"],
  ["joiners", "\u200D\u200C"],
  ["mark of direction", "\u200E"],
  ["Mongolian separator", "\u180E"],
  ["blank hieroglyph", "\u{13441}"],
  ["note without a head", "\u{1D159}"],
  ["several", " \u200B\u3164\u0301\u2800 "],
] as const;
const SEEN = ["a", "李", "ㅏ", "नि", "שלום", "–", "?", "1", "🚀", "❤️", "👩🏽‍💻", "می‌خواهم", "⠓", "𠮷", "e\u0301", "가"];

describe("a text of which nothing can be seen", () => {
  it.each(UNSEEN)("says nothing: %s", (_name, text) => {
    expect(hasVisibleText(text)).toBe(false);
    expect(checkText(text, { called: "The text", max: 100, lines: true, optional: false })).toMatchObject({
      ok: false,
      rejection: { code: "text-empty", message: expect.stringMatching(/^The text .*Write at least one word\.$/) },
    });
    expect(checkText(text, { called: "The text", max: 100, lines: true, optional: true })).toEqual({
      ok: true,
      value: "",
    });
    expect(checkPersonName(text).ok).toBe(false);
    expect(checkReason(text).ok).toBe(false);
    const errors = { title: expect.any(String), organisation: expect.any(String), typed: expect.any(String) };
    expect(
      checkSigning({ title: text, organisation: text, consent: "on", way: "typed", typed: text, drawn: "" }, text),
    ).toEqual({ ok: false, errors });
    expect(paperName(`${text}.pdf`, "pdf")).toBe("signed.pdf");
    const person = {
      name: text,
      side: "client" as const,
      title: "",
      email: "",
      phones: [{ label: text, number: text }],
      hours: "",
      timeZone: "",
      week: null,
      deputyId: null,
      lastVerified: null,
    };
    expect(checkPerson(person, { id: "p", people: [], now: new Date("2026-11-27T12:00:00Z") })).toMatchObject({
      ok: false,
      errors: { name: expect.any(String) },
    });
    expect(
      checkPerson({ ...person, name: "Maya" }, { id: "p", people: [], now: new Date("2026-11-27T12:00:00Z") }),
    ).toMatchObject({ ok: true, value: { phones: [] } });
  });

  it.each(UNSEEN)("is no duty, party, role, domain, title, dispute or reason: %s", (_name, text) => {
    const commands: MatrixCommand[] = [
      { type: "duty.edit", dutyId: "duty-1", set: { text } },
      { type: "party.rename", partyId: "client", name: text },
      { type: "role.rename", roleId: "it-lead", name: text },
      { type: "domain.rename", domainId: "sup", name: text },
      { type: "matrix.rename", title: text },
      {
        type: "duty.edit",
        dutyId: "duty-1",
        set: { standing: { kind: "declined", reason: text, riskOwner: "Maya", until: "2027-01-01" } },
      },
    ];
    for (const command of commands) expect(applyCommand(aMatrix(), command), command.type).toMatchObject({ ok: false });
    const noted = applyCommand(aMatrix(), { type: "duty.edit", dutyId: "duty-1", set: { boundary: text } });
    expect(noted.ok && indexOf(noted.value) && noted.value.duties[0]?.boundary).toBe("");
  });

  it("stands in what an earlier release stored, which is read as it was signed", () => {
    expect(firstProblem(aMatrix({ duties: [aDuty({ text: "\u3164", boundary: "\u200B" })] }))).toBeNull();
  });
});

it.each(SEEN)("a text of any script, or a sign, says something: %s", (text) => {
  expect(hasVisibleText(text)).toBe(true);
  expect(checkText(text, { called: "The text", max: 100, lines: false, optional: false })).toEqual({
    ok: true,
    value: text.normalize("NFC"),
  });
});

describe("a code that is typed", () => {
  it.each([
    ["full-width", "１２３ ４５６"],
    ["Arabic", "١٢٣٤٥٦"],
    ["Persian", "۱۲۳۴۵۶"],
    ["Devanagari", "१२३ ४५६"],
    ["Thai", "๑๒๓๔๕๖"],
    ["Khmer", "១២៣៤៥៦"],
    ["mathematical, of several rows", "𝟏𝟚𝟯𝟺𝟝𝟨"],
    ["pasted with what isn't seen", "\u200E123\u00A0456\u200B\uFEFF"],
    ["ASCII", "123456"],
  ])("is read from digits of any script: %s", (_script, text) => expect(typedCode(text)).toBe("123456"));
  it("has each digit's value", () => {
    for (const [zero] of "0٠۰߀०০੦૦୦௦౦೦൦෦๐໐༠၀႐០᠐᥆᧐᪀᪐᭐᮰᱀᱐꘠꣐꤀꧐꧰꩐꯰０".matchAll(/./gu)) {
      const digits = Array.from({ length: 10 }, (_, value) =>
        String.fromCodePoint((zero?.codePointAt(0) ?? 0) + value),
      ).join("");
      expect(typedCode(digits), digits).toBe("0123456789");
    }
  });
  it("keeps its letters, as they are written, and its hyphen", () => {
    for (const text of ["aB3dE-fGh1J", "ａＢ３ｄＥ－ｆＧｈ１Ｊ", "aB3dE–fGh1J", "aB3dEーfGh1J", " aB3dE - fGh1J\u200B"])
      expect(typedCode(text)).toBe("aB3dE-fGh1J");
  });
});
