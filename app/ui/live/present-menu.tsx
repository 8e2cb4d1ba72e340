import type { Present } from "~/domain/live/live-event";
import type { Matrix } from "~/domain/matrix/matrix";
import { paths } from "~/paths";
import { Avatar } from "../marks/avatar";
import { Menu } from "../primitives/overlays/menu";
import { useNavigate } from "../primitives/router";
import styles from "./live.module.css";

/** So many people are drawn; the menu lists all. */
const DRAWN = 4;

type PresentMenuProps = { matrix: Matrix; matrixId: string; present: readonly Present[]; ownId: string };

/** Who else has the matrix open. The menu tells what each is on, and leads there. */
export function PresentMenu({ matrix, matrixId, present, ownId }: PresentMenuProps) {
  const navigate = useNavigate();
  const people = onePerPerson(present, ownId);
  if (people.length === 0) return null;
  const words = people.length === 1 ? `${people[0]?.name} is here too` : `${people.length} others are here`;
  return (
    <Menu
      align="end"
      items={people.map(({ userId, name, side, place }) => {
        const duty = matrix.duties.find(({ id }) => id === place);
        return {
          key: userId,
          label: name,
          icon: <Avatar name={name} kind={side} size="sm" />,
          hint: duty ? `on ${duty.code}` : "",
          disabled: !duty,
          onSelect: () => duty && navigate(paths.duty(matrixId, duty.id)),
        };
      })}
      trigger={(props) => (
        <button {...props} type="button" className={styles.present} aria-label={words} title={words}>
          {people.slice(0, DRAWN).map(({ userId, name, side }) => (
            <Avatar key={userId} name={name} kind={side} size="sm" />
          ))}
          {people.length > DRAWN && <span className={styles.more}>+{people.length - DRAWN}</span>}
        </button>
      )}
    />
  );
}

/** Each other person once, with the place of the tab in which they are on something. */
function onePerPerson(present: readonly Present[], ownId: string): Present[] {
  const people = new Map<string, Present>();
  for (const one of present) if (one.userId !== ownId && !people.get(one.userId)?.place) people.set(one.userId, one);
  return [...people.values()];
}
