import { useState } from "react";
import type { Duty } from "~/domain/matrix/shapes";
import { paths } from "~/paths";
import type { MatrixEditor } from "../../editor/editor-types";
import { Button } from "../../primitives/button";
import {
  Copy,
  Ellipsis,
  Icon,
  ListChecks,
  MoveDown,
  MoveUp,
  PanelRight,
  Pencil,
  Plus,
  Trash2,
} from "../../primitives/icon";
import { Menu } from "../../primitives/overlays/menu";
import type { MenuItem } from "../../primitives/overlays/menu-item";
import type { GridRow } from "../matrix-view";
import { ChooseDialog, NameDialog } from "../structure-dialogs";

type Near = { domainId: string; beforeId: string | null };

/** The button of a row's menu. The grid's keys open it, so it is no tab stop. */
function RowMenu({
  id,
  label,
  items,
  refocus,
}: {
  id: string;
  label: string;
  items: readonly MenuItem[];
  refocus: () => void;
}) {
  return (
    <Menu
      align="end"
      items={items}
      onOpenChange={(open) =>
        !open &&
        requestAnimationFrame(() => document.querySelector("dialog[open], [data-keeps-focus]") === null && refocus())
      }
      trigger={(props) => (
        <Button
          {...props}
          tabIndex={-1}
          size="sm"
          variant="ghost"
          icon={<Icon of={Ellipsis} size={14} />}
          aria-label={label}
          data-menu-of={id}
        />
      )}
    />
  );
}

type DutyMenuProps = {
  duty: Duty;
  editor: MatrixEditor;
  onOpen: (id: string) => void;
  onRename: () => void;
  onAdd: () => void;
  onMove: (step: -1 | 1) => void;
  refocus: () => void;
};

/** What can be done with a duty from its row. */
export function DutyMenu({ duty, editor, onOpen, onRename, onAdd, onMove, refocus }: DutyMenuProps) {
  const [choosing, setChoosing] = useState(false);
  const run = editor.run;
  const items: MenuItem[] = [
    {
      key: "open",
      label: "Open",
      hint: "Enter",
      icon: <Icon of={PanelRight} size={14} />,
      onSelect: () => onOpen(duty.id),
    },
    {
      key: "findings",
      label: "Show its findings",
      icon: <Icon of={ListChecks} size={14} />,
      href: paths.findings(editor.matrixId, { duty: duty.id }),
    },
    {
      key: "rename",
      label: "Edit the text",
      hint: "F2",
      icon: <Icon of={Pencil} size={14} />,
      onSelect: () => requestAnimationFrame(onRename),
    },
    { key: "add", label: "Add a duty below", hint: "N", icon: <Icon of={Plus} size={14} />, onSelect: onAdd },
    {
      key: "copy",
      label: "Duplicate",
      icon: <Icon of={Copy} size={14} />,
      onSelect: () =>
        run([{ type: "duty.copy", dutyId: duty.id, copyId: crypto.randomUUID() }], `${duty.code} duplicated`),
    },
    {
      key: "up",
      label: "Move up",
      hint: "Alt ↑",
      separated: true,
      icon: <Icon of={MoveUp} size={14} />,
      onSelect: () => onMove(-1),
    },
    {
      key: "down",
      label: "Move down",
      hint: "Alt ↓",
      icon: <Icon of={MoveDown} size={14} />,
      onSelect: () => onMove(1),
    },
    { key: "domain", label: "Move to another domain…", onSelect: () => setChoosing(true) },
    {
      key: "delete",
      label: "Delete",
      separated: true,
      icon: <Icon of={Trash2} size={14} />,
      onSelect: () => run([{ type: "duty.delete", dutyId: duty.id }], `${duty.code} deleted`),
    },
  ];
  return (
    <>
      <RowMenu id={duty.id} label={`Actions for ${duty.code}`} items={items} refocus={refocus} />
      {choosing && (
        <ChooseDialog
          title={`Move ${duty.code} to`}
          choices={editor.matrix.domains.filter(({ id }) => id !== duty.domainId)}
          none="There is no other domain. Add one under Parties and roles."
          onChoose={(domainId) =>
            run(
              [{ type: "duty.move", dutyId: duty.id, domainId, beforeId: null }],
              `${duty.code} moved to another domain`,
            )
          }
          onClose={() => {
            setChoosing(false);
            refocus();
          }}
        />
      )}
    </>
  );
}

type DomainMenuProps = {
  row: Extract<GridRow, { kind: "domain" }>;
  editor: MatrixEditor;
  onAdd: (near: Near) => void;
  refocus: () => void;
};

/** What can be done with a domain from its heading. */
export function DomainMenu({ row: { domain, duties }, editor, onAdd, refocus }: DomainMenuProps) {
  const [open, setOpen] = useState<"rename" | "merge" | null>(null);
  const { run, matrix } = editor;
  const at = matrix.domains.findIndex(({ id }) => id === domain.id);
  const place = (beforeId: string | null, words: string) =>
    run([{ type: "domain.place", domainId: domain.id, beforeId }], `${domain.name} moved ${words}`);
  const empty = !matrix.duties.some(({ domainId }) => domainId === domain.id);
  const items: MenuItem[] = [
    {
      key: "add",
      label: "Add a duty here",
      hint: "N",
      icon: <Icon of={Plus} size={14} />,
      onSelect: () => onAdd({ domainId: domain.id, beforeId: duties[0]?.id ?? null }),
    },
    { key: "rename", label: "Rename…", icon: <Icon of={Pencil} size={14} />, onSelect: () => setOpen("rename") },
    {
      key: "up",
      label: "Move up",
      separated: true,
      disabled: at <= 0,
      icon: <Icon of={MoveUp} size={14} />,
      onSelect: () => place(matrix.domains[at - 1]?.id ?? null, "up"),
    },
    {
      key: "down",
      label: "Move down",
      disabled: at >= matrix.domains.length - 1,
      icon: <Icon of={MoveDown} size={14} />,
      onSelect: () => place(matrix.domains[at + 2]?.id ?? null, "down"),
    },
    { key: "merge", label: "Merge into another domain…", onSelect: () => setOpen("merge") },
    {
      key: "delete",
      label: empty ? "Delete" : "Delete (only when empty)",
      separated: true,
      disabled: !empty,
      icon: <Icon of={Trash2} size={14} />,
      onSelect: () => run([{ type: "domain.delete", domainId: domain.id }], `${domain.name} deleted`),
    },
  ];
  const close = () => {
    setOpen(null);
    refocus();
  };
  return (
    <>
      <RowMenu id={`domain:${domain.id}`} label={`Actions for ${domain.name}`} items={items} refocus={refocus} />
      {open === "rename" && (
        <NameDialog
          title="Rename the domain"
          label="Name"
          value={domain.name}
          onSave={(name, was) => run([{ type: "domain.rename", domainId: domain.id, name, was }], "Domain renamed")}
          onClose={close}
        />
      )}
      {open === "merge" && (
        <ChooseDialog
          title={`Merge ${domain.name} into`}
          choices={matrix.domains.filter(({ id }) => id !== domain.id)}
          none="There is no other domain."
          onChoose={(intoId) => run([{ type: "domain.merge", domainId: domain.id, intoId }], `${domain.name} merged`)}
          onClose={close}
        />
      )}
    </>
  );
}
