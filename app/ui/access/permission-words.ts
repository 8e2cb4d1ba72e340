import { PERMISSION_CALLED, type Permission } from "~/domain/engagement/permissions";

/** The name of each permission and what it allows. */
export const PERMISSION_WORDS: Record<Permission, { name: string; called: string; meaning: string }> = {
  viewer: { name: "Viewer", called: PERMISSION_CALLED.viewer, meaning: "reads and downloads" },
  editor: { name: "Editor", called: PERMISSION_CALLED.editor, meaning: "also edits the draft and agrees for its side" },
  signatory: { name: "Signatory", called: PERMISSION_CALLED.signatory, meaning: "also signs for its side" },
  owner: { name: "Owner", called: PERMISSION_CALLED.owner, meaning: "also invites, publishes and archives" },
};
