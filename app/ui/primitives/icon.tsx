import type { LucideIcon } from "lucide-react";

export {
} from "lucide-react";

export {
  ArrowDown,
  ArrowLeft,
  ArrowRight,
  ArrowUp,
  Ban,
  Building2,
  Calendar,
  CalendarClock,
  Check,
  CheckCheck,
  ChevronDown,
  ChevronRight,
  ChevronUp,
  ChevronsUpDown,
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CircleMinus,
  CirclePause,
  Columns3,
  Copy,
  Download,
  Ellipsis,
  EqualNot,
  Eye,
  FileBraces,
  Archive,
  FileDiff,
  FileCheck,
  FileSpreadsheet,
  FileText,
  Filter,
  GripVertical,
  Keyboard,
  Layers,
  ListChecks,
  ListFilter,
  LoaderCircle,
  Lock,
  LogOut,
  Mail,
  Minus,
  MoveDown,
  MoveRight,
  MoveUp,
  PanelRight,
  PenLine,
  Pencil,
  Plus,
  Redo2,
  RotateCw,
  Search,
  SquareDashed,
  Star,
  Table,
  Trash2,
  TriangleAlert,
  Undo2,
  Upload,
  UserRound,
  Users,
  WifiOff,
  X,
} from "lucide-react";

export type { LucideIcon };

type IconProps = { of: LucideIcon; size?: 12 | 14 | 16 | 20; label?: string; className?: string };

/** A line icon. It is decoration unless it has a label. */
export function Icon({ of: Glyph, size = 16, label, className }: IconProps) {
  const said = label === undefined ? { "aria-hidden": true } : { role: "img", "aria-label": label };
  return <Glyph size={size} strokeWidth={size === 12 ? 2 : 1.75} focusable={false} className={className} {...said} />;
}
