import { Suspense } from "react";
import type { Party, Role } from "~/domain/matrix/shapes";
import { lazily } from "../primitives/lazily";

const dialog = lazily(async () => (await import("./holders-dialog")).HoldersDialog);
const HoldersDialog = dialog.Component;

/** The dialog with a role's holders, which is loaded when it is first opened. */
export function Holders(props: { role: Role; party: Party; matrixId: string; onClose: () => void }) {
  return (
    <Suspense>
      <HoldersDialog {...props} />
    </Suspense>
  );
}
