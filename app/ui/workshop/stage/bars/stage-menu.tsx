import { useEffect, useState } from "react";
import { paths } from "~/paths";
import type { WorkshopShown } from "~/domain/workshop/view/live";
import { Columns3, Icon, Keyboard, ListChecks, Maximize, Phone } from "../../../primitives/icon";
import type { MenuItem } from "../../../primitives/overlays/menu-item";

/** Where a browser keeps that single keys do nothing, for those whose tools press them. */
const SINGLES_OFF = "demarc.stage.single-keys";

/** Whether single letters, digits and signs are keys of the stage, and how that is turned off. */
export function useSingleKeys(): [singles: boolean, toggle: () => void] {
  const [singles, setSingles] = useState(true);
  useEffect(() => setSingles(localStorage.getItem(SINGLES_OFF) !== "off"), []);
  function toggle() {
    localStorage.setItem(SINGLES_OFF, singles ? "off" : "on");
    setSingles(!singles);
  }
  return [singles, toggle];
}

type MenuOf = {
  shown: Pick<WorkshopShown, "workshopId" | "matrixId" | "stage">;
  singles: boolean;
  onSingles: () => void;
  onFullScreen: () => void;
  onKeys: () => void;
  onAdjourn: () => void;
  onEnd: () => void;
};

/** What the stage's menu has besides what stands in its bar. */
export function stageMenu({ shown, singles, onSingles, onFullScreen, onKeys, onAdjourn, onEnd }: MenuOf): MenuItem[] {
  const { workshopId, matrixId, stage } = shown;
  const screen: MenuItem[] = [
    { key: "full", label: "Full screen", icon: <Icon of={Maximize} />, hint: "F", onSelect: onFullScreen },
    { key: "keys", label: "Keys", icon: <Icon of={Keyboard} />, hint: "?", onSelect: onKeys },
    { key: "singles", label: singles ? "Turn single keys off" : "Turn single keys on", onSelect: onSingles },
  ];
  const elsewhere: MenuItem[] = [
    {
      key: "own",
      label: "Your own screen",
      icon: <Icon of={Phone} />,
      separated: true,
      href: paths.workshop(workshopId),
    },
  ];
  if (matrixId !== null) {
    elsewhere.push({ key: "board", label: "The board", icon: <Icon of={Columns3} />, href: paths.board(matrixId) });
    if (stage !== "ended")
      elsewhere.push({
        key: "plan",
        label: "Change the plan",
        icon: <Icon of={ListChecks} />,
        href: paths.workshopPlan(matrixId, workshopId),
      });
  }
  const ends: MenuItem[] = [];
  if (stage === "open")
    ends.push({ key: "adjourn", label: "Go on another day…", separated: true, onSelect: onAdjourn });
  if (stage !== "ended") ends.push({ key: "end", label: "End workshop…", onSelect: onEnd });
  return [...screen, ...elsewhere, ...ends];
}
