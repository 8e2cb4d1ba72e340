import type { Channel } from "../matrix/escalation-shapes";

const BY_PHONE: readonly Channel[] = ["phone", "bridge", "sms"];
const BY_MAIL: readonly Channel[] = ["chat", "ticket", "email"];

/** The channels that work for a person: with a phone number those of a phone, with an e-mail address those that write. */
export function channelsOf({ phones, email }: { phones: readonly unknown[]; email: string }): ReadonlySet<Channel> {
  return new Set([...(phones.length > 0 ? BY_PHONE : []), ...(email === "" ? [] : BY_MAIL)]);
}
