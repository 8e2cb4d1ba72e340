import type { PartyKind } from "~/domain/matrix/shapes";
import { paths } from "~/paths";
import { Avatar } from "../marks/avatar";
import { Building2, Icon, LogOut, UserRound, Users } from "../primitives/icon";
import { Menu } from "../primitives/overlays/menu";
import type { MenuItem } from "../primitives/overlays/menu-item";
import { useNavigate, useSubmit } from "../primitives/router";
import styles from "./account-menu.module.css";
import { useMe } from "./me";

type AccountMenuProps = { kind?: PartyKind | null; sideName?: string | null; matrixId?: string };

/** Who is signed in, for which side, and the way out. */
export function AccountMenu({ kind = null, sideName = null, matrixId }: AccountMenuProps) {
  const me = useMe();
  const submit = useSubmit();
  const navigate = useNavigate();
  if (!me) return null;
  const items: MenuItem[] = [
    ...(matrixId
      ? [
          {
            key: "access",
            label: "Who has access",
            icon: <Icon of={Users} size={14} />,
            onSelect: () => navigate(paths.access(matrixId)),
          },
        ]
      : []),
    {
      key: "account",
      label: "Your account",
      hint: me.email,
      icon: <Icon of={UserRound} size={14} />,
      onSelect: () => navigate(paths.account()),
    },
    {
      key: "organisation",
      label: "Organisation",
      icon: <Icon of={Building2} size={14} />,
      onSelect: () => navigate(paths.organisation()),
    },
    {
      key: "out",
      label: "Sign out",
      separated: true,
      icon: <Icon of={LogOut} size={14} />,
      onSelect: () => submit(null, { method: "post", action: paths.signOut() }),
    },
  ];
  const words = sideName ? `${me.name}, for ${sideName}` : me.name;
  return (
    <Menu
      align="end"
      items={items}
      trigger={(props) => (
        <button {...props} type="button" className={styles.me} aria-label={`Account: ${words}`} title={words}>
          <Avatar name={me.name} kind={kind} />
        </button>
      )}
    />
  );
}
