import { describe, expect, it } from "vitest";
import { composeMail } from "~/domain/mail/compose-mail";
import { LIMITS } from "~/domain/limits";
import { isMailAddress, parseMailbox } from "~/domain/mail-address";
import { parseSmtpUrl } from "~/domain/mail/smtp-address";

describe("SMTP_URL", () => {
  it.each([
    ["smtp://mail.example.com", { host: "mail.example.com", port: 587, tls: "required", user: null, password: "" }],
    [
      "smtp://demarc%40example.com:p%40ss%2F@mail.example.com:2525",
      { host: "mail.example.com", port: 2525, tls: "required", user: "demarc@example.com", password: "p@ss/" },
    ],
    ["smtps://u:p@mail.example.com", { host: "mail.example.com", port: 465, tls: "at-once", user: "u", password: "p" }],
    [
      "smtp://relay.internal:25?tls=optional",
      { host: "relay.internal", port: 25, tls: "offered", user: null, password: "" },
    ],
    ["smtp://localhost:1025", { host: "localhost", port: 1025, tls: "offered", user: null, password: "" }],
    ["smtp://[::1]:1025/", { host: "::1", port: 1025, tls: "offered", user: null, password: "" }],
  ])("%s is read", (url, value) => {
    expect(parseSmtpUrl(url)).toEqual({ ok: true, value });
  });

  it.each([
    "mail.example.com",
    "http://u:hidden@mail.example.com",
    "smtp://",
    "smtp://u:hid/den@mail.example.com",
    "smtp://u:hid#den@mail",
    "smtp://u:hid?den@mail",
    "smtp://u:hidden%@mail.example.com",
    "smtp://mail.example.com?tls=never",
    "smtp://mail.example.com:99999",
  ])("%s is refused with a sentence that repeats nothing of it", (url) => {
    const read = parseSmtpUrl(url);
    expect(read.ok).toBe(false);
    expect(read.ok ? "" : read.rejection.message).toMatch(/^SMTP_URL .*\.$/);
    expect(read.ok ? "" : read.rejection.message).not.toMatch(/hid|\n/);
  });
});

describe("addresses", () => {
  it.each([
    "priya@northwind.example",
    "p.o'brien+demarc@mail.northwind.example",
    "root@localhost",
    "jürgen@büro.example",
  ])("%s is one", (text) => expect(isMailAddress(text)).toBe(true));
  it.each([
    "",
    "priya",
    "@example.com",
    "priya@",
    "a b@example.com",
    "a@b@example.com",
    "a@example.com\n",
    "a@example.com\r\nBcc: b@example.com",
    "a@exam ple.com",
    "<a@example.com>",
    "a@example.com,b@example.com",
    '"a"@example.com',
    "a@-example.com",
    "a@example..com",
    `${"a".repeat(65)}@example.com`,
    `a@${"b".repeat(60)}.${"c".repeat(60)}.${"d".repeat(60)}.${"e".repeat(60)}.${"f".repeat(60)}`,
    "a\u0000@example.com",
    "a@example.com\u202E",
  ])("%j is none", (text) => expect(isMailAddress(text)).toBe(false));
  it("are read with and without a name", () => {
    expect(parseMailbox("demarc@example.com")).toEqual({ name: "", address: "demarc@example.com" });
    expect(parseMailbox(' "Demarc, Harbour IT" <demarc@example.com> ')).toEqual({
      name: "Demarc, Harbour IT",
      address: "demarc@example.com",
    });
    for (const text of [
      "",
      "Demarc",
      "Demarc <demarc>",
      "De\r\nBcc: x <demarc@example.com>",
      "<a@example.com> <b@example.com>",
    ])
      expect(parseMailbox(text)).toBeNull();
  });
});

describe("a composed mail", () => {
  it("says the same plain and as HTML", () => {
    const { text, html } = composeMail({
      subject: "Reset your password",
      paragraphs: ["Somebody asked to\nreset it.", " "],
      link: { label: "Choose a new one", url: "https://demarc.example.com/reset/abc" },
      closing: ["Not you? Do nothing."],
    });
    expect(text).toBe(
      "Somebody asked to\nreset it.\n\nChoose a new one:\nhttps://demarc.example.com/reset/abc\n\nNot you? Do nothing.\n",
    );
    expect(html).toContain("<p>Somebody asked to<br>reset it.</p>");
    expect(html.match(/<a /g)).toHaveLength(1);
    expect(composeMail({ subject: "x", paragraphs: ["y"], link: null, closing: [] }).html).not.toContain("<a ");
  });

  it("fits into what may be queued, whatever it is made of", () => {
    const long = "&😀'\"<".repeat(5_000);
    const many = Array.from({ length: 100 }, () => long);
    const { subject, text, html } = composeMail({
      subject: long,
      paragraphs: many,
      link: { label: long, url: `https://demarc.example.com/${"&".repeat(1_900)}` },
      closing: many,
    });
    expect(subject.length).toBeLessThanOrEqual(LIMITS.mailSubject);
    expect(`${subject}${text}${html}`).not.toMatch(/\p{Cs}/u);
    expect(text.length).toBeLessThanOrEqual(LIMITS.mailText);
    expect(html.length).toBeLessThanOrEqual(LIMITS.mailHtml);
  });

  it.each([
    "javascript:alert(1)",
    "data:text/html,x",
    "/relative",
    "",
    `https://demarc.example.com/${"x".repeat(3_000)}`,
  ])("refuses %.40s as its link", (url) => {
    expect(() => composeMail({ subject: "x", paragraphs: [], link: { label: "x", url }, closing: [] })).toThrow(
      RangeError,
    );
  });
});
