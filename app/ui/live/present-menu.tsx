import type { Present } from "~/domain/live/live-event";
import type { Matrix } from "~/domain/matrix/matrix";
import { paths } from "~/paths";
import { Avatar } from "../marks/avatar";
import { Menu } from "../primitives/overlays/menu";
import type { MenuItem } from "../primitives/overlays/menu-item";
import { useNavigate } from "../primitives/router";
import styles from "./live.module.css";

/** So many people are drawn, and one on a phone. */
const DRAWN = 4;
/** The menu lists so many, those on a duty first, and says how many more there are. */
const LISTED = 15;

type PresentMenuProps = { matrix: Matrix; matrixId: string; present: readonly Present[]; ownId: string };

/** Who else has the matrix open. The menu tells what each is on, and leads there. */
export function PresentMenu({ matrix, matrixId, present, ownId }: PresentMenuProps) {
  const navigate = useNavigate();
  const people = onePerPerson(present, ownId);
  if (people.length === 0) return null;
  const itemOf = ({ userId, name, side, place }: Present): MenuItem => {
    const duty = matrix.duties.find(({ id }) => id === place);
    return {
      key: userId,
      label: name,
      icon: <Avatar name={name} kind={side} size="sm" />,
      hint: duty ? `on ${duty.code}` : "",
      onSelect: () => duty && navigate(paths.duty(matrixId, duty.id)),
    };
  };
  const left = people.length - LISTED;
  const more: MenuItem[] =
    left > 0 ? [{ key: "more", label: `And ${left} more`, disabled: true, onSelect: () => undefined }] : [];
  const words = people.length === 1 ? `${people[0]?.name} is here too` : `${people.length} others are here`;
  return (
    <Menu
      align="end"
      items={[...people.slice(0, LISTED).map(itemOf), ...more]}
      trigger={(props) => (
        <button {...props} type="button" className={styles.present} aria-label={words} title={words}>
          {people.slice(0, DRAWN).map(({ userId, name, side }) => (
            <Avatar key={userId} name={name} kind={side} size="sm" />
          ))}
          {people.length > DRAWN && (
            <span className={styles.more} data-room="wide">
              +{people.length - DRAWN}
            </span>
          )}
          {people.length > 1 && (
            <span className={styles.more} data-room="narrow">
              +{people.length - 1}
            </span>
          )}
        </button>
      )}
    />
  );
}

/** Each other person once, with the place of the tab in which they are on something; whoever is on something stands first. */
function onePerPerson(present: readonly Present[], ownId: string): Present[] {
  const people = new Map<string, Present>();
  for (const one of present) if (one.userId !== ownId && !people.get(one.userId)?.place) people.set(one.userId, one);
  return [...people.values()].sort(
    (one, other) => Number(other.place !== null) - Number(one.place !== null) || one.name.localeCompare(other.name),
  );
}
