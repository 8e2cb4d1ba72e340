import { createServer, type AddressInfo, type Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import type { SmtpServer } from "~/domain/mail/smtp-address";

/** A message that the mail server received: the envelope's addressees, and the source. */
export type Received = { to: string[]; raw: string };
export type MailServer = { address: SmtpServer; url: string; received: Received[]; stop(): Promise<void> };

/** An error that the server answers with this status. */
export function answer(status: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode: status });
}

/** Starts a mail server on a free port, which accepts everything unless the options say otherwise. */
export async function startMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    closeTimeout: 100,
    logger: false,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        received.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
    ...options,
  });
  // Some tests have the client hang up in the middle.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return { ...at(port), received, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

/** Starts a server that accepts connections and sends nothing. `connected` resolves with the first one. */
export async function startSilentServer(): Promise<Omit<MailServer, "received"> & { connected: Promise<void> }> {
  const sockets = new Set<Socket>();
  let heard = () => undefined as void;
  const connected = new Promise<void>((resolve) => (heard = resolve));
  const server = createServer((socket) => {
    sockets.add(socket.on("error", () => undefined));
    heard();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return { ...at((server.address() as AddressInfo).port), connected, stop };
}

function at(port: number): { address: SmtpServer; url: string } {
  return {
    address: { host: "127.0.0.1", port, tls: "offered", user: null, password: "" },
    url: `smtp://127.0.0.1:${port}`,
  };
}

/** A message's unfolded header lines, and its body with quoted-printable decoded. */
export function partsOf(raw: string): { headers: string[]; body: string } {
  const end = raw.indexOf("\r\n\r\n");
  const headers = raw
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, " ")
    .split("\r\n");
  // Each part names its encoding. Decoding a part that isn't quoted-printable would change "=AB" in a link.
  const body = raw
    .slice(end + 4)
    .split(/(?=^--)/m)
    .map((part) =>
      /^content-transfer-encoding: quoted-printable/im.test(part) || isQuoted(headers) ? unquoted(part) : part,
    )
    .join("");
  return { headers, body };
}

const isQuoted = (headers: readonly string[]) =>
  headers.some((line) => /^content-transfer-encoding: quoted-printable/i.test(line));

function unquoted(text: string): string {
  return text
    .replace(/=\r\n/g, "")
    .replace(/(?:=[0-9A-F]{2})+/g, (codes) => Buffer.from(codes.replaceAll("=", ""), "hex").toString());
}
