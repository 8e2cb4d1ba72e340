import type { Mailbox } from "~/domain/mail-address";
import type { MailMessage } from "./delivery";

/**
 * The message in the form of nodemailer. Every attempt has the same Message-ID, so that a mailbox which receives it
 * twice can show it once. Auto-Submitted suppresses absence notes.
 */
export function messageOf(mail: MailMessage, from: Mailbox) {
  return {
    from: { name: from.name, address: from.address },
    to: { name: "", address: mail.to },
    subject: mail.subject,
    text: mail.text,
    ...(mail.html === null ? {} : { html: mail.html }),
    ...(mail.file === null
      ? {}
      : {
          attachments: [
            { filename: mail.file.name, contentType: mail.file.type, content: Buffer.from(mail.file.bytes) },
          ],
        }),
    messageId: `<${mail.id}@${from.address.slice(from.address.lastIndexOf("@") + 1)}>`,
    date: mail.createdAt,
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
