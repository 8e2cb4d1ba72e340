import type { Mailbox } from "~/domain/mail-address";
import type { Letter } from "./delivery";

/**
 * The message in the form of nodemailer. Every attempt has the same Message-ID, so that a mailbox which receives it
 * twice can show it once. Auto-Submitted suppresses absence notes.
 */
export function messageOf(letter: Letter, from: Mailbox) {
  return {
    from: { name: from.name, address: from.address },
    to: { name: "", address: letter.to },
    subject: letter.subject,
    text: letter.text,
    ...(letter.html === null ? {} : { html: letter.html }),
    ...(letter.file === null
      ? {}
      : {
          attachments: [
            { filename: letter.file.name, contentType: letter.file.type, content: Buffer.from(letter.file.bytes) },
          ],
        }),
    messageId: `<${letter.id}@${from.address.slice(from.address.lastIndexOf("@") + 1)}>`,
    date: letter.createdAt,
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
