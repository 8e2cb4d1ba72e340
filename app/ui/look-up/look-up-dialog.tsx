import { useState } from "react";
import type { MatrixEditor } from "../editor/editor-types";
import { Dialog } from "../primitives/overlays/dialog";
import { LookUpSearch, type Calling } from "./look-up-search";
import { RightNow } from "./right-now";

/** Searches duties by a few words and shows the owner of each, and whom to call about it now. */
export function LookUpDialog({ editor, onClose }: { editor: MatrixEditor; onClose: () => void }) {
  const [query, setQuery] = useState("");
  const [calling, setCalling] = useState<Calling | null>(null);
  const path = editor.matrix.paths.find(({ id }) => id === calling?.pathId);
  return (
    <Dialog open size="md" title={calling ? `Call now: ${path?.name ?? ""}` : "Who owns this?"} onClose={onClose}>
      {calling ? (
        <RightNow
          matrixId={editor.matrixId}
          pathId={calling.pathId}
          about={calling.about}
          onBack={() => setCalling(null)}
        />
      ) : (
        <LookUpSearch editor={editor} query={query} onQuery={setQuery} onCall={setCalling} onClose={onClose} />
      )}
    </Dialog>
  );
}
