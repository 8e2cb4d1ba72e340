import nodemailer from "nodemailer";
import { mkdir, open, rename } from "node:fs/promises";
import path from "node:path";
import type { Mailbox } from "~/domain/mail-address";
import type { Deliver } from "./delivery";
import { messageOf } from "./message.server";

/**
 * Writes each message as an .eml file into a folder, for an installation without a mail server. A file appears under
 * its name only when it is complete, and only the user of the process can read it. A repeated attempt writes the same
 * file.
 */
export function outboxDelivery(folder: string, from: Mailbox): Deliver {
  const writer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  return async (mail) => {
    try {
      const { message } = await writer.sendMail(messageOf(mail, from));
      if (!Buffer.isBuffer(message)) throw new Error("The message was not put together.");
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = nameOf(mail.createdAt, mail.kind, mail.id);
      const unfinished = path.join(folder, `.${name}.part`);
      await writeDurably(unfinished, message);
      await rename(unfinished, path.join(folder, name));
      return { ok: true };
    } catch (error) {
      const code = error instanceof Error ? Reflect.get(error, "code") : null;
      return {
        ok: false,
        permanent: false,
        code: typeof code === "string" ? code : "unknown",
        reason: `The file could not be written: ${error instanceof Error ? error.message : String(error)}`,
      };
    }
  };
}

/** Builds a name that sorts by time. Characters that could lead out of the folder are removed. */
function nameOf(createdAt: Date, kind: string, id: string): string {
  const safe = (text: string) => text.replace(/[^A-Za-z0-9-]/g, "").slice(0, 60);
  return `${createdAt
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "")}-${safe(kind)}-${safe(id)}.eml`;
}

async function writeDurably(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, "w", 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
