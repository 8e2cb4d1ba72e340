// Which proxies' word about a caller's address counts, and how their word is read.
import { isIP } from "node:net";

/** Names for the networks that such addresses are of; Express knows them too. */
const NETWORKS = ["loopback", "linklocal", "uniquelocal"];

/** What `TRUST_PROXY` says, as Express takes it: how many proxies stand in front, or their addresses. Throws a sentence for anything else. */
export function proxiesOf(value) {
  const text = value?.trim() ?? "";
  if (text === "") return false;
  if (/^\d{1,3}$/.test(text)) return Number(text);
  const places = text.split(",").map((place) => place.trim());
  if (places.every(isPlace)) return places;
  throw new Error(
    `TRUST_PROXY is “${value}”. Write how many proxies stand in front, as in 1, or their addresses with commas between, as in 10.0.0.5, 10.1.0.0/16 or loopback.`,
  );
}

function isPlace(text) {
  if (NETWORKS.includes(text)) return true;
  const [address = "", length, ...rest] = text.split("/");
  const bits = { 4: 32, 6: 128 }[isIP(address)];
  return (
    bits !== undefined &&
    rest.length === 0 &&
    (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits))
  );
}

/** Some proxies name the port that a caller's address came from, another one with each connection: the address is the caller's. */
export function barePorts(request, _response, next) {
  const told = request.headers["x-forwarded-for"];
  if (told) request.headers["x-forwarded-for"] = told.split(",").map(withoutPort).join(", ");
  next();
}

function withoutPort(text) {
  const told = text.trim();
  const [, address] =
    /^\[([^\]]+)\](?::\d{1,5})?$/.exec(told) ?? /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(told) ?? [];
  return address !== undefined && isIP(address) ? address : told;
}
