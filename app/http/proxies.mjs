// Which proxies are trusted to name the caller's address, and how their header is read.
import { isIP } from "node:net";

/** The names of private networks that Express knows. */
const NETWORKS = ["loopback", "linklocal", "uniquelocal"];

/**
 * The value of `TRUST_PROXY` for Express's `trust proxy`: the number of proxies, or their addresses. Throws a sentence
 * for any other text.
 */
export function proxiesOf(value) {
  const text = value?.trim() ?? "";
  if (text === "") return false;
  if (/^\d{1,3}$/.test(text)) return Number(text);
  const addresses = text.split(",").map((address) => address.trim());
  if (addresses.every(isNetwork)) return addresses;
  throw new Error(
    `TRUST_PROXY is “${value}”. Write how many proxies stand in front, as in 1, or their addresses with commas between, as in 10.0.0.5, 10.1.0.0/16 or loopback.`,
  );
}

function isNetwork(text) {
  if (NETWORKS.includes(text)) return true;
  const [address = "", length, ...rest] = text.split("/");
  const bits = { 4: 32, 6: 128 }[isIP(address)];
  return (
    bits !== undefined &&
    rest.length === 0 &&
    (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits))
  );
}

/**
 * Removes ports from the `X-Forwarded-For` header: some proxies add the port of the connection, which would make each
 * connection another caller.
 */
export function barePorts(request, _response, next) {
  const header = request.headers["x-forwarded-for"];
  if (header) request.headers["x-forwarded-for"] = header.split(",").map(withoutPort).join(", ");
  next();
}

function withoutPort(text) {
  const entry = text.trim();
  const [, address] =
    /^\[([^\]]+)\](?::\d{1,5})?$/.exec(entry) ?? /^(\d{1,3}(?:\.\d{1,3}){3}):\d{1,5}$/.exec(entry) ?? [];
  return address !== undefined && isIP(address) ? address : entry;
}
