import { describe, expect, it } from "vitest";
import { ownNames } from "../../app/http/own-names.mjs";
import { barePorts, proxiesOf } from "../../app/http/proxies.mjs";

const reachedAt = (localAddress: string) => ({ socket: { localAddress } });
const HERE = reachedAt("127.0.0.1");

describe("an installation answers to", () => {
  const isOwn = ownNames({
    host: "0.0.0.0",
    publicUrl: "https://demarc.example.com/",
    allowed: "Inside.Example, 10.9.8.7, [2001:db8::7]:8080",
  });
  it.each([
    "localhost",
    "localhost:3000",
    "LOCALHOST.",
    "127.0.0.1:3000",
    "[::1]:3000",
    "demarc.example.com",
    "Demarc.Example.com:443",
    "inside.example:3000",
    "10.9.8.7",
    "[2001:db8:0::7]",
  ])("its own name %s", (name) => {
    expect(isOwn(name, HERE)).toBe(true);
  });

  it.each([
    "elsewhere.example",
    "localhost.elsewhere.example",
    "demarc.example.com.elsewhere.example",
    "0.0.0.0:3000",
    "[::]:3000",
    "10.9.8.6",
    "192.168.0.9",
    "",
    undefined,
    "localhost/..",
    "localhost@elsewhere.example",
    "elsewhere.example#localhost",
    "elsewhere.example?localhost",
    "a b",
  ])("no other: %s", (name) => {
    expect(isOwn(name, HERE)).toBe(false);
  });

  it("the address it was reached at, however the socket writes it", () => {
    expect(isOwn("192.168.0.9:3000", reachedAt("192.168.0.9"))).toBe(true);
    expect(isOwn("192.168.0.9", reachedAt("::ffff:192.168.0.9"))).toBe(true);
    expect(isOwn("[fe80::1]:3000", reachedAt("fe80::1%eth0"))).toBe(true);
    expect(isOwn("192.168.0.8", reachedAt("192.168.0.9"))).toBe(false);
  });

  it("the place it listens at, where that is one", () => {
    expect(
      ownNames({ host: "office.internal", publicUrl: undefined, allowed: undefined })("office.internal:3000", HERE),
    ).toBe(true);
    expect(ownNames({ host: "fd00::5", publicUrl: undefined, allowed: undefined })("[fd00::5]:3000", HERE)).toBe(true);
    expect(
      ownNames({ host: "127.0.0.1", publicUrl: undefined, allowed: undefined })("office.internal:3000", HERE),
    ).toBe(false);
  });

  it.each(["https://demarc.example.com", "demarc.example.com/", "*", "*.example.com", "a b"])(
    "names that can be read: ALLOWED_HOSTS=%s is told in a sentence",
    (allowed) => {
      expect(() => ownNames({ host: "127.0.0.1", publicUrl: undefined, allowed })).toThrow(
        /^ALLOWED_HOSTS names “.*”\. Write names alone/,
      );
    },
  );
});

describe("which proxies are believed", () => {
  it.each([
    [undefined, false],
    ["", false],
    ["0", 0],
    ["2", 2],
    ["10.0.0.5", ["10.0.0.5"]],
    ["loopback, 10.1.0.0/16,2001:db8::/32", ["loopback", "10.1.0.0/16", "2001:db8::/32"]],
  ])("%s is understood", (written, read) => {
    expect(proxiesOf(written)).toEqual(read);
  });

  it.each([
    "true",
    "-1",
    "foo",
    "1.5",
    "1,2",
    "yes",
    "10.0.0.5/33",
    "10.0.0.5/",
    "10.0.0.5/16/8",
    "10.0.0",
    "10.0.0.5:443",
    "1e3",
    "99999999",
    "loopback;10.0.0.5",
    ",",
  ])("%s is told in a sentence", (written) => {
    expect(() => proxiesOf(written)).toThrow(`TRUST_PROXY is “${written}”. Write how many proxies stand in front`);
  });

  it.each([
    ["203.0.113.7:5678", "203.0.113.7"],
    ["[2001:db8::1]:443, 10.0.0.5:80", "2001:db8::1, 10.0.0.5"],
    ["[2001:db8::1]", "2001:db8::1"],
    ["2001:db8::1, 203.0.113.7", "2001:db8::1, 203.0.113.7"],
    ["unknown, 999.1.1.1:80", "unknown, 999.1.1.1:80"],
  ])("an address is the caller's without the port that a proxy names with it: %s", (told, address) => {
    const request = { headers: { "x-forwarded-for": told } };
    barePorts(request, null, () => undefined);
    expect(request.headers["x-forwarded-for"]).toBe(address);
  });
});
