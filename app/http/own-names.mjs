// The host names that an installation answers to.
import os from "node:os";

/** Names of this machine, by which only it can reach itself. */
const OF_THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"];
const EVERYWHERE = ["0.0.0.0", "[::]"];

/**
 * Returns a function that tells whether a `Host` header names this installation, at any port: this machine's own names,
 * the address it listens at, that of `PUBLIC_URL`, those of `ALLOWED_HOSTS`, and the address by which the request
 * arrived. Throws a sentence for names that can't be parsed.
 */
export function ownNames({ host, publicUrl, allowed }) {
  const listening = nameOf(host.includes(":") && !host.startsWith("[") ? `[${host}]` : host);
  const ownHosts = [
    listening,
    EVERYWHERE.includes(listening) ? nameOf(os.hostname()) : null,
    publicUrl ? new URL(publicUrl).hostname : null,
  ];
  const names = new Set(
    [...OF_THIS_MACHINE, ...ownHosts, ...allowedOf(allowed)].filter((name) => name && !EVERYWHERE.includes(name)),
  );
  return (text, { socket }) => {
    const name = nameOf(text);
    return name !== null && (names.has(name) || name === nameOf(addressOf(socket.localAddress)));
  };
}

function allowedOf(text) {
  const entries = (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return entries.map((name) => {
    const hostName = nameOf(name);
    if (hostName !== null && !name.includes("*")) return hostName;
    throw new Error(
      `ALLOWED_HOSTS names “${name}”. Write names alone, with commas between, as in demarc.example.com, 10.0.0.5.`,
    );
  });
}

/** The normalised host name of a `Host` header or an entry; null for a text that isn't one. */
function nameOf(text) {
  if (!text || /[/\\?#@\s]/.test(text) || !URL.canParse(`http://${text}`)) return null;
  return new URL(`http://${text}`).hostname.replace(/\.$/, "");
}

/** An address as a `Host` header writes it. An IPv4 address that the socket reports as IPv6 becomes IPv4 again. */
function addressOf(address = "") {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, "").split("%", 1)[0] ?? "";
  return plain.includes(":") ? `[${plain}]` : plain;
}
