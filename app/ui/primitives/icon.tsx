import type { LucideIcon } from "lucide-react";

// Each icon is imported from a file of its own: through the package's index a build reads all 1,700, twice.
export { default as ArrowDown } from "lucide-react/icons/arrow-down";
export { default as ArrowLeft } from "lucide-react/icons/arrow-left";
export { default as ArrowLeftRight } from "lucide-react/icons/arrow-left-right";
export { default as ArrowRight } from "lucide-react/icons/arrow-right";
export { default as ArrowUp } from "lucide-react/icons/arrow-up";
export { default as Ban } from "lucide-react/icons/ban";
export { default as Building2 } from "lucide-react/icons/building-2";
export { default as Calendar } from "lucide-react/icons/calendar";
export { default as CalendarClock } from "lucide-react/icons/calendar-clock";
export { default as Check } from "lucide-react/icons/check";
export { default as CheckCheck } from "lucide-react/icons/check-check";
export { default as ChevronDown } from "lucide-react/icons/chevron-down";
export { default as ChevronRight } from "lucide-react/icons/chevron-right";
export { default as ChevronUp } from "lucide-react/icons/chevron-up";
export { default as ChevronsUpDown } from "lucide-react/icons/chevrons-up-down";
export { default as CircleAlert } from "lucide-react/icons/circle-alert";
export { default as CircleCheck } from "lucide-react/icons/circle-check";
export { default as CircleDashed } from "lucide-react/icons/circle-dashed";
export { default as CircleMinus } from "lucide-react/icons/circle-minus";
export { default as CirclePause } from "lucide-react/icons/circle-pause";
export { default as Columns3 } from "lucide-react/icons/columns-3";
export { default as Copy } from "lucide-react/icons/copy";
export { default as Download } from "lucide-react/icons/download";
export { default as Ellipsis } from "lucide-react/icons/ellipsis";
export { default as EqualNot } from "lucide-react/icons/equal-not";
export { default as Eye } from "lucide-react/icons/eye";
export { default as FileBraces } from "lucide-react/icons/file-braces";
export { default as Archive } from "lucide-react/icons/archive";
export { default as FileDiff } from "lucide-react/icons/file-diff";
export { default as FileCheck } from "lucide-react/icons/file-check";
export { default as FileSpreadsheet } from "lucide-react/icons/file-spreadsheet";
export { default as FileText } from "lucide-react/icons/file-text";
export { default as Filter } from "lucide-react/icons/filter";
export { default as GripVertical } from "lucide-react/icons/grip-vertical";
export { default as Hourglass } from "lucide-react/icons/hourglass";
export { default as Keyboard } from "lucide-react/icons/keyboard";
export { default as Layers } from "lucide-react/icons/layers";
export { default as ListChecks } from "lucide-react/icons/list-checks";
export { default as ListFilter } from "lucide-react/icons/list-filter";
export { default as LoaderCircle } from "lucide-react/icons/loader-circle";
export { default as Lock } from "lucide-react/icons/lock";
export { default as LogOut } from "lucide-react/icons/log-out";
export { default as Mail } from "lucide-react/icons/mail";
export { default as Maximize } from "lucide-react/icons/maximize";
export { default as MessageSquare } from "lucide-react/icons/message-square";
export { default as MessagesSquare } from "lucide-react/icons/messages-square";
export { default as Minus } from "lucide-react/icons/minus";
export { default as MoveDown } from "lucide-react/icons/move-down";
export { default as MoveRight } from "lucide-react/icons/move-right";
export { default as MoveUp } from "lucide-react/icons/move-up";
export { default as PanelRight } from "lucide-react/icons/panel-right";
export { default as Pause } from "lucide-react/icons/pause";
export { default as PenLine } from "lucide-react/icons/pen-line";
export { default as Pencil } from "lucide-react/icons/pencil";
export { default as Phone } from "lucide-react/icons/phone";
export { default as Play } from "lucide-react/icons/play";
export { default as Plus } from "lucide-react/icons/plus";
export { default as Printer } from "lucide-react/icons/printer";
export { default as Radio } from "lucide-react/icons/radio";
export { default as Redo2 } from "lucide-react/icons/redo-2";
export { default as RotateCw } from "lucide-react/icons/rotate-cw";
export { default as Search } from "lucide-react/icons/search";
export { default as SkipForward } from "lucide-react/icons/skip-forward";
export { default as SquareDashed } from "lucide-react/icons/square-dashed";
export { default as Star } from "lucide-react/icons/star";
export { default as Table } from "lucide-react/icons/table";
export { default as Ticket } from "lucide-react/icons/ticket";
export { default as Timer } from "lucide-react/icons/timer";
export { default as Trash2 } from "lucide-react/icons/trash-2";
export { default as TriangleAlert } from "lucide-react/icons/triangle-alert";
export { default as Undo2 } from "lucide-react/icons/undo-2";
export { default as Upload } from "lucide-react/icons/upload";
export { default as UserRound } from "lucide-react/icons/user-round";
export { default as Users } from "lucide-react/icons/users";
export { default as WifiOff } from "lucide-react/icons/wifi-off";
export { default as X } from "lucide-react/icons/x";

export type { LucideIcon };

type IconProps = { of: LucideIcon; size?: 12 | 14 | 16 | 20; label?: string; className?: string };

/** A line icon. It is decoration unless it has a label. */
export function Icon({ of: Glyph, size = 16, label, className }: IconProps) {
  const said = label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return <Glyph size={size} strokeWidth={size === 12 ? 2 : 1.75} focusable={false} className={className} {...said} />;
}
