import type { Mailbox } from "~/domain/mail-address";
import type { Letter } from "./delivery";

/**
 * The message as nodemailer takes it. The same Message-ID on every attempt lets a mailbox that got it twice show it
 * once; Auto-Submitted keeps absence notes from answering.
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
