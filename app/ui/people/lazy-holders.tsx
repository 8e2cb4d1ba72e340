import { Suspense } from "react";
import type { Party, Role } from "~/domain/parts/shapes";
import { lazily } from "../primitives/lazily";

const dialog = lazily(async () => (await import("./holders-dialog")).HoldersDialog);
const HoldersDialog = dialog.Component;

/** Who holds a role, in a window that is fetched when it is first wanted. */
export function Holders(props: { role: Role; party: Party; matrixId: string; onClose: () => void }) {
  return (
    <Suspense>
      <HoldersDialog {...props} />
    </Suspense>
  );
}
