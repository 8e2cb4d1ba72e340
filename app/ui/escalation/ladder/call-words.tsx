import type { Channel, Direction } from "~/domain/matrix/escalation-shapes";
import { CHANNELS, DIRECTIONS } from "~/domain/parts/paths";
import {
  ArrowLeftRight,
  ArrowRight,
  ArrowUp,
  ChevronRight,
  Icon,
  Mail,
  MessagesSquare,
  MessageSquare,
  Phone,
  Radio,
  Ticket,
  type LucideIcon,
} from "../../primitives/icon";
import styles from "./ladder.module.css";

const DIRECTION_ICONS: Record<Direction, LucideIcon> = { up: ArrowUp, sideways: ArrowRight, across: ArrowLeftRight };
const CHANNEL_ICONS: Record<Channel, LucideIcon> = {
  phone: Phone,
  bridge: Radio,
  sms: MessageSquare,
  chat: MessagesSquare,
  ticket: Ticket,
  email: Mail,
};

/** Where a call leads, as an icon and its word. */
export function DirectionWords({ direction }: { direction: Direction }) {
  const { name, leadsTo } = DIRECTIONS[direction];
  return (
    <span className={styles.direction} title={`${name}: ${leadsTo}`}>
      <Icon of={DIRECTION_ICONS[direction]} size={14} />
      {name}
    </span>
  );
}

/** The channels of a level, in the order in which they are tried. */
export function ChannelWords({ channels }: { channels: readonly Channel[] }) {
  if (channels.length === 0) return <span className={styles.channels}>no channel said</span>;
  return (
    <span className={styles.channels}>
      {channels.map((channel, i) => (
        <span key={channel} className={styles.channel}>
          <Icon of={CHANNEL_ICONS[channel]} size={14} />
          {CHANNELS[channel]}
          {i < channels.length - 1 && <Icon of={ChevronRight} size={12} label="then" />}
        </span>
      ))}
    </span>
  );
}
