import { parseSmtpUrl } from "~/domain/mail/smtp-address";
import { smtpDelivery } from "~/files/mail/smtp.server";
import { minutesByMail } from "~/services/workshop/minutes-files.server";
import { sendDueMail } from "~/services/mail/mail-sending.server";
import { partsOf, startMailServer, type MailServer } from "./mail-server";

/** A mailbox for all addresses, with a mail server of its own. */
export type Post = {
  address: MailServer["address"];
  /** Sends the queued mail, and returns what arrived for an address since the last call. */ collect(
    address: string,
  ): Promise<{ subject: string; body: string; link: string | null }[]>;
  stop: MailServer["stop"];
};

export async function startPost(): Promise<Post> {
  const server = await startMailServer();
  const smtp = parseSmtpUrl(server.url);
  if (!smtp.ok) throw new Error(smtp.rejection.message);
  const deliver = smtpDelivery(smtp.value, { name: "Demarc", address: "demarc@example.com" });
  return {
    address: server.address,
    stop: server.stop,
    async collect(address) {
      await sendDueMail({
        deliver,
        clock: () => new Date(),
        report: () => undefined,
        stopped: () => false,
        minutes: minutesByMail,
      });
      const mine = server.received.filter(({ to }) => to.includes(address));
      server.received.splice(0, server.received.length, ...server.received.filter((mail) => !mine.includes(mail)));
      return mine.map(({ raw }) => {
        const { headers, body } = partsOf(raw);
        return {
          subject: headers.find((line) => line.startsWith("Subject: "))?.slice(9) ?? "",
          body,
          link: /https?:\/\/localhost\S*?(?=["\s<])/.exec(body)?.[0] ?? null,
        };
      });
    },
  };
}
