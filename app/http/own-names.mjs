// The names an installation answers to. A name that leads here and isn't one of them is somebody else's.
import os from "node:os";

/** Whoever opens these is on this machine. */
const OF_THIS_MACHINE = ["localhost", "127.0.0.1", "[::1]"];
const EVERYWHERE = ["0.0.0.0", "[::]"];

/**
 * Tells whether a `Host` header names this installation, at any port: this machine's own names, the place it listens at,
 * that of `PUBLIC_URL`, those of `ALLOWED_HOSTS`, and the address by which the request reached it. Throws a sentence for
 * names that can't be read.
 */
export function ownNames({ host, publicUrl, allowed }) {
  const given = nameOf(host.includes(":") && !host.startsWith("[") ? `[${host}]` : host);
  const places = [
    given,
    EVERYWHERE.includes(given) ? nameOf(os.hostname()) : null,
    publicUrl ? new URL(publicUrl).hostname : null,
  ];
  const names = new Set(
    [...OF_THIS_MACHINE, ...places, ...allowedOf(allowed)].filter((name) => name && !EVERYWHERE.includes(name)),
  );
  return (text, { socket }) => {
    const name = nameOf(text);
    return name !== null && (names.has(name) || name === nameOf(addressOf(socket.localAddress)));
  };
}

function allowedOf(text) {
  const written = (text ?? "")
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  return written.map((name) => {
    const read = nameOf(name);
    if (read !== null && !name.includes("*")) return read;
    throw new Error(
      `ALLOWED_HOSTS names “${name}”. Write names alone, with commas between, as in demarc.example.com, 10.0.0.5.`,
    );
  });
}

/** A host's name in the one way it is written; null for what isn't one. */
function nameOf(text) {
  if (!text || /[/\\?#@\s]/.test(text) || !URL.canParse(`http://${text}`)) return null;
  return new URL(`http://${text}`).hostname.replace(/\.$/, "");
}

/** An address as it stands in a `Host` header; IPv4 is IPv4 also where the socket writes it as IPv6. */
function addressOf(address = "") {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, "").split("%", 1)[0] ?? "";
  return plain.includes(":") ? `[${plain}]` : plain;
}
