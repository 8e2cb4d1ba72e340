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
    ...(mail.files.length === 0
      ? {}
      : {
          attachments: mail.files.map(({ name, type, bytes }) => ({
            filename: name,
            contentType: type,
            content: Buffer.from(bytes),
          })),
        }),
    messageId: `<${mail.id}@${from.address.slice(from.address.lastIndexOf("@") + 1)}>`,
    date: mail.createdAt,
    headers: { "Auto-Submitted": "auto-generated" },
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}
