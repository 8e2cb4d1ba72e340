import { describe, expect, it } from "vitest";
import { deviceWords } from "~/domain/account/device";
import { allowsAddress, parseDirectories } from "~/domain/account/directory-settings";

const aDirectory = {
  OIDC_NORTHWIND_ISSUER: "https://login.northwind.example/",
  OIDC_NORTHWIND_CLIENT_ID: "demarc",
  OIDC_NORTHWIND_CLIENT_SECRET: "hush",
};

describe("the settings of directories", () => {
  it("are read for several at once, from among everything else", () => {
    const { directories, problems } = parseDirectories({
      ...aDirectory,
      PATH: "/bin",
      OIDC_TOKEN: "of something else",
      OIDC_HARBOUR_IT_ISSUER: "http://127.0.0.1:9",
      OIDC_HARBOUR_IT_CLIENT_ID: "d",
      OIDC_HARBOUR_IT_CLIENT_SECRET: "s",
      OIDC_HARBOUR_IT_LABEL: " Harbour IT ",
      OIDC_HARBOUR_IT_DOMAINS: "Harbour.example, @it.harbour.example,",
      OIDC_HARBOUR_IT_TRUST_EMAIL: "yes",
    });
    expect(problems).toEqual([]);
    expect(directories).toEqual([
      {
        id: "harbour-it",
        label: "Harbour IT",
        issuer: "http://127.0.0.1:9",
        clientId: "d",
        clientSecret: "s",
        domains: ["harbour.example", "it.harbour.example"],
        trustEmail: true,
      },
      {
        id: "northwind",
        label: "Northwind",
        issuer: "https://login.northwind.example",
        clientId: "demarc",
        clientSecret: "hush",
        domains: [],
        trustEmail: false,
      },
    ]);
    expect(parseDirectories({ OIDC_NORTHWIND_ISSUER: " " })).toEqual({ directories: [], problems: [] });
  });

  it.each<[Record<string, string>, string]>([
    [
      { OIDC_NORTHWIND_CLIENT_SECRET: "" },
      "OIDC_NORTHWIND_CLIENT_SECRET is not set, which the directory NORTHWIND needs.",
    ],
    [{ OIDC_NORTHWIND_ISSUER: "" }, "OIDC_NORTHWIND_ISSUER is not set, which the directory NORTHWIND needs."],
    ...[
      "northwind",
      "http://login.northwind.example",
      "https://x.example/.well-known/openid-configuration",
      "https://x.example/?a=1",
    ].map(
      (issuer) =>
        [
          { OIDC_NORTHWIND_ISSUER: issuer },
          "OIDC_NORTHWIND_ISSUER is not the address of a directory. Write it as in https://login.example.com/tenant, without the part that begins with /.well-known.",
        ] satisfies [Record<string, string>, string],
    ),
    [
      { OIDC_NORTHWIND_DOMAIN: "northwind.example" },
      "OIDC_NORTHWIND_DOMAIN is no setting of a directory. There are ISSUER, CLIENT_ID, CLIENT_SECRET, LABEL, DOMAINS and TRUST_EMAIL.",
    ],
    [
      { OIDC_NORTHWIND_DOMAINS: "a b" },
      "OIDC_NORTHWIND_DOMAINS has “a b”, which is no e-mail domain. Write it as in northwind.example, with commas between several.",
    ],
    [
      { OIDC_NORTHWIND_TRUST_EMAIL: "yes" },
      "OIDC_NORTHWIND_TRUST_EMAIL needs OIDC_NORTHWIND_DOMAINS: without it the directory could name anybody's address.",
    ],
    [{ OIDC_NORTHWIND_TRUST_EMAIL: "perhaps" }, "OIDC_NORTHWIND_TRUST_EMAIL is neither yes nor no."],
  ])("that don't fit are said in a sentence: %j", (more, sentence) => {
    expect(parseDirectories({ ...aDirectory, ...more }).problems).toEqual([sentence]);
  });

  it("that would stand in the way of passwords are refused", () => {
    const { problems } = parseDirectories({
      OIDC_CREDENTIAL_ISSUER: "https://x.example",
      OIDC_CREDENTIAL_CLIENT_ID: "d",
      OIDC_CREDENTIAL_CLIENT_SECRET: "hush",
    });
    expect(problems).toEqual([expect.stringMatching(/^A directory can't be called CREDENTIAL/)]);
  });

  it("compare e-mail domains whole", () => {
    const [directory] = parseDirectories({ ...aDirectory, OIDC_NORTHWIND_DOMAINS: "northwind.example" }).directories;
    if (!directory) throw new Error("There is no directory.");
    expect(
      [
        "maya@Northwind.example",
        "maya@sub.northwind.example",
        "maya@northwind.example.evil",
        "maya@evilnorthwind.example",
      ].map((email) => allowsAddress(directory, email)),
    ).toEqual([true, false, false, false]);
  });
});

describe("a device", () => {
  it.each([
    [
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0",
      "Edge on Windows",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
      "Safari on Mac",
    ],
    [
      "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
      "Chrome on Android",
    ],
    [
      "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/140.0 Mobile/15E148 Safari/605.1.15",
      "Firefox on iPhone",
    ],
    ["curl/8.5.0", "An unknown device"],
    ["", "An unknown device"],
  ])("is told in words: %s", (userAgent, words) => {
    expect(deviceWords(userAgent)).toBe(words);
  });
});
